"""A talk about a group is in no child's dossier: it goes by age, and leaves each child what was written about it."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from api.db import reading, writing
from api.services.retention.group_talks import group_talks
from models.group import ClassGroup
from models.rules.retention import of_groups_before
from models.support import Agreement, SupportPoint
from models.talk import Talk, TalkView, TalkWish
from models.vocabulary import SupportKind
from tests.retention.school import School, moment

HELD = date(2026, 11, 20)
LAST, FIRST_GONE = date(2029, 7, 31), date(2029, 8, 1)


def test_it_goes_two_school_years_after_its_own_and_not_a_day_earlier(school: School) -> None:
    _hold(school)

    assert _sweep(school, moment(LAST)) == {}
    assert _sweep(school, moment(FIRST_GONE)) == {"talk": 1, "talk_view": 1, "agreement": 1}

    assert _bodies(school, SupportPoint) == ["Voordoen helpt"]
    assert _bodies(school, Agreement) == ["Elke dag lezen"]
    assert _bodies(school, TalkWish) == ["Graag bespreken"]
    with reading(school.engine) as connection:
        for table in (SupportPoint, Agreement, TalkWish):
            ids = connection.scalars(sa.select(table.talk_id).where(table.talk_id.is_not(None))).all()
            assert ids == []


def test_the_day_is_the_first_of_august() -> None:
    assert of_groups_before(LAST) == date(2026, 8, 1)
    assert of_groups_before(FIRST_GONE) == date(2027, 8, 1)
    assert of_groups_before(FIRST_GONE + timedelta(days=364)) == date(2027, 8, 1)


def _hold(school: School) -> None:
    pupil = school.pupil()
    with writing(school.engine) as connection:
        group = connection.scalar(sa.select(ClassGroup.id).where(ClassGroup.school_id == pupil.school_id))
        for table in (TalkView, TalkWish, SupportPoint, Agreement):
            connection.execute(sa.delete(table))
        connection.execute(sa.delete(Talk))
        by = {"school_id": pupil.school_id}
        who = school.accounts["een"]
        at = moment(HELD)
        made = connection.execute(
            sa.insert(Talk).values(**by, group_id=group, planned_on=HELD, planned_by=who, started_at=at, ended_at=at)
        )
        talk = {"talk_id": made.inserted_primary_key[0]} if made.inserted_primary_key else {}
        child: dict[str, Any] = by | talk | {"pupil_id": pupil.id}
        connection.execute(sa.insert(TalkView).values(**by, **talk, account_id=who, strengths="Fijne groep"))
        connection.execute(sa.insert(TalkWish).values(**child, body="Graag bespreken", account_id=who, wished_at=at))
        point = {"kind": SupportKind.HELPS, "body": "Voordoen helpt", "observed_on": HELD}
        connection.execute(sa.insert(SupportPoint).values(**child, **point))
        connection.execute(sa.insert(Agreement).values(**child, body="Elke dag lezen", agreed_on=HELD))
        connection.execute(sa.insert(Agreement).values(**by, **talk, group_id=group, body="Rust", agreed_on=HELD))


def _sweep(school: School, now: datetime) -> dict[str, int]:
    school_id = school.id
    with writing(school.engine) as connection:
        return {name: number for name, number in group_talks(connection, school_id, now).items() if number}


def _bodies(school: School, table: Any) -> list[str]:
    with reading(school.engine) as connection:
        return list(connection.scalars(sa.select(table.body)))
