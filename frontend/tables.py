"""Tables that a page draws many cells of: the figures behind a chart, and lists about well-being beside one another."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from frontend import charts
from frontend.formatting import day, long_day, weekday


def hidden(shown: Any) -> Markup:
    """Give the figures of a growth line or a practice tile as a table that only a screen reader meets."""
    if hasattr(shown, "points"):
        caption = f"{shown.subject}, {shown.scale}"
        head: Sequence[str] = ("moment", "datum", "score", "niveau")
        rows = [
            f"<tr><td>{escape(point.label)}</td><td>{long_day(point.taken_on)}</td>"
            f"<td>{escape(point.value_raw)}</td><td>{escape(point.level or '')}</td></tr>"
            for point in shown.points
        ]
    else:
        caption = "Oefenen per dag"
        head = ("dag", "opgaven", "waarvan buiten schooltijd")
        rows = [
            f"<tr><td>{weekday(bar.day)} {day(bar.day)}</td><td>{bar.answers}</td><td>{bar.home_answers}</td></tr>"
            for bar in shown.bars
            if bar.answers or bar.is_school_day
        ]
    heads = "".join([f'<th scope="col">{name}</th>' for name in head])
    return Markup(
        f'<div class="visually-hidden"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def wellbeing(lists: Sequence[Any]) -> Markup:
    """Draw the lists as tables: those with the same rows as the first are columns of one, each other stands alone.

    A cell is a drawing of two moments, or the words that were given.
    """
    names = [row.name for row in lists[0].rows]
    same = [[row.name for row in each.rows] == names for each in lists]
    beside = [each for each, is_same in zip(lists, same, strict=True) if is_same]
    tables = [
        _columns(place, [each] if place > 1 else beside)
        for place, (each, is_same) in enumerate(zip(lists, same, strict=True), 1)
        if place == 1 or not is_same
    ]
    return Markup("".join(tables))


def _columns(place: int, lists: Sequence[Any]) -> str:
    heads = "".join([f'<th scope="col">{escape(each.respondent)}</th>' for each in lists])
    rows = [
        f'<tr><th scope="row">{escape(cells[0].name)}</th>\n{_cells(f"{place}-{line}", cells)}</tr>\n'
        for line, cells in enumerate(zip(*[each.rows for each in lists], strict=True))
    ]
    return (
        f'<table class="list">\n<thead><tr><td></td>{heads}</tr></thead>\n<tbody>\n{"".join(rows)}</tbody>\n</table>\n'
    )


def _cells(key: str, cells: Sequence[Any]) -> str:
    shown = [
        escape(cell.latest_text) if cell.latest_text else charts.wellbeing(cell, f"{key}-{column}")
        for column, cell in enumerate(cells, 1)
    ]
    return "".join([f"<td>{each}</td>" for each in shown])
