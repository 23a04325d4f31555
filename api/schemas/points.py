"""Sentences about what helps and hinders a child and what it means in class, to read, add and end."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.schemas.sheet import View
from models.vocabulary import SupportKind


class PointLine(View):
    """One sentence that holds; `may_end` says whether this reader can say that it no longer does."""

    id: UUID
    kind: SupportKind
    kind_text: str
    body: str
    observed_on: date
    author: str | None
    may_end: bool


class PointsPage(View):
    """The sentences about one child, and which kinds this reader may add."""

    id: UUID
    name: str
    ground: str
    points: list[PointLine]
    may_add: dict[str, str]
    """Value and words of each kind."""


class NewPoint(View):
    """A sentence that someone adds: what to do, never a diagnosis."""

    kind: SupportKind
    body: Annotated[str, Field(min_length=1, max_length=300)]


class PointId(View):
    """One sentence by its id."""

    id: UUID
