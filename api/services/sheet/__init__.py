"""Composing the sheet "hoe gaat het met het kind?": rows in, one typed `Sheet` out; page, print and JSON share it.

Reads only through `models.queries`, each function of which asks for the authorizer's `Grant`; a tile of which the
reader may not see the kind of data is None and its rows are not even read.
"""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from api.schemas.sheet import PersonLabel, Sheet
from api.services.sheet import learning, practice, sentences, sources, support, timeline, wellbeing
from api.services.sheet.disputed import disputes_about
from api.services.sheet.sentences import Known
from models.queries import dossier
from models.queries import sheet as read
from models.queries.answers import answers_of, may_answer
from models.queries.prepared import Rows
from models.queries.results import Taken, taken_by
from models.queries.scope import Grant, group_name
from models.queries.settings import settings_of
from models.rules.access import Kind
from models.rules.names import display_name
from models.rules.signals.about import About
from models.rules.signals.objectives import Standing
from models.rules.wording import Child, age_in_words
from models.vocabulary import Grade, Role

NOTES = 40
ABSENCE_DAYS = 365
SCORE_DAYS = 400
"""Scales that are not drawn as a line are shown for the latest moment only: a school year and a bit."""
FAMILY = {Role.PARENT, Role.PUPIL}
"""Who has no list of the group to go to."""
BY_WEEK = {Kind.PRACTICE}
"""What parents and the child read in the studiewijzer and Mijn kind only, of the weeks that school published."""
YOUNGEST = {Grade.G1, Grade.G2}


def compose_sheet(
    connection: sa.Connection, grant: Grant, today: date, now: datetime, reader: int | None = None
) -> Sheet:
    """Compose the sheet of the child of this grant as it stands on `today`; at most nine reads.

    `reader` is the account that may correct its own notes from here.
    """
    pupil = read.pupil_and_groups(connection, grant, today)[0]
    child = Child(pupil.given_name or display_name(pupil), pupil.sex)
    kinds = grant.kinds - BY_WEEK if grant.role in FAMILY else grant.kinds
    source_rows = read.sources_of(connection, grant)
    origins = sources.by_id(source_rows, now)

    taken = _taken(connection, grant, today)
    version = pupil.newest_delivery_id or 0, pupil.revision
    lines: list[learning.SubjectLine] = []
    if Kind.RESULTS in kinds:
        lines = learning.growth_lines(connection, grant, {grant.pupil_id: taken}, origins, version)[grant.pupil_id]
    cells = practice.none()
    standing: Standing = {}
    if Kind.PRACTICE in kinds:
        cells = practice.period(connection, grant, pupil.group_id, version, today)
        if pupil.group_id is not None:
            standing = practice.standing(connection, grant.school_id, pupil.group_id, version, today)
    settings = settings_of(connection, grant.school_id, version)
    lists = wellbeing.lists(taken, origins, settings.wellbeing_change) if Kind.WELLBEING in kinds else []
    notes = dossier.notes_of(connection, grant, NOTES)
    absences: Rows = []
    if Kind.ATTENDANCE in kinds:
        absences = dossier.absences_of(connection, grant, today - timedelta(days=ABSENCE_DAYS))
    promises = support.promises(_support(connection, grant), today)
    born_on = pupil.birth_date if Kind.IDENTITY in kinds else None
    latest = max((row.observed_on for row in notes), default=None)
    told = About(child, today, settings, absences, pupil.at_school_since)
    known = Known(told, lines, cells, standing, lists, latest, promises, born_on, kinds, origins)

    return Sheet(
        id=pupil.uid,
        name=display_name(pupil),
        given_name=child.name,
        group=f"groep {group_name(pupil.group_name)}" if pupil.group_name else None,
        group_id=pupil.group_uid if grant.role not in FAMILY else None,
        age=age_in_words(born_on, today) if born_on else None,
        grade=pupil.grade.label if pupil.grade else None,
        teachers=_teachers(connection, grant, pupil.group_id, today),
        ground=grant.ground,
        today=today,
        quote=promises.goals[0] if promises.goals else None,
        sentences=sentences.about(known, answers_of(connection, grant), may_answer=may_answer(grant), reader=reader),
        learning=learning.tile(lines, today, is_young=pupil.grade in YOUNGEST) if Kind.RESULTS in kinds else None,
        practice=practice.tile(child, cells, origins) if Kind.PRACTICE in kinds else None,
        wellbeing=wellbeing.tile(lists) if Kind.WELLBEING in kinds else None,
        support=promises.tile() if kinds & {Kind.IN_CLASS, Kind.SUPPORT_PLAN} else None,
        goals=promises.goals,
        talents=timeline.talents(notes),
        pieces=pupil.pieces if Kind.PORTFOLIO in kinds else 0,
        timeline=timeline.entries(notes, absences, taken, reader),
        sources=sources.lines(source_rows, origins, pupil.group_name, now) if Kind.SOURCES in kinds else [],
        disputes=disputes_about(connection, grant) if pupil.is_disputed and grant.role not in FAMILY else [],
        may_ask_who=grant.role is not Role.PUPIL,
    )


def _taken(connection: sa.Connection, grant: Grant, today: date) -> list[Taken]:
    wanted = grant.kinds & {Kind.RESULTS, Kind.WELLBEING}
    return taken_by(connection, grant, wanted, today - timedelta(days=SCORE_DAYS)) if wanted else []


def _support(connection: sa.Connection, grant: Grant) -> Rows:
    """Read goals, and what helps and was agreed, each only when its kind may be seen."""
    if not grant.kinds & support.KINDS_OF_DATA:
        return []
    return [row for row in dossier.support_of(connection, grant) if support.kind_of(row) in grant.kinds]


def _teachers(connection: sa.Connection, grant: Grant, group_id: int | None, today: date) -> list[PersonLabel]:
    if group_id is None:
        return []
    rows = read.teachers_of(connection, grant.school_id, group_id, today)
    first = [row for row in rows if row.rank == rows[0].rank]
    return [PersonLabel(name=name) for name in dict.fromkeys(display_name(row) for row in first)]
