"""Children whom a colleague may know by name and group, to find the one that is needed at once.

Each child that is named is a line in the access log.
"""

from api.schemas.people import PupilLink
from api.security.access import Visit
from api.services.groups import plain
from models.queries import emergency as read
from models.queries.scope import AnyRow, grant_for, group_name
from models.rules.names import display_name, sort_name

MOST_FOUND = 12


def find_by_letters(visit: Visit, text: str) -> list[PupilLink]:
    """Find children whose card the reader may open, by the first letters of any of their names; at most twelve."""
    wanted = [part for part in plain(text).replace(",", " ").split() if part]
    if not wanted:
        return []
    found = [
        row for row in _roster(visit) if all(any(name.startswith(part) for name in _names(row)) for part in wanted)
    ]
    return _links(visit, sorted(found, key=lambda row: plain(sort_name(row)))[:MOST_FOUND])


def find_exactly(visit: Visit, name: str, group: str) -> list[PupilLink]:
    """Find the children with exactly this first and last name in this group."""
    wanted, home = plain(name).split(), plain(group_name(group.strip()))
    found = [
        row
        for row in _roster(visit)
        if plain(display_name(row)).split() == wanted and plain(group_name(row.name)) == home
    ]
    return _links(visit, found)


def _roster(visit: Visit) -> list[AnyRow]:
    """The children of whom the reader may know name and group, each once, with the home group."""
    seen: dict[int, AnyRow] = {}
    for row in read.roster(visit.connection, visit.scope):
        seen.setdefault(row.id, row)
    return list(seen.values())


def _names(row: AnyRow) -> list[str]:
    return plain(f"{row.given_name or ''} {row.prefix or ''} {row.family_name or ''}").replace("-", " ").split()


def _links(visit: Visit, rows: list[AnyRow]) -> list[PupilLink]:
    for row in rows:
        visit.log("search", [row.id], grant_for(visit.scope, row.id, row.school_id, {row.group_id: row.name}))
    return [
        PupilLink(id=row.uid, name=display_name(row), sort_name=sort_name(row), group=group_name(row.name))
        for row in rows
    ]
