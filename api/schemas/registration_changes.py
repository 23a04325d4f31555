"""What may be sent to change the list of a school, its rounds and what it is for; nothing here is about a child."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from api.schemas.sheet import View
from models.rules.registrations.hours import LONGEST
from models.vocabulary import Stakeholder, Voice


class NewList(View):
    """Of which school; without one the first by name of the reader."""

    school: UUID | None = None


class NewOwnItem(NewList):
    """An item of the school's own; `facts` are codes of what Kindblad keeps, so that its use is counted."""

    name: str = Field(min_length=1, max_length=120)
    what: str = Field(default="", max_length=500)
    facts: list[str] = Field(default=[], max_length=30)


class AboutFacts(View):
    """What an item of the school's own is about, by code; replaces what was said before."""

    facts: list[str] = Field(max_length=30)


class NewRun(View):
    """One run of the timer: how many seconds it took, or the moments at which it started and stopped."""

    seconds: int | None = Field(default=None, ge=1, le=LONGEST)
    started_at: AwareDatetime | None = None
    stopped_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        is_timed = self.started_at is not None and self.stopped_at is not None
        if (self.seconds is None) != is_timed:
            raise ValueError("geef seconds, of started_at en stopped_at")
        return self

    @property
    def took(self) -> int:
        """Whole seconds; below 1 or above `LONGEST` it is no run, which the service says."""
        if self.started_at is None or self.stopped_at is None:
            return self.seconds or 0
        return round((self.stopped_at - self.started_at).total_seconds())


class Serves(View):
    """Which purposes an item serves; replaces what was said before."""

    purposes: list[UUID] = Field(max_length=200)


class NewPurpose(NewList):
    """What the school is for, for one group of people."""

    stakeholder: Stakeholder
    body: str = Field(min_length=1, max_length=200)


class OtherWords(View):
    body: str = Field(min_length=1, max_length=200)


class NewRound(NewList):
    """Lay items before others until a day; without items all of the list."""

    title: str = Field(default="", max_length=120)
    question: str = Field(default="", max_length=500)
    closes_on: date
    items: list[UUID] = Field(default=[], max_length=500)


class NewCodes(View):
    """Codes for people without an account, each for so many `seats`."""

    voice: Voice
    seats: int = Field(default=1, ge=1, le=200)
    count: int = Field(default=1, ge=1, le=60)


class MadeCodes(View):
    """The codes; this answer is the only place where they can be read."""

    codes: list[str]
    seats: int
    address: str
