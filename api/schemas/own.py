"""A child's own page."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.schemas.portfolio import Piece
from api.schemas.sheet import View
from models.vocabulary import GoalJudgement


class OwnGoalLine(View):
    """A goal in the child's own words, what the school answered, and how the child judges it."""

    id: UUID
    body: str
    stated_on: date
    answer_text: str | None
    answer_body: str | None
    judgement_text: str | None
    judgement_body: str | None


class Proud(View):
    """What was written down as a talent."""

    on: date
    body: str


class Told(View):
    """What school tells the child of one test or list of its own: a sentence, no figure."""

    id: UUID
    name: str
    on: date
    body: str


class OwnPage(View):
    """What a child reads and writes itself; `group` is the group of its studiewijzer."""

    id: UUID
    name: str
    group: UUID | None
    goals: list[OwnGoalLine]
    pieces: list[Piece]
    more_pieces: int
    proud: list[Proud]
    told: list[Told]


class NewGoal(View):
    body: Annotated[str, Field(min_length=1, max_length=300)]


class GoalId(View):
    id: UUID


class Judged(View):
    """What the child itself says of its goal, with a sentence of its own if it likes."""

    judgement: GoalJudgement
    body: Annotated[str, Field(max_length=300)] = ""
