"""Dates, numbers, names and keys as sources write them; what is ambiguous is refused, not guessed."""

from datetime import date

import pytest

from connectors.canonical import Names
from connectors.kit.dates import read_date
from connectors.kit.keys import is_eck_id, key_objection, may_be_bsn
from connectors.kit.names import split_name
from connectors.kit.numbers import is_empty, read_number
from connectors.scales import booklet_of, reference_scale, skill_scale, subject_of


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("1-2-2015", "dmj", date(2015, 2, 1)),
        ("01-02-2015", "dmj", date(2015, 2, 1)),
        ("1/2/2015", "dmj", date(2015, 2, 1)),
        ("1-2-2015 08:30", "dmj", date(2015, 2, 1)),
        ("2/1/2015", "mdj", date(2015, 2, 1)),
        ("2015/2/1", "jmd", date(2015, 2, 1)),
        ("2015-02-01", "dmj", date(2015, 2, 1)),
        ("2015-02-01T10:00:00+02:00", "dmj", date(2015, 2, 1)),
        ("2015-02-01Z", "dmj", date(2015, 2, 1)),
        ("45000", "dmj", date(2023, 3, 15)),
        ("45000.5", "dmj", date(2023, 3, 15)),
        ("29-2-2024", "dmj", date(2024, 2, 29)),
        ("29-2-2023", "dmj", None),
        ("1-2-15", "dmj", None),
        ("0001-01-01", "dmj", None),
        ("31-12-9999", "dmj", None),
        ("12-2015", "dmj", None),
        ("vandaag", "dmj", None),
        ("٢٠١٥-٠٢-٠١", "dmj", None),
        ("", "dmj", None),
    ],
)
def test_a_date_is_read_or_it_is_none(text: str, form: str, expected: date | None) -> None:
    assert read_date(text, form) == expected


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("187,4", ",", 187.4),
        ("187.4", ",", 187.4),
        ("187.4", "", 187.4),
        ("1.234", ",", None),
        ("1.234", "", 1.234),
        ("0", ",", 0.0),
        ("-3", ",", -3.0),
        ("1e9", ",", None),
        ("12 %", ",", None),
        ("٣", ",", None),
        ("nan", ",", None),
        ("", ",", None),
    ],
)
def test_a_number_is_read_or_it_is_none(text: str, decimal: str, expected: float | None) -> None:
    assert read_number(text, decimal) == expected


@pytest.mark.parametrize("text", ["", "-", "NULL", "null", "n.v.t.", " ", "#N/B", None])
def test_ways_to_say_that_there_is_no_score(text: str | None) -> None:
    assert is_empty(text)
    assert not is_empty("0")


def test_nine_digits_that_pass_the_eleven_proof_may_be_a_bsn() -> None:
    assert may_be_bsn("999999990")
    assert not may_be_bsn("999999991")
    assert not may_be_bsn("99999999")
    assert key_objection("999999990") == "sleutel_lijkt_bsn"
    assert key_objection("999999990", may_be_nine_digits=True) is None
    assert (key_objection(""), key_objection("#1"), key_objection("x" * 257)) == (
        "sleutel_ontbreekt",
        "sleutel_dummy",
        "sleutel_te_lang",
    )


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("https://ketenid.nl/201703/" + "a1" * 64, True),
        ("https://id.school/LL_!@#$%^_-", True),
        ("http://ketenid.nl/201703/" + "a1" * 64, False),
        ("https://kort.nl", False),
        ("https://id.school/met spatie erin", False),
    ],
)
def test_an_eck_id_is_an_https_address(value: str, *, is_one: bool) -> None:
    assert is_eck_id(value) is is_one


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Noor van der Ven", Names("Noor", None, None, "van der", "Ven")),
        ("Ven, Noor van der", Names("Noor", None, None, "van der", "Ven")),
        ("Gradje van 't Hof", Names("Gradje", None, None, "van 't", "Hof")),
        ("Can Doğan", Names("Can", None, None, None, "Doğan")),
        ("Bos, Anne Fleur", Names("Anne Fleur", None, None, None, "Bos")),
        ("Wimpie", Names("Wimpie", None, None, None, None)),
    ],
)
def test_a_name_in_one_cell_is_split_as_evidence(text: str, names: Names) -> None:
    assert split_name(text) == names


def test_subjects_and_booklets_are_recognised_in_the_words_of_the_provider() -> None:
    assert [subject_of(name) for name in ("Rekenen-Wiskunde M6", "DMT", "Begrijpend lezen 3.0", "Spelling E4")] == [
        "rekenen",
        "technisch-lezen",
        "begrijpend-lezen",
        "spelling",
    ]
    assert subject_of("", "Studievaardigheden M7") == "Studievaardigheden"
    assert booklet_of("RW-M6", "") == "M6"
    assert booklet_of("", "Rekenen E3 of M4") is None
    assert booklet_of("REKENM6X") is None


def test_only_what_may_be_compared_shares_a_group() -> None:
    same = skill_scale("Cito", "rekenen", "Rekenen-Wiskunde M6")
    assert same == skill_scale("Cito", "rekenen", "Rekenen-Wiskunde E8")
    others = [
        skill_scale("Cito", "spelling", "Spelling M6"),
        skill_scale("Boom", "rekenen", "Rekenen M6"),
        skill_scale("Cito", "rekenen", "Rekenen-Wiskunde 3.0 M6"),
        skill_scale("Cito", "rekenen", "Leerling in beeld Rekenen M6"),
        reference_scale("Cito", "DLE", "rekenen", "RW-M6"),
        reference_scale("Cito", "IV", "rekenen", "RW-M6"),
        reference_scale("Cito", "AE", "rekenen", "RW-M6"),
        reference_scale("Snappet", "IV", "rekenen", "RW-M6"),
        reference_scale("Cito", "Percentiel", "rekenen", "RW-M6", "Landelijk"),
        reference_scale("Cito", "Percentiel", "rekenen", "RW-M6", "VWO"),
        reference_scale("Cito", "Percentiel", "spelling", "SP-M6", "Landelijk"),
        reference_scale("Cito", "T-score", "rekenen", "RW-M6"),
    ]
    groups = [scale.comparable_group for scale in (same, *others)]
    assert len(set(groups)) == len(groups)
    identities = [(scale.code, scale.owner, scale.version) for scale in (same, *others)]
    assert len(set(identities)) == len(identities), "two groups are never one row in the table of scales"
    assert (
        reference_scale("A", "AVI", "x", "1").comparable_group == reference_scale("B", "AVI", "y", "2").comparable_group
    )
