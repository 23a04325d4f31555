"""What a school registers: the list with its law and hours, the round, the decisions and what follows from them.

Nothing here is about a child.
"""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from api.schemas.sheet import View
from models.vocabulary import Cadence, Certainty, Counted, Doer, Leftover, Ruling, Stakeholder, Standing, Voice


class LawRef(View):
    """Where it stands in the law; `read` says which text was read, "" when none."""

    law: str
    article: str
    paragraph: str
    read: str
    address: str


class LinkRef(View):
    name: str
    address: str


class BillRef(View):
    name: str
    number: str
    state: str
    effect: str


class WorkLine(View):
    """Who does it, how often and how long; `words` is all of that in a sentence part, `hours` what it comes to."""

    id: UUID
    doer: Doer
    who: str
    system: str
    times: int
    cadence: Cadence
    amount: int
    counted: Counted
    low: float | None
    high: float | None
    runs: int
    often: str
    each: str
    hours: str
    hours_low: float | None
    hours_high: float | None


class Advice(View):
    ruling: Ruling
    ruling_text: str
    reasons: list[str]


class DecisionLine(View):
    """A decision as it was taken; `grounds` is what was known of the law then."""

    id: UUID
    item: UUID
    name: str
    ruling: Ruling
    ruling_text: str
    reason: str
    stays: str
    grounds: str
    stops_on: date | None
    review_on: date
    is_due: bool
    by: str
    decided_at: datetime
    decided_on: date
    hours: str


class AuditItem(View):
    """One thing the school registers, with what the law says, what it takes, and where it stands."""

    id: UUID | None
    code: str
    number: int | None
    name: str
    theme: str
    what: str
    where: str
    standing: Standing | None
    standing_text: str
    certainty: Certainty | None
    certainty_text: str
    is_verified: bool
    law: list[LawRef]
    requires: str
    often: str
    keep: str
    who: list[str]
    sources: list[LinkRef]
    myth: str
    stays: str
    kindblad: str
    page: LinkRef | None
    bills: list[BillRef]
    checked_on: date | None
    facts: list[str]
    work: list[WorkLine]
    hours: str
    hours_low: float | None
    hours_high: float | None
    serves: list[str]
    is_weighed: bool
    advice: Advice
    decision: DecisionLine | None
    ruling: Ruling
    ruling_text: str


class RoleSum(View):
    """What one role spends; the items of which nobody said how long are counted in `unknown`."""

    who: str
    a_year: str
    a_week: str


class PublishedLine(View):
    text: str
    certainty: str


class Choice(View):
    """A filter: its code, its word, how many items it shows, and whether it is on."""

    code: str
    label: str
    count: int
    is_on: bool


class AuditPage(View):
    """The list of a school."""

    school: UUID
    name: str
    others: list[LinkRef]
    choices: list[Choice]
    chosen: str
    items: list[AuditItem]
    sums: list[RoleSum]
    total: str
    total_week: str
    unknown: int
    given_back: str
    published: list[PublishedLine]
    as_of: date
    may_work: bool
    may_decide: bool
    open_rounds: list[LinkRef]
    doubles: int
    due: int


class PurposeLine(View):
    id: UUID
    body: str
    is_served: bool = False


class PurposeGroup(View):
    stakeholder: Stakeholder
    label: str
    lines: list[PurposeLine]


class FactChoice(View):
    """A kind of fact that Kindblad keeps, to tie an own item to."""

    code: str
    label: str
    is_on: bool = False


class VoiceCount(View):
    """What one group of people said of an item."""

    voice: Voice
    label: str
    must: int
    wish: int
    go: int
    unclear: int
    words: str
    reasons: list[str]


class OpinionRow(View):
    item: UUID
    name: str
    advice: str
    decided: str
    voices: list[VoiceCount]
    is_divided: bool


class CodeLine(View):
    label: str
    seats: int
    taken: int


class RoundLine(View):
    id: UUID
    title: str
    closes_on: date
    is_open: bool
    items: int


class RoundPage(View):
    """A round with its results side by side; `made` are codes, shown once: when they were just made."""

    school: UUID
    name: str
    id: UUID
    title: str
    question: str
    closes_on: date
    is_open: bool
    rows: list[OpinionRow]
    voices: list[str]
    codes: list[CodeLine]
    may_decide: bool
    my_voice: str
    made: list[str] = Field(default=[])
    made_for: str = ""
    made_seats: int = 1


class BallotItem(View):
    """One question of a round: what it is, what the law says (`is_asked`: it cannot go), and what this voice said."""

    id: UUID
    name: str
    what: str
    standing: str
    is_asked: bool
    stays: str
    hours: str
    ruling: Ruling | None
    because: str


class Ballot(View):
    """A round for one voice; holds nothing of any child."""

    school: str
    title: str
    question: str
    voice: str
    closes_on: date
    is_open: bool
    items: list[BallotItem]
    done: int


class StepLine(View):
    id: UUID
    body: str
    due_on: date
    is_late: bool
    done_at: datetime | None
    done_by: str


class WatchLine(View):
    """Something that went: its steps, whether it still comes in, the hours it takes a year and what came back so far.

    `is_listed` is False when it was taken off the list since.
    """

    item: UUID
    name: str
    stops_on: date
    hours: str
    so_far: str
    is_listed: bool
    stays: str
    steps: list[StepLine]
    still: str
    is_still: bool


class FollowPage(View):
    school: UUID
    name: str
    lines: list[WatchLine]
    a_year: str
    so_far: str
    since: date | None
    may_decide: bool


class WishLine(View):
    """A wish, and what Kindblad does for it already, with the page where that is."""

    name: str
    wish: str
    hours: str
    covered: str
    page: LinkRef | None


class WishPage(View):
    school: UUID
    name: str
    as_of: date
    wishes: list[WishLine]
    gone: list[WishLine]


class DecisionPage(View):
    school: UUID
    name: str
    as_of: date
    lines: list[DecisionLine]


class NewWork(View):
    """Who does it and what it takes; minutes per time from `low` to `high`, or neither."""

    doer: Doer
    system: str = Field(default="", max_length=60)
    times: int = Field(default=1, ge=1, le=200)
    cadence: Cadence = Cadence.YEAR
    amount: int = Field(default=1, ge=0, le=20000)
    counted: Counted = Counted.WHOLE
    low: float | None = Field(default=None, ge=0, le=6000)
    high: float | None = Field(default=None, ge=0, le=6000)


class NewDecision(View):
    """A decision; `leftover` says what happens with what is there when it goes."""

    ruling: Ruling
    reason: str = Field(min_length=1, max_length=1000)
    review_on: date
    stops_on: date | None = None
    leftover: Leftover | None = None


class NewOpinion(View):
    item: UUID
    ruling: Ruling
    because: str = Field(default="", max_length=500)


class NewItems(View):
    """Items of the catalogue to put on the list, by code."""

    school: UUID | None = None
    codes: list[str] = Field(max_length=200)


class Made(View):
    id: UUID
