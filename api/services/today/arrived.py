"""What came in since the last visit, by source and in the user's words, and which sources are silent."""

from datetime import datetime
from itertools import groupby
from typing import Any

from api.schemas.sheet import SourceLine
from api.schemas.today import News
from api.services.sheet.sources import DOSSIER, age_text
from frontend.formatting import plural, thousands
from models.queries.prepared import Rows
from models.rules.wording import listing
from models.vocabulary import SUBJECTS


def news(rows: Rows) -> list[News]:
    """Say per source what it brought: "begrijpend lezen en spelling van 26 kinderen"."""
    said: dict[str, list[str]] = {}
    for (source, what), alike in groupby(sorted(rows, key=_alike), key=_alike):
        said.setdefault(source, []).append(_words(what, list(alike)))
    return [News(source=source, text=", ".join(parts)) for source, parts in said.items()]


def _alike(row: Any) -> tuple[str, str]:
    return row.source or DOSSIER, row.what


def _words(what: str, rows: list[Any]) -> str:
    count, children = sum(int(row.number) for row in rows), plural(max(row.pupils for row in rows), "kind", "kinderen")
    match what:
        case "practice":
            return f"{thousands(count)} antwoorden van {children}"
        case "note":
            return f"{plural(count, 'notitie', 'notities')} van anderen"
        case "list":
            return f"{plural(count, 'lijst', 'lijsten')} over {children}"
        case _:
            names = sorted(SUBJECTS.get(row.topic, row.topic) for row in rows)
            subjects = listing([name[:1].lower() + name[1:] for name in names])
            return f"{subjects} van {'' if len({row.pupils for row in rows}) == 1 else 'ten hoogste '}{children}"


def lines(rows: Rows, now: datetime) -> list[SourceLine]:
    """List each source with when it last delivered, those that are silent marked."""
    return [
        SourceLine(
            label=row.label,
            received_at=row.received_at,
            age=age_text(row.received_at, now),
            is_stale=row.received_at is None or (now - row.received_at).days > row.stale_after_days,
        )
        for row in rows
    ]
