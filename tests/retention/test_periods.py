"""What is kept how long, with a moved clock: E01-E06, E10, E16-E18, E21, E22, E25."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from api import clock
from api.db import reading, writing
from api.problem import ForPeopleError
from api.services.retention import leaving
from models.base import Base
from models.queries.owned import KEPT_AS, owned, slices
from models.rules.retention import RULES, Period, Start, due_dates, period_of, practice_before
from models.vocabulary import Destination, Retention
from tests.connectors import tiny
from tests.retention.school import CANARY, ECKID, KEYS, LAST_DAY, TODAY, School, moment

ONE_DAY = timedelta(days=1)
EIGHT_WEEKS = LAST_DAY + timedelta(days=56)
TWO_YEARS = Period(months=24).after(LAST_DAY)
THREE_YEARS = Period(months=36).after(LAST_DAY)
FIVE_YEARS = Period(months=60).after(LAST_DAY)
ADMINISTRATION = {"pupil", "source_person", "enrolment", "group_membership", "absence", "departure"}


def test_e01_every_table_has_a_class_and_every_class_a_rule() -> None:
    assert set(KEPT_AS) == set(Base.metadata.sorted_tables)
    assert set(RULES) == set(Retention)
    assert set(KEPT_AS.values()) <= set(RULES)


def test_e01_nothing_hangs_under_what_goes_before_it() -> None:
    """What is erased of a child never takes along what must stay longer, nor is it held back by it."""
    goes = {part.table: max(_months(p.kind) for p in slices() if p.table is part.table) for part in slices()}

    for table, months in goes.items():
        for key in table.foreign_key_constraints:
            parent = key.referred_table
            if parent in goes and parent is not table:
                assert months <= goes[parent], f"{table.name} is kept longer than {parent.name}"


def _months(kind: Retention) -> int:
    return RULES[kind].period.months or 2 if RULES[kind].start is Start.LEAVING else 12


def test_e02_enrolment_and_absence_stay_five_years_and_not_longer(school: School) -> None:
    school.leave()

    school.erase_what_is_due(moment(FIVE_YEARS - ONE_DAY))
    assert school.held().keys() >= {"pupil", "enrolment", "group_membership", "absence"}

    school.erase_what_is_due(moment(FIVE_YEARS + timedelta(days=56)))
    assert not school.is_known()
    assert school.held(KEYS[1])["note"] == 1


def test_e03_all_else_is_gone_after_two_years(school: School) -> None:
    school.leave()
    before = school.held()
    assert before.keys() == {table.name for table in owned(Base.metadata.tables["pupil"])} - _NOT_IN_THIS_SCHOOL

    school.erase_what_is_due(moment(TWO_YEARS))
    assert school.held()["note"] == before["note"]

    school.erase_what_is_due(moment(TWO_YEARS + ONE_DAY))
    assert school.held().keys() == ADMINISTRATION | {"person_identifier"}
    assert (school.held()["source_person"], school.held()["person_identifier"]) == (1, 1)
    assert "note" in school.held(KEYS[1])


_NOT_IN_THIS_SCHOOL = {
    *("custody_record", "emergency_card", "information_request", "retention_hold", "match_proposal", "role_grant"),
    *("staff_assignment", "talk", "talk_view", "talk_wish", "signal_answer", "instruction_pupil"),
    *("instruction_placement", "release", "report_card", "portfolio_piece", "piece_image", "consent", "talk_voice"),
    *("correction_request", "copy_request"),
}
"""Tables without a row in these tests; what they hold of a child goes the same way, see test_erasing.py."""


def test_e04_support_of_a_child_referred_to_special_education_stays_three_years(one_school: School) -> None:
    one_school.leave(to=Destination.SPECIAL)

    one_school.erase_what_is_due(moment(THREE_YEARS))
    assert one_school.held().keys() == ADMINISTRATION | {"person_identifier", "support_point", "agreement"}

    one_school.erase_what_is_due(moment(THREE_YEARS + ONE_DAY))
    assert one_school.held().keys() == ADMINISTRATION | {"person_identifier"}


def test_e05_a_school_keeps_longer_with_a_reason_and_within_what_may(one_school: School) -> None:
    one_school.leave()
    refused: list[tuple[Retention, int, str]] = [
        (Retention.DOSSIER, 36, "kort"),
        (Retention.DOSSIER, 61, "omdat wij dat altijd zo deden"),
        (Retention.ENROLMENT, 24, "omdat wij dat altijd zo deden"),
    ]
    for kind, months, reason in refused:
        with pytest.raises(ForPeopleError), writing(one_school.engine) as connection:
            leaving.choose(connection, 1, kind, months, reason, "directie", moment(TODAY))

    with writing(one_school.engine) as connection:
        reason = "een geschil over het advies loopt tot in de klachtencommissie"
        leaving.choose(connection, one_school_id(connection), Retention.DOSSIER, 36, reason, "directie", moment(TODAY))
    one_school.erase_what_is_due(moment(THREE_YEARS))
    assert "note" in one_school.held()
    one_school.erase_what_is_due(moment(THREE_YEARS + ONE_DAY))
    assert "note" not in one_school.held()


def one_school_id(connection: sa.Connection) -> int:
    return int(connection.execute(sa.text("SELECT id FROM school")).scalar_one())


def test_e06_practice_goes_a_year_after_its_school_year_also_of_who_is_still_here(school: School) -> None:
    assert practice_before(date(2027, 7, 31), {}) == date(2025, 8, 1)
    assert practice_before(date(2027, 8, 1), {}) == date(2026, 8, 1)

    school.erase_what_is_due(moment(date(2027, 7, 31)))
    assert [school.held(key)["practice_cell"] for key in KEYS] == [2, 2]

    school.erase_what_is_due(moment(date(2027, 8, 1)))
    assert [school.held(key)["practice_cell"] for key in KEYS] == [1, 1]
    assert [school.held(key)["practice_first"] for key in KEYS] == [1, 1]


def test_e06_the_practice_of_a_child_that_is_held_stays(one_school: School) -> None:
    one_school.hold(date(2027, 9, 1), moment(TODAY))
    one_school.erase_what_is_due(moment(date(2027, 8, 2)))

    assert [one_school.held(key)["practice_cell"] for key in KEYS] == [2, 1]


def test_e10_eck_id_and_suppliers_keys_are_gone_after_eight_weeks(school: School) -> None:
    school.leave()
    everywhere = [table for table in Base.metadata.sorted_tables if table.name != "departure"]

    school.erase_what_is_due(moment(EIGHT_WEEKS))
    assert ECKID in _texts(school, everywhere)

    school.erase_what_is_due(moment(EIGHT_WEEKS + ONE_DAY))
    texts = _texts(school, everywhere)
    assert ECKID not in texts
    assert f"user-{KEYS[0]}" not in texts
    assert [text for text in texts if KEYS[0] in text and CANARY not in text] == [KEYS[0]] * _ROLLS_OWN
    assert f"user-{KEYS[1]}" in texts
    assert school.held()["assessment"] == 1, "the results themselves stay until the dossier goes"


_ROLLS_OWN = 2
"""The roll's key of the child, and that same key as identifier: administration, five years."""


