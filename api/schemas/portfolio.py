"""A portfolio as its readers see it, and what parents allow."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.schemas.sheet import View
from models.vocabulary import ConsentPurpose, PieceKind


class Piece(View):
    """One piece; `is_hidden` when there is an image that parents do not allow to be seen (any more)."""

    id: UUID
    kind: PieceKind
    kind_text: str
    title: str
    body: str
    link: str
    made_on: date
    is_outside_school: bool
    goal: str | None
    has_image: bool
    is_hidden: bool
    may_remove: bool


class OwnGoal(View):
    """A goal that a piece can prove."""

    id: UUID
    body: str


class PortfolioPage(View):
    """The portfolio of one child; `consent` says per purpose "ja", "nee" or "nog niet gevraagd"."""

    id: UUID
    name: str
    ground: str
    pieces: list[Piece]
    goals: list[OwnGoal]
    may_write: bool
    may_show_images: bool
    consent: dict[str, str]
    today: date


class NewPiece(View):
    """A piece to add; an image comes by the form of the page only."""

    kind: PieceKind
    title: Annotated[str, Field(min_length=1, max_length=120)]
    body: Annotated[str, Field(max_length=1000)] = ""
    link: Annotated[str, Field(max_length=300)] = ""
    is_outside_school: bool = False
    goal: UUID | None = None


class PieceId(View):
    id: UUID


class Said(View):
    """What a parent said of one purpose; `is_given` is empty before the first answer."""

    purpose: ConsentPurpose
    text: str
    is_given: bool | None
    said_on: date | None


class ConsentPage(View):
    """What one parent allows; another parent's words are not in it."""

    id: UUID
    name: str
    purposes: list[Said]


class NewConsent(View):
    purpose: ConsentPurpose
    is_given: bool
