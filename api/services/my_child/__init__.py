"""Mijn kind: what a parent reads of their own child, composed from the same reads as the sheet; page and JSON share it.

Only what the matrix opens for a parent is read; of results only what was released.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from api.schemas.my_child import (
    AgreedLine,
    AwayLine,
    GoalOfChild,
    MyChild,
    MyChildren,
    ProudLine,
    TalkLine,
)
from api.security.access import Visit
from api.services.my_child.effort import effort_of
from api.services.my_child.results import results_of, wellbeing_of
from api.services.sheet import support
from models.queries import dossier, meetings
from models.queries import my_child as read
from models.queries import sheet as of_sheet
from models.queries.prepared import Rows
from models.queries.scope import Grant, as_family, authorize, group_name
from models.queries.settings import settings_of
from models.rules.access import Kind
from models.rules.names import display_name
from models.rules.purposes import USED, Purpose
from models.vocabulary import GoalAnswer, NoteKind, SupportKind

PAGE = "my_child"
NOTES, PROUD = 20, 4
KEPT = timedelta(days=120)
"""How long a talk that was held, or an agreement that was kept, stays on the page."""


def compose_my_children(visit: Visit) -> MyChildren:
    """Compose all children of this parent; each is a line in the access log."""
    found = []
    for uid in read.own_children(visit.connection, visit.scope):
        grant = authorize(visit.connection, as_family(visit.scope), uid)
        visit.log(PAGE, [grant.pupil_id], grant)
        found.append(compose_my_child(visit, grant))
    return MyChildren(children=found)


def own_children(visit: Visit) -> list[UUID]:
    """List the children of whom the reader is a parent with custody today."""
    return read.own_children(visit.connection, visit.scope)


def compose_my_child(visit: Visit, grant: Grant) -> MyChild:
    """Compose what a parent reads of the child of this grant; a fixed number of reads."""
    connection, today = visit.connection, visit.today
    pupil = of_sheet.pupil_and_groups(connection, grant, today)[0]
    rows = [row for row in dossier.support_of(connection, grant) if support.kind_of(row) in grant.kinds]
    helps, in_class = (_points(rows, kind) for kind in USED[Purpose.HOME])
    effort, has_guide = effort_of(visit, grant, pupil.group_uid)
    released = read.released(connection, grant, visit.scope)
    compares = settings_of(connection, grant.school_id).parents_compare == 1
    return MyChild(
        id=pupil.uid,
        name=display_name(pupil),
        given_name=pupil.given_name or display_name(pupil),
        group=group_name(pupil.group_name) if pupil.group_name else None,
        group_id=pupil.group_uid,
        teachers=_teachers(visit, grant, pupil.group_id),
        today=today,
        proud=_proud(visit, grant),
        effort=effort,
        results=results_of(visit, grant, released, compares=compares),
        wellbeing=wellbeing_of(released),
        compares=compares,
        has_guide=has_guide,
        goals=[_goal(row) for row in rows if row.what == "goal"],
        agreed=_agreed(rows, today),
        helps=helps,
        in_class=in_class,
        away=_away(visit, grant),
        talks=_talks(visit, grant),
    )


def _teachers(visit: Visit, grant: Grant, group_id: int | None) -> list[str]:
    if group_id is None:
        return []
    rows = of_sheet.teachers_of(visit.connection, grant.school_id, group_id, visit.today)
    return list(dict.fromkeys(display_name(row) for row in rows if row.rank == rows[0].rank))


def _proud(visit: Visit, grant: Grant) -> list[ProudLine]:
    """Bring together what stands in the portfolio and what was noted as a talent, newest first."""
    notes = dossier.notes_of(visit.connection, grant, NOTES)
    found = [(row.observed_on, row.body) for row in notes if row.kind is NoteKind.TALENT]
    found += [(row.made_on, row.title) for row in read.pieces(visit.connection, grant)]
    newest = sorted(found, key=lambda each: each[0], reverse=True)[:PROUD]
    return [ProudLine(on=on, body=body) for on, body in newest]


def _goal(row: Any) -> GoalOfChild:
    return GoalOfChild(
        body=row.body, stated_on=row.on, answer=GoalAnswer(row.kind) if row.kind else None, answer_body=row.note
    )


def _agreed(rows: Rows, today: date) -> list[AgreedLine]:
    """List what is to be done and what was done lately, the open ones first."""
    found = [
        AgreedLine(body=row.body, owner=row.person, due_on=row.due, done_on=row.done)
        for row in rows
        if row.what == "agreement" and (row.done is None or row.done >= today - KEPT)
    ]
    return sorted(found, key=lambda line: (line.done_on is not None, line.due_on or date.max))


def _points(rows: Rows, kind: SupportKind) -> list[str]:
    return [row.body for row in rows if row.what == "point" and SupportKind(row.kind) is kind]


def _away(visit: Visit, grant: Grant) -> list[AwayLine]:
    if Kind.ATTENDANCE not in grant.kinds:
        return []
    since = school_year_start(visit.today)
    return [
        AwayLine(day=row.day, part=row.part, reason=row.reason)
        for row in dossier.absences_of(visit.connection, grant, since)
    ]


def school_year_start(today: date) -> date:
    """Return the first of August at which this school year began."""
    return date(today.year if today.month >= 8 else today.year - 1, 8, 1)


def _talks(visit: Visit, grant: Grant) -> list[TalkLine]:
    rows = meetings.own_meetings(visit.connection, grant, visit.scope)
    return [
        TalkLine(id=row.uid, kind=row.kind, on=row.planned_on, at=row.planned_time, is_held=row.ended_at is not None)
        for row in rows
        if row.ended_at is None or row.planned_on >= visit.today - KEPT
    ]
