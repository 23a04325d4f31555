"""Figures about a group of children that say nothing of one child.

No figure rests on five children or fewer, nor can such a figure be found by taking the shown ones from a total (so do
the Dutch register researchers of NCO; shares near 0 and 100 per cent are not told apart either).
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

SMALLEST = 6
"""The fewest children that a figure may rest on."""

EDGE = 5
"""Shares of less than this per cent, or more than a hundred minus this, are not told apart."""


def too_small(sizes: Mapping[Key, int]) -> frozenset[Key]:
    """Choose which parts of a whole to leave out, the whole itself being shown.

    `sizes` holds the children behind each part. Left out is each part of five or fewer, and as many next smallest ones
    as are needed so that what is left out cannot be one part, nor five children or fewer, by subtraction. Parts without
    children do not count: they are empty, and that is no secret.
    """
    smallest_first = sorted((size, number, key) for number, (key, size) in enumerate(sizes.items()) if size)
    hidden: list[Key] = []
    together = 0
    for size, _, key in smallest_first:
        if size >= SMALLEST and (not hidden or (len(hidden) > 1 and together >= SMALLEST)):
            break
        hidden.append(key)
        together += size
    return frozenset(hidden)


def share(part: int, whole: int) -> str:
    """Say a share of a shown group in words: "42%", "≤5%" or "≥95%"; `whole` is at least `SMALLEST`."""
    if whole < SMALLEST:
        raise ValueError("a share of five children or fewer is not shown")
    if part * 100 <= EDGE * whole:
        return f"≤{EDGE}%"
    if part * 100 >= (100 - EDGE) * whole:
        return f"≥{100 - EDGE}%"
    return f"{(200 * part + whole) // (2 * whole)}%"
