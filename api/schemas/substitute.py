"""The card for who replaces the teacher of a group for a day, and who may be given the group for it."""

from datetime import date
from uuid import UUID

from api.schemas.sheet import View
from models.rules.brief import Size


class CardChild(View):
    """One child; a text that ends on "…" is longer on the child's own page."""

    id: UUID
    name: str
    today: str | None
    """Absent, late or a birthday, in words."""
    is_absent: bool
    safety: str | None
    in_class: str | None
    helps: str | None
    agreed: str | None


class CardGroups(View):
    """The instruction groups of a subject, by name of the level; who is in none of them is not named."""

    subject: str
    levels: list[tuple[str, str]]


class CallLine(View):
    """Whom to ask: "IB" and a name. Where to find them is known at school."""

    what: str
    names: str


class SubstituteCard(View):
    """All that a substitute needs today and nothing else: no results, no well-being, no notes, no addresses."""

    id: UUID
    group: str
    on: date
    valid: str
    ground: str
    children: list[CardChild]
    absent: list[str]
    birthdays: list[str]
    agreed: list[str]
    """Agreements with the whole group."""
    groups: list[CardGroups]
    call: list[CallLine]
    size: Size


class StandIn(View):
    """A colleague with an account, who can be given a group for today; `has_it` when that is done."""

    id: UUID
    name: str
    known_as: str
    has_it: bool


class StandingIn(View):
    """Who can stand in for a group today."""

    id: UUID
    group: str
    on: date
    valid: str
    colleagues: list[StandIn]


class Chosen(View):
    """A colleague by the id of the account."""

    account: UUID
