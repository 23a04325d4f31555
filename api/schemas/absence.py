"""Absence of the day in a group, as page and JSON show it, and what is sent to change it."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.sheet import View
from models.vocabulary import AbsencePart, AbsenceReason


class Mark(BaseModel):
    """Why a child is not there, and during which part of the day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    part: AbsencePart
    reason: AbsenceReason


class Delivered(View):
    """What a source says; it is changed there. `source` is empty for who may not see where data come from."""

    part: AbsencePart
    reason: AbsenceReason
    source: str


class PupilDay(View):
    """One child on one day: what was typed (`marks`), and what was delivered and cannot be typed over."""

    id: UUID
    name: str
    marks: list[Mark]
    author: str
    """Who typed it; empty when nothing was."""
    delivered: list[Delivered]
    parts: list[AbsencePart]
    """The parts of the day that can be typed: those of which no source speaks."""
    seen: str
    """What was typed, as this reader saw it; sent along with a change."""
    was_ill: bool
    """Ill on the school day before, while nothing is known of this day."""


class DayLink(View):
    day: date
    words: str


class AbsencePage(View):
    id: UUID
    group: str
    day: date
    words: str
    """"maandag 23 november 2026"."""
    before: str
    """The weekday of the school day before."""
    days: list[DayLink]
    ground: str
    may_write: bool
    pupils: list[PupilDay]


class Change(BaseModel):
    """All that is to be known of one child on this day: no marks is present; `seen` is what the sender saw."""

    model_config = ConfigDict(extra="forbid")

    pupil: UUID
    marks: list[Mark] = Field(max_length=2)
    seen: str = Field("", max_length=100)


class Changes(BaseModel):
    model_config = ConfigDict(extra="forbid")

    day: date
    changes: list[Change] = Field(max_length=400)


class Overtaken(View):
    """A child of whom someone else wrote something in the meantime; what was sent of it was not kept."""

    id: UUID
    name: str
    now: str
    author: str
    wanted: str


class Kept(View):
    kept: int
    overtaken: list[Overtaken]
    pupils: list[PupilDay]
    """The children that were sent, as they are now."""


class AbsenceForm(BaseModel):
    """The form of the page: per child its id, what was seen, and its radio buttons `reason-<id>` and `part-<id>`."""

    model_config = ConfigDict(extra="allow")

    child: list[UUID] = Field([], max_length=400)
    seen: list[str] = Field([], max_length=400)
    still: str = Field("", max_length=36)
    """The child whose button "Nog ziek" was pressed."""

    def changes(self) -> list[Change]:
        """What differs from what the sender saw; a `ValueError` when something is missing.

        A child nobody touched is not sent on, so that an old page changes nothing back.
        """
        found = []
        for pupil, seen in zip(self.child, self.seen, strict=True):
            first = seen.partition(",")[0]
            wanted = "day:ill" if self.still == str(pupil) else self._wanted(pupil)
            if wanted != first:
                found.append(Change(pupil=pupil, marks=marks_of(wanted), seen=seen[:100]))
        return found

    def _wanted(self, pupil: UUID) -> str:
        sent = self.model_extra or {}
        reason = str(sent.get(f"reason-{pupil}", ""))
        return f"{sent.get(f'part-{pupil}', AbsencePart.DAY.value)}:{reason}" if reason else ""


def seen_of(marks: list[Mark]) -> str:
    """Write marks as one short text: "day:ill"."""
    return ",".join(f"{mark.part.value}:{mark.reason.value}" for mark in marks)


def marks_of(text: str) -> list[Mark]:
    """Read what `seen_of` wrote; a `ValueError` when it is something else."""
    pairs = (pair.partition(":") for pair in text.split(",") if pair)
    return [Mark(part=AbsencePart(part), reason=AbsenceReason(reason)) for part, _, reason in pairs]
