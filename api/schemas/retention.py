"""How long everything is kept, and what waits to be erased."""

from datetime import date, datetime
from uuid import UUID

from api.schemas.sheet import View


class RuleLine(View):
    """One class of data on the published list; `own` says what a school chose instead."""

    label: str
    what: str
    period: str
    start: str
    ground: str
    status: str
    own: list[str]


class ClassLine(View):
    """What of one child goes: which class, how many rows, since when it should be gone."""

    label: str
    rows: int
    since: date


class ChildLine(View):
    """One child on the plan."""

    id: UUID
    name: str
    left_on: date
    destination: str
    classes: list[ClassLine]


class PlanView(View):
    """The plan that waits; `may_approve` for who reads this."""

    digest: str
    as_of: date
    made_by: str
    made_at: datetime
    status: str
    is_approved: bool
    approved_by: str | None
    may_approve: bool
    children: list[ChildLine]
    practice_before: date | None
    practice_rows: int


class Leaver(View):
    """A child about whose leaving something is to be decided, or was."""

    id: UUID
    name: str
    last_day: date | None = None
    remark: str = ""


class HoldLine(View):
    """A child of whom nothing is erased now."""

    id: UUID
    name: str
    reason: str
    ends_on: date
    placed_by: str


class ProofLine(View):
    """One night's proof."""

    at: datetime
    text: str


class SchoolKeeping(View):
    """All about keeping and erasing at one school."""

    id: int
    name: str
    overdue: str | None
    plan: PlanView | None
    doubtful: list[Leaver]
    doubtful_count: int
    returned: list[Leaver]
    away: list[Leaver]
    holds: list[HoldLine]
    proof: list[ProofLine]
    is_head: bool
