"""The grid of a group and its instruction groups, as page and JSON show them.

A column that a reader may not see is not there: its name is not in `columns`, its cells are empty. What a grid has
hundreds of are dataclasses, which cost a third of a model to make.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.sheet import PersonLabel, Sign, View
from models.vocabulary import InstructionLevel


class SubjectColumn(View):
    """A subject on one scale of levels: A-E and I-V are never in one column."""

    key: str
    code: str
    name: str
    scale: str
    """"I–V", "A–E", or empty when no level was delivered."""


@dataclass(slots=True, kw_only=True)
class LevelCell:
    """The latest level as delivered, and how the child grows against its own line."""

    level: str | None
    sign: Sign
    word: str
    """"boven", "in lijn", "onder", or "–" while there is no own line."""
    state_text: str
    """The same in the words of the sheet: "onder eigen lijn"."""
    taken_on: date


@dataclass(slots=True, kw_only=True)
class PracticeCell:
    days: int
    school_days: int
    sign: Sign
    word: str
    """"trouw", "weinig"; "–" when the group practised too little to say."""


@dataclass(slots=True, kw_only=True)
class FeelingCell:
    """How the newest list of the teacher lies beside the one before."""

    sign: Sign
    word: str
    """"lager", "hoger", "wisselend", "gelijk"; "–" with one list."""
    parts: list[str]
    """The parts that changed."""


@dataclass(slots=True, kw_only=True)
class AgreementsCell:
    open: int
    overdue: int
    nearest: date | None
    text: str
    """"2 · 4 dec", "1 over tijd"."""


@dataclass(slots=True, kw_only=True)
class GroupMember:
    """A row of the grid: one child."""

    id: UUID
    name: str
    sort_name: str
    grade: str | None
    is_young: bool = False
    """In groep 1 or 2: observations, no tests."""
    levels: list[LevelCell | None] = field(default_factory=list)
    """In the order of the columns."""
    phases: list[str | None] = field(default_factory=list)
    """Age phases as observed, in the order of the lines; no judgement."""
    practice: PracticeCell | None = None
    wellbeing: FeelingCell | None = None
    agreements: AgreementsCell | None = None
    extra: list[str] = field(default_factory=list)
    """Subjects in which the child works in the group with most instruction."""
    remark: str | None = None
    """The most important sentence that nobody answered yet."""


class GroupPage(View):
    id: UUID
    name: str
    school_year: str
    teachers: list[PersonLabel]
    ground: str
    columns: list[str]
    """Which columns this reader has: "levels", "phases", "practice", "wellbeing", "agreements", "extra"."""
    subjects: list[SubjectColumn]
    phases: list[str]
    has_letters: bool = False
    """Whether A-E is used, so that the page says what a C is."""
    extra_name: str = InstructionLevel.INTENSIVE.label
    """The school's name for the instruction group with most instruction."""
    members: list[GroupMember]


@dataclass(slots=True, kw_only=True)
class Step:
    """One period in an instruction group."""

    level: InstructionLevel
    name: str
    since: date
    until: date | None
    reason: str
    is_own_choice: bool
    author: str


@dataclass(slots=True, kw_only=True)
class PlacedPupil:
    """A child on the page of one subject: where it works, what is proposed and why."""

    id: UUID
    name: str
    sort_name: str
    seen: str
    """Which placement this is, to send back with a change: another's change in the meantime is not overwritten."""
    level: InstructionLevel | None
    since: date | None
    was: str | None
    """The name of the instruction group before this one."""
    reason: str
    is_own_choice: bool
    """Whether a teacher chose this: a proposal for all leaves it where it is."""
    proposed: InstructionLevel | None
    proposed_name: str
    because: str
    """Why this is proposed, or why nothing is."""
    measured: str | None
    """The latest level as delivered."""
    sign: Sign
    helps: list[str]
    history: list[Step]


@dataclass(slots=True, kw_only=True)
class Change:
    """One move of a child, for the history of a subject."""

    on: date
    name: str
    before: str | None
    after: str
    reason: str
    author: str


class InstructionGroup(View):
    """One of the three groups under the school's own name, with what its children are stuck at together."""

    level: InstructionLevel
    name: str
    shared: list[tuple[str, list[str]]]
    pupils: list[PlacedPupil]


class SubjectLink(View):
    code: str
    name: str


class Instruction(View):
    """The instruction groups of one subject; a proposal is never carried out by itself."""

    group_id: UUID
    group: str
    school_year: str
    subject: SubjectLink
    subjects: list[SubjectLink]
    today: date
    ground: str
    may_place: bool
    rests_on: list[str]
    """What this reader's proposals look at: "toetsen", "oefenen", "wat helpt"."""
    groups: list[InstructionGroup]
    unplaced: list[PlacedPupil]
    names: dict[InstructionLevel, str]
    changes: list[Change]
    """What was changed since the group began, newest first."""

    @property
    def pupils(self) -> list[PlacedPupil]:
        return [*self.unplaced, *(pupil for group in self.groups for pupil in group.pupils)]

    @property
    def takeable(self) -> list[PlacedPupil]:
        """Who stands elsewhere than is proposed, without those for whom a teacher chose otherwise."""
        return [
            pupil
            for pupil in self.pupils
            if pupil.proposed is not None and pupil.proposed is not pupil.level and not pupil.is_own_choice
        ]


class Move(BaseModel):
    """One child to an instruction group; `reason` is the teacher's own, empty for that of the proposal."""

    model_config = ConfigDict(extra="forbid")

    pupil: UUID
    level: InstructionLevel
    reason: str = Field("", max_length=300)
    seen: str = Field("", max_length=32)


class Moves(BaseModel):
    model_config = ConfigDict(extra="forbid")

    moves: list[Move] = Field(max_length=400)


class PlacingForm(BaseModel):
    """The form of the page: the same four things of each child, in the same order; an empty level is not yet placed."""

    child: list[UUID] = Field(max_length=400)
    level: list[str] = Field(max_length=400)
    reason: list[str] = Field(max_length=400)
    seen: list[str] = Field(max_length=400)
    take: str = ""
    """Filled when all proposals are taken over."""

    def moves(self) -> list[Move]:
        """What is asked of each child that was given a group; a `ValueError` when something is missing."""
        known = {level.value: level for level in InstructionLevel}
        return [
            Move(pupil=child, level=known[level], reason=reason[:300], seen=seen[:32])
            for child, level, reason, seen in zip(self.child, self.level, self.reason, self.seen, strict=True)
            if level
        ]


class Overtaken(View):
    """A child whom someone else placed in the meantime; nothing of it was kept."""

    id: UUID
    name: str
    level: InstructionLevel | None
    level_name: str
    author: str
    wanted: InstructionLevel
    reason: str


class Moved(View):
    kept: int
    overtaken: list[Overtaken]
