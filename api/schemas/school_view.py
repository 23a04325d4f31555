"""The school as the IB'er sees it: groups and subjects in numbers of children, talks and agreements; no names."""

from uuid import UUID

from api.schemas.sheet import View


class SubjectCell(View):
    """How many children grew along or above their own line, of how many; empty where nothing is known or shown."""

    along: int | None
    below: int | None
    known: int | None
    text: str
    stalls: bool


class GroupRow(View):
    id: UUID
    group: str
    children: int
    subjects: list[SubjectCell]
    talks_planned: int | None
    talks_done: int | None
    agreements_open: int | None
    agreements_overdue: int | None


class SchoolView(View):
    school: str
    subjects: list[str]
    groups: list[GroupRow]
    """In the order of the school, never by a figure."""
    stalls: list[str]
    """Where growth stalls, in sentences."""
    totals: list[str]
    """Talks and agreements of the whole school, in sentences."""
    is_hidden: bool
    """Whether some figures are left out because they rest on too few children."""
