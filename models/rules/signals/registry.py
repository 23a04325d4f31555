"""All rules by name, weightiest first: for who shows them, and to find back a signal that was answered."""

from collections.abc import Mapping

from models.rules.signals import (
    Rule,
    attending,
    developing,
    differing,
    feeling,
    growing,
    jumping,
    objectives,
    practising,
    promises,
    quiet,
)

FILES = (growing, jumping, practising, objectives, feeling, differing, developing, attending, promises, quiet)

RULES: Mapping[str, Rule] = {
    rule.name: rule for rule in sorted((rule for file in FILES for rule in file.RULES), key=lambda rule: -rule.weight)
}
