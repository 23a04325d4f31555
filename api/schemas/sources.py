"""What the pages of Bronnen show: sources and their health, files that were tried, and what waits for a person."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel


class SourceState(BaseModel):
    """One source of a school: when it delivered, and what of it waits."""

    school: str
    code: str
    label: str
    leads_roll: bool
    last_delivery: datetime | None
    age: str
    is_stale: bool
    deliveries: int
    pupils: int
    unlinked: int
    open_issues: int


class DeliveryLine(BaseModel):
    """One file that was taken in."""

    id: UUID
    source: str
    file_name: str
    received_at: datetime
    by: str
    text: str


class Remark(BaseModel):
    """The same remark on any number of records, with the first few places."""

    message: str
    is_error: bool
    count: int
    places: list[str]


class KindOption(BaseModel):
    """A kind of file to choose."""

    code: str
    label: str


class Tried(BaseModel):
    """A file that was handed over, and what taking it in would do; nothing has changed yet.

    `refused` says why it cannot go in, if so; `needs_confirmation` when directie may say that it is right all the same.
    """

    id: UUID
    school_id: int
    school: str
    file_name: str
    by: str
    at: datetime
    kind: KindOption | None = None
    choices: list[KindOption] = []
    text: str = ""
    changes: bool = False
    rejected: int = 0
    dropped_sensitive: int = 0
    remarks: list[Remark] = []
    refused: str = ""
    needs_confirmation: bool = False


class SourcesOfSchool(BaseModel):
    """The sources of one school, what waits, and what came in lately."""

    id: UUID
    name: str
    sources: list[SourceState]
    waiting: list[Tried]
    issues: int
    proposals: int
    history: list[DeliveryLine]


class WaitingIssues(BaseModel):
    """Records of one source that were not taken over for the same reason."""

    school: str
    source: str
    source_label: str
    code: str
    message: str
    count: int
    places: list[str]
    file_name: str
    received_at: datetime


class Likeness(BaseModel):
    """How one trait of the source's child compares with ours."""

    trait: str
    found: str


class Proposal(BaseModel):
    """Is what this source knows the same child as ours? Without `candidate` there is nobody to choose from yet."""

    id: UUID
    source: str
    said: str
    candidate: str | None
    likeness: list[Likeness]
    warning: str
    is_complete: bool
