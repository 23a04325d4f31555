"""Who may see what, and why: the matrix as a page shows it, and the people who can see one child."""

from uuid import UUID

from api.schemas.sheet import View


class MatrixColumn(View):
    position: str
    label: str
    is_yours: bool


class MatrixCell(View):
    """What someone in this position may do: a code for programs, words for people."""

    position: str
    cell: str
    text: str
    remark: str | None = None


class MatrixRow(View):
    kind: str
    label: str
    ground: str
    kept: str
    """What Kindblad keeps of it; empty for nothing."""
    cells: list[MatrixCell]


class MatrixTheme(View):
    title: str
    rows: list[MatrixRow]


class AccessMatrix(View):
    """Your own columns come first."""

    columns: list[MatrixColumn]
    themes: list[MatrixTheme]


class Reader(View):
    """Someone who can see it: a member of staff by name, a parent or the child itself without one."""

    name: str
    ground: str | None = None


class ReadersOfKinds(View):
    """Kinds of data that the same people can see for the same reasons."""

    kinds: list[str]
    readers: list[Reader]
    with_reason: list[Reader]
    """Who can open it for a stated reason, which is then recorded and reviewed."""


class WhoCanSee(View):
    id: UUID
    name: str
    parts: list[ReadersOfKinds]
