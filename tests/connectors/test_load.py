"""What becomes of the records of a delivery, school year after school year."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from connectors.canonical import (
    AbsenceRecord,
    AgreementRecord,
    GoalRecord,
    GuardianRecord,
    Names,
    NormBandRecord,
    PupilRef,
    StaffRecord,
    SupportPointRecord,
)
from connectors.errors import FileRefused
from models.custody import CustodyRecord
from models.vocabulary import (
    AbsencePart,
    AbsenceReason,
    Custody,
    CustodyEvidence,
    GoalAnswer,
    Grade,
    GroupKind,
    Relation,
    SupportKind,
)
from tests.conftest import Database
from tests.connectors.tiny import (
    DAY,
    NOW,
    SKILL,
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

MEMBERSHIPS = (
    "SELECT y.code, g.name, m.starts_on, m.ends_on FROM group_membership m "
    "JOIN school_year y ON y.id = m.school_year_id LEFT JOIN class_group g ON g.id = m.group_id "
    "ORDER BY m.starts_on, g.name"
)


def memberships(database: Database) -> list[tuple[str, ...]]:
    return [tuple(str(value) for value in row) for row in rows(database.engine, MEMBERSHIPS)]


def test_a_new_school_year_adds_and_closes_the_old_one(database: Database, tmp_path: Path) -> None:
    last_year = roll(group("5A"), placed("ll-1", "5A"), year="2025-2026", day=date(2025, 10, 1))
    take_in(database.engine, last_year, tmp_path)
    take_in(database.engine, roll(group("6A"), placed("ll-1")), tmp_path)

    assert memberships(database) == [
        ("2025-2026", "5A", "2025-08-01", "2026-07-31"),
        ("2026-2027", "6A", "2026-08-01", "None"),
    ]
    assert count(database.engine, "pupil") == 1


def test_an_older_year_afterwards_completes_the_past_and_leaves_today_alone(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(group("6A"), placed("ll-1", given="Noor")), tmp_path)
    old = roll(
        group("5A"), placed("ll-1", "5A", given="Nora"), placed("ll-2", "5A"), year="2025-2026", day=date(2025, 10, 1)
    )
    outcome = take_in(database.engine, old, tmp_path)

    assert outcome.vanished == 0
    assert memberships(database) == [
        ("2025-2026", "5A", "2025-08-01", "2026-07-31"),
        ("2025-2026", "5A", "2025-08-01", "2026-07-31"),
        ("2026-2027", "6A", "2026-08-01", "None"),
    ]
    assert rows(database.engine, "SELECT given_name FROM pupil ORDER BY id") == [("Noor",), ("Pien",)]
    present = "SELECT source_key FROM source_person WHERE vanished_at IS NULL"
    assert rows(database.engine, present) == [("ll-1",)], "who is only in the old file has left"


def test_a_move_within_the_year_closes_one_place_and_opens_the_next(database: Database, tmp_path: Path) -> None:
    groups = (group("6A"), group("6B"), group("plus", kind=GroupKind.INSTRUCTION))
    take_in(database.engine, roll(*groups, placed("ll-1", groups=("plus",))), tmp_path)
    take_in(database.engine, roll(*groups, placed("ll-1", "6B"), day=date(2026, 11, 9)), tmp_path)

    assert memberships(database) == [
        ("2026-2027", "6A", "2026-08-01", "2026-11-08"),
        ("2026-2027", "plus", "2026-08-01", "2026-11-08"),
        ("2026-2027", "6B", "2026-11-09", "None"),
    ]
    again = roll(*groups, placed("ll-1", "6B", groups=("plus",)), day=date(2026, 12, 1))
    take_in(database.engine, again, tmp_path)
    assert memberships(database)[3] == ("2026-2027", "plus", "2026-12-01", "None")


def test_a_correction_on_the_same_day_replaces_the_place(database: Database, tmp_path: Path) -> None:
    groups, first_day = (group("6A"), group("6B")), date(2026, 8, 1)
    take_in(database.engine, roll(*groups, placed("ll-1"), day=first_day), tmp_path)
    take_in(database.engine, roll(*groups, placed("ll-1", "6B"), day=first_day), tmp_path)

    assert memberships(database) == [("2026-2027", "6B", "2026-08-01", "None")]


def test_who_came_or_leaves_during_the_year_sits_there_for_those_days(database: Database, tmp_path: Path) -> None:
    came = placed("ll-1", starts_on=date(2026, 9, 14), ends_on=date(2026, 11, 1))
    take_in(database.engine, roll(group("6A"), came), tmp_path)

    assert memberships(database) == [("2026-2027", "6A", "2026-09-14", "2026-11-01")]
    assert rows(database.engine, "SELECT starts_on, ends_on FROM enrolment")[0][0] is not None
    take_in(database.engine, roll(group("6A"), replace(came, ends_on=None)), tmp_path)
    assert memberships(database) == [("2026-2027", "6A", "2026-09-14", "None")]


def test_a_pupil_may_have_a_grade_without_a_group_and_another_grade_than_its_group(
    database: Database, tmp_path: Path
) -> None:
    combined = replace(group("56"), grade=Grade.COMBINATION)
    children = (placed("ll-1", "56"), pupil("ll-2", "Bo", grade=Grade.G6), pupil("ll-3", "Cas", grade=Grade.HISTORICAL))
    take_in(database.engine, roll(combined, *children), tmp_path)

    assert rows(database.engine, "SELECT grade, group_id IS NULL FROM group_membership ORDER BY id") == [
        ("6", False),
        ("6", True),
    ]


def test_a_group_that_is_not_in_the_file_sends_the_pupil_to_quarantine(database: Database, tmp_path: Path) -> None:
    outcome = take_in(database.engine, roll(group("6A"), placed("ll-1"), placed("ll-2", "7Z")), tmp_path)

    assert (outcome.created, outcome.rejected) == (2, 1)
    assert outcome.issues[0].code == "groep_onbekend"
    take_in(database.engine, roll(group("6A"), group("7Z"), placed("ll-1"), placed("ll-2", "7Z")), tmp_path)
    assert rows(database.engine, "SELECT status FROM issue") == [("resolved",)]
    assert count(database.engine, "pupil") == 2


def test_staff_stand_before_groups_and_are_renamed_not_doubled(database: Database, tmp_path: Path) -> None:
    kim = StaffRecord("lk-7", Names(given_name="Kim", family_name="Test"), assignments=((GroupKind.HOME, "6A", "LRK"),))
    take_in(database.engine, roll(group("6A"), group("6B"), kim), tmp_path)
    married = replace(
        kim, names=Names(given_name="Kim", family_name="Jansen"), assignments=((GroupKind.HOME, "6B", "LRK"),)
    )
    take_in(database.engine, roll(group("6A"), group("6B"), replace(married, roles=("IB",))), tmp_path)

    assert rows(database.engine, "SELECT family_name FROM staff") == [("Jansen",)]
    assert rows(
        database.engine,
        "SELECT g.name, a.role FROM staff_assignment a LEFT JOIN class_group g ON g.id = a.group_id ORDER BY a.role",
    ) == [(None, "IB"), ("6B", "LRK")]
    assert count(database.engine, "account") == 0, "a file never makes an account"
    assert count(database.engine, "role_grant") == 0


def test_a_corrected_result_supersedes_the_old_one(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1")), tmp_path)
    for value in (187.0, 191.5, 187.0):
        take_in(database.engine, results(result("r-1", "ll-1", value)), tmp_path)

    assert rows(
        database.engine,
        "SELECT s.value_num, a.superseded_by_id IS NULL FROM assessment a "
        "JOIN assessment_score s ON s.assessment_id = a.id ORDER BY a.id",
    ) == [(187.0, False), (191.5, False), (187.0, True)]
    chain = rows(database.engine, "SELECT id, superseded_by_id FROM assessment ORDER BY id")
    assert [later for _, later in chain[:2]] == [row_id for row_id, _ in chain[1:]]


def test_the_norm_table_gives_bounds_and_a_newer_one_replaces_them(database: Database, tmp_path: Path) -> None:
    band = NormBandRecord("RW|M6|II", SKILL, "M6", "II", 180, 195)
    take_in(database.engine, results(band, replace(band, key="RW|M6|I", code="I", low=200, high=190)), tmp_path)
    outcome = take_in(database.engine, results(replace(band, high=197)), tmp_path)

    assert outcome.updated == 1
    assert rows(database.engine, "SELECT code, low, high FROM norm_band") == [("II", 180, 197)]
    assert rows(database.engine, "SELECT code FROM issue") == [("grenzen_omgekeerd",)]


def test_what_hangs_on_a_child_is_kept_and_changed_in_place(database: Database, tmp_path: Path) -> None:
    pien, day = PupilRef("ll-1", is_las_key=True), date(2026, 9, 10)
    kim = StaffRecord("lk-7", Names(given_name="Kim"))
    take_in(database.engine, roll(pupil("ll-1"), kim), tmp_path)
    ill = AbsenceRecord("a", pien, day, AbsencePart.DAY, AbsenceReason.ILL)
    goal = GoalRecord("g", pien, day, "Ik wil leren schaken")
    agreement = AgreementRecord("af", pien, day, "Elke dag tien minuten lezen", owner_key="lk-7")
    point = SupportPointRecord("k", pien, day, SupportKind.HELPS, "Een rustige plek", author_key="lk-9")
    first = take_in(database.engine, results(ill, goal, agreement, point), tmp_path)
    answered = replace(goal, answer=GoalAnswer.YES, answered_on=day)
    doctor, done = replace(ill, reason=AbsenceReason.DOCTOR), replace(agreement, done_on=day)
    second = take_in(database.engine, results(doctor, answered, done, point), tmp_path)

    assert (first.created, second.updated, second.unchanged) == (4, 3, 1)
    assert rows(database.engine, "SELECT reason FROM absence") == [("doctor",)]
    assert rows(database.engine, "SELECT body, answer FROM goal") == [("Ik wil leren schaken", "yes")]
    assert rows(database.engine, "SELECT owner_id IS NOT NULL, done_on IS NOT NULL FROM agreement") == [(True, True)]
    assert [issue.code for issue in first.issues] == ["medewerker_onbekend"]
    assert first.rejected == 0


def test_a_corrected_note_names_the_one_it_corrects(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1")), tmp_path)
    take_in(database.engine, results(note("n-1", "ll-1", "Werkt graag")), tmp_path)
    take_in(database.engine, results(note("n-1", "ll-1", "Werkt graag samen")), tmp_path)

    texts = rows(
        database.engine, "SELECT n.body, o.body FROM note n LEFT JOIN note o ON o.id = n.corrects_id ORDER BY n.id"
    )
    assert texts == [("Werkt graag", None), ("Werkt graag samen", "Werkt graag")]


def test_custody_changes_by_date_and_never_over_what_school_verified(database: Database, tmp_path: Path) -> None:
    pien = PupilRef("ll-1", is_las_key=True)
    mother = GuardianRecord("ll-1|o-1", "o-1", pien, Names(family_name="Berg"), Relation.MOTHER, Custody.YES)
    take_in(database.engine, roll(pupil("ll-1"), pupil("ll-2", "Bo")), tmp_path)
    brother = replace(mother, key="ll-2|o-1", pupil=PupilRef("ll-2", is_las_key=True))
    take_in(database.engine, results(mother, brother), tmp_path)
    later = {"now": NOW + timedelta(days=40)}
    take_in(database.engine, results(replace(mother, custody=Custody.NO)), tmp_path, **later)

    assert count(database.engine, "guardian") == 1
    periods = "SELECT custody, ends_on IS NULL FROM guardianship ORDER BY id"
    assert rows(database.engine, periods) == [("yes", False), ("yes", True), ("no", True)]

    with database.engine.begin() as connection:
        bond = connection.execute(
            sa.text("SELECT school_id, pupil_id, guardian_id FROM guardianship WHERE custody = 'no'")
        )
        about = dict(bond.mappings().one())
        seen = {"version": 1, "custody": Custody.NO, "evidence": CustodyEvidence.COURT, "recorded_by": "directie"}
        connection.execute(sa.insert(CustodyRecord).values(**about, **seen, starts_at=NOW, recorded_at=NOW))
    outcome = take_in(database.engine, results(mother), tmp_path, **later)
    assert [issue.code for issue in outcome.issues] == ["gezag_vastgesteld"]
    assert rows(database.engine, periods) == [("yes", False), ("yes", True), ("no", True)]


def test_a_value_longer_than_the_database_keeps_refuses_the_file_in_words(database: Database, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="langer dan 64 tekens"):
        take_in(database.engine, roll(pupil("ll-1", "P" * 65)), tmp_path)
    assert count(database.engine, "school") == 0


def test_accounts_point_at_the_platform_that_the_answers_come_from(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(pupil("ll-1")), tmp_path)
    take_in(database.engine, results(account("u-9", "ll-1")), tmp_path)

    assert rows(
        database.engine,
        "SELECT s.code, p.source_key, p.link_method FROM source_person p JOIN source s ON s.id = p.source_id "
        "WHERE p.source_key = 'u-9'",
    ) == [("practice", "u-9", "las_key")]


def test_the_day_of_the_file_decides_not_the_day_of_the_import(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(group("6A"), group("6B"), placed("ll-1"), day=DAY), tmp_path)
    moved = roll(group("6A"), group("6B"), placed("ll-1", "6B"), day=DAY + timedelta(days=5))
    take_in(database.engine, moved, tmp_path)

    assert memberships(database)[0][3] == "2026-10-05"
