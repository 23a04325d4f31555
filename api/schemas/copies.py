"""A copy of all that is kept of a child, for a parent (AVG art. 15): asked, looked through, decided, its content."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from api.schemas.sheet import View


class CopyLine(View):
    """One request of one parent, and how far it is."""

    id: UUID
    pupil_id: UUID
    pupil: str
    guardian: str | None = None
    """Who asked; only for directie."""
    asked_at: datetime
    due_on: date
    is_late: bool
    is_open: bool
    is_ready: bool
    """Whether the copy can be fetched now."""
    ends_at: datetime | None = None
    left_out: int = 0
    reason: str | None = None
    state: str


class CopyPage(View):
    """The page of a parent: what a copy is, what they asked, and whether asking is possible now."""

    id: UUID
    name: str
    may_ask: bool
    requests: list[CopyLine]


class CopyItem(View):
    """One thing that people wrote, for directie to look at before it goes along."""

    key: str
    title: str
    when: str
    who: str | None
    text: str
    speaks_of: str
    """"een ander kind" when a name of one stands in it; empty when nobody was noticed."""
    is_shielded: bool
    """Whether it was written for a smaller circle: then directie chooses, nothing is filled in."""
    ground: str
    """What is filled in: "" for going along, a `CopyGround`, or "?" for what must be chosen."""


class CopyReview(View):
    """Everything that people wrote about the child and that would go along to this parent."""

    request: CopyLine
    items: list[CopyItem]
    grounds: dict[str, str]
    counts: dict[str, int]
    """What goes along without being looked at: how many rows by title."""


class CopyTable(View):
    """One part of the copy: a title, the word above each column, and the rows as shown."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    left_out: list[str]
    """A sentence for each row that stayed behind."""


class CopySubject(View):
    """The parts about one subject; a page in the zip."""

    title: str
    file: str
    remark: str = ""
    tables: list[CopyTable]


class CopyContent(View):
    """The whole copy, without the images."""

    child: str
    school: str
    made_on: date
    reason: str | None
    subjects: list[CopySubject]
    data: dict[str, list[dict[str, Any]]]
    """The same for a program: by table, column and value."""
    images: dict[str, int]
    """The name of each image in the zip, with the key to read it by."""
