"""Evidence from use against counts straight from the tables, in SQL of its own."""
# ruff: noqa: S608 - names of tables and columns

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.db import reading, writing
from api.schemas.evidence import FactEvidence, SchoolEvidence
from api.security.access_log import AccessLogWriter
from api.services.registrations.evidence import came_in, compose_evidence
from models.account import Account
from models.attention import SignalAnswer
from models.group import ClassGroup
from models.person import Pupil
from models.release import Release
from models.report_card import ReportCard
from models.rules.registrations.facts import FACTS
from models.school import School
from models.vocabulary import Role, SignalReply
from tests.conftest import Database
from tests.demo_school import NOW, TODAY, DemoSchool, fill

YEAR, LAST = date(2026, 8, 1), date(2025, 8, 1)
SINCE = TODAY - timedelta(days=365)
DATED = {
    "absence": ("absence", "day", "1 = 1"),
    "goal": ("goal", "stated_on", "1 = 1"),
    "agreement": ("agreement", "agreed_on", "pupil_id IS NOT NULL"),
    "support": ("support_point", "observed_on", "kind <> 'in_class'"),
    "support:in_class": ("support_point", "observed_on", "kind = 'in_class'"),
    **{
        f"note:{kind}": ("note", "observed_on", f"kind = '{kind}' AND id NOT IN ({corrected})")
        for kind in ("observation", "pupil_talk", "parent_talk", "discussion", "note", "talent")
        for corrected in ("SELECT corrects_id FROM note WHERE corrects_id IS NOT NULL",)
    },
}


ON_ROLL = (
    "SELECT p.pupil_id FROM group_membership m JOIN source_person p ON p.id = m.source_person_id"
    " WHERE m.kind = 'home' AND m.ends_on IS NULL AND m.starts_on >= '2026-08-01'"
)


def rows(connection: sa.Connection, statement: str, **days: date) -> list[Any]:
    text = sa.text(statement).bindparams(*(sa.bindparam(name, day, sa.Date) for name, day in days.items()))
    return list(connection.execute(text))


def one(connection: sa.Connection, statement: str, **days: date) -> int:
    return int(rows(connection, statement, **days)[0][0])


@pytest.fixture(scope="module")
def told(demo_school: DemoSchool) -> Iterator[tuple[sa.Connection, dict[str, FactEvidence], SchoolEvidence]]:
    with reading(demo_school.engine) as connection:
        school_id = connection.scalars(sa.select(School.id)).one()
        found = compose_evidence(connection, school_id, TODAY, NOW)
        yield connection, {fact.code: fact for fact in found.facts}, found


@pytest.mark.parametrize("code", DATED)
def test_what_came_in_is_what_stands_in_the_tables(told: Any, code: str) -> None:
    connection, facts, _ = told
    table, day, condition = DATED[code]
    of = f"FROM {table} WHERE {condition} AND {day}"
    this_year = one(connection, f"SELECT count(*) {of} BETWEEN :a AND :b", a=YEAR, b=TODAY)
    last_year = one(connection, f"SELECT count(*) {of} >= :a AND {day} < :b", a=LAST, b=YEAR)
    twelve = one(connection, f"SELECT count(*) {of} BETWEEN :a AND :b", a=SINCE, b=TODAY)
    children = one(connection, f"SELECT count(DISTINCT pupil_id) {of} BETWEEN :a AND :b", a=SINCE, b=TODAY)
    fact = facts[code]

    assert [period.values for period in fact.periods] == [this_year, last_year]
    assert sum(place.values for place in fact.places) == twelve > 0
    assert fact.filled.children == (children if children > 5 else None)
    assert fact.filled.whole == one(connection, f"SELECT count(*) FROM ({ON_ROLL}) AS roll")


@pytest.mark.parametrize("kind", ["test", "wellbeing", "observation"])
def test_results_are_counted_per_system(told: Any, kind: str) -> None:
    connection, facts, _ = told
    counted = rows(
        connection,
        "SELECT s.label, count(*), count(DISTINCT p.pupil_id) FROM assessment a"
        " JOIN source_person p ON p.id = a.source_person_id JOIN source s ON s.id = p.source_id"
        " JOIN instrument i ON i.id = a.instrument_id"
        f" WHERE i.kind = '{kind}' AND a.superseded_by_id IS NULL AND a.taken_on BETWEEN :a AND :b GROUP BY s.label",
        a=SINCE,
        b=TODAY,
    )

    places = {place.name: place.values for place in facts[f"assessment:{kind}"].places}
    assert places == {label: times for label, times, _ in counted}
    assert places


