"""The figures of a school: counts and shares in words, none of which rests on five children or fewer."""

from api.schemas.sheet import View


class FigureRow(View):
    """One group (or the whole school): the values stand in the order of the columns; None is not shown."""

    name: str
    values: list[str | None]


class FigureTable(View):
    """Rows that may be laid beside each other; `total` is the whole school."""

    title: str
    columns: list[str]
    rows: list[FigureRow]
    total: FigureRow
    basis: str
    """What was counted, over which period and from which source."""


class SchoolFigures(View):
    """One school in figures, as far as the reader's role sees figures."""

    school: str
    tables: list[FigureTable]
    remark: str | None = None
    """Why some rows stay empty."""
