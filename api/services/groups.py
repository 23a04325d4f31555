"""The list of a group, the groups someone can open, and children by name."""

import re
import unicodedata

from api.schemas.people import PupilLink, Start
from api.schemas.sheet import GroupLink, GroupMember, GroupPage, PersonLabel
from api.security.access import Visit
from models.queries import groups as read
from models.queries.scope import Grant, GroupGrant, grant_for, group_name
from models.queries.sheet import teachers_of
from models.rules.names import display_name, sort_name
from models.vocabulary import Role

MOST_FOUND = 20


def compose_group(visit: Visit, grant: GroupGrant) -> GroupPage:
    """Compose the list of a group as it is today; each child on it is a line in the access log."""
    group = read.group(visit.connection, grant)
    rows = {row.id: row for row in read.members(visit.connection, grant, visit.scope)}
    visit.log("group", rows, grant)
    teachers = dict.fromkeys(
        display_name(row) for row in teachers_of(visit.connection, grant.school_id, grant.group_id, visit.today)
    )
    members = [
        GroupMember(
            id=row.uid,
            name=display_name(row),
            sort_name=sort_name(row),
            grade=row.grade.label if row.grade else None,
        )
        for row in rows.values()
    ]
    return GroupPage(
        id=group.uid,
        name=group_name(group.name),
        school_year=group.school_year,
        teachers=[PersonLabel(name=name) for name in teachers],
        ground=grant.ground,
        members=sorted(members, key=lambda member: plain(member.sort_name)),
    )


def list_groups(visit: Visit) -> list[GroupLink]:
    """List the groups that the reader can open, groep 1 before groep 10."""
    links = [
        GroupLink(id=row.uid, name=group_name(row.name), members=row.members)
        for row in read.visible_groups(visit.connection, visit.scope)
    ]
    return sorted(links, key=lambda link: [(part.zfill(3), part) for part in re.findall(r"\d+|\D+", link.name)])


def compose_start(visit: Visit) -> Start:
    """Compose where this reader begins: groups for staff, own children for a parent."""
    children = search(visit, "") if Role.PARENT in visit.scope.roles else []
    return Start(groups=list_groups(visit), children=children)


def search(visit: Visit, text: str) -> list[PupilLink]:
    """Find children whom the reader may see, by the beginning of any of their names; accents and case do not matter.

    At most twenty; each child that is named is a line in the access log. Empty text finds a parent's own children.
    """
    wanted = [part for part in re.split(r"[\s,]+", plain(text)) if part]
    own_only = not wanted
    found: dict[int, tuple[PupilLink, Grant]] = {}
    for row in read.visible_pupils(visit.connection, visit.scope):
        names = re.split(r"[\s-]+", plain(f"{row.given_name or ''} {row.prefix or ''} {row.family_name or ''}"))
        if row.id in found or (own_only and row.id not in visit.scope.pupil_ids):
            continue
        if all(any(name.startswith(part) for name in names) for part in wanted):
            link = PupilLink(id=row.uid, name=display_name(row), sort_name=sort_name(row), group=group_name(row.name))
            found[row.id] = link, grant_for(visit.scope, row.id, row.school_id, {row.group_id: row.name})
    chosen = sorted(found.items(), key=lambda item: plain(item[1][0].sort_name))[:MOST_FOUND]
    for pupil_id, (_, grant) in chosen:
        visit.log("search", [pupil_id], grant)
    return [link for _, (link, _) in chosen]


def plain(text: str) -> str:
    """Return text as it is compared: "Zoë van der Meer" and "zoe VAN DER meer" are the same."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)).strip()
