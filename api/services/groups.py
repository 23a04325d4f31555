"""The groups someone can open, and children by name."""

import re
import unicodedata
from collections.abc import Sequence

from api.schemas.people import PupilLink, Start
from api.schemas.sheet import GroupLink
from api.security.access import Visit
from models.queries import groups as read
from models.queries.scope import AnyRow, grant_for, group_name
from models.rules.access import Kind
from models.rules.names import display_name, natural_order, sort_name

MOST_FOUND = 20


def list_groups(visit: Visit) -> list[GroupLink]:
    """List the groups that the reader can open, groep 1 before groep 10."""
    links = [
        GroupLink(id=row.uid, name=group_name(row.name), members=row.members)
        for row in read.visible_groups(visit.connection, visit.scope)
    ]
    return sorted(links, key=lambda link: natural_order(link.name))


def compose_start(visit: Visit) -> Start:
    """Compose where this reader begins: groups for staff, own children for a parent."""
    children = search(visit, "") if visit.scope.pupil_ids else []
    return Start(groups=list_groups(visit), children=children)


def search(visit: Visit, text: str) -> list[PupilLink]:
    """Find children whom the reader may know, by the beginning of any of their names; accents and case do not matter.

    At most twenty; each child that is named is a line in the access log. Empty text finds the reader's own children.
    Of a child in a colleague's group a teacher learns the name and the group, and finds no sheet behind it.
    """
    wanted = [part for part in re.split(r"[\s,]+", plain(text)) if part]
    found: dict[int, tuple[AnyRow, dict[int | None, str | None]]] = {}
    for row in read.visible_pupils(visit.connection, visit.scope):
        if row.id in found:
            found[row.id][1][row.group_id] = row.name
        elif _is_called(row, wanted) if wanted else row.id in visit.scope.pupil_ids:
            found[row.id] = row, {row.group_id: row.name}
    chosen = sorted(found.values(), key=lambda each: plain(sort_name(each[0])))[:MOST_FOUND]
    links = []
    for row, groups in chosen:
        grant = grant_for(visit.scope, row.id, row.school_id, groups)
        visit.log("search", [row.id], grant)
        links.append(
            PupilLink(
                id=row.uid,
                name=display_name(row),
                sort_name=sort_name(row),
                group=group_name(row.name),
                has_sheet=Kind.PLACEMENT in grant.kinds,
            )
        )
    return links


def _is_called(row: AnyRow, wanted: Sequence[str]) -> bool:
    names = re.split(r"[\s-]+", plain(f"{row.given_name or ''} {row.prefix or ''} {row.family_name or ''}"))
    return all(any(name.startswith(part) for name in names) for part in wanted)


def plain(text: str) -> str:
    """Return text as it is compared: "Zoë van der Meer" and "zoe VAN DER meer" are the same."""
    if text.isascii():
        return text.casefold().strip()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)).strip()
