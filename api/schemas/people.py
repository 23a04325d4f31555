"""Children found by name, and who someone is to this application."""

from uuid import UUID

from api.schemas.sheet import GroupLink, View


class PupilLink(View):
    """A child with the group it is in; no more than a list needs."""

    id: UUID
    name: str
    sort_name: str
    group: str | None = None
    has_sheet: bool = True
    """Whether the reader can open the sheet; of a colleague's group a teacher knows name and group only."""


class SearchRequest(View):
    """What is sought: the beginning of a first or last name. In the body, so that no name stands in a URL or a log."""

    name: str


class Me(View):
    """Who is asking, and what they can open."""

    name: str
    login: str
    roles: list[str]


class Start(View):
    """Where someone begins: the groups and the own children they can open."""

    groups: list[GroupLink]
    children: list[PupilLink]
