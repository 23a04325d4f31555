"""Talks with parents or the child: the round of a group, one talk with its three voices, and what is typed."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.schemas.clock_time import ClockTime
from api.schemas.sheet import View
from api.schemas.talks import Colleague, State
from models.vocabulary import Speaker, TalkKind

MOST_IN_A_FIELD = 200
"""Characters of one field of one voice: so three voices of equal size fit on one A4, also with two parents."""
MOST_IN_A_LINE = 140
"""Characters of an agreement or a goal of a talk; four agreements and a goal fit on the same A4."""
MOST_AGREED, MOST_GUESTS = 4, 2
Field200 = Annotated[str, Field(max_length=MOST_IN_A_FIELD)]


class Guest(View):
    """A guardian with custody who can be asked."""

    id: UUID
    name: str
    is_secret: bool
    """Whether this one's address is secret: then the two are not asked to the same table of ourselves."""


class MeetingLine(View):
    """One talk in a list, for who works at school."""

    id: UUID
    kind: TalkKind
    kind_text: str
    on: date
    at: ClockTime | None
    state: State
    state_text: str
    guests: list[str]
    ready: int
    voices: int
    """How many voices there are, and how many are ready."""


class WishOfParent(View):
    by: str
    about: str | None = None
    """The released result it is about, by the name of its test."""
    body: str
    on: date


class RoundLine(View):
    """One child of the group in the round: what is planned, else what is proposed."""

    id: UUID
    name: str
    planned: MeetingLine | None
    on: date | None
    at: ClockTime | None
    guests: list[Guest]
    asked: list[UUID]
    """Guests who are asked unless the teacher says otherwise."""
    wishes: list[WishOfParent]


class Round(View):
    """The talks of a whole group on one screen."""

    id: UUID
    name: str
    ground: str
    kind: TalkKind
    start_on: date
    start_at: ClockTime
    until: ClockTime
    minutes: int
    may_plan: bool
    lines: list[RoundLine]


class ChildMeetings(View):
    """What is planned and was held with the child and its parents, and who can be asked."""

    id: UUID
    name: str
    ground: str
    may_plan: bool
    guests: list[Guest]
    wishes: list[WishOfParent]
    meetings: list[MeetingLine]
    today: date


class Voice(View):
    """One voice; the texts are None while they are not for this reader."""

    speaker: Speaker
    guest: UUID | None
    who: str
    goes_well: str | None
    is_hard: str | None
    wish: str | None
    is_ready: bool
    is_mine: bool
    """Whether this reader writes it."""

    @property
    def is_empty(self) -> bool:
        return not (self.goes_well or self.is_hard or self.wish)


class Agreed(View):
    id: UUID
    body: str
    owner: str | None
    due_on: date | None
    is_done: bool


class OwnGoal(View):
    id: UUID
    body: str


class Meeting(View):
    """One talk as this reader may know it; the A4 is this, and so is what came of it."""

    id: UUID
    child: UUID
    name: str
    kind: TalkKind
    kind_text: str
    state: State
    on: date
    at: ClockTime | None
    planned_by: str
    ended_at: datetime | None
    voices: list[Voice]
    agreed: list[Agreed]
    goals: list[OwnGoal]
    ground: str
    today: date
    may_plan: bool
    may_write: bool
    may_write_goal: bool
    colleagues: list[Colleague]


class OwnMeetingLine(View):
    """A talk to which the reader is asked."""

    id: UUID
    kind_text: str
    on: date
    at: ClockTime | None
    state: State
    is_ready: bool


class OwnMeetings(View):
    id: UUID
    meetings: list[OwnMeetingLine]


class NewMeeting(View):
    """A talk to plan; `guests` are guardians with custody, at most two at one table and none for a kindgesprek."""

    kind: TalkKind
    on: date
    at: ClockTime | None = None
    guests: list[UUID] = Field(default=[], max_length=MOST_GUESTS)


class NewOfRound(View):
    child: UUID
    on: date
    at: ClockTime
    guests: list[UUID] = Field(default=[], max_length=MOST_GUESTS)


class NewRound(View):
    """The talks to plan for children of a group; who has one planned of this kind already is passed over."""

    kind: TalkKind
    meetings: list[NewOfRound] = Field(min_length=1, max_length=60)


class Planned(View):
    planned: int


class MeetingId(View):
    id: UUID


class MovedMeeting(View):
    on: date
    at: ClockTime | None = None


class NewVoice(View):
    """Three short fields; when ready others may read them."""

    goes_well: Field200 = ""
    is_hard: Field200 = ""
    wish: Field200 = ""
    is_ready: bool = False


class SchoolVoice(NewVoice):
    """What the teacher brings, or the child by the teacher's hand."""

    speaker: Speaker


class AtTheTable(View):
    """What is added at the table; `who` is a colleague, `home` or `child`, or nobody in particular."""

    what: Annotated[str, Field(max_length=MOST_IN_A_LINE)] = ""
    who: Annotated[str, Field(max_length=36)] = ""
    when: date | None = None
    goal: Annotated[str, Field(max_length=MOST_IN_A_LINE)] = ""


class LineId(View):
    """An agreement that is taken back while the talk runs."""

    id: UUID
