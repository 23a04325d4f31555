"""Contacts and news from an app for parents: only who is on the roll, never a guess, and twice is once."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.canonical import AnnouncementRecord, ContactRecord, GuardianRecord, Names, PupilRef
from connectors.contract import Header, Issue, RawRecord
from connectors.sources.table import Settings, connector
from connectors.testing import RecordSuite, source_file
from models.vocabulary import Custody, Relation
from tests.conftest import Database
from tests.connectors.tiny import Tiny, contents, count, group, placed, results, roll, rows, take_in

SAMPLES = Path(__file__).parent / "samples" / "table"
PIEN = PupilRef("ll-1", is_las_key=True)
ANNA = Names(given_name="Anna", prefix="van der", family_name="Berg")
CONTACT = ContactRecord("c-1", PIEN, ANNA, email="anna@thuis.example", phone="06-1234 5678")
REACHED = "SELECT given_name, email, phone FROM guardian ORDER BY id"


class TestStandardSuiteOnContacts(RecordSuite):
    connector = connector
    settings = {"profile": "parent_app_contacts"}  # noqa: RUF012
    has_an_end = False
    samples = [SAMPLES / "parent_app_contacts.csv"]  # noqa: RUF012


class TestStandardSuiteOnNews(RecordSuite):
    connector = connector
    settings = {"profile": "parent_app_news"}  # noqa: RUF012
    has_an_end = False
    samples = [SAMPLES / "parent_app_news.csv"]  # noqa: RUF012


def app(*records: Any) -> Tiny:
    return Tiny(records, id="ouderapp", label="Ouderapp")


def school(database: Database, folder: Path, **more: Any) -> None:
    """Pien with her mother Anna, and another child with another Anna."""
    take_in(database.engine, roll(group("6A"), placed("ll-1"), placed("ll-2", given="Bo")), folder)
    mother = GuardianRecord("ll-1|o-1", "o-1", PIEN, ANNA, Relation.MOTHER, Custody.YES)
    other = replace(mother, key="ll-2|o-9", guardian_key="o-9", pupil=PupilRef("ll-2", is_las_key=True))
    take_in(database.engine, results(replace(mother, **more), other), folder)


def codes(outcome: Any) -> list[str]:
    return [issue.code for issue in outcome.issues]


def test_a_contact_is_found_by_child_and_exact_name_and_twice_is_once(database: Database, tmp_path: Path) -> None:
    school(database, tmp_path)
    written = replace(CONTACT, names=Names(given_name="anna ", prefix="Van  der", family_name="BERG"))
    take_in(database.engine, app(written), tmp_path)
    assert rows(database.engine, REACHED) == [
        ("Anna", "anna@thuis.example", "06-1234 5678"),
        ("Anna", None, None),
    ]
    before = contents(database.engine)
    outcome = take_in(database.engine, app(written), tmp_path)
    assert (outcome.unchanged, outcome.created, outcome.updated) == (1, 0, 0)
    assert contents(database.engine)["guardian"] == before["guardian"]


def test_a_guardian_key_goes_before_the_name_and_must_be_of_this_child(database: Database, tmp_path: Path) -> None:
    school(database, tmp_path)
    by_key = replace(CONTACT, guardian_key="o-1", names=Names(family_name="Getrouwd"))
    of_another = replace(CONTACT, key="c-2", guardian_key="o-9", email="b@thuis.example")
    outcome = take_in(database.engine, app(by_key, of_another), tmp_path)

    assert codes(outcome) == ["ouder_onbekend"]
    assert [email for _, email, _ in rows(database.engine, REACHED)] == ["anna@thuis.example", None]


def test_who_is_not_on_the_roll_waits_in_quarantine_and_is_never_made(database: Database, tmp_path: Path) -> None:
    school(database, tmp_path)
    near = [Names("Anna", family_name="Berg"), Names("Ana", prefix="van der", family_name="Berg")]
    wrong = [replace(CONTACT, key=f"n-{at}", names=names) for at, names in enumerate(near)]
    unknown_child = replace(CONTACT, key="c-9", pupil=PupilRef("ll-99", is_las_key=True))
    outcome = take_in(database.engine, app(*wrong, unknown_child), tmp_path)

    assert codes(outcome) == ["ouder_onbekend", "ouder_onbekend", "leerling_onbekend"]
    assert count(database.engine, "guardian") == 2
    assert count(database.engine, "guardian", "email IS NOT NULL") == 0


def test_two_guardians_of_one_name_are_not_guessed_between(database: Database, tmp_path: Path) -> None:
    school(database, tmp_path)
    twin = GuardianRecord("ll-1|o-2", "o-2", PIEN, ANNA, Relation.OTHER, Custody.YES)
    take_in(database.engine, results(twin), tmp_path)

    assert codes(take_in(database.engine, app(CONTACT), tmp_path)) == ["ouder_niet_eenduidig"]
    assert codes(take_in(database.engine, app(replace(CONTACT, guardian_key="o-2")), tmp_path)) == []


def test_what_the_roll_said_stays_and_what_only_the_app_said_may_change(database: Database, tmp_path: Path) -> None:
    school(database, tmp_path, email="anna@school.example")
    outcome = take_in(database.engine, app(CONTACT), tmp_path)
    assert codes(outcome) == ["adres_anders"]
    assert rows(database.engine, REACHED)[0][1] == "anna@school.example"

    bo = replace(CONTACT, key="c-2", pupil=PupilRef("ll-2", is_las_key=True), email="een@thuis.example")
    take_in(database.engine, app(bo), tmp_path)
    take_in(database.engine, app(replace(bo, email="twee@thuis.example")), tmp_path)
    assert rows(database.engine, REACHED)[1][1] == "twee@thuis.example"
    again = GuardianRecord(
        "ll-2|o-9", "o-9", PupilRef("ll-2", is_las_key=True), ANNA, Relation.FATHER, Custody.YES, phone="06-87654321"
    )
    take_in(database.engine, results(again), tmp_path)
    assert rows(database.engine, REACHED)[1] == ("Anna", "twee@thuis.example", "06-87654321")


def test_news_is_for_a_group_by_name_or_the_school_and_changes_in_place(database: Database, tmp_path: Path) -> None:
    school(database, tmp_path)
    news = AnnouncementRecord("b-1", "Gym", date(2026, 10, 1), body="Schoenen mee", group="groep 6a")
    all_of_us = replace(news, key="b-2", group=None, title="Studiedag")
    elsewhere = replace(news, key="b-3", group="9Z")
    assert codes(take_in(database.engine, app(news, all_of_us, elsewhere), tmp_path)) == ["groep_onbekend"]
    take_in(database.engine, app(replace(news, title="Gymles")), tmp_path)

    shown = "SELECT a.title, g.name FROM announcement a LEFT JOIN class_group g ON g.id = a.group_id ORDER BY a.id"
    assert rows(database.engine, shown) == [("Gymles", "6A"), ("Studiedag", None)]


def test_the_same_list_as_a_workbook_says_the_same(tmp_path: Path) -> None:
    lines = [line.split(";") for line in (SAMPLES / "parent_app_contacts.csv").read_text().splitlines()]
    path = tmp_path / "contacten.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(lines):
            sheet.write_row(at, 0, line)
    assert read(path) == read(SAMPLES / "parent_app_contacts.csv")


def read(path: Path) -> list[Any]:
    made = Settings(profile="parent_app_contacts")
    file = source_file(path)
    header = connector.check(file, made)
    return [item for raw in connector.read(file, made) for item in connector.map(raw, header, made)]


CELL = st.text(max_size=40) | st.sampled_from(
    ["", "-", "a@b.nl", "a@b.nl,c@d.nl", "a@b.nl\r\nBcc: x@y.nl", "06-87651234"]
)
COLUMNS = (
    "Contactnummer",
    "Leerlingnummer",
    "Oudernummer",
    "Achternaam",
    "Tussenvoegsel",
    "Voornaam",
    "E-mail",
    "Telefoon",
)


@settings(max_examples=150, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELL)), st.text(min_size=1, max_size=20))
def test_whatever_stands_in_a_row_an_address_is_one_address_or_an_objection(cells: dict[str, str], key: str) -> None:
    raw = RawRecord("contact", "regel 2", {"cellen": cells, "sleutel": key})
    for item in connector.map(raw, Header(), Settings(profile="parent_app_contacts")):
        if isinstance(item, Issue):
            assert not any(len(cell.strip()) > 6 and cell in item.message for cell in cells.values())
            continue
        assert isinstance(item, ContactRecord)
        assert item.email or item.phone
        assert item.email is None or (item.email.count("@") == 1 and not set(item.email) & set(" ,;\r\n<>"))
        assert item.phone is None or len(item.phone) <= 32
