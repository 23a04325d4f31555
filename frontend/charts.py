"""Inline SVG, drawn on the server: prints, needs no script, costs less than a tenth of a millisecond.

Every chart has a title for who cannot see it, and `tables.hidden` gives the same figures as a table that only they
meet. Shapes say what colours say: the latest mark is ▲ (up), ● (steady) or ▼ (down), and a line of unknown direction
has ○. Nothing is styled here (the Content-Security-Policy refuses it) but by class, in kindblad.css.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from frontend.formatting import day, number, plural

Place = Callable[[float], float]

WIDTH, HEIGHT = 200, 92
STEPS = 80
"""The width of a row of a list."""
LEFT, RIGHT = 6, 172
"""The drawing ground of a growth line; the strip to its right is for the names of the bands."""
RISING, FALLING = (16, 79), (6, 69)
"""Top and bottom of the ground: the latest value is written above a line that rises and below one that falls."""
LETTER, STROKE = 8.4, 4.7
"""Height of a line of small text, and the width of one character in it."""
LONGEST, NAME = 22, 6
"""Characters of the latest value and of a band's name that there is room for."""
TICKS = 10
"""A scale with more whole steps than this is drawn as a bare line."""
ALIKE = 2048
"""Drawings kept of what many children have alike: the bands behind classmates' lines, the steps of a list."""


def growth(line: Any, key: object) -> Markup:
    """Draw a child's own line, in time, before the grey national bands; the latest value stands beside its mark.

    `line` has at least one point, oldest first, and each band one moment or as many as the line; `key` is unique among
    the growth lines of the page.
    """
    points, last = line.points, line.points[-1]
    rises = len(points) == 1 or points[-2].value <= last.value
    x = _in_time([point.taken_on.toordinal() for point in points])
    bands, reach = tuple(line.bands), (*_extent(line), *(RISING if rises else FALLING))
    y = _height(*reach)
    ends = [(at, y(point.value)) for at, point in zip(x, points, strict=True)]
    title = f"{line.subject}: {line.state_text}, {plural(len(points), 'meting', 'metingen')}"
    parts = [_open(WIDTH, HEIGHT, f"groei-{key}", title), _bands(bands, x, reach)]
    path = " ".join(f"{across:.1f},{down:.1f}" for across, down in ends)
    parts.append(f'<polyline class="chart-line is-{line.state}" points="{path}"/>')
    aside = -3
    if last.ci_low is not None and last.ci_high is not None:
        aside = 4
        ends_at = f'y1="{y(last.ci_low):.1f}" y2="{y(last.ci_high):.1f}"'
        parts.append(f'<line class="chart-range" x1="{x[-1]:.1f}" x2="{x[-1]:.1f}" {ends_at}/>')
    parts += [_dot("chart-dot", line.state, *end, 2.1) for end in ends[:-1]]
    parts.append(_mark("chart-dot", line.state, *ends[-1], 3.2))
    parts.append(_moments(x, tuple([point.label for point in points])))
    where = f'x="{x[-1] - aside:.1f}" y="{ends[-1][1] + (-6 if rises else 12):.1f}"'
    value = f"{last.value_raw} · {last.level}" if last.level else str(last.value_raw)
    text = escape(value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…")
    parts.append(f'<text class="chart-label is-{line.state}" {where} text-anchor="end">{text}</text></svg>')
    return Markup("".join(parts))


def practice(tile: Any) -> Markup:
    """Draw a bar per day, dark for what was done outside school hours, a dot for a school day without practice.

    `tile` has at least one bar; a page shows one such chart.
    """
    width, height, ground = 200, 46, 34
    most = max(bar.answers for bar in tile.bars) or 1
    step = width / len(tile.bars)
    first, last = tile.bars[0].day, tile.bars[-1].day
    title = f"Geoefend op {tile.days_practised} van de {tile.school_days} schooldagen"
    parts = [_open(width, height, "oefenen", title)]
    for index, bar in enumerate(tile.bars):
        left = index * step
        if bar.answers:
            tall = 2 + (ground - 4) * bar.answers / most
            parts += _bar(left, step, ground, tall, tall * (bar.home_answers / bar.answers))
        elif bar.is_school_day:
            parts.append(f'<circle class="bar-none" cx="{left + step / 2:.1f}" cy="{ground - 1.2}" r="1.2"/>')
    parts.append(_text(0, height - 2, day(first)))
    if len(tile.bars) > 1:
        parts.append(_text(width, height - 2, day(last), "end"))
    return Markup("".join([*parts, "</svg>"]))


def wellbeing(row: Any, key: object) -> Markup:
    """Draw one row of a list: an open mark for the earlier moment, a closed one for the latest, joined.

    `key` is unique among the rows of the page.
    """
    words = {"up": " hoger", "down": " lager", "same": " gelijk"}.get(row.direction, "")
    seen = " → ".join([number(value) for value in (row.earlier, row.latest) if value is not None])
    opening = _open(STEPS, 12, f"welbevinden-{key}", f"{row.name}: {seen or 'niet ingevuld'}{words}")
    return Markup(opening + _dots(row.low, row.high, row.earlier, row.latest, row.direction))


@lru_cache(ALIKE)
def _dots(low: float, high: float, earlier: float | None, latest: float | None, direction: str) -> str:
    middle = 6
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return float(5 + (STEPS - 10) * (min(max(value, low), high) - low) / span)

    parts = [f'<line class="dot-axis" x1="5" x2="{STEPS - 5}" y1="{middle}" y2="{middle}"/>']
    if 0 < high - low <= TICKS:
        ticks = (x(low + tick) for tick in range(int(high - low) + 1))
        parts += [f'<circle class="dot-tick" cx="{tick:.1f}" cy="{middle}" r="1.1"/>' for tick in ticks]
    if earlier is not None:
        if latest is not None and latest != earlier:
            reach = f'x1="{x(earlier):.1f}" x2="{x(latest):.1f}" y1="{middle}" y2="{middle}"'
            parts.append(f'<line class="dot-step is-{direction}" {reach}/>')
        parts.append(f'<circle class="dot-early" cx="{x(earlier):.1f}" cy="{middle}" r="3"/>')
    if latest is not None:
        shape = direction if direction in ("up", "down") else "same"
        parts.append(_mark("dot-late", shape, x(latest), middle, 3.4))
    return "".join([*parts, "</svg>"])


def _open(width: int, height: int, key: str, title: str) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{key}">'
        f'<title id="{key}">{escape(title)}</title>'
    )


