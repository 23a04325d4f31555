"""Accounts of parents as administration and directie see them, and the letter for one guardian."""

from datetime import datetime
from uuid import UUID

from api.schemas.sheet import View


class ParentLine(View):
    """One guardian of children of this list, and how far they are with an account."""

    id: UUID
    name: str
    children: list[str]
    child_id: UUID
    """One of those children: a new letter is asked for at that child."""
    state: str
    """For instance "logt in, laatst gezien 12 november" or "geen gezag: geen account"."""
    has_custody: bool
    has_account: bool
    has_begun: bool
    """Whether they chose how to log in."""
    has_letter: bool
    """Whether there is a code that still counts."""


class ParentAccounts(View):
    """The guardians of the children of a group, or of one child."""

    id: UUID
    name: str
    of_group: bool
    parents: list[ParentLine]
    without_account: int
    not_begun: int
    ground: str


class ParentLetter(View):
    """What stands on one letter: for one guardian, about all their children at this school, and nothing of results."""

    name: str
    children: list[str]
    groups: list[str]
    """For who hands the letters out."""
    school: str
    login: str
    code: str
    expires_at: datetime
    address: str
