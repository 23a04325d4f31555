"""The teacher's side of the studiewijzer: a proposal, what is kept, publishing and taking back.

Who stands before the group writes; IB and directie read. What is published reads as one whole: its lines are replaced
together, in one transaction with the message about it.
"""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import reading, writing
from api.problem import ForPeopleError
from api.schemas.studyguide import EditorPage, NewLine, NewWeek, SavedWeek
from api.security.access import Visit
from api.services.studyguide import digest
from api.services.studyguide.views import AHEAD, asked_week, line_views, week_links, week_words
from api.services.studyguide.whole import check_names, checked_link
from frontend.formatting import clock as moment_text
from models.queries import studyguide as read
from models.queries.scope import GroupGrant, NotFoundError, group_name
from models.queries.whose import take_turns
from models.rules.links import host_of
from models.rules.studyguide import Line, monday_of, propose, week_code, week_number, with_ideas
from models.studyguide import StudyLine, StudyWeek

FROM_LAST_WEEK, FROM_PROPOSAL = "vorige", "voorstel"


def compose_editor(visit: Visit, grant: GroupGrant, code: str = "", start: str = "") -> EditorPage:
    """Compose the week as it is kept, or a proposal; `start` begins anew with the proposal or with the week before."""
    monday, reader = _allowed(visit, code), read.staff_reader(grant)
    connection, may_write = visit.connection, may_edit(visit, grant)
    found = read.week(connection, reader, monday, draft=True)
    before = read.week(connection, reader, monday - timedelta(days=7), draft=True)
    row, lines = found or (None, [])
    from_text = ""
    if may_write and start == FROM_LAST_WEEK and before:
        lines, from_text = before[1], "De regels van vorige week. Ze zijn nog niet bewaard."
        lines = with_ideas([replace(line, at_home="") for line in lines], week_number(monday))
    elif may_write and (row is None or start == FROM_PROPOSAL):
        lines = propose(
            read.worked(connection, grant, monday, visit.today), read.last_year(connection, grant, monday), monday
        )
        from_text = "Een voorstel uit het oefenplatform en de studiewijzer van vorig jaar. Het is nog niet bewaard."
        from_text = from_text if lines else "Er is niets om een voorstel van te maken. Begin met een regel."
    about = row or (before[0] if before else None)
    film = row.film if row else ""
    group = read.group(connection, reader)
    return EditorPage(
        id=group.uid,
        group=group_name(group.name),
        code=week_code(monday),
        words=week_words(monday),
        state=_state(row),
        state_text=_state_text(row),
        from_text=from_text,
        may_write=may_write,
        intro=row.intro if row else "",
        film=film,
        film_host=host_of(film) if film else "",
        shows_practice=about.shows_practice if about else True,
        lines=line_views(lines),
        seen=row.changed_at.isoformat() if row else "",
        weeks=_near(visit, reader, monday),
        can_copy=bool(before and may_write),
        ground=grant.ground,
    )


def may_edit(visit: Visit, grant: GroupGrant) -> bool:
    """Tell whether this reader stands before the group: teacher, duo or substitute of it."""
    return grant.group_id in visit.scope.group_ids


def save(visit: Visit, grant: GroupGrant, wanted: NewWeek) -> SavedWeek:
    """Keep a week as a whole; published it is there for parents and a message about it is ready.

    Raises `NotFoundError` for who may not write and `ForPeopleError` when a link is wrong, nothing stands in it, a
    colleague changed it in the meantime, or a child is named and nobody looked at that.
    """
    if not may_edit(visit, grant):
        raise NotFoundError(school_id=grant.school_id)
    monday, lines = _allowed(visit, wanted.week), _checked(wanted.lines)
    film = checked_link(wanted.film, "de film")
    if wanted.publish and not (lines or wanted.intro):
        raise ForPeopleError("Er staat nog niets in deze week. Schrijf eerst één regel.")
    if not wanted.names_are_fine:
        check_names(visit, grant, [wanted.intro, *(text for line in lines for text in asdict(line).values())])
    values = {"intro": wanted.intro, "film": film, "shows_practice": wanted.shows_practice}
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        found = read.week(connection, read.staff_reader(grant), monday, draft=True)
        if found and found[0].changed_at.isoformat() != wanted.seen:
            if not _is_same(found, values, lines, publish=wanted.publish):
                raise ForPeopleError(
                    f"{found[0].author} heeft deze week intussen veranderd. Er is niets bewaard; wat u typte staat er "
                    "nog. Bewaart u nog eens, dan komt dit ervoor in de plaats."
                )
            return SavedWeek(code=week_code(monday), state=_state(found[0]), messages=0)
        _keep(connection, visit, grant, monday, values, lines, publish=wanted.publish)
        made = digest.prepare(connection, visit, grant, monday, lines) if wanted.publish else 0
        if not wanted.publish:
            digest.take_back(connection, grant, monday)
    return SavedWeek(code=week_code(monday), state="published" if wanted.publish else "draft", messages=made)