def _text(x: float, y: float, text: str, anchor: str | None = None) -> str:
    side = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="chart-axis" x="{x:.1f}" y="{y:.1f}"{side}>{escape(text)}</text>'


def _mark(name: str, state: str, x: float, y: float, size: float) -> str:
    if state not in ("up", "down"):
        return _dot(name, state, x, y, size)
    away = size if state == "down" else -size
    tip, foot, half = 1.3 * away, -0.8 * away, 1.15 * size
    corners = f"{x:.1f},{y + tip:.1f} {x + half:.1f},{y + foot:.1f} {x - half:.1f},{y + foot:.1f}"
    return f'<polygon class="{name} is-{state}" points="{corners}"/>'


def _dot(name: str, state: str, x: float, y: float, size: float) -> str:
    # Open, as the earlier moment of a list is, where nothing is claimed about the direction.
    look = f"{name} dot-early" if state == "unknown" else f"{name} is-{state}"
    return f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{size}"/>'


def _bar(left: float, step: float, ground: float, tall: float, home: float) -> list[str]:
    common = f'x="{left + 0.7:.1f}" width="{step * 0.8:.1f}"'
    parts = []
    if tall > home:
        parts.append(f'<rect class="bar-school" {common} y="{ground - tall:.1f}" height="{tall - home:.1f}"/>')
    if home:
        parts.append(f'<rect class="bar-home" {common} y="{ground - home:.1f}" height="{home:.1f}"/>')
    return parts


def _in_time(days: list[int]) -> tuple[float, ...]:
    """Place days from left to right, so that a missed test is a gap; all on one day are set out evenly."""
    if len(days) == 1:
        return ((LEFT + RIGHT) / 2,)
    if days[-1] == days[0]:
        days = list(range(len(days)))
    return tuple([LEFT + (RIGHT - LEFT) * (on - days[0]) / (days[-1] - days[0]) for on in days])