def test_practice_is_counted_by_child_day_and_objective(told: Any) -> None:
    connection, facts, _ = told
    cells = one(connection, "SELECT count(*) FROM practice_cell")
    children = one(
        connection,
        "SELECT count(DISTINCT p.pupil_id) FROM practice_cell c JOIN source_person p ON p.id = c.source_person_id",
    )

    assert facts["practice"].periods[0].values == cells
    assert facts["practice"].filled.children == children


def test_what_stands_until_it_changes_is_counted_by_child(told: Any) -> None:
    connection, facts, _ = told
    named = rows(
        connection,
        "SELECT s.label, count(DISTINCT p.pupil_id) FROM source_person p JOIN source s ON s.id = p.source_id"
        " WHERE p.role = 'pupil' AND p.pupil_id IS NOT NULL AND (p.family_name IS NOT NULL OR p.birth_date IS NOT NULL)"
        f" AND p.pupil_id IN ({ON_ROLL}) GROUP BY s.label",
    )
    parents = one(connection, "SELECT count(DISTINCT pupil_id) FROM guardianship WHERE ends_on IS NULL")

    assert {place.name: place.values for place in facts["identity"].places} == {row[0]: row[1] for row in named}
    assert facts["guardian"].filled.children == parents
    assert facts["emergency_card"].filled.children == 0


def test_every_group_is_told_or_hidden_and_never_five_children(told: Any) -> None:
    connection, facts, _ = told
    sizes = dict(
        map(
            tuple,
            rows(
                connection,
                "SELECT replace(g.name, 'Groep ', ''), count(DISTINCT p.pupil_id) FROM group_membership m"
                " JOIN class_group g ON g.id = m.group_id JOIN source_person p ON p.id = m.source_person_id"
                " WHERE m.kind = 'home' AND m.ends_on IS NULL AND m.starts_on >= :a GROUP BY g.name",
                a=YEAR,
            ),
        )
    )
    for fact in facts.values():
        assert {group.name for group in fact.filled.groups} == (set(sizes) if fact.places else set())
        assert [group.name for group in fact.filled.groups if group.share and sizes[group.name] < 6] == []


def test_what_came_after_a_value_is_counted_as_it_is_said(told: Any) -> None:
    connection, facts, _ = told
    after = one(
        connection,
        "SELECT count(*) FROM agreement g WHERE g.agreed_on BETWEEN :a AND :b AND EXISTS (SELECT 1 FROM note n"
        " WHERE n.pupil_id = g.pupil_id AND n.kind = 'observation' AND n.observed_on <= g.agreed_on AND "
        + (
            "n.observed_on >= date(g.agreed_on, '-14 days'))"
            if connection.dialect.name == "sqlite"
            else "n.observed_on >= g.agreed_on - 14)"
        ),
        a=SINCE,
        b=TODAY,
    )
    [agreements] = [item for item in facts["note:observation"].decisions if item.label == "Afspraken"]

    assert agreements.count == after > 0
    assert "14 dagen" in agreements.meaning


def test_a_stop_is_watched(told: Any) -> None:
    connection, _, found = told
    school_id = connection.scalars(sa.select(School.id).where(School.uid == found.school)).one()
    since = date(2026, 10, 1)
    coming = came_in(connection, school_id, {"absence"}, since)

    assert sum(seen.times for seen in coming) == one(
        connection, "SELECT count(*) FROM absence WHERE day >= :a", a=since
    )
    last = rows(connection, "SELECT day FROM absence ORDER BY day DESC")[0][0]
    assert str(max(seen.day for seen in coming)) == str(last)
    assert {(seen.name, seen.is_here) for seen in coming} == {("Verzuim", False)}
    assert came_in(connection, school_id, {"absence"}, date(2027, 1, 1)) == []
    number = (since - date(1970, 1, 1)).days
    cells = one(connection, f"SELECT count(*) FROM practice_cell WHERE day >= {number}")
    assert sum(seen.times for seen in came_in(connection, school_id, {"practice"}, since)) == cells > 0