def _texts(school: School, tables: list[sa.Table]) -> list[str]:
    with reading(school.engine) as connection:
        return [
            str(value)
            for table in tables
            for row in connection.execute(sa.select(table))
            for name, value in row._mapping.items()
            if isinstance(value, str | dict) and not (table.name == "ledger" and name == "source_key" and "@" in value)
        ]


def test_e17_a_return_stops_the_clock_and_a_new_departure_starts_it_again(school: School) -> None:
    school.leave()
    back, second = date(2027, 9, 1), date(2029, 7, 13)
    school.come_back(back)

    school.erase_what_is_due(moment(FIVE_YEARS + ONE_DAY))
    assert "note" in school.held()

    school.leave(second, now=moment(second))
    school.erase_what_is_due(moment(Period(months=24).after(second)))
    assert "note" in school.held()
    school.erase_what_is_due(moment(Period(months=24).after(second) + ONE_DAY))
    assert "note" not in school.held()


def test_e17_a_child_that_the_roll_names_again_is_not_erased_before_someone_decides(school: School) -> None:
    school.leave(now=moment(date(2026, 10, 13)))
    school.roll(*KEYS, now=moment(date(2027, 9, 1)), day=date(2027, 9, 1))

    school.erase_what_is_due(moment(FIVE_YEARS + ONE_DAY))

    assert "note" in school.held()


def test_e18_a_move_counts_from_the_last_day_at_school_not_from_the_transfer(one_school: School) -> None:
    transferred = date(2027, 3, 1)
    one_school.leave(LAST_DAY, Destination.PRIMARY, now=moment(transferred))

    one_school.erase_what_is_due(moment(TWO_YEARS + ONE_DAY))

    assert "note" not in one_school.held()


def test_e16_a_hold_skips_the_child_until_its_end(school: School) -> None:
    school.leave()
    until = TWO_YEARS + timedelta(days=90)
    school.hold(until, moment(TWO_YEARS))

    school.erase_what_is_due(moment(until))
    assert "note" in school.held()

    school.erase_what_is_due(moment(until + ONE_DAY))
    assert "note" not in school.held()


def test_e21_who_left_cannot_log_in_and_stays_the_writer_of_what_they_wrote(one_school: School) -> None:
    _end_grants(one_school, "twee", TODAY)

    one_school.run(moment(TODAY, 22))
    assert _account(one_school, "twee")[0] is None, "the last day counts until midnight in the Netherlands"

    one_school.run(moment(TODAY, 23))
    assert _account(one_school, "twee")[0] is not None
    assert tiny.count(one_school.engine, "account", "login = 'twee'") == 1