def _extent(line: Any) -> tuple[float, float]:
    """Return the lowest and the highest value that must fit."""
    values = [point.value for point in line.points]
    values += [edge for band in line.bands for _, low, high in band.points for edge in (low, high)]
    values += [bound for bound in (line.points[-1].ci_low, line.points[-1].ci_high) if bound is not None]
    return min(values), max(values)


def _height(lowest: float, highest: float, top: float, bottom: float) -> Place:
    if highest == lowest:
        return lambda _: (top + bottom) / 2
    return lambda value: bottom - (bottom - top) * (value - lowest) / (highest - lowest)


@lru_cache(ALIKE)
def _bands(bands: tuple[Any, ...], x: tuple[float, ...], reach: tuple[float, float, float, float]) -> str:
    """Draw the bands and write their names; `reach` is what `_height` asks."""
    y = _height(*reach)
    drawn = [_band(band, x, y, odd=number % 2 == 1) for number, band in enumerate(bands)]
    return "".join(drawn + _band_names(bands, y))


def _band(band: Any, x: Sequence[float], y: Place, *, odd: bool) -> str:
    """Draw one level as a polygon along the moments, or along the whole ground when there is one moment."""
    edges = [(y(low), y(high)) for _, low, high in band.points]
    if len(edges) == 1:
        x, edges = (LEFT, RIGHT), edges * 2
    there = [f"{across:.1f},{low:.1f}" for across, (low, _) in zip(x, edges, strict=True)]
    back = [f"{across:.1f},{high:.1f}" for across, (_, high) in zip(x, edges, strict=True)]
    return f'<polygon class="chart-band{" is-odd" if odd else ""}" points="{" ".join(there + back[::-1])}"/>'


def _band_names(bands: Sequence[Any], y: Place) -> list[str]:
    """Write each band's name at its height at the right edge, pushed apart around the middle one, inside the ground."""
    middles = [(y(band.points[-1][1]) + y(band.points[-1][2])) / 2 + 3 for band in bands]
    names = sorted(zip(middles, (band.code for band in bands), strict=True))
    first, last = LETTER, HEIGHT - LETTER
    gap = min(LETTER, (last - first) / max(len(names) - 1, 1))
    places = [place for place, _ in names]
    middle, end = len(places) // 2, len(places) - 1
    for index in range(middle + 1, len(places)):
        places[index] = max(places[index], places[index - 1] + gap)
    for index in range(middle - 1, -1, -1):
        places[index] = min(places[index], places[index + 1] - gap)
    inside = [min(max(place, first + n * gap), last - (end - n) * gap) for n, place in enumerate(places)]
    return [_text(RIGHT + 7, place, code[:NAME]) for place, (_, code) in zip(inside, names, strict=True)][::-1]


@lru_cache(ALIKE)
def _moments(x: tuple[float, ...], labels: tuple[str, ...]) -> str:
    """Write the moments under the line, from the latest backwards; those that do not fit are left out."""
    parts: list[str] = []
    free = float(WIDTH)
    for index in range(len(x) - 1, -1, -1):
        label = labels[index][:LONGEST]
        wide = STROKE * len(label)
        anchor = "middle" if 0 < index < len(x) - 1 or len(x) == 1 else "start" if index == 0 else "end"
        left = x[index] - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        if left + wide <= free:
            parts.append(_text(x[index], HEIGHT - 3, label, anchor))
            free = left - STROKE
    return "".join(parts[::-1])


def share(objective: Any) -> Markup:
    """Draw how many children can do an objective, are busy or are stuck, as one bar; the words stand beside it."""
    busy = len(objective.busy) + len(objective.hard_start)
    counts = (("can", len(objective.can)), ("busy", busy), ("stuck", len(objective.stuck)))
    whole = sum(count for _, count in counts) or 1
    parts, left = ['<svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'], 0.0
    for name, count in counts:
        wide = 100 * count / whole
        if count:
            parts.append(f'<rect class="{name}" x="{left:.1f}" width="{max(wide - 0.8, 0.8):.1f}" height="6" rx="1"/>')
        left += wide
    return Markup("".join([*parts, "</svg>"]))
