"""Mijn kind: what a parent gets of their own child, in finished facts; the page says them in the reader's language.

Nothing that was not released stands here, and nothing of another child or another household.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from pydantic import Field

from api.schemas.clock_time import ClockTime
from api.schemas.sheet import View
from models.rules.own_growth import Way
from models.rules.own_work import Went
from models.vocabulary import AbsencePart, AbsenceReason, GoalAnswer, TalkKind

NEWS = timedelta(days=365)
"""How long a result says how it goes now; older ones stand in their own place only."""


class Level(View):
    """Where the maker of a test places a child among others, as delivered: "II" on a ladder from "I" down to "V"."""

    value: str
    highest: str | None
    lowest: str | None


class ReleasedResult(View):
    """One result that school released, never without its sentence."""

    id: UUID
    subject: str
    name: str
    taken_on: date
    explanation: str
    is_asked: bool
    """Whether this parent asked to talk about it, and has had no answer yet."""


class ReleasedTest(ReleasedResult):
    """A test, held beside the child's own last released test of the same subject."""

    way: Way = "unknown"
    since: date | None = None
    """The day of that earlier test; None when `way` is unknown."""
    level: Level | None = None
    """Only where the school chose to show comparison with others."""


class WorkLine(View):
    """At what the child worked on the practice platform in one week; effort comes first, then how it went."""

    subject: str
    goal: str
    days: int
    went: Went


class Effort(View):
    """A week of which school shows the practice; `starts_on` is its Monday."""

    starts_on: date
    is_this_week: bool
    days: int
    home_days: int
    lines: list[WorkLine]


class ProudLine(View):
    on: date
    body: str


class GoalOfChild(View):
    body: str
    stated_on: date
    answer: GoalAnswer | None
    answer_body: str | None


class AgreedLine(View):
    body: str
    owner: str | None
    due_on: date | None
    done_on: date | None


class AwayLine(View):
    day: date
    part: AbsencePart
    reason: AbsenceReason


class TalkLine(View):
    id: UUID
    kind: TalkKind
    on: date
    at: ClockTime | None
    is_held: bool


class MyChild(View):
    """Mijn kind, in the order in which it is read."""

    id: UUID
    name: str
    given_name: str
    group: str | None
    group_id: UUID | None
    """Of the studiewijzer, where there is one."""
    teachers: list[str]
    today: date
    proud: list[ProudLine]
    effort: Effort | None
    results: list[ReleasedTest]
    wellbeing: list[ReleasedResult]
    """What was released of how the child feels and behaves at school: a sentence of its school, never a score."""
    compares: bool
    """Whether the school chose to show comparison with others."""
    has_guide: bool
    """Whether a week of the studiewijzer of the group is published."""
    goals: list[GoalOfChild]
    agreed: list[AgreedLine]
    helps: list[str]
    in_class: list[str]
    away: list[AwayLine]
    """Of this school year, newest first."""
    talks: list[TalkLine]

    @property
    def grows(self) -> list[str]:
        """The subjects in which the child did better at its newest shared test than at the one before it."""
        return self._with("up")

    @property
    def needs_care(self) -> list[str]:
        """The subjects in which that test went less well."""
        return self._with("down")

    def _with(self, way: Way) -> list[str]:
        newest: dict[str, Way] = {}
        for result in self.results:
            if result.taken_on >= self.today - NEWS:
                newest.setdefault(result.subject, result.way)
        return [subject for subject, found in newest.items() if found == way]


class MyChildren(View):
    """Brothers and sisters of one account, side by side."""

    children: list[MyChild]


class WishAbout(View):
    """A parent wants to talk about something, and why if they say so."""

    body: str = Field("", max_length=500)


class MyLook(View):
    """One person's looks at the child on one day."""

    on: date
    who: str
    role: str | None
    what: list[str]
    first: datetime
    last: datetime
    times: int


class MyLooks(View):
    """Who looked at the child in the past year, newest first."""

    id: UUID
    given_name: str
    since: date
    looks: list[MyLook]
