"""What goes into a copy of all that is kept of a child: the rows in words, and what people wrote for directie to see.

The copy is made when it is fetched. What people wrote goes along only when directie looked at that very text: what came
or changed after the decision stays behind, and says so.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from api.schemas.copies import CopyContent, CopyItem, CopySubject, CopyTable
from api.security.access import Visit
from api.services.copied_looks import looks_of
from frontend.formatting import clock, long_day
from models.base import Base
from models.queries import copying as read
from models.queries import looks
from models.queries.scope import AnyRow, Grant
from models.rules.access import Kind
from models.rules.copying import PARTS, REMARKS, SUBJECTS, WHO, Part, names_in
from models.rules.names import display_name
from models.vocabulary import Coded, CopyGround, Readers

ALONG, CHOOSE = "", "?"
LATER = "Dit kwam erbij of veranderde nadat de directie keek; vraag een nieuwe kopie om het te zien."


def items_of(visit: Visit, grant: Grant, copy: AnyRow) -> tuple[list[CopyItem], dict[str, int]]:
    """List all that people wrote and would go along, with what is filled in; and count the other rows by title."""
    family = read.family_of(visit.connection, grant, copy.guardian_id)
    names = read.names_around(visit.connection, grant, family)
    items: list[CopyItem] = []
    counts: dict[str, int] = {}
    for part in PARTS:
        rows = read.rows_in(visit.connection, part, grant, family, visit.today)
        if not part.review:
            counts[part.title] = len(rows)
            continue
        for row in rows:
            texts = _texts(part, row)
            if not texts:
                continue
            whom = names_in(texts, names)
            shielded = getattr(row, "readers", None) not in (None, Readers.TEAM)
            ground = CHOOSE if shielded else CopyGround.OTHERS.value if whom else ALONG
            items.append(
                CopyItem(
                    key=_key(copy.uid, part, row),
                    title=part.title,
                    when=in_words(getattr(row, next(iter(part.columns)))),
                    who=getattr(row, WHO, None),
                    text=" · ".join(texts),
                    speaks_of=whom,
                    is_shielded=shielded,
                    ground=ground,
                )
            )
    return items, {title: number for title, number in counts.items() if number}


def compose_copy(visit: Visit, grant: Grant, copy: AnyRow) -> CopyContent:
    """Compose the copy that was decided on, as it is now."""
    family = read.family_of(visit.connection, grant, copy.guardian_id)
    child = looks.child(visit.connection, grant)
    decided: Mapping[str, str] = copy.left_out or {}
    tables: dict[str, list[CopyTable]] = {subject: [] for subject in SUBJECTS}
    data: dict[str, list[dict[str, Any]]] = {}
    images: dict[str, int] = {}
    for part in PARTS:
        rows = read.rows_in(visit.connection, part, grant, family, visit.today)
        kept, left = [], []
        for row in rows:
            reason = _left_out(part, row, copy.uid, decided)
            if reason:
                left.append(f"{in_words(getattr(row, next(iter(part.columns))))}: {reason}")
            else:
                kept.append(row)
        if part.table == "piece_image":
            images = {f"afbeeldingen/{number:03}.{KIND_OF_IMAGE}": row.handle for number, row in enumerate(kept, 1)}
        files = iter(images)
        plain = [{name: _value(row, name, files) for name in part.columns} for row in kept]
        data[part.table] = [{part.columns[name]: machine(value) for name, value in row.items()} for row in plain]
        if plain or left:
            used = [name for name in part.columns if any(row[name] not in (None, "") for row in plain)]
            shown = [[in_words(row[name]) for name in used] for row in plain]
            words = [part.columns[name] for name in used]
            tables[part.subject].append(CopyTable(title=part.title, columns=words, rows=shown, left_out=left))
    seen = looks_of(visit, grant)
    tables[SUBJECTS[-1]].append(seen)
    data["access_log"] = [dict(zip(seen.columns, row, strict=True)) for row in seen.rows]
    subjects = [
        CopySubject(
            title=title, file=f"{number}-{_plain(title)}.html", remark=REMARKS.get(title, ""), tables=tables[title]
        )
        for number, title in enumerate(SUBJECTS, 1)
    ]
    return CopyContent(
        child=display_name(child),
        school=child.school,
        made_on=visit.today,
        reason=copy.reason,
        subjects=subjects,
        data=data,
        images=images,
    )


KIND_OF_IMAGE = "jpg"


def in_words(value: Any) -> str:
    """Write a value as people read it."""
    if value is None:
        return ""
    if isinstance(value, Coded):
        return str(value.label)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return clock(value)
    if isinstance(value, date):
        return long_day(value)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, Mapping | list):
        return "; ".join(_leaves(value))
    return str(value)


def machine(value: Any) -> Any:
    """Write a value as a program reads it: days and moments in ISO 8601, codes by their word."""
    if isinstance(value, Coded):
        return str(value.label)
    return value.isoformat() if isinstance(value, date) else value


def _leaves(value: Any) -> Iterable[str]:
    for part in value.values() if isinstance(value, Mapping) else value:
        if isinstance(part, Mapping | list):
            yield from _leaves(part)
        elif part not in (None, ""):
            yield in_words(part)


def _value(row: AnyRow, name: str, files: Any) -> Any:
    if name == "file":
        return next(files)
    value = getattr(row, name)
    if name == "kind" and isinstance(value, str) and not isinstance(value, Coded) and value in set(Kind):
        return Kind(value)
    return value


def _left_out(part: Part, row: AnyRow, copy: UUID, decided: Mapping[str, str]) -> str | None:
    """Say why a row stays behind, in words for the parent; None when it goes along."""
    if not part.review or not _texts(part, row):
        return None
    ground = decided.get(_key(copy, part, row))
    if ground is None:
        return LATER
    return None if ground == ALONG else f"niet meegegeven: {CopyGround(ground).label}"


def _texts(part: Part, row: AnyRow) -> list[str]:
    """What people typed in a row, for who looks it through."""
    table = Base.metadata.tables[part.table]
    texts = [getattr(row, name) for name in part.columns if name in table.c and _is_free(table.c[name])]
    content = [in_words(row.content)] if "content" in part.columns else []
    return [text for text in (*texts, *content) if text and text.strip()]


def _is_free(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum) and column.name != "kind"


def _key(copy: UUID, part: Part, row: AnyRow) -> str:
    """Name a row and its very text without giving its number away: another text is another key."""
    return uuid5(copy, f"{part.table} {row.handle} {_texts(part, row)}").hex


def _plain(title: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in title.lower())
