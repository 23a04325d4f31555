"""UWLR results: several scales per result, norm bands, duplicates, dates, and what an exporter gets wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectors.canonical import AssessmentRecord, Norm, ScoreRecord
from connectors.contract import Issue
from connectors.errors import FileRefused
from connectors.sources.uwlr_results import Settings, connector
from connectors.testing import RecordSuite, source_file
from models.vocabulary import Measure, Severity

SAMPLES = Path(__file__).parent / "samples" / "uwlr"
GOOD = [SAMPLES / "resultaten.xml", SAMPLES / "resultaten-soap.xml"]
OFFICIAL = Path("standards/uwlr-2.2/Schemas")
TEST = "<toets><toetscode>T1</toetscode></toets>"
LR = "http://www.edustandaard.nl/leerresultaten/2/leerresultaten"


class TestStandardSuite(RecordSuite):
    connector = connector
    samples = GOOD
    nonsense = ({"provider": "x" * 65},)

    def large_file(self, path: Path) -> Path:
        return write(path, [str(score) for score in range(40_000)])


def write(path: Path, scores: list[str], *, author: str = "Toetshuis", tests: str = TEST) -> Path:
    """A message with one raw score per child, a child per sitting."""
    sittings = "".join(
        f'<toetsafname><leerlingid>ll-{i}</leerlingid><resultaten><resultaat key="r{i}">'
        f"<afnamedatum>2026-01-27</afnamedatum><toetscode>T1</toetscode><score>{score}</score></resultaat></resultaten></toetsafname>\n"
        for i, score in enumerate(scores)
    )
    path.write_text(
        f'<leerresultaten_verzoek xmlns="{LR}"><school><schooljaar>2025-2026</schooljaar><brincode>99XX</brincode>'
        f"<aanmaakdatum>2026-02-03T12:00:00</aanmaakdatum><auteur>{author}</auteur><xsdversie>2.2</xsdversie></school>"
        f"<toetsafnames>{sittings}</toetsafnames><toetsen>{tests}</toetsen></leerresultaten_verzoek>",
        encoding="utf-8",
    )
    return path


def imported(path: Path, settings: Settings | None = None) -> list[Any]:
    file, made = source_file(path), settings or Settings()
    header = connector.check(file, made)
    return [item for raw in connector.read(file, made) for item in connector.map(raw, header, made)]


def results(items: list[Any]) -> dict[str, AssessmentRecord]:
    return {item.key: item for item in items if isinstance(item, AssessmentRecord)}


def codes(items: list[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in items:
        if isinstance(item, Issue):
            found.setdefault(item.code, []).append(item.source_key)
    return found


def by_scale(record: AssessmentRecord) -> dict[str, ScoreRecord]:
    return {score.scale.code: score for score in record.scores}


def test_one_result_gives_a_row_per_scale_with_the_text_as_delivered() -> None:
    result = results(imported(SAMPLES / "resultaten.xml"))["res-2"]
    scores = by_scale(result)
    skill = scores["vaardigheidsscore rekenen"]
    assert (skill.value_raw, skill.value_num, skill.ci_low, skill.ci_high) == ("187.4", 187.4, 180.0, 194.8)
    assert (scores["IV"].value_raw, scores["IV"].band, scores["IV"].value_num) == ("II", "II", None)
    assert (scores["AE"].band, scores["Percentiel"].value_num, scores["DLE"].value_num) == ("B", 67.0, 28.0)
    assert (scores["DLE"].qualifier, scores["DLE"].norm_group) == ("ruim", "Landelijk")
    assert (scores["aantal goed"].value_num, scores["aantal opgaven"].value_num) == (31.0, 40.0)


def test_what_the_message_says_of_the_test_is_kept() -> None:
    result = results(imported(SAMPLES / "resultaten.xml"))["res-2"]
    assert (result.instrument.provider, result.instrument.code) == ("Cito", "RW-M5")
    assert (result.instrument.name, result.instrument.subject) == ("Rekenen-Wiskunde M5", "rekenen")
    assert (result.taken_on, result.test_level) == (date(2026, 1, 27), "M5")
    assert (result.pupil.key, result.pupil.is_las_key) == ("ll-1001", True)
    assert result.pupil.eckid == "https://ketenid.nl/pilot/aaaa1111bbbb2222"


def test_an_unknown_code_is_kept_word_for_word_on_a_scale_of_its_own() -> None:
    result = results(imported(SAMPLES / "resultaten.xml"))["res-2"]
    stars = by_scale(result)["Sterren"]
    assert (stars.value_raw, stars.value_num, stars.scale.measure) == ("vier", None, Measure.UNKNOWN)
    others = {score.scale.comparable_group for score in result.scores if score is not stars}
    assert stars.scale.comparable_group not in others


def test_no_two_measures_of_one_result_share_an_axis() -> None:
    for result in results(imported(SAMPLES / "resultaten.xml")).values():
        groups = [score.scale.comparable_group for score in result.scores]
        assert len(groups) == len(set(groups))


def test_zero_is_a_score_and_falls_in_its_band() -> None:
    zero = results(imported(SAMPLES / "resultaten.xml"))["res-3"].scores[0]
    assert (zero.value_num, zero.band) == (0.0, "onvoldoende")
    assert zero.norms == (Norm("onvoldoende", 0, 19), Norm("voldoende", 20, 40))


def test_a_score_in_two_overlapping_bands_gets_none_and_the_test_is_remarked_once() -> None:
    items = imported(SAMPLES / "resultaten.xml")
    part = results(items)["res-1"].scores[0]
    assert (part.part, part.value_num, part.band) == ("Getallen", 31.0, None)
    assert len(part.norms) == 2
    assert codes(items) == {"norm_overlap": [""]}


def test_an_envelope_changes_nothing() -> None:
    assert results(imported(GOOD[0])) == results(imported(GOOD[1]))


EXPECTED = {
    "resultaat_dubbel": ["dubbel"],
    "toets_onbekend": ["zonder-toets"],
    "onderdeel_onbekend": ["zonder-onderdeel"],
    "resultaat_leeg": ["leeg"],
    "datum_toekomst": ["toekomst"],
    "datum_buiten_jaar": [""],
    "interval": ["komma"],
    "niveau_onbekend": ["komma"],
    "getal": ["min"],
    "ander_resultaat": ["anders"],
    "datum": ["geen-datum"],
    "sleutel_dummy": ["dummy"],
    "sleutel_lijkt_bsn": ["nummer"],
    "norm_overlap": [""],
    "norm_onbruikbaar": [""],
}


def test_each_broken_result_has_its_own_issue_and_the_good_ones_come_in() -> None:
    items = imported(SAMPLES / "kapot.xml")
    assert codes(items) == EXPECTED
    taken = results(items)
    assert taken.keys() == {"dubbel", "zonder-onderdeel", "vorig-jaar", "komma", "eckid"}
    assert taken["dubbel"].scores[0].value_num == 10.0, "the first of the two"
    assert taken["dubbel"].scores[0].band is None, "ten lies in two bands"
    refused = {item.code for item in items if isinstance(item, Issue) and item.severity is Severity.ERROR}
    assert "datum_buiten_jaar" not in refused
    assert "999999990" not in repr(list(connector.read(source_file(SAMPLES / "kapot.xml"), Settings())))


def test_a_decimal_comma_is_read_and_another_generation_is_another_scale() -> None:
    skill = results(imported(SAMPLES / "kapot.xml"))["komma"].scores[0]
    assert (skill.value_raw, skill.value_num, skill.ci_low) == ("87,5", 87.5, None)
    assert (skill.scale.code, skill.scale.version) == ("vaardigheidsscore begrijpend-lezen", "3.0")
    assert "3.0" in skill.scale.comparable_group


def test_a_child_without_fixed_key_is_known_by_its_eck_id() -> None:
    pupil = results(imported(SAMPLES / "kapot.xml"))["eckid"].pupil
    assert pupil.key == pupil.eckid == "https://ketenid.nl/pilot/aaaa1111bbbb2222"
    assert not pupil.is_las_key


@pytest.mark.parametrize(
    ("author", "setting", "provider"),
    [
        ("Cito Portaal", "", "Cito"),
        ("Toetshuis", "", "Toetshuis"),
        ("", "", "onbekend"),
        ("Cito Portaal", "Boom", "Boom"),
    ],
)
def test_the_provider_is_the_setting_else_what_the_file_says(
    author: str, setting: str, provider: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "r.xml", ["7"], author=author)
    (result,) = results(imported(path, Settings(provider=setting))).values()
    assert result.instrument.provider == result.scores[0].scale.owner == provider


def test_a_constant_score_for_nearly_everyone_is_asked_about_once(tmp_path: Path) -> None:
    path = write(tmp_path / "r.xml", ["6"] * 95 + ["7"] * 5)
    assert codes(imported(path)) == {"scores_gelijk": [""]}
    assert "95%" in next(item.message for item in imported(path) if isinstance(item, Issue))
    assert not codes(imported(write(tmp_path / "s.xml", ["6"] * 50 + ["7"] * 50)))
    assert not codes(imported(write(tmp_path / "t.xml", ["6"] * 5)))


def test_definitions_are_found_before_the_results_and_in_utf_16_as_well(tmp_path: Path) -> None:
    test = "<toets><toetscode>T1</toetscode><toetsnaam>Spelling E4</toetsnaam></toets>"
    text = write(tmp_path / "r.xml", ["6"], tests=test).read_text(encoding="utf-8")
    swapped = text.replace(f"<toetsen>{test}</toetsen>", "").replace(
        "<toetsafnames>", f"<toetsen>{test}</toetsen><toetsafnames>"
    )
    for content in (swapped.encode(), ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")):
        path = tmp_path / "x.xml"
        path.write_bytes(content)
        (result,) = results(imported(path)).values()
        assert result.instrument.subject == "spelling"


def test_pupil_data_offered_as_results_is_refused_by_name() -> None:
    with pytest.raises(FileRefused, match="leerlingen en groepen"):
        imported(Path(__file__).parent / "samples" / "edexml" / "edexml-2.1.xml")


def test_the_sample_is_valid_for_the_official_schema(shared: Path) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(shared / OFFICIAL / "UWLR_Leerresultaten_v2p2.xsd"))
    schema.assertValid(etree.parse(SAMPLES / "resultaten.xml"))