def test_e21_the_writer_stays_as_long_as_what_was_written(one_school: School) -> None:
    with writing(one_school.engine) as connection:
        for name in ("schrijver", "niemand"):
            staff_id = _former_member(connection, name)
            if name == "schrijver":
                note = "UPDATE note SET author_id = :id WHERE pupil_id = :pupil"
                connection.execute(sa.text(note), {"id": staff_id, "pupil": one_school.pupil(KEYS[1]).id})

    one_school.run(moment(date(2028, 12, 1)))

    assert tiny.rows(one_school.engine, "SELECT given_name FROM staff") == [("schrijver",)]


def _former_member(connection: sa.Connection, name: str) -> int:
    """Someone who left the staff list two years and a bit ago."""
    tables = Base.metadata.tables
    school_id, source_id, delivery_id = connection.execute(
        sa.text("SELECT school_id, source_id, id FROM delivery ORDER BY id")
    ).first() or (0, 0, 0)
    member = sa.insert(tables["staff"]).values(school_id=school_id, given_name=name, uid=uuid4())
    made = int(connection.execute(member.returning(tables["staff"].c.id)).scalar_one())
    person = {"school_id": school_id, "source_id": source_id, "role": "staff", "source_key": name}
    seen = {"first_delivery_id": delivery_id, "seen_delivery_id": delivery_id, "vanished_at": moment(TODAY)}
    link = {"staff_id": made, "link_method": "roll"}
    connection.execute(sa.insert(tables["source_person"]).values(person | seen | link))
    return made


def test_e22_a_parents_access_ends_eight_weeks_after_the_last_child_left(school: School) -> None:
    school.leave()

    school.run(moment(EIGHT_WEEKS))
    assert _account(school, f"{CANARY}-ouder") == (None, None)

    school.run(moment(EIGHT_WEEKS + ONE_DAY))
    disabled, ended = _account(school, f"{CANARY}-ouder")
    assert disabled is not None
    assert ended == EIGHT_WEEKS
    assert _account(school, "ouder-blijft") == (None, None)

    school.erase_what_is_due(moment(TWO_YEARS + ONE_DAY))
    assert tiny.count(school.engine, "account", f"login LIKE '{CANARY}%'") == 0
    assert tiny.count(school.engine, "guardian") == 1


def _end_grants(school: School, login: str, last: date) -> None:
    with writing(school.engine) as connection:
        connection.execute(
            sa.text("UPDATE role_grant SET ends_on = :last WHERE account_id = :id"),
            {"last": last.isoformat(), "id": school.accounts[login]},
        )


def _account(school: School, login: str) -> tuple[object, object]:
    account, grant = Base.metadata.tables["account"], Base.metadata.tables["role_grant"]
    with reading(school.engine) as connection:
        row = connection.execute(
            sa.select(account.c.disabled_at, grant.c.ends_on)
            .join(grant, grant.c.account_id == account.c.id)
            .where(account.c.login == login)
        ).one()
        return row[0], row[1]


@pytest.mark.parametrize(
    ("last_day", "first_day_gone"),
    [
        (date(2024, 2, 28), date(2026, 3, 1)),
        (date(2024, 2, 29), date(2026, 3, 1)),
        (date(2023, 2, 28), date(2025, 3, 1)),
        (date(2026, 2, 28), date(2028, 3, 1)),
        (date(2026, 7, 31), date(2028, 8, 1)),
        (date(2026, 12, 31), date(2029, 1, 1)),
    ],
)
def test_e25_a_year_ends_on_its_day_and_never_early_on_29_february(last_day: date, first_day_gone: date) -> None:
    assert due_dates(last_day, Destination.UNKNOWN, {})[Retention.DOSSIER] == first_day_gone


@pytest.mark.parametrize("night", [date(2028, 3, 26), date(2028, 10, 29)])
def test_e25_in_the_night_the_clock_jumps_nothing_goes_early_and_nothing_twice(one_school: School, night: date) -> None:
    """At 00:30 and 01:30 UTC it is half past two (or one and three) in the Netherlands, the day before still 23:30."""
    day_before = datetime(night.year, night.month, night.day, 0, 0, tzinfo=UTC) - timedelta(hours=3)
    assert clock.day_of(day_before) == night - ONE_DAY
    last_day = Period(months=24).before(night) - ONE_DAY
    assert due_dates(last_day, Destination.SECONDARY, {})[Retention.DOSSIER] == night
    one_school.leave(last_day, now=moment(TODAY))

    one_school.erase_what_is_due(day_before)
    assert "note" in one_school.held()

    midnight = datetime(night.year, night.month, night.day, tzinfo=UTC)
    for minutes in (30, 90):
        one_school.erase_what_is_due(midnight + timedelta(minutes=minutes))
    assert "note" not in one_school.held()
    proof = tiny.count(one_school.engine, "retention_receipt", "what = 'child'")
    assert proof == 2, "once the keys of the chain, once the dossier"


def test_periods_are_those_of_the_rule_or_the_schools_own() -> None:
    assert period_of(Retention.SUPPORT, {}, Destination.SPECIAL) == Period(months=36)
    assert period_of(Retention.SUPPORT, {Retention.SUPPORT: 48}, Destination.SPECIAL) == Period(months=48)
    assert period_of(Retention.SUPPORT, {}, Destination.PRIMARY) == Period(months=24)
