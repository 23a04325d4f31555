"""Who is who: exact keys link, everything else waits for a person, and the order of deliveries does not matter."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from api.services.sheet import compose_sheet
from connectors import match_decide
from connectors.canonical import Names, PupilRef
from connectors.match_decide import Decision
from models.queries.scope import Grant
from models.rules.access import Kind
from models.vocabulary import Role, SourceKind
from tests.conftest import Database, FreshDatabase
from tests.connectors.tiny import (
    DAY,
    NOW,
    Tiny,
    account,
    count,
    group,
    note,
    placed,
    pupil,
    result,
    results,
    roll,
    rows,
    take_in,
)

ECK = "https://ketenid.nl/201703/" + "a" * 128
NAMED = (
    "SELECT p.given_name FROM source_person s JOIN pupil p ON p.id = s.pupil_id JOIN source o ON o.id = s.source_id "
)
FROM_TESTS = NAMED + "WHERE o.code = 'toetsen' ORDER BY s.id"


def proposals(database: Database, columns: str = "contradiction, status") -> list[tuple[Any, ...]]:
    return rows(database.engine, f"SELECT {columns} FROM match_proposal ORDER BY id")  # noqa: S608 - our own test


def decide(database: Database, how: Callable[[sa.Connection, UUID, Decision], int]) -> int:
    """Answer the only open proposal."""
    with database.engine.begin() as connection:
        table = sa.table("match_proposal", sa.column("uid", sa.Uuid), sa.column("status"))
        uid = connection.execute(sa.select(table.c.uid).where(table.c.status == "open")).scalar_one()
        return how(connection, uid, Decision("IB'er", datetime(2026, 10, 3, tzinfo=UTC)))


def test_an_eck_id_links_whatever_the_key_or_the_name(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1", eckid=ECK)), tmp_path)
    take_in(database.engine, results(result("r-1", PupilRef("platform-8", eckid=ECK))), tmp_path)

    assert rows(database.engine, FROM_TESTS) == [("Pien",)]
    assert rows(database.engine, "SELECT link_method FROM source_person ORDER BY id") == [("roll",), ("eck_id",)]


def test_a_key_that_is_no_las_key_is_no_reason_to_link(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1")), tmp_path)
    take_in(database.engine, results(result("r-1", PupilRef("ll-1"))), tmp_path)

    assert rows(database.engine, FROM_TESTS) == []
    assert proposals(database, "candidate_id, status") == [(None, "open")]


def test_the_same_name_and_birth_date_is_proposed_never_linked(database: Database, tmp_path: Path) -> None:
    born = date(2016, 5, 1)
    berg = pupil("ll-1", born=born)
    take_in(database.engine, roll(replace(berg, names=Names("Pien", prefix="van der", family_name="Berg"))), tmp_path)
    ref = PupilRef("Pien Berg 6A", names=Names("Pien", family_name="Berg, van der"), birth_date=born)
    take_in(database.engine, results(result("r-1", ref)), tmp_path)

    assert rows(database.engine, FROM_TESTS) == []
    with database.engine.connect() as connection:
        table = sa.table("match_proposal", sa.column("evidence", sa.JSON), sa.column("candidate_id"))
        evidence, candidate = connection.execute(sa.select(table.c.evidence, table.c.candidate_id)).one()
    assert candidate is not None
    assert (evidence["surname"], evidence["birth_date"], evidence["complete"]) == ("equal", "equal", True)

    decide(database, match_decide.accept)
    assert rows(database.engine, FROM_TESTS) == [("Pien",)]
    assert rows(database.engine, "SELECT linked_by FROM source_person WHERE link_method = 'manual'") == [("IB'er",)]
    take_in(database.engine, results(result("r-2", ref)), tmp_path)
    assert count(database.engine, "match_proposal", "status = 'open'") == 0, "remembered from now on"


def test_twins_stay_two_children_and_neither_is_preferred(database: Database, tmp_path: Path) -> None:
    twins = (pupil("ll-1", "Saar"), pupil("ll-2", "Sara"))
    take_in(database.engine, roll(*twins), tmp_path)
    assert count(database.engine, "pupil") == 2

    someone = PupilRef("S. Voorbeeld", names=Names(family_name="Voorbeeld"), birth_date=date(2016, 5, 1))
    take_in(database.engine, results(result("r-1", someone)), tmp_path)
    assert count(database.engine, "match_proposal", "candidate_id IS NOT NULL") == 2
    assert rows(database.engine, FROM_TESTS) == []


def test_another_name_under_the_same_key_is_the_same_child(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1", "Pien", "Jansen")), tmp_path)
    outcome = take_in(database.engine, roll(pupil("ll-1", "Pim", "de Boer")), tmp_path)

    assert (outcome.updated, outcome.rejected) == (1, 0)
    assert rows(database.engine, "SELECT given_name, family_name FROM pupil") == [("Pim", "de Boer")]
    assert proposals(database) == []


def test_a_changed_birth_date_waits_for_a_person_while_the_rest_is_taken_over(
    database: Database, tmp_path: Path
) -> None:
    take_in(database.engine, roll(pupil("ll-1", "Pien")), tmp_path)
    moved = pupil("ll-1", "Pien-Marie", born=date(2016, 6, 1))
    outcome = take_in(database.engine, roll(moved), tmp_path)
    born = "SELECT given_name, cast(birth_date AS varchar(10)) FROM pupil"

    assert [issue.code for issue in outcome.issues] == ["geboortedatum_gewijzigd"]
    assert rows(database.engine, born) == [("Pien-Marie", "2016-05-01")]
    decide(database, match_decide.accept)
    assert rows(database.engine, born) == [("Pien-Marie", "2016-06-01")]


def reused(database: Database, tmp_path: Path) -> None:
    """Deliver a roll in which the key of Pien has been given to Youssef."""
    take_in(database.engine, roll(group("6A"), placed("ll-1"), placed("ll-2", given="Bo")), tmp_path)
    take_in(database.engine, results(result("r-1", "ll-1")), tmp_path)
    youssef = placed("ll-1", given="Youssef", family="El Amrani", born=date(2019, 2, 3))
    outcome = take_in(database.engine, roll(group("6A"), youssef, placed("ll-2", given="Bo")), tmp_path)

    assert (outcome.rejected, outcome.vanished) == (1, 0)
    assert outcome.issues[0].code == "sleutel_hergebruikt"
    assert rows(database.engine, "SELECT given_name FROM pupil ORDER BY id") == [("Pien",), ("Bo",)]
    assert proposals(database) == [("key_reused", "open")]


def test_a_reused_key_overwrites_nobody_and_can_become_a_new_child(database: Database, tmp_path: Path) -> None:
    reused(database, tmp_path)
    assert decide(database, match_decide.reject) == 1

    children = "SELECT given_name FROM pupil ORDER BY id"
    assert rows(database.engine, children) == [("Pien",), ("Bo",), ("Youssef",)]
    assert rows(database.engine, "SELECT status FROM issue") == [("resolved",)]
    take_in(database.engine, results(result("r-1", "ll-1"), result("r-2", "ll-1")), tmp_path)
    whose = (
        "SELECT a.source_key, p.given_name FROM assessment a JOIN source_person s ON s.id = a.source_person_id "
        "JOIN pupil p ON p.id = s.pupil_id ORDER BY a.id"
    )
    assert rows(database.engine, whose) == [("r-1", "Pien"), ("r-2", "Youssef")]


def test_a_reused_key_may_also_be_a_correction(database: Database, tmp_path: Path) -> None:
    reused(database, tmp_path)
    assert decide(database, match_decide.accept) == 1

    assert rows(database.engine, "SELECT given_name FROM pupil ORDER BY id") == [("Youssef",), ("Bo",)]
    assert rows(database.engine, FROM_TESTS) == [("Youssef",)]


def test_results_with_a_reused_key_do_not_land_on_the_wrong_child(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1")), tmp_path)
    pien = PupilRef("ll-1", is_las_key=True, names=Names("Pien", family_name="Voorbeeld"), birth_date=date(2016, 5, 1))
    youssef = replace(pien, names=Names("Youssef", family_name="El Amrani"), birth_date=date(2019, 2, 3))
    take_in(database.engine, results(result("r-1", pien)), tmp_path)
    outcome = take_in(database.engine, results(result("r-2", youssef)), tmp_path)

    assert outcome.rejected == 1
    assert count(database.engine, "assessment") == 1
    first_seen = take_in(database.engine, replace(results(result("r-3", youssef)), id="andere"), tmp_path)
    assert first_seen.rejected == 0
    assert rows(database.engine, "SELECT count(*) FROM source_person WHERE pupil_id IS NULL") == [(1,)]
    assert ("key_reused", "open") in proposals(database)


def test_keys_that_lead_to_two_children_link_to_neither(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1", eckid=ECK), pupil("ll-2", "Bo", "Smit")), tmp_path)
    take_in(database.engine, results(result("r-1", PupilRef("ll-2", is_las_key=True, eckid=ECK))), tmp_path)

    assert rows(database.engine, FROM_TESTS) == []
    assert proposals(database) == [("keys_disagree", "open")] * 2


def test_an_eck_id_at_two_pupils_in_one_file_is_objected_to(database: Database, tmp_path: Path) -> None:
    outcome = take_in(database.engine, roll(pupil("ll-1", eckid=ECK), pupil("ll-2", "Bo", eckid=ECK)), tmp_path)

    assert [issue.code for issue in outcome.issues] == ["eckid_dubbel"]
    assert count(database.engine, "pupil") == 1


def test_a_child_with_a_new_key_is_the_same_child_and_sits_in_one_place(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(group("6A"), placed("ll-1", eckid=ECK), placed("ll-2", given="Bo")), tmp_path)
    new_key = roll(group("6A"), placed("900", eckid=ECK), placed("ll-2", given="Bo"), day=date(2026, 11, 2))
    outcome = take_in(database.engine, new_key, tmp_path)

    assert (outcome.created, outcome.vanished) == (1, 1)
    assert count(database.engine, "pupil") == 2
    assert count(database.engine, "group_membership", "ends_on IS NULL") == 2


def test_the_roll_says_in_which_group_a_child_is_and_another_opinion_stays_visible(
    database: Database, tmp_path: Path
) -> None:
    take_in(database.engine, roll(group("6B"), placed("ll-1", "6B")), tmp_path)
    elsewhere = PupilRef("ll-1", is_las_key=True, group_label="6A")
    platform = replace(results(result("r-1", elsewhere)), kind=SourceKind.PRACTICE)
    take_in(database.engine, platform, tmp_path)
    pupil_id, school_id = rows(database.engine, "SELECT id, school_id FROM pupil")[0]
    grant = Grant(pupil_id, school_id, Role.IB, "IB", frozenset({Kind.SOURCES}))
    with database.engine.connect() as connection:
        sheet = compose_sheet(connection, grant, DAY, NOW)

    assert sheet.group == "groep 6B"
    assert [source.deviation for source in sheet.sources] == [None, "Toetsen: 6A"]


def test_a_new_administration_proposes_who_it_seems_to_know(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1"), pupil("ll-2", "Bo", "Smit", eckid=ECK)), tmp_path)
    switched = replace(roll(pupil("900"), pupil("901", "Bo", "Smit", eckid=ECK), pupil("902", "Cas", "Vos")), id="esis")
    take_in(database.engine, switched, tmp_path)

    assert rows(database.engine, "SELECT given_name FROM pupil ORDER BY id") == [("Pien",), ("Bo",), ("Cas",)]
    assert rows(
        database.engine, "SELECT link_method FROM source_person WHERE source_key LIKE '90%' ORDER BY source_key"
    ) == [
        (None,),
        ("eck_id",),
        ("roll",),
    ]
    decide(database, match_decide.reject)
    assert count(database.engine, "pupil") == 4, "a child that the roll knows and we did not"


def test_an_account_that_moves_to_another_child_is_asked_about(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1"), pupil("ll-2", "Bo", "Smit")), tmp_path)
    take_in(database.engine, results(account("u-1", "ll-1")), tmp_path)
    outcome = take_in(database.engine, results(account("u-1", "ll-2")), tmp_path)
    behind = NAMED + "WHERE o.code = 'practice'"

    assert outcome.issues[0].code == "account_van_ander_kind"
    assert rows(database.engine, behind) == [("Pien",)]
    decide(database, match_decide.accept)
    assert rows(database.engine, behind) == [("Bo",)]
    assert rows(database.engine, "SELECT status FROM issue") == [("resolved",)]


def test_what_waits_for_a_child_comes_in_with_the_child(database: Database, tmp_path: Path) -> None:
    outcome = take_in(database.engine, results(note("n-1", "ll-1"), note("n-2", "ll-2")), tmp_path)
    assert (outcome.created, outcome.rejected) == (0, 2)
    assert {issue.code for issue in outcome.issues} == {"leerling_onbekend"}

    take_in(database.engine, roll(pupil("ll-1")), tmp_path)
    assert rows(database.engine, "SELECT p.given_name FROM note n JOIN pupil p ON p.id = n.pupil_id") == [("Pien",)]
    assert rows(database.engine, "SELECT source_key, status FROM issue ORDER BY source_key") == [
        ("n-1", "resolved"),
        ("n-2", "open"),
    ]
    delivered = "SELECT o.code FROM note n JOIN delivery d ON d.id = n.delivery_id JOIN source o ON o.id = d.source_id"
    assert rows(database.engine, delivered) == [("toetsen",)]


def test_who_is_linked_by_hand_brings_along_what_waited(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1")), tmp_path)
    lost = replace(note("n-1", "PV"), pupil=PupilRef("PV"))
    take_in(database.engine, results(lost), tmp_path)
    person = rows(database.engine, "SELECT id FROM source_person WHERE source_key = 'PV'")[0][0]
    child = rows(database.engine, "SELECT id FROM pupil")[0][0]
    with database.engine.begin() as connection:
        taken = match_decide.link(connection, person, child, Decision("IB'er", datetime(2026, 10, 3, tzinfo=UTC)))

    assert taken == 1
    assert count(database.engine, "note") == 1


STATE = [
    """SELECT p.given_name, o.code, s.source_key, s.link_method FROM source_person s
    JOIN source o ON o.id = s.source_id LEFT JOIN pupil p ON p.id = s.pupil_id ORDER BY o.code, s.source_key""",
    """SELECT p.given_name, a.source_key, c.value_num FROM assessment a
    JOIN assessment_score c ON c.assessment_id = a.id
    JOIN source_person s ON s.id = a.source_person_id LEFT JOIN pupil p ON p.id = s.pupil_id ORDER BY a.source_key""",
    "SELECT p.given_name, n.body FROM note n JOIN pupil p ON p.id = n.pupil_id ORDER BY n.body",
    """SELECT o.code, i.code, i.source_key FROM issue i JOIN source o ON o.id = i.source_id WHERE i.status = 'open'
    ORDER BY o.code, i.source_key""",
    """SELECT s.source_key, p.given_name, q.status FROM match_proposal q JOIN source_person s
    ON s.id = q.source_person_id LEFT JOIN pupil p ON p.id = q.candidate_id ORDER BY s.source_key""",
    """SELECT p.given_name, y.code, m.starts_on, m.ends_on FROM group_membership m
    JOIN school_year y ON y.id = m.school_year_id JOIN source_person s ON s.id = m.source_person_id
    JOIN pupil p ON p.id = s.pupil_id ORDER BY p.given_name, y.code""",
]


def deliveries() -> list[Tiny]:
    named = PupilRef("Bo uit 6A", names=Names("Bo", family_name="Smit"), birth_date=date(2016, 5, 1))
    return [
        roll(group("6A"), placed("ll-1", eckid=ECK), placed("ll-2", given="Bo", family="Smit")),
        roll(group("5A"), placed("ll-1", "5A", eckid=ECK), year="2025-2026", day=date(2025, 10, 1)),
        results(result("r-1", "ll-1"), result("r-2", "ll-2"), result("r-3", "ll-9")),
        replace(results(result("s-1", PupilRef("x", eckid=ECK)), result("s-2", named)), id="lijst"),
        replace(results(note("n-1", "ll-1"), note("n-2", "ll-2", "Leest veel."), note("n-9", "ll-9")), id="notities"),
        replace(results(account("u-1", "ll-1"), account("u-9", "ll-9")), id="accounts"),
    ]


State = list[list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def after(fresh_database: FreshDatabase, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[int]], State]:
    """Take the deliveries in, in an order, and read what then stands in the database."""

    @cache
    def state(order: tuple[int, ...]) -> State:
        folder = tmp_path_factory.mktemp("volgorde")
        with fresh_database("sqlite") as fresh:
            for number in order:
                take_in(fresh.engine, deliveries()[number], folder)
            return [rows(fresh.engine, sql) for sql in STATE]

    return lambda order: state(tuple(order))


@pytest.mark.slow
@given(order=st.permutations(range(6)))
@settings(max_examples=12, deadline=None)
def test_the_order_of_deliveries_makes_no_difference(order: list[int], after: Callable[[Sequence[int]], State]) -> None:
    assert after(order) == after([0, 1, 2, 3, 4, 5])
