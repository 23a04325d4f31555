"""The sheet "hoe gaat het met het kind?" as one typed object: the page, the print and the JSON show the same.

Everything is finished here (sentences, words, dates, what may be seen); a template only lays it out. Parts of which a
page has dozens are dataclasses, which cost a third of a model to make.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

Sign = Literal["up", "steady", "down", "attention", "unknown"]
"""The sign before a sentence; always beside a word, never alone. "attention" asks to look, without judging."""


class View(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonLabel(View):
    name: str
    note: str | None = None
    """For instance the days on which a duo teacher works."""


class Sentence(View):
    """One thing worth knowing, from a rule, with what it rests on and what would make it untrue."""

    rule: str
    sign: Sign
    subject: str
    """The words to set in bold at the start, "Rekenen"; part of `text`."""
    text: str
    basis: str
    """What was seen, against what and since when: "5 metingen van Cito, laatste 12 juni 2026"."""
    doubt: str
    """What would make this sentence untrue."""
    source: str
    key: str | None = None
    """By which it can be answered (`POST .../signals/seen`); None for who may not, and where nothing is asked."""
    answer: str | None = None
    """What was done with it: "besproken 12 nov, Kim"; until there is new evidence."""
    taken_back_by: str | None = None
    """By which the reader takes back that they saw it (`POST .../signals/unseen`)."""


@dataclass(slots=True, kw_only=True)
class GrowthPoint:
    taken_on: date
    label: str
    """Moment or test level, "M6"."""
    value: float
    value_raw: str
    ci_low: float | None = None
    ci_high: float | None = None
    level: str | None = None
    """Level as delivered, with its scale's own letters."""


class NormBandLine(View):
    """The lower and upper bound of one level at each moment of the line, for the grey bands."""

    code: str
    points: tuple[tuple[str, float, float], ...]
    """(label of the moment, low, high), in the order of the growth points."""


class GrowthLine(View):
    subject: str
    scale: str
    """Owner and scale, "Cito vaardigheidsscore"; one line never mixes scales."""
    state: Sign
    state_text: str
    """"in eigen lijn", "onder eigen lijn", "boven eigen lijn", "te weinig metingen"."""
    points: list[GrowthPoint]
    bands: list[NormBandLine] = []
    other_scales: list[tuple[str, str]] = []
    """Latest values on other scales as delivered: ("DLE", "34"), ("niveau A-E", "B")."""
    source: str
    age: str


class Learning(View):
    lines: list[GrowthLine]
    source: str | None = None
    """Each source with its newest measurement: "Cito, laatste meting 5 juni"."""
    remark: str | None = None
    """Why there is nothing, in words: "In groep 1 en 2 kijken we; er zijn geen toetsen."."""


@dataclass(slots=True, kw_only=True)
class PracticeBar:
    day: date
    answers: int
    home_answers: int
    is_school_day: bool


class ObjectiveState(View):
    name: str
    subject: str
    state: Literal["can", "busy", "stuck"]
    state_text: str
    """"kan ze", "bezig", "loopt vast"."""
    first_answers: int
    first_correct: int


class Practice(View):
    bars: list[PracticeBar]
    objectives: list[ObjectiveState]
    days_practised: int
    school_days: int
    home_days: int
    remark: str
    """What the platform cannot see; "Oefentijd is geen inzet"."""
    source: str | None = None
    age: str | None = None


@dataclass(slots=True, kw_only=True)
class WellbeingRow:
    name: str
    low: float
    high: float
    earlier: float | None = None
    latest: float | None = None
    latest_text: str | None = None
    """For scales that are words, such as an age phase."""
    direction: Literal["up", "down", "same", "unknown"] = "unknown"


class WellbeingList(View):
    instrument: str
    respondent: str
    earlier_label: str | None = None
    latest_label: str
    rows: list[WellbeingRow]
    source: str
    age: str


class Wellbeing(View):
    lists: list[WellbeingList]
    remark: str | None = None


class SupportLine(View):
    kind: Literal["helps", "hinders", "in_class"]
    kind_text: str
    body: str
    observed_on: date
    author: str | None = None


class AgreementLine(View):
    body: str
    agreed_on: date
    owner: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    state: Literal["open", "overdue", "done"]
    state_text: str


class Support(View):
    points: list[SupportLine]
    agreements: list[AgreementLine]
    remark: str | None = None


class GoalLine(View):
    body: str
    stated_on: date
    answer_text: str | None = None
    answer_body: str | None = None
    answered_on: date | None = None


class TalentLine(View):
    on: date
    body: str


@dataclass(slots=True, kw_only=True)
class TimelineEntry:
    on: date
    kind: str
    """"kindgesprek", "observatie", "verzuim", "toetsen"."""
    tone: Literal["good", "neutral", "worry"] | None = None
    author: str | None = None
    body: str
    readers: str | None = None
    """Who may read it, when that is fewer than the team."""
    talk_id: UUID | None = None
    """Of a talk: where its report stands."""
    note_id: UUID | None = None
    """Of a note: where its writer corrects it and where a colleague reads what it said before."""
    is_mine: bool = False
    is_corrected: bool = False


class SourceLine(View):
    label: str
    received_at: datetime | None
    age: str
    """"vanmorgen 06:10", "8 weken oud"."""
    is_stale: bool
    deviation: str | None = None
    """Where this source disagrees with the roll: "Snappet: 6A"."""


class DisputeLine(View):
    """What a parent says is not right and was not corrected; `place` is the part of the sheet where it stands."""

    id: UUID
    place: Literal["head", "learning", "practice", "wellbeing", "support", "talent", "timeline"]
    about: str
    state: str


class Sheet(View):
    """All that a reader with this ground may know of one child."""

    id: UUID
    name: str
    given_name: str
    group: str | None
    group_id: UUID | None
    age: str | None
    """"9 jaar en 7 maanden"."""
    grade: str | None
    teachers: list[PersonLabel]
    ground: str
    """Why this reader may see this: "groep 6B", "IB"."""
    today: date
    quote: GoalLine | None
    sentences: list[Sentence]
    learning: Learning | None
    practice: Practice | None
    wellbeing: Wellbeing | None
    support: Support | None
    goals: list[GoalLine]
    talents: list[TalentLine]
    pieces: int = 0
    """How many pieces the portfolio holds."""
    timeline: list[TimelineEntry]
    sources: list[SourceLine]
    disputes: list[DisputeLine] = []
    """For colleagues only; who said so stands on the page behind it."""
    may_ask_who: bool = False
    """Whether this reader may know who else can see this child."""


class GroupLink(View):
    id: UUID
    name: str
    members: int
