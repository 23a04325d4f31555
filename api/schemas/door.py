"""The class door: who may come in, and what its teacher sees of it."""

from datetime import datetime
from uuid import UUID

from api.schemas.sheet import View


class DoorName(View):
    """A child that may come in; `id` is of its account, not of the child."""

    id: UUID
    name: str


class DoorChild(View):
    """A child of the group, and whether it has pictures; `pictures` are shown once, when they were made."""

    id: UUID
    name: str
    has_pictures: bool
    pictures: list[str]


class DoorPage(View):
    """The door of one group; `code` is known only when it was made just now."""

    id: UUID
    name: str
    is_allowed: bool
    ends_at: datetime | None
    code: str
    children: list[DoorChild]
    without: int


class PicturesPage(View):
    """The pictures of one child, to choose anew."""

    id: UUID
    name: str
    has_pictures: bool
    made: list[str]