def take_back(visit: Visit, grant: GroupGrant, code: str) -> None:
    """Hide a published week from parents again; what was not mailed yet is not mailed. It stays as a draft."""
    if not may_edit(visit, grant):
        raise NotFoundError(school_id=grant.school_id)
    monday = _allowed(visit, code)
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        mine = (StudyWeek.school_id == grant.school_id, StudyWeek.group_id == grant.group_id)
        change = sa.update(StudyWeek).where(*mine, StudyWeek.starts_on == monday)
        connection.execute(change.values(published_at=None, changed_at=visit.now, account_id=visit.scope.account_id))
        digest.take_back(connection, grant, monday)


def seen_now(visit: Visit, grant: GroupGrant, code: str) -> str:
    """Give what a change must say it saw, as it is now: after one that was not kept."""
    with reading(visit.kit.engine) as connection:
        found = read.week(connection, read.staff_reader(grant), _allowed(visit, code), draft=True)
    return found[0].changed_at.isoformat() if found else ""


def _allowed(visit: Visit, code: str) -> date:
    monday = asked_week(code, visit.today)
    if not monday_of(visit.today) - timedelta(weeks=60) <= monday <= monday_of(visit.today) + AHEAD:
        raise ForPeopleError("Een studiewijzer is te schrijven tot vier weken vooruit. Kies zo'n week.")
    return monday


def _checked(lines: list[NewLine]) -> list[Line]:
    return [
        Line(
            **line.model_dump(exclude={"link"}),
            link=checked_link(line.link, f"‘{line.goal[:60]}’"),
        )
        for line in lines
    ]


def _keep(
    connection: sa.Connection,
    visit: Visit,
    grant: GroupGrant,
    monday: date,
    values: dict[str, Any],
    lines: list[Line],
    *,
    publish: bool,
) -> None:
    place = (StudyWeek.school_id == grant.school_id, StudyWeek.group_id == grant.group_id)
    known = connection.execute(
        sa.select(StudyWeek.id, StudyWeek.published_at).where(*place, StudyWeek.starts_on == monday)
    ).one_or_none()
    trace = {"account_id": visit.scope.account_id, "changed_at": visit.now}
    since = (known.published_at if known else None) or visit.now
    values = values | trace | {"published_at": since if publish else None}
    if known:
        connection.execute(sa.update(StudyWeek).where(StudyWeek.id == known.id).values(values))
        connection.execute(sa.delete(StudyLine).where(StudyLine.study_week_id == known.id))
        week_id = known.id
    else:
        row = {"uid": uuid7(), "school_id": grant.school_id, "group_id": grant.group_id, "starts_on": monday}
        week_id = connection.execute(sa.insert(StudyWeek).values(row | values)).inserted_primary_key[0]  # type: ignore[index]
    objectives = read.objective_ids(connection, grant.school_id, lines)
    rows = [
        {
            "uid": uuid7(),
            "school_id": grant.school_id,
            "study_week_id": week_id,
            "position": position,
            "objective_id": objectives.get((line.subject.lower(), line.objective)),
            **{name: getattr(line, name) for name in KEPT},
        }
        for position, line in enumerate(lines)
    ]
    if rows:
        connection.execute(sa.insert(StudyLine), rows)


KEPT = ("subject", "goal", "approach", "words", "at_home", "link")


def _is_same(found: Any, values: dict[str, Any], lines: list[Line], *, publish: bool) -> bool:
    row, kept = found
    texts = [[getattr(line, name) for name in KEPT] for line in lines]
    return (
        all(getattr(row, name) == value for name, value in values.items())
        and (row.published_at is not None) == publish
        and [[getattr(line, name) for name in KEPT] for line in kept] == texts
    )


def _state(row: Any) -> str:
    return "new" if row is None else "draft" if row.published_at is None else "published"


def _state_text(row: Any) -> str:
    if row is None:
        return "nog niet gemaakt"
    if row.published_at is None:
        return f"concept van {row.author}, {moment_text(row.changed_at)}"
    changed = f", veranderd {moment_text(row.changed_at)}" if row.changed_at > row.published_at else ""
    return f"ouders zien deze week sinds {moment_text(row.published_at)}{changed} · {row.author}"


def _near(visit: Visit, reader: read.Reader, monday: date) -> list[Any]:
    """The weeks there are, with this one, the one that is now and the next, newest first."""
    kept = {row.starts_on: row for row in read.weeks(visit.connection, reader, drafts=True)}
    now = monday_of(visit.today)
    wanted = {*kept, monday, now, now + timedelta(days=7)}
    rows = [kept.get(day) or _NotKept(day) for day in sorted(wanted, reverse=True)]
    return week_links(rows[:12], monday)


class _NotKept:
    published_at = None

    def __init__(self, starts_on: date) -> None:
        self.starts_on = starts_on