def test_the_number_of_queries_is_fixed(demo_school: DemoSchool) -> None:
    asked: list[str] = []
    with reading(demo_school.engine) as connection:
        school_id = connection.scalars(sa.select(School.id)).one()
        sa.event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        compose_evidence(connection, school_id, TODAY, NOW)

    assert len(asked) <= 28


def two_years_old(database: Database) -> tuple[sa.Engine, int, list[int]]:
    """A school of two years ago with its children, and an access log that goes back as far."""
    fill(database.engine)
    with writing(database.engine) as connection:
        connection.execute(sa.update(School).values(created_at=NOW - timedelta(days=800)))
        school_id = connection.scalars(sa.select(School.id)).one()
        children = list(connection.scalars(sa.select(Pupil.id).order_by(Pupil.id).limit(10)))
    return database.engine, school_id, children


def look(engine: sa.Engine, school_id: int, pupil: int, kind: str, role: Role, days: int, action: str = "read") -> None:
    AccessLogWriter(engine).write(
        [
            {
                "at": NOW - timedelta(days=days), "school_id": school_id, "account_id": 1, "role": role,
                "pupil_id": pupil, "kind": kind, "action": action, "ground": "test",
            }
        ]
    )  # fmt: skip


def facts_of(engine: sa.Engine, school_id: int) -> dict[str, FactEvidence]:
    with reading(engine) as connection:
        return {fact.code: fact for fact in compose_evidence(connection, school_id, TODAY, NOW).facts}


def test_who_read_is_told_by_role_and_no_finer_than_the_log(database: Database) -> None:
    engine, school_id, children = two_years_old(database)
    assert facts_of(engine, school_id)["absence"].reading.is_unread
    look(engine, school_id, children[0], "sheet", Role.TEACHER, 400)
    look(engine, school_id, children[0], "sheet", Role.TEACHER, 30, "refused")
    assert facts_of(engine, school_id)["absence"].reading.is_unread
    for child in children[:3]:
        look(engine, school_id, child, "sheet", Role.TEACHER, 20)
    look(engine, school_id, children[0], "sheet", Role.HEAD, 10)
    look(engine, school_id, children[0], "wellbeing", Role.HEAD, 9)
    facts = facts_of(engine, school_id)

    results = facts["assessment:test"].reading
    assert results.text == (
        "In twaalf maanden is het blad van een kind 4 keer geopend; of dit deel gelezen is, weten we niet."
    )
    assert [(role.role, role.alone, role.among) for role in results.roles] == [("leraar", 0, 3), ("directie", 0, 1)]
    wellbeing = facts["assessment:wellbeing"].reading
    assert [(role.role, role.alone, role.among) for role in wellbeing.roles] == [("leraar", 0, 3), ("directie", 1, 0)]
    assert wellbeing.text.startswith("In twaalf maanden 1 keer apart geopend. Het blad van een kind is 3 keer geopend;")
    assert facts["emergency_card"].reading.text == "In twaalf maanden door niemand gelezen."
    assert facts["emergency_card"].reading.is_unread


def test_a_young_log_says_so_and_finds_nobody_guilty(sqlite: Database) -> None:
    engine, school_id, _ = two_years_old(sqlite)
    with writing(engine) as connection:
        connection.execute(sa.update(School).values(created_at=NOW - timedelta(days=100)))
    reading_ = facts_of(engine, school_id)["absence"].reading

    assert reading_.is_unread is None, "not known"
    assert reading_.text == "Sinds 12 augustus 2026 (zo oud is het inzagelog) door niemand gelezen."


