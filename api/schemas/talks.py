"""Talks about a child or a group: the list, what is prepared, what is said at the table, and the report."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from api.schemas.clock_time import ClockTime
from api.schemas.sheet import View
from models.vocabulary import AgreementOutcome, SupportKind

Text = Annotated[str, Field(max_length=4000)]
Line = Annotated[str, Field(max_length=300)]
State = Literal["planned", "running", "ended", "cancelled"]


class Colleague(View):
    id: UUID
    name: str


class TalkLine(View):
    """One talk in a list."""

    id: UUID
    about: str
    group: str | None
    on: date
    at: ClockTime | None
    question: str
    state: State
    state_text: str
    to_do: str | None = None
    """What this reader still has to do for it: write their own view."""


class WishLine(View):
    """A wish that no talk took up yet."""

    id: UUID
    by: str
    body: str
    on: date
    is_mine: bool


class Promise(View):
    """Something that the reader agreed to do for a child, and is still open."""

    id: UUID
    child: UUID
    name: str
    group: str | None
    body: str
    when: str
    """"vóór 3 december", "over tijd, vóór 12 november", or nothing."""
    is_overdue: bool


class TalkList(View):
    """The talks of this reader: to come first, then held; and what they agreed to do."""

    to_come: list[TalkLine]
    held: list[TalkLine]
    groups: list[Colleague]
    """Groups of which this reader may plan a talk, by id and name."""
    promises: list[Promise]


class ProposalLine(View):
    """A child to talk about, and why."""

    id: UUID
    name: str
    reasons: list[str]
    is_asked: bool


class Planning(View):
    """What is needed to plan a talk about a child or a group; for a child also what is wished."""

    id: UUID
    about: str
    ground: str
    may_plan: bool
    may_wish: bool
    proposals: list[ProposalLine] = Field(default=[])
    others: list[Colleague] = Field(default=[])
    """Children of the group without a reason, by id and name."""
    colleagues: list[Colleague]
    chosen: list[UUID]
    """Colleagues who are invited unless the planner says otherwise."""
    wishes: list[WishLine] = Field(default=[])
    talks: list[TalkLine]
    last: str | None = None


class Participant(View):
    id: UUID
    name: str
    is_me: bool
    is_ready: bool
    may_leave: bool
    """Nobody is taken off who wrote something already."""


class ViewLine(View):
    """What someone thinks beforehand, strengths first."""

    by: str
    strengths: str
    concerns: str
    wish: str
    is_ready: bool


class PointSaid(View):
    id: UUID
    kind: SupportKind
    body: str


class AgreementSaid(View):
    """What is or was agreed, by whom it is done and before when, and how it ended."""

    id: UUID
    body: str
    owner: str | None
    due_on: date | None
    agreed_on: date
    outcome: AgreementOutcome | None
    outcome_text: str | None
    outcome_body: str | None


class ChildSaid(View):
    """What was said in a talk about one child, or (without child) about the group as a whole."""

    id: UUID | None
    name: str
    asked: list[str]
    helps: list[PointSaid]
    hinders: list[PointSaid]
    agreements: list[AgreementSaid]

    @property
    def is_empty(self) -> bool:
        return not (self.helps or self.hinders or self.agreements)


class TalkPage(View):
    """One talk as it stands; the report is this when it has ended."""

    id: UUID
    about: str
    child_id: UUID | None
    group_id: UUID | None
    group: str | None
    state: State
    on: date
    at: ClockTime | None
    question: str
    planned_by: str
    started_at: datetime | None
    ended_at: datetime | None
    participants: list[Participant]
    mine: ViewLine | None
    views: list[ViewLine] | None
    """None until all are ready or the talk began."""
    sees: str
    child_says: str
    version: int
    said: ChildSaid
    """About the child, or the group as a whole."""
    children: list[ChildSaid]
    """Of a talk about a group: each child that was on the agenda or of whom something was written."""
    earlier: list[AgreementSaid]
    ground: str
    today: date
    may_plan: bool
    may_write: bool
    may_write_view: bool
    may_begin: bool
    colleagues: list[Colleague]
    """Who can be invited or do what is agreed."""
    members: list[Colleague] = Field(default=[])
    """The children of the group, while it is talked about."""


class TablePane(View):
    """At the table, of a group's talk: one child that was opened."""

    id: UUID
    name: str
    said: ChildSaid
    earlier: list[AgreementSaid]


class NewTalk(View):
    """A talk to plan; `children` are those of the group that it will be about."""

    on: date
    at: ClockTime | None = None
    question: Line = ""
    participants: list[UUID] = Field(default=[], max_length=30)
    children: list[UUID] = Field(default=[], max_length=60)


class Participants(View):
    """Who take part from now on, by the `id` that the talk or the planning gives of a colleague."""

    participants: list[UUID] = Field(max_length=30)


class NewWish(View):
    """Why a child should be talked about; `signal` is the key of the signal it answers."""

    body: Line = ""
    signal: Annotated[str, Field(max_length=500)] = ""


class TalkId(View):
    id: UUID


class NewView(View):
    """What someone thinks beforehand; `is_ready` shows it to the others once all are."""

    strengths: Text = ""
    concerns: Text = ""
    wish: Text = ""
    is_ready: bool = False


class Saved(View):
    version: int


class TableText(View):
    """What is seen and what the child says itself; `version` is the one that was read."""

    version: Annotated[int, Field(ge=0, le=2**31 - 1)]
    sees: Text = ""
    child_says: Text = ""


class Said(View):
    """What is added at the table; of a group's talk `child` says of whom, or of the group as a whole."""

    child: UUID | None = None
    helps: Line = ""
    hinders: Line = ""
    what: Line = ""
    who: UUID | None = None
    when: date | None = None


class Moved(View):
    on: date
    at: ClockTime | None = None


class ItemId(View):
    """A point or an agreement that is taken back while the talk runs."""

    id: UUID


class Outcome(View):
    """How an earlier agreement ended."""

    agreement: UUID
    outcome: AgreementOutcome
    body: Line = ""
