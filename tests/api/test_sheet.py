"""The sheet of children in the demo school, composed from what came in through the connectors, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from api.schemas.sheet import Sheet
from api.services.sheet import compose_sheet
from models.person import SourcePerson
from models.provenance import Source
from models.vocabulary import Role, SourceKind
from tests.demo_school import NOW, TODAY, DemoSchool


@pytest.fixture
def connection(demo_school: DemoSchool) -> Iterator[sa.Connection]:
    """Whatever a test changes is undone."""
    with demo_school.engine.connect() as connection:
        yield connection
        connection.rollback()


def sheet_of(connection: sa.Connection, school: DemoSchool, name: str, role: Role = Role.IB) -> Sheet:
    return compose_sheet(connection, school.grant(name, role), TODAY, NOW)


def test_the_sheet_of_noor_says_how_she_is_doing(connection: sa.Connection, demo_school: DemoSchool) -> None:
    sheet = sheet_of(connection, demo_school, "Noor")
    said = {sentence.rule: sentence.text for sentence in sheet.sentences}

    assert (sheet.name, sheet.group, sheet.age) == ("Noor van der Ven", "groep 6B", "9 jaar en 7 maanden")
    assert sheet.quote is not None
    assert sheet.quote.body == "Ik wil dit jaar voorlezen aan de kleuters."
    assert said["growth_below"] == "Spelling ligt twee metingen onder haar eigen lijn (IV, was II)."
    assert said["growth_above"] == "Technisch lezen ligt boven haar eigen lijn (I, was II)."
    assert said["wellbeing_down"].startswith("Een taak uitvoeren scoort lager dan in het voorjaar.")
    assert "loopt vast bij “Werkwoorden" in said["objective_stuck"]
    assert len(sheet.sentences) <= 7


def test_every_sentence_says_what_was_seen_and_what_would_undo_it(
    connection: sa.Connection, demo_school: DemoSchool
) -> None:
    for name in ("Noor", "Fatima", "Sem", "Milan", "Liv"):
        for sentence in sheet_of(connection, demo_school, name).sentences:
            assert sentence.basis, sentence.text
            assert sentence.doubt, sentence.text
            assert "%" not in sentence.text
            assert sentence.subject.casefold() in sentence.text.casefold()


def test_a_growth_line_keeps_to_one_scale_with_bands_at_every_moment(
    connection: sa.Connection, demo_school: DemoSchool
) -> None:
    sheet = sheet_of(connection, demo_school, "Noor")

    assert sheet.learning is not None
    assert [line.subject for line in sheet.learning.lines][:3] == ["Rekenen", "Spelling", "Begrijpend lezen"]
    assert sheet.learning.source is not None
    assert "Cito" in sheet.learning.source
    assert "laatste meting" in sheet.learning.source
    assert {"niveau I–V", "niveau A–E"} <= {name for name, _ in sheet.learning.lines[0].other_scales}
    for line in sheet.learning.lines:
        assert [point.taken_on for point in line.points] == sorted(point.taken_on for point in line.points)
        assert [band.code for band in line.bands] == ["V", "IV", "III", "II", "I"]
        assert all(len(band.points) == len(line.points) for band in line.bands)


def test_a_child_in_the_youngest_groups_has_observations_and_no_tests(
    connection: sa.Connection, demo_school: DemoSchool
) -> None:
    youngest = connection.execute(
        sa.text(
            "SELECT pupil.given_name FROM pupil JOIN source_person ON source_person.pupil_id = pupil.id "
            "JOIN group_membership ON group_membership.source_person_id = source_person.id "
            "WHERE group_membership.grade = '2' AND group_membership.ends_on IS NULL ORDER BY pupil.id"
        )
    ).scalars()
    sheets = [sheet_of(connection, demo_school, name) for name in list(youngest)[:3]]

    assert sheets
    for sheet in sheets:
        assert sheet.learning is not None
        assert sheet.learning.lines == []
        assert any(sentence.rule.startswith("development") for sentence in sheet.sentences)
        assert sheet.learning.remark == "In groep 1 en 2 kijken en luisteren we; er zijn geen toetsen."


def test_facts_of_an_unlinked_record_reach_no_sheet(connection: sa.Connection, demo_school: DemoSchool) -> None:
    grant = demo_school.grant("Noor")
    assert compose_sheet(connection, grant, TODAY, NOW).practice.bars  # type: ignore[union-attr]

    platforms = sa.select(Source.id).where(Source.kind == SourceKind.PRACTICE)
    link = sa.and_(SourcePerson.pupil_id == grant.pupil_id, SourcePerson.source_id.in_(platforms))
    assert connection.execute(sa.update(SourcePerson).where(link).values(pupil_id=None, link_method=None)).rowcount

    sheet = compose_sheet(connection, grant, TODAY, NOW)
    assert sheet.practice is not None
    assert sheet.practice.bars == []
    assert all("oefent" not in sentence.text for sentence in sheet.sentences)


def test_what_happens_to_another_child_changes_nothing(connection: sa.Connection, demo_school: DemoSchool) -> None:
    noor, sem = demo_school.grant("Noor"), demo_school.grant("Sem")
    before = compose_sheet(connection, noor, TODAY, NOW)

    theirs = SourcePerson.pupil_id == sem.pupil_id
    assert connection.execute(sa.update(SourcePerson).where(theirs).values(pupil_id=None, link_method=None)).rowcount
    assert compose_sheet(connection, noor, TODAY, NOW) == before


def test_a_parent_gets_only_the_kinds_of_data_a_parent_may_read(
    connection: sa.Connection, demo_school: DemoSchool
) -> None:
    sheet = sheet_of(connection, demo_school, "Noor", Role.PARENT)

    assert (sheet.learning, sheet.practice, sheet.wellbeing) == (None, None, None)
    assert sheet.support is not None
    assert sheet.sources == []
    assert sheet.group_id is None
    assert {entry.kind for entry in sheet.timeline} <= {"verzuim"}
    assert sheet.goals


def test_a_source_that_is_late_says_so(connection: sa.Connection, demo_school: DemoSchool) -> None:
    later = compose_sheet(connection, demo_school.grant("Noor"), TODAY, NOW + timedelta(days=400))

    delivered = [source for source in later.sources if source.label != "Dossier"]
    assert delivered
    assert all(source.is_stale for source in delivered)
    assert all(source.age.endswith("weken oud") for source in later.sources)


@contextmanager
def reads_of(connection: sa.Connection) -> Iterator[list[str]]:
    """Collect the statements as the database's own driver meets them."""
    found: list[str] = []
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.set_trace_callback(found.append)
        yield found
        driver.set_trace_callback(None)
        return

    class Watched(psycopg.Cursor[Any]):
        def execute(self, query: Any, *arguments: Any, **options: Any) -> Any:
            found.append(query)
            return super().execute(query, *arguments, **options)

    usual, driver.cursor_factory = driver.cursor_factory, Watched
    yield found
    driver.cursor_factory = usual


def test_the_number_of_reads_does_not_grow_with_what_there_is_to_tell(
    connection: sa.Connection, demo_school: DemoSchool
) -> None:
    counts = []
    for name in ("Noor", "Sem", "Eva"):
        grant = demo_school.grant(name)
        for _ in range(2):  # the first opens the transaction, the next compiles what that one did not
            compose_sheet(connection, grant, TODAY, NOW)
        with reads_of(connection) as reads:
            compose_sheet(connection, grant, TODAY, NOW)
        counts.append(len(reads))

    assert 0 < max(counts) <= 10
