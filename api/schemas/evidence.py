"""Evidence from use of what a school registers: counts and words, without names of children or of staff."""

from datetime import date
from uuid import UUID

from pydantic import Field

from api.schemas.sheet import View


class PeriodCount(View):
    """How many values are about a period."""

    label: str
    values: int


class PlaceCount(View):
    """One place where the fact comes from: a system that delivers it, or Kindblad itself where it is typed."""

    name: str
    is_typed: bool
    values: int
    """In the last twelve months; of what is known until it changes: for how many children."""
    last_on: date | None


class GroupShare(View):
    """For which part of a group it is filled; None when the group is too small to tell."""

    name: str
    share: str | None


class Filled(View):
    """For how many children of how many it is filled."""

    text: str
    children: int | None
    """None when it is one to five children."""
    whole: int
    groups: list[GroupShare]


class RoleReads(View):
    """How often a role had it before them in twelve months: `alone` on a page of its own, `among` others on a page."""

    role: str
    alone: int
    among: int
    last_on: date


class Reading(View):
    """Who read it, as far as the access log can tell."""

    text: str
    is_unread: bool | None
    """Whether nobody read it in twelve months; None when the log does not go back that far and nobody did yet."""
    since: date
    roles: list[RoleReads]


class DecisionCount(View):
    """Decisions that can have used it; `meaning` says how they were counted."""

    label: str
    count: int
    meaning: str


class GroupCount(View):
    name: str
    children: int


class DoubleFinding(View):
    """One fact in two places: what, where, how many children, and what to stop doing."""

    school: UUID
    fact: str
    title: str
    text: str
    advice: str
    why_leading: str
    lead: str
    """The code of the leading place, "kindblad" or that of a source."""
    other: str
    lead_name: str
    other_name: str
    children: int | None
    """None when it is one to five children."""
    values: int
    differing: int
    groups: list[GroupCount]
    last_on: date | None
    no_double: str | None = None
    """Why someone said that it is none; the finding stays to be seen, and can be opened again."""


class DoubleKey(View):
    """Which finding is meant: a fact of a school and the codes of its two places."""

    school: UUID
    fact: str = Field(max_length=40)
    lead: str = Field(max_length=64)
    other: str = Field(max_length=64)


class NotDoubleSaid(DoubleKey):
    """Someone's word that it is no double, and why."""

    because: str = Field(min_length=1, max_length=300)


class SchoolDoubles(View):
    """What stands in two places at one school."""

    school: UUID
    name: str
    as_of: date
    findings: list[DoubleFinding]
    may_rule: bool


class FactEvidence(View):
    """What the system itself knows of the use of one fact."""

    code: str
    label: str
    tile: str
    summary: str
    periods: list[PeriodCount]
    places: list[PlaceCount]
    filled: Filled
    reading: Reading
    decisions: list[DecisionCount]
    doubles: list[DoubleFinding]


class SchoolEvidence(View):
    """All facts of one school, in the order of `models.rules.registrations.facts`."""

    school: UUID
    name: str
    as_of: date
    facts: list[FactEvidence]
    doubles: list[DoubleFinding]
