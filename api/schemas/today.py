"""The teacher's home page as one typed object: the page and the JSON show the same.

Names are given names, with as much of the family name as tells two children of the day apart. A link is made by the
page from an id; what may be done with a line stands in `acts`.
"""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from api.schemas.sheet import Sign, SourceLine, View
from models.vocabulary import TalkKind

Act = Literal["note", "talk", "seen"]


class ChildLink(View):
    id: UUID
    name: str


class GroupChip(View):
    """A group that the reader may choose."""

    id: UUID
    name: str
    is_shown: bool


class InstructionRequest(View):
    """Who is asked to an instruction, and about what."""

    subject: str
    objective: str
    children: list[UUID]


class Attention(View):
    """One child, why it is worth a moment today, and what would make that untrue."""

    child: ChildLink
    rule: str
    key: str
    """What an answer names, so that the sentence stays away until there is something new."""
    sign: Sign
    subject: str
    """The words to set in bold beside the name; part of `text`."""
    text: str
    """Begins with the child's name."""
    basis: str
    doubt: str
    source: str
    acts: list[Act]
    group_id: UUID
    instruction: InstructionRequest | None = None
    """The instruction table that would help, with who else is stuck at the same."""


class DueTalk(View):
    id: UUID
    kind: TalkKind
    at: str | None
    """"12:15"; None when no time was agreed."""
    child: ChildLink | None
    """None for a talk about the group."""
    text: str


class DueWish(View):
    """A parent wants to talk about a child; `about` is the released result, where they asked from one."""

    child: ChildLink | None
    by: str
    about: str | None
    body: str


class DueAgreement(View):
    id: UUID
    child: ChildLink | None
    group_id: UUID | None = None
    body: str
    owner: str | None
    when: str
    """"vóór dinsdag", "over tijd, vóór 12 nov"."""
    is_overdue: bool
    is_mine: bool
    may_answer: bool = False


class DueGoal(View):
    id: UUID
    child: ChildLink
    body: str
    waits: str
    """"wacht 9 dagen op antwoord"."""
    may_answer: bool = False


class Kept(View):
    """A birthday of today or of the weekend."""

    child: ChildLink
    text: str


class AbsentChild(View):
    child: ChildLink
    text: str
    """"ziek", "dokter, ochtend"."""


class News(View):
    """What one source brought since the last visit, in words."""

    source: str
    text: str


class ObjectiveDay(View):
    """One learning objective of the day: counts of that day, states over the last weeks."""

    subject: str
    name: str
    answers: int
    children: int
    first_answers: int
    first_correct: int
    can: list[ChildLink]
    busy: list[ChildLink]
    stuck: list[ChildLink]
    hard_start: list[ChildLink]
    """First day at this objective, and most went wrong: not stuck, but not easy either."""
    instruction_planned: bool = False
    """Whether those who are stuck are asked to an instruction already."""


class ClassWork(View):
    """What one group worked on, on its newest day of practice."""

    group_id: UUID
    group: str
    day: date
    day_text: str
    """"vandaag", "gisteren", "vrijdag 20 november"."""
    source: str
    children: int
    answers: int
    objectives: list[ObjectiveDay]
    may_plan: bool
    """Whether the reader may make an instruction for these children."""


class InstructionTable(View):
    """A short extra instruction for a few children."""

    id: UUID
    group_id: UUID
    group: str
    title: str
    planned_on: date
    when: str
    """"vandaag", "maandag 16 november"."""
    is_held: bool
    children: list[ChildLink]
    may_change: bool = False


class Today(View):
    """All that a teacher needs at ten past eight, in reading order."""

    today: date
    day_text: str
    """"maandag 23 november"."""
    groups: list[GroupChip]
    is_own: bool
    """Whether these are all groups that the reader teaches."""
    children: int
    ground: str
    attention: list[Attention]
    smaller: list[Attention]
    """What is less pressing than the seven above."""
    talks: list[DueTalk]
    wishes: list[DueWish] = Field([])
    """Parents who want to talk and with whom no talk is planned yet."""
    agreements: list[DueAgreement]
    goals: list[DueGoal]
    birthdays: list[Kept]
    absent: list[AbsentChild]
    attendance: list[GroupChip]
    """Groups of which the reader may see, or say, who is absent."""
    instructions: list[InstructionTable]
    since: str
    """Since when `news` is: "sinds gisteren 15:20", "in de laatste week"."""
    news: list[News]
    work: list[ClassWork]
    remark: str
    """What a practice platform cannot see."""
    quiet: list[ChildLink]
    quiet_text: str
    """For how long nothing was seen or written: "zes weken"."""
    sources: list[SourceLine]


class Made(View):
    """What was made, by its id."""

    id: UUID
