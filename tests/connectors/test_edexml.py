"""EDEXML and UWLR pupil data: every line of the import checklist that concerns the school roll."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectors.canonical import GroupRecord, PupilRecord, StaffRecord
from connectors.contract import Issue
from connectors.errors import FileRefused
from connectors.sources.edexml import Settings, connector
from connectors.testing import RecordSuite, source_file
from models.vocabulary import Grade, GroupKind, Severity, Sex

SAMPLES = Path(__file__).parent / "samples" / "edexml"
GOOD = sorted(path for path in SAMPLES.glob("*.xml") if path.name != "kapot.xml")
OFFICIAL = Path("standards/edexml-2.1")


class TestStandardSuite(RecordSuite):
    connector = connector
    samples = GOOD
    nonsense = ({"nine_digit_keys_are_safe": "misschien"},)

    def large_file(self, path: Path) -> Path:
        path.write_text(school("".join(pupil(f"k{i}", "Pien") for i in range(10_000))), encoding="utf-8")
        return path


def school(pupils: str, *, groups: str = "", year: str = "2026-2027", head: str = '<?xml version="1.0"?>') -> str:
    groups = f"<groepen>{groups}</groepen>" if groups else ""
    return (
        f"{head}<EDEX><school><schooljaar>{year}</schooljaar><brincode>99XX</brincode>"
        f"<aanmaakdatum>2026-10-01T07:00:00</aanmaakdatum></school>{groups}<leerlingen>{pupils}</leerlingen></EDEX>"
    )


def pupil(key: str, name: str, inside: str = "") -> str:
    return f'<leerling key="{key}"><achternaam>Bos</achternaam><roepnaam>{name}</roepnaam>{inside}</leerling>'


def imported(path: Path, settings: Settings | None = None) -> list[Any]:
    file, made = source_file(path), settings or Settings()
    header = connector.check(file, made)
    return [item for raw in connector.read(file, made) for item in connector.map(raw, header, made)]


def written(folder: Path, content: str | bytes, name: str = "school.xml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def of(kind: Any, items: list[Any]) -> dict[str, Any]:
    return {item.key: item for item in items if isinstance(item, kind)}


def codes(items: list[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in items:
        if isinstance(item, Issue):
            found.setdefault(item.code, []).append(item.source_key)
    return found


def test_a_school_is_read_with_names_dates_groups_and_grades_as_delivered() -> None:
    items = imported(SAMPLES / "edexml-2.1.xml")
    pien = of(PupilRecord, items)["ll-1001"]
    assert (pien.names.given_name, pien.names.prefix, pien.names.family_name) == ("Pien", "van der", "Voorbeeld")
    assert pien.names.first_names == "Philippina Noël"
    assert (pien.birth_date, pien.sex, pien.grade) == (date(2015, 5, 1), Sex.FEMALE, Grade.G5)
    assert (pien.home_group, pien.groups) == ("g-56a", ("sg-plus", "sg-schaak", "sg-lezen"))
    assert (pien.starts_on, pien.ends_on, pien.start_grade3_on) == (date(2019, 5, 1), None, date(2021, 8, 23))
    assert pien.eckid == "https://ketenid.nl/pilot/aaaa1111bbbb2222"
    assert not [item for item in items if isinstance(item, Issue)]


def test_groups_come_first_then_staff_then_pupils_whatever_the_order_in_the_file() -> None:
    for sample in (SAMPLES / "edexml-2.1.xml", SAMPLES / "kapot.xml"):
        file = source_file(sample)
        streams = [raw.stream for raw in connector.read(file, Settings())]
        assert streams == sorted(streams, key=["group", "staff", "pupil"].index)


def test_a_combination_group_keeps_c_and_two_groups_may_share_a_name() -> None:
    groups = of(GroupRecord, imported(SAMPLES / "edexml-2.1.xml"))
    assert groups["g-56a"].grade is Grade.COMBINATION
    assert groups["g-4a"].name == groups["g-4b"].name
    assert groups["sg-plus"].kind is GroupKind.INSTRUCTION
    assert groups["sg-plus"].grade is None


def test_twins_are_two_children_and_a_child_may_be_without_group() -> None:
    pupils = of(PupilRecord, imported(SAMPLES / "edexml-2.1.xml"))
    noa, zoe = pupils["ll-1003"], pupils["ll-1002"]
    assert (noa.names.family_name, noa.birth_date) == (zoe.names.family_name, zoe.birth_date)
    assert pupils["ll-1006"].home_group is None
    assert pupils["ll-1006"].grade is Grade.PRESCHOOL
    assert pupils["ll-1004"].grade is Grade.G3, "its own grade, though it sits in a group 4"


@pytest.mark.parametrize(
    ("key", "sex"), [("ll-1004", Sex.UNKNOWN), ("ll-1003", Sex.MALE), ("ll-1002", Sex.NOT_SPECIFIED)]
)
def test_sex_follows_nen_iso_5218(key: str, sex: Sex) -> None:
    assert of(PupilRecord, imported(SAMPLES / "edexml-2.1.xml"))[key].sex is sex


def test_a_child_that_left_is_historical_with_its_last_day() -> None:
    left = of(PupilRecord, imported(SAMPLES / "edexml-2.1.xml"))["ll-1005"]
    assert (left.grade, left.ends_on) == (Grade.HISTORICAL, date(2024, 7, 12))


def test_staff_keep_roles_as_words_and_get_no_rights_from_them() -> None:
    staff = of(StaffRecord, imported(SAMPLES / "edexml-2.1.xml"))
    assert staff["lk-7"].roles == ("LRK", "coördinator techniek")
    assert staff["lk-7"].assignments == ((GroupKind.HOME, "g-56a", "LRK"), (GroupKind.INSTRUCTION, "sg-plus", ""))
    assert staff["lk-8"].roles == ("OUD",)
    assert staff["lk-9"].assignments == ((GroupKind.HOME, "g-4a", "STA"),)


def test_numbers_of_the_state_are_counted_and_nowhere_kept() -> None:
    for sample, number, count in (
        ("edexml-2.1.xml", "9990", 2),
        ("edexml-1.03.xml", "999999990", 1),
        ("edexml-2.0.xml", "100000009", 1),
    ):
        raws = list(connector.read(source_file(SAMPLES / sample), Settings()))
        assert sum(raw.dropped for raw in raws) == count
        assert number not in repr(raws)
        for forbidden in ("etniciteit", "gewicht", "postcode", "foto", "gebruikersnaam", "land"):
            assert forbidden not in repr(raws)
        assert number not in repr(imported(SAMPLES / sample))


def test_version_1_03_takes_the_grade_of_the_group_and_reads_latin_1() -> None:
    items = imported(SAMPLES / "edexml-1.03.xml")
    pupils = of(PupilRecord, items)
    assert pupils["1"].grade is Grade.G7
    assert pupils["1"].names.given_name == "Noël"
    assert pupils["2"].grade is Grade.G3
    assert of(GroupRecord, items).keys() == of(StaffRecord, items).keys() == {"1"}


def test_a_uwlr_answer_in_an_envelope_gives_the_same_children() -> None:
    header = connector.check(source_file(SAMPLES / "uwlr-leerlinggegevens.xml"), Settings())
    assert (header.brin, header.school_year, header.format_version) == ("99XX", "2024-2025", "2.2")
    pien = of(PupilRecord, imported(SAMPLES / "uwlr-leerlinggegevens.xml"))["ll-1001"]
    assert (pien.home_group, pien.groups, pien.grade) == ("g-56a", ("sg-plus",), Grade.G5)


def test_the_header_says_what_is_checked_before_anything_is_stored() -> None:
    header = connector.check(source_file(SAMPLES / "edexml-2.1.xml"), Settings())
    assert (header.brin, header.dependance, header.school_key) == ("99XX", "00", "sk-1")
    assert (header.school_year, header.as_of, header.is_full_snapshot) == ("2024-2025", date(2024, 10, 1), True)
    assert header.snapshot_streams == ("group", "staff", "pupil")
    assert connector.check(source_file(SAMPLES / "edexml-2.0.xml"), Settings()).dependance == "01"


def test_a_file_without_staff_does_not_make_the_staff_vanish() -> None:
    header = connector.check(source_file(SAMPLES / "edexml-2.0.xml"), Settings())
    assert header.snapshot_streams == ("group", "pupil")


@pytest.mark.parametrize("year", ["2025-2026", "2026-2027"])
def test_school_years_after_the_official_list_are_read_with_a_remark(year: str, tmp_path: Path) -> None:
    path = written(tmp_path, school(pupil("1", "Pien"), year=year))
    header = connector.check(source_file(path), Settings())
    assert header.school_year == year
    assert [(issue.code, issue.severity) for issue in header.issues] == [("schooljaar_na_lijst", Severity.WARNING)]


EXPECTED = {
    "sleutel_dubbel": ["12", "12"],
    "sleutel_dummy": ["#001"],
    "sleutel_ontbreekt": [""],
    "sleutel_lijkt_bsn": [""],
    "eckid_dubbel": ["a1", "a2"],
    "eckid_vorm": ["a3"],
    "jaargroep_c": ["c1"],
    "jaargroep_onbekend": ["raar", "c2"],
    "datum": ["d1"],
    "zonder_naam": ["lk-2", "n1"],
    "groep_onbekend": ["lk-1", "w1", "w2"],
    "sleutel_twee_soorten": ["beide", "beide"],
    "geslacht_onbekend": ["s1"],
}


def test_each_broken_record_has_its_own_issue_and_the_good_ones_come_in() -> None:
    items = imported(SAMPLES / "kapot.xml")
    assert {code: sorted(keys) for code, keys in codes(items).items()} == {c: sorted(k) for c, k in EXPECTED.items()}
    assert of(PupilRecord, items).keys() == {"999999991", "a3", "s1", "t1", "goed"}
    assert of(PupilRecord, items)["goed"].grade is Grade.G4, "the grade of the group, for it has none of its own"
    assert of(PupilRecord, items)["a3"].eckid is None
    assert of(GroupRecord, items).keys() == {"g1"}
    for item in items:
        if isinstance(item, Issue):
            assert "regel" in item.locator
            assert item.message.endswith(".")


def test_a_key_that_may_be_a_bsn_is_gone_before_anything_can_store_it() -> None:
    raws = list(connector.read(source_file(SAMPLES / "kapot.xml"), Settings()))
    assert "999999990" not in repr(raws)
    assert sum(raw.dropped for raw in raws) == 1


def test_a_school_may_state_that_its_nine_digit_keys_are_no_bsn() -> None:
    items = imported(SAMPLES / "kapot.xml", Settings(nine_digit_keys_are_safe=True))
    assert "999999990" in of(PupilRecord, items)


def test_places_name_element_number_and_line() -> None:
    raws = list(connector.read(source_file(SAMPLES / "edexml-2.1.xml"), Settings()))
    assert raws[-1].locator == "/EDEX/leerlingen/leerling[6] (regel 51)"


def refusals() -> Iterator[tuple[str, str | bytes, str]]:
    yield "resultaten.xml", "<leerresultaten_verzoek/>", "toetsresultaten"
    yield "dossier.xml", '<dossier xmlns="http://www.edustandaard.nl/oso_gegevensset/2019/dossier"/>', "overstapdossier"
    yield "lijst.csv", "Leerlingnummer;Achternaam\n1;Bos\n", "CSV"
    yield "EDEXLL.TXT", "0001Bos                 19990101\n", "EDEX2000"
    yield "leeg.xml", school(""), "leerling"
    yield "jaar.xml", school(pupil("1", "Pien"), year="2026"), "schooljaar"
    yield "brin.xml", school(pupil("1", "Pien")).replace("99XX", "SCHOOL"), "BRIN"
    yield (
        "geen.xml",
        "<l:leerlinggegevens_antwoord xmlns:l='x'><l:geengegevens/></l:leerlinggegevens_antwoord>",
        "niets veranderd",
    )


@pytest.mark.parametrize(("name", "content", "says"), list(refusals()))
def test_another_kind_of_file_is_refused_with_an_explanation(
    name: str, content: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(FileRefused, match=says):
        imported(written(tmp_path, content, name))


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (school(pupil("1", "Zoë")).encode("utf-8-sig"), []),
        (school(pupil("1", "Zoë"), head='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"), []),
        (school(pupil("1", "Zoë")).encode("cp1252"), ["tekenset"]),
        (school(pupil("1", "Zoë"), head='<?xml version="1.0" encoding="ISO-8859-1"?>').encode("cp1252"), []),
        (school(pupil("1", "Zoë"), head='<?xml version="1.0" encoding="ISO-8859-1"?>').encode(), ["tekenset"]),
    ],
    ids=["UTF-8 with BOM", "UTF-16", "cp1252 said to be UTF-8", "latin-1", "UTF-8 said to be latin-1"],
)
def test_a_name_survives_every_encoding_and_a_choice_is_shown(
    content: bytes, remark: list[str], tmp_path: Path
) -> None:
    path = written(tmp_path, content)
    (child,) = of(PupilRecord, imported(path)).values()
    assert child.names.given_name == "Zoë"
    header = connector.check(source_file(path), Settings())
    assert [issue.code for issue in header.issues if issue.code != "schooljaar_na_lijst"] == remark


@pytest.mark.parametrize("name", ["Zoë", "Noël", "'t Hart", "van der Ven", "Ğülşah", "Weiß", "D’Angelo", "Zoe\u0308"])
def test_names_come_through_letter_for_letter(name: str, tmp_path: Path) -> None:
    (child,) = of(PupilRecord, imported(written(tmp_path, school(pupil("1", name))))).values()
    assert child.names.given_name == name


@pytest.mark.parametrize("name", ["edexml-2.1.xml", "edexml-2.0.xml"])
def test_the_samples_are_valid_for_the_official_schema(name: str, shared: Path) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(shared / OFFICIAL / "EDEXML.structuur.xsd"))
    schema.assertValid(etree.parse(SAMPLES / name))


def test_the_official_example_comes_in_whole(shared: Path) -> None:
    items = imported(shared / OFFICIAL / "EDEXML.Voorbeeld.2.1.xml")
    assert [len(of(kind, items)) for kind in (GroupRecord, StaffRecord, PupilRecord)] == [8, 3, 3]
    assert not codes(items)
    assert of(PupilRecord, items)["12345"].names.prefix == "van 't"
    assert "133456785" not in repr(items)
