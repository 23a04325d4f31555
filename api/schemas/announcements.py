"""News of school for parents, as page and JSON show it, and as it is written."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.sheet import View


class AnnouncementLine(View):
    """One piece of news; `group` is empty for the whole school."""

    id: UUID
    group: str
    title: str
    body: str
    shown_from: date
    shown_until: date | None
    author: str
    """Who wrote it; empty when it came from another system."""
    may_end: bool


class GroupChoice(View):
    id: UUID
    name: str


class AnnouncementsPage(View):
    announcements: list[AnnouncementLine]
    groups: list[GroupChoice]
    """For which groups this reader may write."""
    may_write: bool
    may_write_to_school: bool
    until: date
    """Until when news stands there unless its writer says otherwise."""


class NewAnnouncement(BaseModel):
    """News for the parents of a group, or of the whole school without one."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    title: Annotated[str, Field(min_length=1, max_length=200)]
    body: Annotated[str, Field(max_length=4000)] = ""
    group: UUID | None = None
    shown_from: date | None = None
    shown_until: date | None = None


class AnnouncementId(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: UUID
