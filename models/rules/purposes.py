"""Written once, used everywhere: which sentences about support go to which sheet of paper or page, and for whom.

A sentence is typed in one place (`SupportPoint`). Every page and print that uses it asks `picked`; no other rule
decides where it comes and who reads it there.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Protocol, TypeVar

from models.rules.access import Kind
from models.vocabulary import SupportKind


class Purpose(StrEnum):
    """Where sentences about support are used."""

    SHEET = "sheet"
    HOME = "home"
    GROUP = "group"
    TALK = "talk"
    SUBSTITUTE = "substitute"
    HANDOVER = "handover"


HELPS, HINDERS, IN_CLASS = SupportKind

USED: dict[Purpose, tuple[SupportKind, ...]] = {
    Purpose.SHEET: (HELPS, HINDERS, IN_CLASS),
    Purpose.HOME: (HELPS, IN_CLASS),
    Purpose.GROUP: (HELPS,),
    Purpose.TALK: (HELPS, IN_CLASS, HINDERS),
    Purpose.SUBSTITUTE: (IN_CLASS, HELPS),
    Purpose.HANDOVER: (HELPS, IN_CLASS, HINDERS),
}
"""In reading order; a group is arranged by what helps.

What hinders is not for who is there for a day, nor for what parents open at home, where nobody is beside them to
explain it; it comes last for who gets the child next year.
"""

READ_AS = {HELPS: Kind.SUPPORT_PLAN, HINDERS: Kind.SUPPORT_PLAN, IN_CLASS: Kind.IN_CLASS}
"""As what kind of data a sentence is read and written."""


class Point(Protocol):
    """A sentence that has not ended, as any of our SELECTs gives it."""

    @property
    def kind(self) -> str: ...


AnyPoint = TypeVar("AnyPoint", bound=Point)


def picked(points: Iterable[AnyPoint], purpose: Purpose, kinds: Collection[Kind]) -> list[AnyPoint]:
    """Choose the sentences for a purpose that a reader of these kinds may read; within a kind their order stays."""
    order = USED[purpose]
    readable = [point for point in points if point.kind in order and READ_AS[SupportKind(point.kind)] in kinds]
    return sorted(readable, key=lambda point: order.index(SupportKind(point.kind)))
