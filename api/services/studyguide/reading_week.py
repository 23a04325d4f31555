"""The studiewijzer as parents and children of the group read it, with what their own child worked at beside it."""

from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID

from api.schemas.studyguide import OwnWork, StudyPage, StudyWeekView
from api.security.access import Visit
from api.services.studyguide.views import FRIDAY, asked_week, line_views, week_links, week_words
from models.queries import studyguide as read
from models.queries.emergency import name_of
from models.queries.scope import AnyRow, as_family, authorize, group_name
from models.rules import own_work
from models.rules.access import Kind
from models.rules.links import host_of
from models.rules.names import display_name
from models.rules.studyguide import Line, week_code, week_number


def compose_study_page(visit: Visit, group_uid: UUID, code: str = "") -> StudyPage:
    """Compose the week that is asked for, else this week's, else the newest; raises `NotFoundError` for another group.

    Of each own child of the reader in this group, and of no other, what it worked at; that is a line in the log.
    """
    connection = visit.connection
    reader = read.reader_of(connection, visit.scope, group_uid)
    group, weeks = read.group(connection, reader), read.weeks(connection, reader)
    monday = asked_week(code, visit.today)
    if not code and weeks and all(row.starts_on != monday for row in weeks):
        monday = next((row.starts_on for row in weeks if row.starts_on <= monday), monday)
    found = read.week(connection, reader, monday)
    return StudyPage(
        id=group.uid,
        group=group_name(group.name),
        week=_week(*found) if found else None,
        work=[_work(visit, reader, child, monday, found[1]) for child in reader.children] if found else [],
        weeks=week_links(weeks, monday),
        is_staff=reader.grant is not None,
    )


def _week(row: AnyRow, lines: list[Line]) -> StudyWeekView:
    return StudyWeekView(
        code=week_code(row.starts_on),
        words=week_words(row.starts_on),
        number=week_number(row.starts_on),
        first=row.starts_on,
        last=row.starts_on + timedelta(days=FRIDAY),
        intro=row.intro,
        film=row.film,
        film_host=host_of(row.film) if row.film else "",
        lines=line_views(lines),
    )


def _work(visit: Visit, reader: read.Reader, child: UUID, monday: date, lines: list[Line]) -> OwnWork:
    grant = authorize(visit.connection, as_family(visit.scope), child)
    visit.log(Kind.PRACTICE, [grant.pupil_id], grant)
    name = name_of(visit.connection, grant, visit.scope)
    rows = read.own_work(visit.connection, grant, reader, monday)
    whole = display_name(name)
    about = {"id": child, "name": whole, "called": name.given_name or whole}
    work = own_work.work_of(rows, [line.objective for line in lines])
    if work is None:
        return OwnWork.model_validate(about)
    return OwnWork.model_validate(about | asdict(work))
