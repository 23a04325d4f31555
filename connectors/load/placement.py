"""Where a child sits: enrolment and dated membership of groups.

A new school year adds; a change within a year closes the old membership on the day before the file's date; an older
year's file only fills in its own year (design section 3).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import sqlalchemy as sa

from connectors.canonical import PupilRecord
from connectors.load.bulk import Insert
from connectors.load.delivery import Delivery
from connectors.load.desk import Desk
from connectors.load.people import SOURCE_PERSON, Person
from models.group import Enrolment, GroupMembership
from models.school import SchoolYear
from models.vocabulary import Grade, GroupKind

ENROLMENT = Insert(Enrolment, "school_id", "source_person_id", "starts_on", "ends_on", "start_grade3_on", "delivery_id")
MEMBERSHIP = Insert(
    GroupMembership,
    "school_id",
    "source_person_id",
    "school_year_id",
    "group_id",
    "kind",
    "grade",
    "starts_on",
    "ends_on",
    "delivery_id",
)
T_MEMBERSHIP = cast("sa.Table", GroupMembership.__table__)
T_ENROLMENT = cast("sa.Table", Enrolment.__table__)
T_YEAR = cast("sa.Table", SchoolYear.__table__)
NOT_PLACED = frozenset({Grade.HISTORICAL})


@dataclass(slots=True)
class Membership:
    """A stored membership of this school year."""

    id: int
    kind: str
    group_id: int | None
    grade: str | None
    starts_on: date
    ends_on: date | None


class Placement:
    """The enrolments and this year's memberships of everybody this source knows."""

    def __init__(self, desk: Desk) -> None:
        self._writer = desk.writer
        self._delivery = desk.delivery
        self._groups = desk.groups
        year = desk.delivery.year
        self._day = min(max(desk.delivery.day, year.starts_on), year.ends_on)
        self._enrolments = self._load_enrolments()
        self._memberships = self._load_memberships()

    def enrol(self, person: Person, record: PupilRecord) -> None:
        """Keep the days on which a child came and left, from the newest school year that speaks of it."""
        delivery, dates = self._delivery, (record.starts_on, record.ends_on, record.start_grade3_on)
        known = self._enrolments.get(person.id)
        if known is None:
            self._writer.add(ENROLMENT, (delivery.school_id, person.id, *dates, delivery.id))
        elif not delivery.is_history and known[1:] != dates:
            values = dict(zip(("starts_on", "ends_on", "start_grade3_on"), dates, strict=True))
            self._writer.change(Enrolment, known[0], **values, delivery_id=delivery.id)

    def place(self, person: Person, record: PupilRecord) -> None:
        """Bring the child's memberships of this school year in line with the file."""
        known = self._memberships.get(person.id, [])
        first, last = self._period(record)
        if record.home_group is not None or (record.grade is not None and record.grade not in NOT_PLACED):
            group_id = self._groups[GroupKind.HOME, record.home_group] if record.home_group is not None else None
            here = [m for m in known if m.kind == GroupKind.HOME]
            self._sit(person, here, (GroupKind.HOME, group_id, record.grade), first, last)
        wanted = {self._groups[GroupKind.INSTRUCTION, key] for key in record.groups}
        lessons = [m for m in known if m.kind == GroupKind.INSTRUCTION]
        for group_id in sorted(wanted):
            here = [m for m in lessons if m.group_id == group_id]
            self._sit(person, here, (GroupKind.INSTRUCTION, group_id, record.grade), first, last)
        for membership in lessons:
            if membership.group_id not in wanted:
                self._close(membership)

    def _sit(
        self,
        person: Person,
        known: list[Membership],
        place: tuple[GroupKind, int | None, Grade | None],
        first: date,
        last: date | None,
    ) -> None:
        """Continue, correct or change a place; `known` are earlier ones of this kind in this year."""
        current = max(known, key=lambda m: (m.ends_on is None, m.starts_on), default=None)
        if current is None:
            self._open(person, place, first, last)
        elif place[0] == GroupKind.INSTRUCTION and current.ends_on is not None and current.ends_on < self._day:
            self._open(person, place, self._day, last)
        elif (current.group_id, current.grade) == place[1:]:
            if current.ends_on != last and (last is None or last >= current.starts_on):
                self._writer.change(GroupMembership, current.id, ends_on=last, delivery_id=self._delivery.id)
        elif current.starts_on >= self._day:
            values = {"group_id": place[1], "grade": place[2], "delivery_id": self._delivery.id}
            self._writer.change(GroupMembership, current.id, **values)
        else:
            self._close(current)
            self._open(person, place, self._day, last)

    def _open(
        self, person: Person, place: tuple[GroupKind, int | None, Grade | None], first: date, last: date | None
    ) -> None:
        if last is not None and last < first:
            return
        kind, group_id, grade = place
        whose = (self._delivery.school_id, person.id, self._delivery.year.id)
        self._writer.add(MEMBERSHIP, (*whose, group_id, kind, grade, first, last, self._delivery.id))

    def _close(self, membership: Membership) -> None:
        last = max(self._day - timedelta(days=1), membership.starts_on)
        if membership.ends_on is None or membership.ends_on > last:
            self._writer.change_first(GroupMembership, membership.id, ends_on=last)

    def _period(self, record: PupilRecord) -> tuple[date, date | None]:
        """Give the part of the school year in which the child is here; open at the end while the year is the newest."""
        year = self._delivery.year
        first = max(year.starts_on, record.starts_on or year.starts_on)
        last = record.ends_on if record.ends_on is not None and record.ends_on < year.ends_on else None
        return first, last or (year.ends_on if self._delivery.is_history else None)

    def _load_enrolments(self) -> dict[int, tuple[int, date | None, date | None, date | None]]:
        t = T_ENROLMENT
        rows = self._writer.connection.execute(
            sa.select(t.c.source_person_id, t.c.id, t.c.starts_on, t.c.ends_on, t.c.start_grade3_on).where(
                t.c.source_person_id.in_(_people_of(self._delivery))
            )
        )
        return {person_id: (row_id, *dates) for person_id, row_id, *dates in rows}

    def _load_memberships(self) -> dict[int, list[Membership]]:
        t = T_MEMBERSHIP
        rows = self._writer.connection.execute(
            sa.select(
                *(t.c.source_person_id, t.c.id, t.c.kind, t.c.group_id, t.c.grade, t.c.starts_on, t.c.ends_on)
            ).where(t.c.school_year_id == self._delivery.year.id, t.c.source_person_id.in_(_people_of(self._delivery)))
        )
        found: dict[int, list[Membership]] = {}
        for person_id, *rest in rows:
            found.setdefault(person_id, []).append(Membership(*rest))
        return found


def close_older_years(connection: sa.Connection, delivery: Delivery) -> None:
    """End what is still open in earlier school years of this source on the last day of its own year."""
    m, y = T_MEMBERSHIP, T_YEAR
    years = connection.execute(sa.select(y.c.id, y.c.ends_on).where(y.c.code < delivery.year.code)).all()
    for year_id, ends_on in years:
        still_open = (m.c.school_year_id == year_id, m.c.ends_on.is_(None))
        whose = m.c.source_person_id.in_(_people_of(delivery))
        connection.execute(sa.update(m).where(*still_open, whose).values(ends_on=ends_on))


def _people_of(delivery: Delivery) -> sa.Select[tuple[int]]:
    return sa.select(SOURCE_PERSON.c.id).where(SOURCE_PERSON.c.source_id == delivery.source_id)
