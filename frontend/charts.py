"""Inline SVG, drawn on the server: prints, needs no script, costs about a tenth of a millisecond.

Every chart has a title for who cannot see it, and `table` gives the same figures as a table that only they meet. Shapes
say what colours say: a direction is a slope and a filled dot, never a colour alone. Classes are styled in kindblad.css.
"""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from frontend.formatting import day

WIDTH, HEIGHT = 200, 92
LEFT, RIGHT, TOP, BOTTOM = 6, 172, 8, 78
"""The drawing ground of a growth line; the strip to its right is for the names of the bands."""
LABEL = 12
"""Room for the latest value beside its dot."""
LETTER = 8.4
"""Height of a band's name: names closer than this are pushed apart."""


def growth(line: Any, key: object) -> Markup:
    """Draw a child's own line before the grey national bands; the latest value is written beside its dot."""
    values = [point.value for point in line.points]
    edges = [edge for band in line.bands for _, low, high in band.points for edge in (low, high)]
    doubt = [bound for bound in (line.points[-1].ci_low, line.points[-1].ci_high) if bound is not None]
    lowest, highest = min(values + edges + doubt), max(values + edges + doubt)
    span = (highest - lowest) or 1.0

    def x(index: int) -> float:
        return LEFT + (RIGHT - LEFT) * (index / (len(values) - 1) if len(values) > 1 else 0.5)

    def y(value: float) -> float:
        return float(BOTTOM - (BOTTOM - TOP) * (value - lowest) / span)

    parts = [_open(WIDTH, HEIGHT, f"groei-{key}", f"{line.subject}: {line.state_text}, {len(values)} metingen")]
    parts += _bands(line.bands, x, y)
    if line.bands:
        parts += _band_names(line.bands, y)
    path = " ".join(f"{x(index):.1f},{y(value):.1f}" for index, value in enumerate(values))
    parts.append(f'<polyline class="chart-line is-{line.state}" points="{path}"/>')
    end = len(values) - 1
    last = line.points[end]
    if last.ci_low is not None and last.ci_high is not None:
        ends = f'y1="{y(last.ci_low):.1f}" y2="{y(last.ci_high):.1f}"'
        parts.append(f'<line class="chart-range" x1="{x(end):.1f}" x2="{x(end):.1f}" {ends}/>')
    for index, point in enumerate(line.points):
        at, size = f"{x(index):.1f}", 3.2 if index == end else 2.1
        parts.append(f'<circle class="chart-dot is-{line.state}" cx="{at}" cy="{y(point.value):.1f}" r="{size}"/>')
        anchor = "middle" if 0 < index < end or not end else "start" if index == 0 else "end"
        label = f'x="{at}" y="{HEIGHT - 3}" text-anchor="{anchor}"'
        parts.append(f'<text class="chart-axis" {label}>{escape(point.label)}</text>')
    parts.append(_latest(line, x(end), y(last.value), y(values[end - 1]) if end else BOTTOM))
    parts.append("</svg>")
    return Markup("".join(parts))


def practice(tile: Any) -> Markup:
    """Draw a bar per day, dark for what was done outside school hours, a dot for a school day without practice."""
    width, height, ground = 200, 46, 34
    most = max((bar.answers for bar in tile.bars), default=0) or 1
    step = width / len(tile.bars)
    title = f"Geoefend op {tile.days_practised} van de {tile.school_days} schooldagen"
    parts = [_open(width, height, "oefenen", title)]
    for index, bar in enumerate(tile.bars):
        left = index * step
        if not bar.answers:
            if bar.is_school_day:
                parts.append(f'<circle class="bar-none" cx="{left + step / 2:.1f}" cy="{ground - 1.2}" r="1.2"/>')
            continue
        tall = 2 + (ground - 4) * bar.answers / most
        home = tall * bar.home_answers / bar.answers
        common = f'x="{left + 0.7:.1f}" width="{step - 1.4:.1f}"'
        if tall > home:
            parts.append(f'<rect class="bar-school" {common} y="{ground - tall:.1f}" height="{tall - home:.1f}"/>')
        if home:
            parts.append(f'<rect class="bar-home" {common} y="{ground - home:.1f}" height="{home:.1f}"/>')
    parts.append(f'<text class="chart-axis" x="0" y="{height - 2}">{day(tile.bars[0].day)}</text>')
    parts.append(
        f'<text class="chart-axis" x="{width}" y="{height - 2}" text-anchor="end">{day(tile.bars[-1].day)}</text></svg>'
    )
    return Markup("".join(parts))


