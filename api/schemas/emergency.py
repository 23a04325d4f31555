"""The emergency card, and what someone opens for a stated reason."""

from datetime import datetime
from uuid import UUID

from api.schemas.sheet import View


class EmergencyNumber(View):
    """Whom to call."""

    name: str
    relation: str
    phone: str | None = None


class EmergencyPage(View):
    """What to do when something happens to this child, and whom to call."""

    id: UUID
    name: str
    group: str | None
    ground: str
    is_open: bool
    """Whether card and numbers are shown; if not, one click opens them."""
    can_write: bool
    body: str | None = None
    written: str | None = None
    version: int = 0
    numbers: list[EmergencyNumber]
    hidden: int = 0
    """How many guardians have a number that is not shown here."""


class KindChoice(View):
    """A kind of data that this reader can open for a reason."""

    value: str
    label: str


class ReasonPage(View):
    """For opening one kind of data of one child for an hour."""

    id: UUID
    name: str
    group: str | None
    kinds: list[KindChoice]
    is_urgent: bool
    """Whether card or numbers are among them, which need no words."""
    needs_password: bool


class UseLine(View):
    """One use of the access for a reason: who, what, why, until when, and what directie said of it."""

    id: UUID
    who: str
    child: str
    child_id: UUID
    kind: str
    reason: str
    explanation: str | None
    opened_at: datetime
    ends_at: datetime
    is_open: bool
    is_late: bool
    can_judge: bool
    verdict: str | None = None


class Notice(View):
    """Something that waits for the reader, on the page where they begin."""

    text: str
    link: str
    is_urgent: bool = False
