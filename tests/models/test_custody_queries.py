"""The rule of custody in SQL, asked at each request of a parent, says the same as the rule in words."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.clock import day_of
from models.custody import CustodyRecord
from models.person import Guardian, Guardianship, Pupil
from models.queries.custody import HAS_CUSTODY
from models.rules.custody import Recorded, adult_since, custody_at
from models.vocabulary import Custody, CustodyEvidence, Relation
from tests import world as invented
from tests.conftest import FreshDatabase
from tests.world import NOW, TODAY

HOURS = st.integers(-72, 72).map(lambda hours: NOW + timedelta(hours=hours))
DAYS = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))
CUSTODIES = st.sampled_from(Custody)
BORN = st.none() | st.sampled_from(
    [adult_since(TODAY), adult_since(TODAY) + timedelta(days=1), TODAY - timedelta(days=3000)]
)
CLAIM = st.tuples(CUSTODIES, DAYS, st.none() | DAYS)
RECORDS = st.lists(st.tuples(CUSTODIES, HOURS), max_size=5)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, fresh_database: FreshDatabase) -> Iterator[sa.Connection]:
    with fresh_database(request.param) as database, database.engine.connect() as connection:
        invented.build(connection)
        yield connection
        connection.rollback()


NUMBERS = count(1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claim=CLAIM, records=RECORDS, born=BORN, now=HOURS)
def test_sql_and_the_rule_agree_at_any_moment(
    connection: sa.Connection,
    claim: tuple[Custody, date, date | None],
    records: list[tuple[Custody, datetime]],
    born: date | None,
    now: datetime,
) -> None:
    custody, starts_on, ends_on = claim
    school_id = connection.scalar(sa.text("SELECT id FROM school WHERE name = 'vliet'"))
    pupil = _insert(connection, Pupil, school_id=school_id, given_name=f"kind {next(NUMBERS)}", birth_date=born)
    guardian = _insert(connection, Guardian, school_id=school_id, given_name="ouder")
    whose = {"school_id": school_id, "pupil_id": pupil, "guardian_id": guardian}
    bond = _insert(
        connection,
        Guardianship,
        **whose,
        relation=Relation.FATHER,
        custody=custody,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    for version, (recorded, start) in enumerate(records, 1):
        seen = {"evidence": CustodyEvidence.COURT, "recorded_at": NOW, "recorded_by": "test"}
        _insert(connection, CustodyRecord, **whose, **seen, version=version, custody=recorded, starts_at=start)
    today = day_of(now)

    holds = starts_on <= today and (ends_on is None or ends_on >= today)
    told = [Recorded(version, *record, CustodyEvidence.COURT) for version, record in enumerate(records, 1)]
    expected = custody_at(custody if holds else None, told, born, today, now) is Custody.YES
    moments = {"today": today, "now": now, "adult_since": adult_since(today)}
    asked = sa.select(Guardianship.id).where(Guardianship.id == bond, HAS_CUSTODY)
    assert (connection.scalar(asked, moments) is not None) is expected


def _insert(connection: sa.Connection, model: type, **values: object) -> int:
    result = connection.execute(sa.insert(model).values(**values))
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])