def wellbeing(row: Any, key: object) -> Markup:
    """Draw one row of a list: an open dot for the earlier moment, a closed one for the latest, joined."""
    width, height = 80, 12
    span = (row.high - row.low) or 1.0

    def x(value: float) -> float:
        return float(5 + (width - 10) * (min(max(value, row.low), row.high) - row.low) / span)

    words = {"up": "hoger", "down": "lager", "same": "gelijk"}.get(row.direction, "")
    seen = [f"{value:g}".replace(".", ",") for value in (row.earlier, row.latest) if value is not None]
    parts = [_open(width, height, f"welbevinden-{key}", f"{row.name}: {' → '.join(seen)} {words}".strip())]
    parts.append(f'<line class="dot-axis" x1="5" x2="{width - 5}" y1="6" y2="6"/>')
    steps = round(row.high - row.low)
    parts += [f'<circle class="dot-tick" cx="{x(row.low + step):.1f}" cy="6" r="1.1"/>' for step in range(steps + 1)]
    if row.earlier is not None and row.latest is not None and row.earlier != row.latest:
        ends = f'x1="{x(row.earlier):.1f}" x2="{x(row.latest):.1f}" y1="6" y2="6"'
        parts.append(f'<line class="dot-step is-{row.direction}" {ends}/>')
    if row.earlier is not None:
        parts.append(f'<circle class="dot-early" cx="{x(row.earlier):.1f}" cy="6" r="3"/>')
    if row.latest is not None:
        parts.append(f'<circle class="dot-late is-{row.direction}" cx="{x(row.latest):.1f}" cy="6" r="3.4"/>')
    return Markup("".join([*parts, "</svg>"]))


def table(shown: Any) -> Markup:
    """Give the figures of a growth line or a practice tile as a table that only a screen reader meets."""
    if hasattr(shown, "points"):
        head = ("moment", "score", "niveau")
        rows: Sequence[tuple[object, ...]] = [
            (point.label, point.value_raw, point.level or "") for point in shown.points
        ]
        caption = f"{shown.subject}, {shown.scale}"
    else:
        head = ("dag", "opgaven", "buiten schooltijd")
        rows = [(day(bar.day), bar.answers, bar.home_answers) for bar in shown.bars if bar.answers]
        caption = "Oefenen per dag"
    cells = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    heads = "".join(f'<th scope="col">{name}</th>' for name in head)
    return Markup(
        f'<div class="visually-hidden"><table><caption>{escape(caption)}</caption><tr>{heads}</tr>{cells}</table></div>'
    )


def _open(width: int, height: int, key: str, title: str) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{key}">'
        f'<title id="{key}">{escape(title)}</title>'
    )


def _bands(bands: Sequence[Any], x: Any, y: Any) -> list[str]:
    parts = []
    for number, band in enumerate(bands):
        count = len(band.points)
        if count == 1:
            low, high = y(band.points[0][1]), y(band.points[0][2])
            points = f"{LEFT},{low:.1f} {RIGHT},{low:.1f} {RIGHT},{high:.1f} {LEFT},{high:.1f}"
        else:
            there = [f"{x(index):.1f},{y(low):.1f}" for index, (_, low, _) in enumerate(band.points)]
            back = [f"{x(index):.1f},{y(band.points[index][2]):.1f}" for index in range(count - 1, -1, -1)]
            points = " ".join(there + back)
        parts.append(f'<polygon class="chart-band{" is-odd" if number % 2 else ""}" points="{points}"/>')
    return parts


def _band_names(bands: Sequence[Any], y: Any) -> list[str]:
    """Write each band's name at its height at the right edge, pushed apart where bands are narrow."""
    places = [[band.code, (y(band.points[-1][1]) + y(band.points[-1][2])) / 2 + 3] for band in bands]
    middle = len(places) // 2
    for index in range(middle + 1, len(places)):
        places[index][1] = min(places[index][1], places[index - 1][1] - LETTER)
    for index in range(middle - 1, -1, -1):
        places[index][1] = max(places[index][1], places[index + 1][1] + LETTER)
    return [f'<text class="chart-axis" x="{RIGHT + 7}" y="{place:.1f}">{escape(code)}</text>' for code, place in places]


def _latest(line: Any, x: float, y: float, previous: float) -> str:
    """Write the latest value on the side of its dot that the line does not come from."""
    last = line.points[-1]
    text = f"{last.value_raw} · {last.level}" if last.level else last.value_raw
    below = previous < y < BOTTOM - LABEL
    place = y + LABEL if below else y - LABEL / 2
    anchor = "end" if x > WIDTH / 2 + 1 else "middle"
    where = f'x="{x + 3:.1f}" y="{max(place, 9):.1f}" text-anchor="{anchor}"'
    return f'<text class="chart-label is-{line.state}" {where}>{escape(text)}</text>'
