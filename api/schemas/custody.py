"""Custody over a child, how its guardians can be reached, and what a parent without custody asked."""

from datetime import date, datetime
from uuid import UUID

from api.schemas.sheet import Sheet, View


class CustodyLine(View):
    """One thing that was recorded, as a sentence with who and when."""

    since: str
    text: str
    proof: str
    recorded: str
    remark: str | None = None


class GuardianCustody(View):
    """One guardian of the child with custody as it stands now."""

    id: UUID
    name: str
    relation: str
    custody: str
    has_custody: bool
    since: str
    proof: str
    is_proven: bool
    planned: str | None = None
    """"Vanaf 1 januari 2027: geen gezag." """
    contradiction: str | None = None
    """What the file says, where that differs from what was recorded."""
    is_secret: bool
    history: list[CustodyLine]


class RequestLine(View):
    """A question of a parent without custody, with its decision."""

    id: UUID
    pupil_id: UUID
    pupil: str
    guardian: str
    question: str
    asked_on: date
    due_on: date
    is_late: bool
    state: str
    is_open: bool
    can_be_opened: bool
    decision: str | None = None
    reason: str | None = None
    kinds: list[str]


class CustodyPage(View):
    """Who has custody over a child; `version` tells whether someone changed it meanwhile."""

    id: UUID
    name: str
    version: int
    guardians: list[GuardianCustody]
    requests: list[RequestLine]
    ground: str


class ContactLine(View):
    """How one guardian can be reached, as far as this reader may know; what may not be known is not there at all."""

    name: str
    relation: str
    custody: str | None = None
    email: str | None = None
    phone: str | None = None
    secret: bool | None = None
    """Whether it is a secret address or number; only for who may see that."""


class ContactPage(View):
    """How the guardians of a child can be reached."""

    id: UUID
    name: str
    ground: str
    is_own: bool
    """Whether the reader is a parent, who sees the own data and nobody else's."""
    guardians: list[ContactLine]


class Extract(View):
    """What a parent without custody hears, once: the sheet with only what directie allowed, without names of others."""

    request: RequestLine
    school: str
    sheet: Sheet
    opened_at: datetime
    absences: int | None = None