def test_answers_to_signals_count_for_the_fact_they_rest_on(sqlite: Database) -> None:
    engine, school_id, children = two_years_old(sqlite)
    with writing(engine) as connection:
        account = connection.execute(
            sa.insert(Account).values(login="kim", display_name="Kim", password_hash="x", created_at=NOW)
        ).inserted_primary_key
        assert account
        common = {"school_id": school_id, "account_id": account[0], "evidence": "x", "answered_at": NOW}
        for rule, reply, child in (
            ("growth_below", SignalReply.NOTE, 0),
            ("growth_silent", SignalReply.SEEN, 1),
            ("absence_many", SignalReply.TALK, 0),
        ):
            connection.execute(
                sa.insert(SignalAnswer).values(**common, rule=rule, reply=reply, pupil_id=children[child])
            )
    facts = facts_of(engine, school_id)

    [answers] = [item for item in facts["assessment:test"].decisions if "signalen" in item.label]
    assert (answers.count, answers.meaning) == (
        2,
        "antwoorden op een signaal dat op dit gegeven rust: opgeschreven 1, gezien 1",
    )
    [answers] = [item for item in facts["absence"].decisions if "signalen" in item.label]
    assert answers.count == 1


def test_what_parents_were_given_to_read_is_a_use_of_it(database: Database) -> None:
    fill(database.engine)
    with writing(database.engine) as connection:
        school_id = connection.scalars(sa.select(School.id)).one()
        (account,) = connection.execute(
            sa.insert(Account).values(login="kim", display_name="Kim", password_hash="x", created_at=NOW)
        ).inserted_primary_key or (0,)
        tests = rows(
            connection,
            "SELECT a.id, p.pupil_id FROM assessment a JOIN source_person p ON p.id = a.source_person_id "
            "JOIN instrument i ON i.id = a.instrument_id WHERE i.kind = 'test' AND a.superseded_by_id IS NULL LIMIT 4",
        )
        for number, (assessment, pupil) in enumerate(tests):
            given = {"released_at": NOW - timedelta(days=400 if number == 2 else 4), "explanation": "Dit is groei."}
            given |= {"withdrawn_at": NOW if number == 3 else None, "account_id": account, "school_id": school_id}
            days = {"child_from": TODAY, "parents_from": TODAY}
            connection.execute(sa.insert(Release).values(assessment_id=assessment, pupil_id=pupil, **given, **days))
    facts = facts_of(database.engine, school_id)

    assert [item.count for item in facts["assessment:test"].decisions if "ouders" in item.label] == [2]
    assert [item for item in facts["assessment:wellbeing"].decisions if "ouders" in item.label] == []


def test_no_name_and_no_text_of_a_child_is_in_the_evidence(told: Any) -> None:
    connection, _, found = told
    shown = found.model_dump_json()
    family_names = {row[0] for row in rows(connection, "SELECT family_name FROM pupil") if len(row[0]) > 4}
    bodies = {row[0] for row in rows(connection, "SELECT body FROM note") if len(row[0]) > 12}

    assert [name for name in family_names if name in shown] == []
    assert [body for body in bodies if body in shown] == []
    assert set(FACTS) == {fact.code for fact in found.facts}


def test_a_report_that_tells_of_it_is_a_use_of_it(database: Database) -> None:
    engine, school_id, children = two_years_old(database)
    results = {"block": "results", "label": "Leren", "lines": ["x"]}
    words = {"block": "words", "label": "Woorden", "lines": ['"block": "attendance"']}
    with writing(engine) as connection:
        (account,) = connection.execute(
            sa.insert(Account).values(login="kim", display_name="Kim", password_hash="x", created_at=NOW)
        ).inserted_primary_key or (0,)
        group_id = connection.scalars(sa.select(ClassGroup.id)).first()
        for child, (blocks, days) in zip(
            children, (([results, words], 4), ([words], 4), ([results], 400), (None, 4)), strict=False
        ):
            connection.execute(
                sa.insert(ReportCard).values(
                    school_id=school_id, pupil_id=child, group_id=group_id, title="Winter", account_id=account,
                    changed_at=NOW, content={"blocks": blocks} if blocks else None,
                    released_at=NOW - timedelta(days=days) if blocks else None,
                )
            )  # fmt: skip
    facts = facts_of(engine, school_id)

    counts = {code: [one.count for one in fact.decisions if "Rapporten" in one.label] for code, fact in facts.items()}
    assert counts["assessment:test"] == [1], "one was of longer ago, one is not released, one tells of something else"
    assert counts["absence"] == [], "what someone typed is no block"
