"""What a parent says is not right (AVG art. 16): asked, answered, and beside what it is about."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from api.schemas.sheet import View
from models.vocabulary import CorrectionAnswer


class Thing(View):
    """One thing that a parent sees and can point at."""

    key: str
    kind: str
    group: str
    """Under which heading it stands in the list."""
    words: str


class CorrectionLine(View):
    """One thing that was disputed, and what the school did with it."""

    id: UUID
    pupil_id: UUID
    pupil: str
    guardian: str | None = None
    """Who said so; only for colleagues."""
    about: str
    kind: str
    body: str
    asked_at: datetime
    due_on: date
    is_open: bool
    is_late: bool
    answer: str | None = None
    answer_body: str | None = None
    answered_at: datetime | None = None


class MyCorrections(View):
    """The page of a parent: what can be pointed at, and what they said before."""

    id: UUID
    name: str
    things: list[Thing]
    chosen: str
    """The key of what the link was at; empty when nothing was chosen."""
    lines: list[CorrectionLine]


class CorrectionPage(View):
    """One disputed thing for colleagues."""

    line: CorrectionLine
    may_answer: bool
    ground: str


class NewCorrection(View):
    """What a parent sends: the key of a thing in the list, and what is not right about it."""

    thing: str = Field(max_length=80)
    body: str = Field(max_length=2000)


class GivenAnswer(View):
    """What the school did, in words that the parent reads."""

    answer: CorrectionAnswer
    body: str = Field(max_length=1000)
