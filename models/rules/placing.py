"""Which instruction group fits a child in one subject: a proposal with its reason in a sentence. A person decides.

Looks at the latest level as delivered, at growth against the child's own line and at what it is stuck at while
practising; what helps is said with it and decides nothing. Each piece of bad news can only ask for more help.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.growth import State
from models.rules.wording import Child, listing, number
from models.vocabulary import InstructionLevel

ENRICHED, BASIC, INTENSIVE = 0, 1, 2
"""How much help is needed; more is higher."""
LEVEL = {
    ENRICHED: InstructionLevel.ENRICHED,
    BASIC: InstructionLevel.BASIC,
    INTENSIVE: InstructionLevel.INTENSIVE,
}
LOW, NEARLY_HIGH, HIGH = {"IV", "V", "V-", "D", "E"}, {"II", "B"}, {"I", "I+", "A"}
"""Letters of both scales, each in its own order; C, just below average, belongs to the middle as III does."""
LONGEST = 300
"""Characters of a reason that are kept."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a child in one subject; what a reader may not see, or nobody knows, stays empty."""

    level: str | None = None
    growth: State = "unknown"
    times: int = 0
    """Measurements in a row on that side of the own line."""
    stuck: tuple[str, ...] = ()
    helps: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An instruction group and why, at most `LONGEST` characters."""

    level: InstructionLevel
    reason: str


def proposal(child: Child, seen: Seen) -> Proposal | None:
    """Propose an instruction group; None when nothing was measured and the child is stuck nowhere."""
    if seen.level is None and seen.growth == "unknown" and not seen.stuck:
        return None
    need = max(_by_level(seen), _by_growth(seen), _by_practice(seen))
    return Proposal(LEVEL[need], _reason(child, seen))


def _by_level(seen: Seen) -> int:
    if seen.level in LOW:
        return INTENSIVE
    is_high = seen.level in HIGH or (seen.level in NEARLY_HIGH and seen.growth == "above")
    return ENRICHED if is_high else BASIC


def _by_growth(seen: Seen) -> int:
    if seen.growth != "below":
        return ENRICHED
    return INTENSIVE if seen.times > 1 else BASIC


def _by_practice(seen: Seen) -> int:
    if not seen.stuck:
        return ENRICHED
    return INTENSIVE if len(seen.stuck) > 1 or seen.growth == "below" else BASIC


def _reason(child: Child, seen: Seen) -> str:
    level = f"Niveau {seen.level}" if seen.level else "Nog geen niveau"
    stuck = f"; loopt vast bij {listing([f'“{name}”' for name in seen.stuck[:2]])}" if seen.stuck else ""
    reason = f"{level}, {_growth(child, seen)}{stuck}."
    helps = f" Wat helpt: {seen.helps.rstrip('.')}." if seen.helps else ""
    if len(reason) > LONGEST:
        return f"{reason[: LONGEST - 1]}…"
    return reason + helps if len(reason + helps) <= LONGEST else reason


def _growth(child: Child, seen: Seen) -> str:
    line = f"{child.own} eigen lijn"
    match seen.growth:
        case "below" if seen.times > 1:
            return f"{number(seen.times)} metingen onder {line}"
        case "below":
            return f"bij de laatste meting onder {line}"
        case "above":
            return f"boven {line}"
        case "in":
            return f"groeit mee met {line}"
    return "nog geen eigen lijn om mee te vergelijken"


def shared(stuck: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, list[str]]]:
    """Find at which objectives two children or more of a group are stuck, most children first.

    `stuck` is (child, objectives); the answer (objective, children).
    """
    names: dict[str, list[str]] = {}
    for child, objectives in stuck:
        for objective in dict.fromkeys(objectives):
            names.setdefault(objective, []).append(child)
    found = [(objective, sorted(children)) for objective, children in names.items() if len(children) > 1]
    return sorted(found, key=lambda each: (-len(each[1]), each[0]))
