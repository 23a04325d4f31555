"""What hangs on the child itself: notes, absence, goals, agreements, what helps and hinders."""

from collections.abc import Sequence
from typing import Any, cast

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from connectors.canonical import AbsenceRecord, AgreementRecord, GoalRecord, NoteRecord, SupportPointRecord
from connectors.load.bulk import Insert
from connectors.load.delivery import Item
from connectors.load.desk import Desk
from models.attendance import Absence
from models.base import Base
from models.journal import Note
from models.support import Agreement, Goal, SupportPoint

NOTE = Insert(
    Note,
    "id",
    "uid",
    "school_id",
    "pupil_id",
    "author_id",
    "observed_on",
    "written_at",
    "kind",
    "tone",
    "readers",
    "body",
    "corrects_id",
    "delivery_id",
    "locator",
)
T_ABSENCE = cast("sa.Table", Absence.__table__)


def load_notes(desk: Desk, items: Sequence[Item]) -> None:
    """Keep notes; a changed one is a new note that corrects the old one, which stays."""
    delivery = desk.delivery
    for item in items:
        record = cast("NoteRecord", item.record)
        pupil_id = desk.linked_pupil(item, record.pupil)
        if pupil_id is None:
            continue
        author_id = desk.author(item, record.author_key)
        item.target = desk.writer.new_id(Note)
        what = (record.observed_on, delivery.received_at, record.kind, record.tone, record.readers, record.body)
        whose = (item.target, uuid7(), delivery.school_id, pupil_id, author_id)
        desk.writer.add(NOTE, (*whose, *what, item.known_target, delivery.id, item.locator))


def load_absences(desk: Desk, items: Sequence[Item]) -> None:
    """Keep absence per part of a day; the last word about a part counts.

    When it was typed here before stays known, so that someone can be told that typing it is not needed.
    """
    connection, school_id = desk.writer.connection, desk.delivery.school_id
    rows = connection.execute(
        sa.select(T_ABSENCE.c.pupil_id, T_ABSENCE.c.day, T_ABSENCE.c.part, T_ABSENCE.c.id).where(
            T_ABSENCE.c.school_id == school_id
        )
    )
    known = {(pupil_id, day, part): row_id for pupil_id, day, part, row_id in rows}
    for item in items:
        record = cast("AbsenceRecord", item.record)
        pupil_id = desk.linked_pupil(item, record.pupil)
        if pupil_id is None:
            continue
        place = (pupil_id, record.day, record.part)
        item.known_target = known.get(place, item.known_target)
        values = {"pupil_id": pupil_id, "day": record.day, "part": record.part, "reason": record.reason}
        _keep(desk, item, Absence, values | {"account_id": None})
        known[place] = item.target or 0


def load_goals(desk: Desk, items: Sequence[Item]) -> None:
    """Keep goals in the child's words, with the school's answer when there is one."""
    for item in items:
        record = cast("GoalRecord", item.record)
        pupil_id = desk.linked_pupil(item, record.pupil)
        if pupil_id is None:
            continue
        said = {"pupil_id": pupil_id, "body": record.body, "stated_on": record.stated_on}
        answer = {"answer": record.answer, "answer_body": record.answer_body, "answered_on": record.answered_on}
        _keep(desk, item, Goal, said | answer)


def load_agreements(desk: Desk, items: Sequence[Item]) -> None:
    """Keep what was agreed, who does it, and when it was done."""
    for item in items:
        record = cast("AgreementRecord", item.record)
        pupil_id = desk.linked_pupil(item, record.pupil)
        if pupil_id is None:
            continue
        what = {"pupil_id": pupil_id, "body": record.body, "agreed_on": record.agreed_on}
        who = {"owner_id": desk.author(item, record.owner_key), "due_on": record.due_on, "done_on": record.done_on}
        _keep(desk, item, Agreement, what | who)


def load_support_points(desk: Desk, items: Sequence[Item]) -> None:
    """Keep what helps and hinders."""
    for item in items:
        record = cast("SupportPointRecord", item.record)
        pupil_id = desk.linked_pupil(item, record.pupil)
        if pupil_id is None:
            continue
        what = {"pupil_id": pupil_id, "kind": record.kind, "body": record.body, "observed_on": record.observed_on}
        _keep(desk, item, SupportPoint, what | {"author_id": desk.author(item, record.author_key)})


def _keep(desk: Desk, item: Item, table: type[Base], values: dict[str, Any]) -> None:
    """Add a row, or bring the row that this record became before up to date."""
    values |= {"delivery_id": desk.delivery.id, "locator": item.locator}
    if item.known_target is not None:
        item.target = item.known_target
        desk.writer.change(table, item.target, **values)
        return
    item.target = desk.writer.new_id(table)
    if "uid" in table.__table__.c:
        values["uid"] = uuid7()
    into = INSERTS.get(table)
    if into is None:
        into = INSERTS[table] = Insert(table, "id", "school_id", *values)
    desk.writer.add(into, (item.target, desk.delivery.school_id, *values.values()))


INSERTS: dict[type[Base], Insert] = {}
