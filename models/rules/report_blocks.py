"""The blocks of a report and their order: effort before level unless a school chooses otherwise."""

from collections.abc import Mapping

from models.vocabulary import Coded


class Block(Coded):
    """A part of a report, with its heading as parents read it."""

    EFFORT = "effort", "Zo werk je"
    CHILD_WORDS = "child_words", "Wat je zelf zegt"
    GOALS = "goals", "Je doelen"
    PIECE = "piece", "Waar je trots op bent"
    WELLBEING = "wellbeing", "Hoe het met je gaat"
    RESULTS = "results", "Wat je hebt geleerd"
    WORDS = "words", "Van je juf of meester"
    ATTENDANCE = "attendance", "Er wel en niet zijn"


DEFAULT = tuple(Block)
"""What a school has that chose nothing: all of them, effort first and results not before the child's own words."""


def chosen(places: Mapping[Block, int]) -> list[Block]:
    """Return the blocks in the order of their place; 0 leaves a block out. A `ValueError` when none is left."""
    found = sorted((block for block in Block if places.get(block, 0) > 0), key=lambda block: places[block])
    if not found:
        raise ValueError("none")
    return found


def known(codes: list[object]) -> list[Block]:
    """Return the blocks of which these are the codes; what this version does not know is left out."""
    return [Block(code) for code in codes if code in {block.value for block in Block}]
