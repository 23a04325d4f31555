"""Lists by profile: every shipped profile on a list with just the header that schools hand over, and a school's own."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
import xlsxwriter
from pydantic import ValidationError

from connectors.canonical import (
    AbsenceRecord,
    AccountLinkRecord,
    AgreementRecord,
    AssessmentRecord,
    GoalRecord,
    GuardianRecord,
    NormBandRecord,
    NoteRecord,
    SupportPointRecord,
)
from connectors.contract import Issue
from connectors.errors import FileRefused
from connectors.profile import shipped_profiles
from connectors.sources.table import Settings, connector
from connectors.testing import RecordSuite, source_file
from models.vocabulary import (
    AbsencePart,
    AbsenceReason,
    Custody,
    GoalAnswer,
    Measure,
    NoteKind,
    Readers,
    Relation,
    Respondent,
    Severity,
    SourceKind,
    SupportKind,
    Tone,
)

SAMPLES = Path(__file__).parent / "samples" / "table"


class TestStandardSuiteOnNotes(RecordSuite):
    connector = connector
    settings: ClassVar = {"profile": "notes"}
    has_an_end = False
    samples: ClassVar = [SAMPLES / "notes.csv"]
    nonsense = ({"profile": "bestaat-niet"}, {"profile": "/etc/passwd.toml"}, {"profile": ""})

    def large_file(self, path: Path) -> Path:
        row = "1001;3-10-2026;notitie;;Een notitie over lezen.;lk-7;team\n"
        path.write_text("Leerlingnummer;Datum;Soort;Toon;Tekst;Auteur;Lezers\n" + row * 50_000, encoding="cp1252")
        return path


class TestStandardSuiteOnTestResults(RecordSuite):
    connector = connector
    settings: ClassVar = {"profile": "cito_lvs"}
    has_an_end = False
    samples: ClassVar = [SAMPLES / "cito_lvs.csv"]


def imported(path: Path, profile: str, **settings: Any) -> list[Any]:
    file, made = source_file(path), Settings(profile=profile, **settings)
    header = connector.check(file, made)
    return [item for raw in connector.read(file, made) for item in connector.map(raw, header, made)]


def sample(profile: str) -> list[Any]:
    return imported(SAMPLES / f"{profile}.csv", profile)


def records(items: list[Any]) -> list[Any]:
    return [item for item in items if not isinstance(item, Issue)]


def issues(items: list[Any]) -> list[tuple[str, str]]:
    return [(item.code, item.locator) for item in items if isinstance(item, Issue)]


def notes(folder: Path, rows: str, *, header: str = "Leerlingnummer;Datum;Soort;Toon;Tekst;Auteur;Lezers") -> Path:
    path = folder / "notities.csv"
    path.write_text(f"{header}\n{rows}", encoding="cp1252")
    return path


def test_every_shipped_profile_has_a_sample_that_comes_in() -> None:
    assert shipped_profiles() == sorted(path.stem for path in SAMPLES.glob("*.csv"))
    for profile in shipped_profiles():
        items = sample(profile)
        assert records(items)
        assert not [item for item in items if isinstance(item, Issue) and item.severity is Severity.ERROR]


def test_the_profile_says_what_kind_of_source_it_is() -> None:
    profile = connector.profile(Settings(profile="scol"))
    assert (profile.id, profile.label, profile.kind) == ("scol", "SCOL", SourceKind.WELLBEING)


def test_a_cito_list_gives_every_scale_and_the_evidence_for_a_match() -> None:
    zoe, noa = records(sample("cito_lvs"))
    assert isinstance(zoe, AssessmentRecord)
    scores = {score.scale.code: score for score in zoe.scores}
    skill = scores["vaardigheidsscore rekenen"]
    assert (skill.value_raw, skill.value_num, skill.ci_low, skill.ci_high) == ("187,4", 187.4, 180.0, 194.8)
    assert (scores["IV"].band, scores["AE"].band, scores["Percentiel"].value_num) == ("II", "B", 67.0)
    assert (scores["FN"].band, scores["DLE"].value_num) == ("E6", 35.0)
    assert (zoe.pupil.key, zoe.pupil.is_las_key, zoe.pupil.group_label) == ("1001", True, "6B")
    assert (zoe.pupil.names.given_name, zoe.pupil.names.prefix) == ("Zoë", "van der")
    assert (zoe.pupil.birth_date, zoe.taken_on, zoe.moment) == (date(2015, 5, 1), date(2026, 2, 3), "M6")
    assert {score.scale.measure: score.value_num for score in noa.scores}[Measure.SKILL] == 0.0, "nul is een score"


def test_no_score_is_not_zero_but_nothing_with_a_remark() -> None:
    assert issues(sample("cito_lvs")) == [("geen_score", "regel 4")]


def test_the_norm_table_speaks_of_the_same_scale_as_the_results() -> None:
    bands = records(sample("norm_table"))
    assert all(isinstance(band, NormBandRecord) for band in bands)
    assert [(band.moment, band.code, band.low, band.high) for band in bands] == [
        ("M6", "I", 200.0, None),
        ("M6", "II", 185.5, 199.9),
        ("M6", "V", None, 150.0),
    ]
    skill = next(s for s in records(sample("cito_lvs"))[0].scores if s.scale.measure is Measure.SKILL)
    assert {band.scale for band in bands} == {skill.scale}


def test_scol_of_teacher_and_child_are_two_lists_on_two_scales() -> None:
    teacher, child = records(sample("scol"))
    assert (teacher.respondent, child.respondent) == (Respondent.TEACHER, Respondent.PUPIL)
    assert (teacher.instrument.name, child.instrument.name) == ("SCOL", "LeerlingSCOL")
    five, three = teacher.scores[0].scale, child.scores[0].scale
    assert (five.low, five.high, three.low, three.high) == (1, 5, 1, 3)
    assert five.comparable_group != three.comparable_group
    assert [score.part for score in teacher.scores][:2] == ["Ervaringen delen", "Aardig doen"]
    assert (teacher.scores[0].value_num, teacher.moment, len(teacher.scores)) == (4.2, "najaar", 8)
    assert (teacher.pupil.names.given_name, teacher.pupil.names.prefix) == ("Zoë", "van der")


def test_a_value_outside_the_scale_of_its_respondent_is_refused(tmp_path: Path) -> None:
    text = (SAMPLES / "scol.csv").read_text(encoding="cp1252").replace(";2,5;3,0;1,0;2,0", ";4,5;3,0;1,0;2,0")
    path = tmp_path / "scol.csv"
    path.write_text(text, encoding="cp1252")
    assert issues(imported(path, "scol")) == [("buiten_schaal", "regel 3")]


def test_kijk_phases_are_months_beside_the_text_and_an_empty_line_is_left_out() -> None:
    (seen,) = records(sample("kijk"))
    first = seen.scores[0]
    assert (first.value_raw, first.value_num, first.ci_low, first.ci_high) == ("5;0-5;6", 63.0, 60.0, 66.0)
    assert (first.part, first.scale.measure, seen.respondent) == ("Zelfbeeld", Measure.AGE_PHASE, Respondent.TEACHER)
    assert "Beginnende gecijferdheid" not in {score.part for score in seen.scores}


def test_the_journal_lists_come_in_word_for_word() -> None:
    first, second, third = records(sample("notes"))
    assert isinstance(first, NoteRecord)
    assert (first.body, first.kind, first.tone) == ("Wil voorlezen; heeft er zin in.", NoteKind.PUPIL_TALK, Tone.GOOD)
    assert (second.tone, second.readers, first.author_key) == (Tone.NEUTRAL, Readers.TEAM, "lk-7")
    assert (third.tone, third.readers) == (Tone.WORRY, Readers.IB)
    (goal, open_goal), (agreement,) = records(sample("goals")), records(sample("agreements"))
    assert isinstance(goal, GoalRecord)
    assert isinstance(agreement, AgreementRecord)
    assert (goal.answer, goal.answered_on, open_goal.answer) == (GoalAnswer.YES, date(2026, 10, 10), None)
    assert (agreement.owner_key, agreement.due_on, agreement.done_on) == ("lk-7", date(2026, 11, 26), None)
    point, in_class = records(sample("support_points"))
    assert isinstance(point, SupportPointRecord)
    assert (point.kind, in_class.kind) == (SupportKind.HELPS, SupportKind.IN_CLASS)


def test_absence_accounts_and_guardians_come_in() -> None:
    morning, day = records(sample("absences"))
    assert isinstance(morning, AbsenceRecord)
    assert (morning.part, morning.reason) == (AbsencePart.MORNING, AbsenceReason.ILL)
    assert (day.part, day.reason) == (AbsencePart.DAY, AbsenceReason.LATE)
    link = records(sample("practice_accounts"))[0]
    assert isinstance(link, AccountLinkRecord)
    assert (link.platform_key, link.pupil.key) == ("40700", "1001")
    mother, father = records(sample("guardians"))
    assert isinstance(mother, GuardianRecord)
    assert (mother.relation, mother.custody, mother.email) == (Relation.MOTHER, Custody.YES, "anna@thuis.example")
    assert (father.relation, father.custody, father.phone, father.names.family_name) == (
        Relation.FATHER,
        Custody.NO,
        None,
        "Jansen",
    )
    header = connector.check(source_file(SAMPLES / "guardians.csv"), Settings(profile="guardians"))
    assert (header.is_full_snapshot, header.snapshot_streams) == (True, ("guardian",))


def test_two_notes_of_one_kind_on_one_day_are_two_notes() -> None:
    keys = [record.key for record in records(sample("notes"))]
    assert keys == ["1001|2026-10-03|kindgesprek", "1001|2026-10-03|kindgesprek|2", "1002|2026-10-04|notitie"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (";3-10-2026;notitie;;x;;", "sleutel_ontbreekt"),
        ("#1;3-10-2026;notitie;;x;;", "sleutel_dummy"),
        ("999999990;3-10-2026;notitie;;x;;", "sleutel_lijkt_bsn"),
        ("1;31-2-2026;notitie;;x;;", "datum"),
        ("1;;notitie;;x;;", "datum_ontbreekt"),
        ("1;3-10-26;notitie;;x;;", "datum"),
        ("1;3-10-2026;roddel;;x;;", "waarde_onbekend"),
        ("1;3-10-2026;notitie;boos;x;;", "waarde_onbekend"),
        ("1;3-10-2026;notitie;;;;", "veld_leeg"),
        ("1;3-10-2026;notitie;;een; puntkomma;lk;team", "rij_breed"),
        ("1;3-10-2026;notitie;;x", "rij_smal"),
    ],
)
def test_a_bad_row_has_its_reason_and_does_not_block_the_others(row: str, code: str, tmp_path: Path) -> None:
    items = imported(notes(tmp_path, f"{row}\n2;4-10-2026;notitie;;goed;;\n"), "notes")
    assert issues(items) in ([(code, "regel 2")], [("veld_leeg", "regel 2")] if code == "datum_ontbreekt" else [])
    assert [record.body for record in records(items)] == ["goed"]
    assert "999999990" not in repr(items)


def test_a_row_that_comes_twice_is_refused_twice_for_neither_is_known_to_be_right(tmp_path: Path) -> None:
    path = tmp_path / "verzuim.csv"
    path.write_text(
        "Leerlingnummer;Datum;Dagdeel;Reden\n1;5-11-2026;dag;ziek\n1;2026-11-05;dag;verlof\n", encoding="cp1252"
    )
    assert issues(imported(path, "absences")) == [("rij_dubbel", "regel 2"), ("rij_dubbel", "regel 3")]


def test_a_column_with_state_numbers_is_thrown_away_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "verzuim.csv"
    path.write_text("BSN;Leerlingnummer;Datum;Dagdeel;Reden\n999999990;1;5-11-2026;dag;ziek\n", encoding="cp1252")
    (raw,) = connector.read(source_file(path), Settings(profile="absences"))
    assert raw.dropped == 1
    assert "999999990" not in repr(raw)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Leerlingnummer,Datum,Dagdeel,Reden\n1,5-11-2026,dag,ziek\n", "utf-8-sig"),
        ("sep=;\r\nLeerlingnummer;Datum;Dagdeel;Reden\r\n1;5/11/2026;dag;ziek\r\n", "cp1252"),
        ("Leerlingnummer\tDatum\tDagdeel\tReden\n1\t2026-11-05\tdag\tziek\n", "utf-16"),
        (" leerlingnummer ;DATUM;Dagdeel;Reden;Iets extra's\n\n1;05.11.2026;Dag; Ziek ;x\n", "utf-8"),
        ("Leerlingnummer;Datum;Dagdeel;Reden\n1;46331;dag;ziek\n", "cp1252"),
        ("Reden;Dagdeel;Datum;Leerlingnummer\rziek;dag;5-11-2026;1\r", "cp1252"),
    ],
    ids=["comma and BOM", "sep= and slashes", "tabs in UTF-16", "spaces and dots", "Excel serial", "old Mac lines"],
)
def test_delimiters_encodings_column_order_and_date_notations(text: str, codec: str, tmp_path: Path) -> None:
    path = tmp_path / "verzuim.csv"
    path.write_bytes(text.encode(codec))
    (absence,) = records(imported(path, "absences"))
    assert (absence.day, absence.part, absence.key) == (date(2026, 11, 5), AbsencePart.DAY, "1|2026-11-05|dag")


def test_an_excel_file_gives_what_the_csv_gives(tmp_path: Path) -> None:
    path = tmp_path / "cito.xlsx"
    header, *rows = [line.split(";") for line in (SAMPLES / "cito_lvs.csv").read_text(encoding="cp1252").splitlines()]
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "d-m-yyyy"})
        sheet.write_row(0, 0, header)
        for number, row in enumerate(rows, 1):
            for place, text in enumerate(row):
                if header[place] in {"Geboortedatum", "Afnamedatum"}:
                    sheet.write_datetime(number, place, datetime.strptime(text, "%d-%m-%Y"), day)  # noqa: DTZ007
                elif text.replace(",", "").isdigit():
                    sheet.write_number(number, place, float(text.replace(",", ".")))
                else:
                    sheet.write_string(number, place, text)
    from_excel, from_csv = records(imported(path, "cito_lvs")), records(sample("cito_lvs"))
    assert [record.key for record in from_excel] == [record.key for record in from_csv]
    assert [[score.value_num for score in record.scores] for record in from_excel] == [
        [score.value_num for score in record.scores] for record in from_csv
    ]
    assert [record.pupil for record in from_excel] == [record.pupil for record in from_csv]


def test_missing_columns_are_named_and_nothing_of_the_file_is_repeated(tmp_path: Path) -> None:
    path = notes(tmp_path, "1;3-10-2026;notitie;;x;;\n", header="Jansen;Pietje;1-1-2015")
    with pytest.raises(FileRefused, match="Leerlingnummer, Datum, Soort") as refusal:
        imported(path, "notes")
    assert "Jansen" not in refusal.value.message


def test_a_formula_cell_is_text(tmp_path: Path) -> None:
    (note,) = records(imported(notes(tmp_path, "1;3-10-2026;notitie;;=cmd|'/c calc'!A1;;\n"), "notes"))
    assert note.body == "=cmd|'/c calc'!A1"


OWN = """
label = "Rapportcijfers"
record = "assessment"
kind = "test"
key = ["Naam", "Klas", "Datum"]
decimal = "."
dates = "jmd"
[pupil]
key = ["Naam", "Klas"]
name = "Naam"
group = "Klas"
[fields]
taken_on = "Datum"
[instrument]
provider = "Onze school"
kind = "test"
name = "Rapport"
subject = "rekenen"
[[scores]]
columns = ["Cijfer"]
scale = "dimension"
name = "rapportcijfer"
low = 1
high = 10
"""


def test_a_school_writes_its_own_profile_for_a_list_with_names_only(tmp_path: Path) -> None:
    profile = tmp_path / "rapport.toml"
    profile.write_text(OWN, encoding="utf-8")
    path = tmp_path / "rapport.csv"
    path.write_text('Naam;Klas;Datum;Cijfer\n"Ven, Noor van der";6B;2026/6/30;7.5\n', encoding="utf-8")
    (mark,) = records(imported(path, str(profile)))
    assert (mark.pupil.key, mark.pupil.is_las_key) == ("Ven, Noor van der|6B", False)
    names = mark.pupil.names
    assert (names.given_name, names.prefix, names.family_name) == ("Noor", "van der", "Ven")
    assert (mark.scores[0].value_num, mark.taken_on) == (7.5, date(2026, 6, 30))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("label =", "titel ="), "titel: is een onbekende naam"),
        (('record = "assessment"', 'record = "rapport"'), "moet een zijn van"),
        (("taken_on", "gemaakt_op"), "onbekend veld gemaakt_op"),
        (('taken_on = "Datum"', ""), "geen kolom voor taken_on"),
        (('scale = "dimension"', 'scale = "cijfer"'), "`scale` is geen van"),
        (("low = 1", ""), "een `low`"),
        (('name = "Rapport"', ""), "`name` of `name_column`"),
        (
            ('[fields]\ntaken_on = "Datum"', '[fields]\ntaken_on = "Datum"\n[values.moment]\na = "b"'),
            "geen vaste waarden",
        ),
        (("[pupil]", "[pupil"), "geen geldige TOML"),
    ],
)
def test_a_wrong_profile_is_refused_in_dutch_with_its_place(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    profile = tmp_path / "rapport.toml"
    profile.write_text(OWN.replace(*change), encoding="utf-8")
    with pytest.raises(ValidationError) as refusal:
        Settings(profile=str(profile))
    assert "rapport.toml" in str(refusal.value)
    assert says in str(refusal.value)
