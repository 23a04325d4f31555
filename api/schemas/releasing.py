"""Releasing results: the test moments of a group, what parents would read of each, and the library of sentences."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.schemas.sheet import View
from models.rules.explaining import LONGEST

MOST_RESULTS = 600
Sentence = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class MomentLine(View):
    """One test moment, with how many results of how many children, and what of it was released."""

    code: str
    title: str
    subjects: list[str]
    first: date
    last: date
    children: int
    results: int
    released: int
    child_from: date | None
    """The day from which the child may read all that was released of it, or None."""
    parents_from: date | None


class GroupMoments(View):
    id: UUID
    name: str
    ground: str
    moments: list[MomentLine]


class ResultLine(View):
    """One result of a child, without its score: what parents read of it, or would read."""

    result: int
    """Its number within the school, to name it when it is released."""
    subject: str
    name: str
    taken_on: date
    sentence: str
    child_from: date | None
    parents_from: date | None
    by: str | None


class ChildResults(View):
    id: UUID
    name: str
    given_name: str
    results: list[ResultLine]


class MomentResults(View):
    id: UUID
    name: str
    ground: str
    code: str
    title: str
    subjects: list[str]
    subject: str
    """The one that is shown; empty for all."""
    children: list[ChildResults]
    without: list[str]
    """Children of the group of whom there is nothing at this moment."""
    waiting: int
    released: int
    today: date
    child_from: date
    """Proposed days."""
    parents_from: date


class ChosenResult(View):
    result: int
    sentence: Sentence


class NewReleases(View):
    """Which results are released, for the child from one day and for the parents from the same or a later one."""

    child_from: date
    parents_from: date
    results: list[ChosenResult] = Field(min_length=1, max_length=MOST_RESULTS)


class TakenBack(View):
    results: list[int] = Field(min_length=1, max_length=MOST_RESULTS)


class Counted(View):
    count: int
    """How many results this changed."""


class ExplanationLine(View):
    key: str
    when: str
    ours: str
    own: str
    changed_at: datetime | None
    changed_by: str | None


class Library(View):
    lines: list[ExplanationLine]


class NewExplanation(View):
    body: Annotated[str, Field(max_length=LONGEST)]
    """Empty goes back to our sentence."""
