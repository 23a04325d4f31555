"""The pretend school: believable, the same every time, and in files that the official schemas accept."""

import csv
import re
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

import demo
from demo.ability import GIVEN, SCALES, Scale, bounds, letter, level, percentile, result
from demo.calendar import is_school_day, school_weeks, school_year
from demo.school import build
from models.vocabulary import Role

TODAY = date(2026, 11, 22)
OTHER_DAYS = (
    date(2026, 8, 5),  # summer, the new school year has begun on paper only
    date(2026, 9, 3),  # first week
    date(2027, 1, 4),  # first day after Christmas
    date(2027, 7, 20),  # summer, the old school year
    date(2028, 2, 29),
)
STANDARDS = Path(__file__).parents[3] / "shared" / "standards"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
O = "{http://www.edustandaard.nl/oso_gegevensset/1.2/dossier}"  # noqa: E741
R = "{http://www.edustandaard.nl/leerresultaten/2/leerresultaten}"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[demo.DemoFile]:
    """The files of a small school."""
    return demo.write(tmp_path_factory.mktemp("klein"), TODAY, pupils=60)


def table(files: list[demo.DemoFile], name: str) -> list[dict[str, str]]:
    path = next(file.path for file in files if file.path.name == name)
    with path.open(encoding="cp1252", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def answers(files: list[demo.DemoFile]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for file in files:
        if file.connector == "practice":
            with file.path.open(encoding="utf-8", newline="") as lines:
                found += csv.DictReader(lines)
    return found


def day(value: str) -> date:
    return datetime.strptime(value, "%d-%m-%Y").date()  # noqa: DTZ007 - a date has no zone


def amsterdam(row: dict[str, str]) -> datetime:
    return datetime.fromisoformat(row["SubmitDateTime"] + "+00:00").astimezone(AMSTERDAM)


def roll(files: list[demo.DemoFile], year: int) -> etree._Element:
    path = next(file.path for file in files if file.path.name == f"edexml-{year}-{year + 1}.xml")
    return etree.parse(path).getroot()


def text(node: etree._Element, path: str) -> str:
    found = node.findtext(path)
    assert found is not None, path
    return found


def digest(files: list[demo.DemoFile]) -> dict[str, str]:
    return {file.path.name: sha256(file.path.read_bytes()).hexdigest() for file in files}


def schema(relative: str, *, later_years: bool = False) -> etree.XMLSchema:
    """An official schema; its list of school years ends at 2024-2025, so with later_years only that list is longer."""
    path = STANDARDS / relative
    if not path.exists():
        pytest.skip(f"de officiële schema's staan er niet: {path}")
    document = etree.parse(path)
    if later_years:
        types = etree.parse(path.with_name("EDEXML.types.variabel.xsd"))
        years = types.find(".//{*}simpleType[@name='EDEXSchooljaarType']/{*}restriction")
        assert years is not None
        for year in range(2025, 2031):
            etree.SubElement(years, f"{{{years.nsmap['xs']}}}enumeration", value=f"{year}-{year + 1}")
        elements = etree.parse(path.with_name("EDEXML.elementen.xsd"))
        for include in list(document.getroot()) + list(elements.getroot()):
            if str(include.tag).endswith("}include"):
                include.getparent().remove(include)
        for part in (elements, etree.parse(path.with_name("EDEXML.types.vast.xsd")), types):
            document.getroot().extend(
                [node for node in part.getroot() if not str(node.tag).endswith(("}include", "}annotation"))]
            )
    return etree.XMLSchema(document)


def test_the_same_day_and_seed_give_the_same_bytes(files: list[demo.DemoFile], tmp_path: Path) -> None:
    build.cache_clear()
    again = demo.write(tmp_path, TODAY, pupils=60)
    assert digest(again) == digest(files)
    assert [(file.connector, file.profile) for file in again] == [(file.connector, file.profile) for file in files]


def test_another_seed_gives_another_school(files: list[demo.DemoFile], tmp_path: Path) -> None:
    other = digest(demo.write(tmp_path, TODAY, seed=2, pupils=60))
    same = {name for name, value in digest(files).items() if other.get(name) == value}
    assert same == {"normtabel.csv", "snappet-accounts.csv"}


def test_the_whole_school_has_700_children_in_28_groups_with_45_staff_and_twins() -> None:
    school = build(TODAY)
    assert len(school.pupils) == 700
    assert len(school.groups(school.year)) == 28
    assert len(school.staff) == 45
    assert len({pupil.key for pupil in [*school.pupils, *school.leavers]}) == 700 + len(school.leavers)
    twins = Counter((pupil.last, pupil.infix, pupil.birth) for pupil in school.pupils)
    assert sum(count > 1 for count in twins.values()) >= 8
    duos = [name for name in school.groups(school.year) if len(school.teachers(name, TODAY)) == 2]
    assert len(duos) == 12
    assert 0.1 < sum(bool(pupil.infix) for pupil in school.pupils) / 700 < 0.5


def test_the_whole_school_practises_half_a_million_answers_in_five_weeks_and_scores_like_the_country(
    tmp_path: Path,
) -> None:
    files = demo.write(tmp_path, TODAY)
    practice = [file.path for file in files if file.connector == "practice"]
    assert len(practice) == 5
    assert 450_000 < sum(path.read_bytes().count(b"\n") - 1 for path in practice) < 700_000
    latest = next(file.path for file in reversed(files) if file.connector == "uwlr-results")
    levels = Counter(
        text(node, f"{O}waarde")
        for node in etree.parse(latest).iter(f"{O}referentiescore")
        if text(node, f"{O}codereferentiescore") == "IV"
    )
    assert all(0.12 < count / levels.total() < 0.28 for count in levels.values())


def test_the_roll_holds_every_child_once_with_its_own_jaargroep(files: list[demo.DemoFile]) -> None:
    now = roll(files, 2026)
    here = [child for child in now.iter("leerling") if child.find("uitstroomdatum") is None]
    assert len(here) == 60
    assert all(re.fullmatch(r"https://ketenid\.nl/201703/[0-9a-f]{128}", child.get("eckid", "")) for child in here)
    grades = {
        group.get("key"): group.findtext("jaargroep") for group in now.iter("groep") if group.find("naam") is not None
    }
    assert "C" in grades.values()
    for child in here:
        home, own = child.find("groep"), child.findtext("jaargroep")
        assert home is not None
        assert grades[home.get("key")] in {own, "C"}
    listed = {child.findtext("jaargroep") for child in now.iter("leerling")}
    assert "H" in listed
    assert len([child for child in now.iter("leerling") if child.find("uitstroomdatum") is not None]) >= 3


def test_children_move_up_a_year_and_some_change_group_or_stay(files: list[demo.DemoFile]) -> None:
    before, now = (
        {child.get("key"): text(child, "jaargroep") for child in roll(files, year).iter("leerling")}
        for year in (2025, 2026)
    )
    both = [(before[key], now[key]) for key in before.keys() & now.keys() if now[key] != "H"]
    assert len(both) > 40
    assert sum(int(new) == int(old) + 1 for old, new in both) > 0.75 * len(both)
    assert all(int(new) - int(old) in {0, 1} for old, new in both)
    assert before.keys() - now.keys(), "last year's group 8 has left"


def test_there_is_no_bsn_anywhere(files: list[demo.DemoFile]) -> None:
    for file in files:
        if file.path.suffix == ".xml":
            names = {str(node.tag) for node in etree.parse(file.path).iter()}
            assert not names & {"bsn", "sofinummer", "onderwijsnummer", "bsn_ondwnr-4"}
        else:
            text = file.path.read_text(encoding="utf-8" if file.connector == "practice" else "cp1252")
            assert "bsn" not in text.splitlines()[0].lower()
            if file.connector == "table":
                assert not re.search(r"\b\d{9}\b", text)


def test_the_rolls_validate_against_the_official_edexml_schema(files: list[demo.DemoFile]) -> None:
    official = schema("edexml-2.1/EDEXML.structuur.xsd")
    relaxed = schema("edexml-2.1/EDEXML.structuur.xsd", later_years=True)
    rolls = [file.path for file in files if file.connector == "edexml"]
    assert [path.name for path in rolls] == [f"edexml-{year}-{year + 1}.xml" for year in (2024, 2025, 2026)]
    official.assertValid(etree.parse(rolls[0]))
    for path in rolls[1:]:
        relaxed.assertValid(etree.parse(path))


def test_the_result_messages_validate_and_their_keys_are_unique(files: list[demo.DemoFile]) -> None:
    official = schema("uwlr-2.2/Schemas/UWLR_Leerresultaten_v2p2.xsd")
    keys: list[str] = []
    for file in files:
        if file.connector == "uwlr-results":
            message = etree.parse(file.path)
            official.assertValid(message)
            keys += [node.get("key", "") for node in message.iter(f"{R}resultaat")]
    assert len(keys) > 500
    assert len(keys) == len(set(keys))


def test_every_result_agrees_with_itself_and_falls_on_a_school_day(files: list[demo.DemoFile]) -> None:
    letters = {"E": (0, 10), "D": (11, 25), "C": (26, 50), "B": (51, 75), "A": (76, 100)}
    levels = {"V": (0, 20), "IV": (20, 40), "III": (40, 60), "II": (60, 80), "I": (80, 100)}
    norms = {
        (row["Toets"], row["Moment"], row["Niveau"]): (int(row["Van"]), int(row["Tot"]))
        for row in table(files, "normtabel.csv")
    }
    seen = 0
    for file in files:
        if file.connector != "uwlr-results":
            continue
        message = etree.parse(file.path)
        tests = {text(node, f"{R}toetscode"): text(node, f"{R}toetsnaam") for node in message.iter(f"{R}toets")}
        for node in message.iter(f"{R}resultaat"):
            scores = {
                text(ref, f"{O}codereferentiescore"): text(ref, f"{O}waarde")
                for ref in node.iter(f"{O}referentiescore")
            }
            assert set(scores) == {"IV", "AE", "Percentiel", "FN", "DLE"}
            rank, score = int(scores["Percentiel"]), int(text(node, f".//{O}vaardigheidsscore"))
            assert letters[scores["AE"]][0] <= rank <= letters[scores["AE"]][1]
            assert levels[scores["IV"]][0] <= rank <= levels[scores["IV"]][1]
            assert int(text(node, f".//{O}bivlaag")) <= score <= int(text(node, f".//{O}bivhoog"))
            name, moment = tests[text(node, f"{R}toetscode")].rsplit(" ", 1)
            low, high = norms[name, moment, scores["IV"]]
            assert low <= score <= high
            on = date.fromisoformat(text(node, f"{R}afnamedatum"))
            assert is_school_day(on)
            assert on < TODAY
            assert on.month in ({1, 2} if moment[0] == "M" else {5, 6})
            seen += 1
    assert seen > 500


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.code)
def test_norm_bounds_touch_without_gap_or_overlap_and_a_score_agrees_on_all_scales(scale: Scale) -> None:
    for moment in GIVEN:
        found = bounds(scale, moment)
        assert [name for name, _, _ in found] == ["V", "IV", "III", "II", "I"]
        assert all(high + 1 == low for (_, _, high), (_, low, _) in pairwise(found))
        for z in (-2.4, -1.0, -0.1, 0.0, 0.3, 1.1, 2.4):
            got = result(scale, moment, z)
            assert got.percentile == percentile(scale, moment, got.score)
            assert (got.level, got.letter) == (level(got.percentile), letter(got.percentile))
        assert result(scale, moment, 0.0).functional == moment


def test_practice_stays_within_school_hours_and_at_home_outside_them(files: list[demo.DemoFile]) -> None:
    rows = answers(files)
    assert len({row["SubmittedAnswerId"] for row in rows}) == len(rows)
    weeks = school_weeks(TODAY, 5)
    days = {on for week in weeks for on in week}
    home = 0
    for row in rows:
        at = amsterdam(row)
        if is_school_day(at.date()) and time(8, 30) <= at.time() < time(14, 30):
            assert at.date() in days
        else:
            home += 1
            assert time(9, 0) <= at.time() < time(21, 0)
            assert at.time() >= time(16, 0) or at.weekday() >= 5
        assert at.date() < TODAY
    assert 0 < home < 0.1 * len(rows)


def test_progress_is_given_on_first_answers_only_and_never_without_a_known_difficulty(
    files: list[demo.DemoFile],
) -> None:
    seen: set[tuple[str, str]] = set()
    kinds: Counter[str] = Counter()
    for row in answers(files):
        key = (row["UserId"], row["ExerciseId"])
        progress = int(row["Progress"])
        if key in seen or row["Difficulty"] in {"NULL", "-200"}:
            assert progress == 0
        elif progress:
            assert (progress > 0) == (row["Correct"] == "1")
        kinds["repeat"] += key in seen
        kinds[row["Difficulty"] if row["Difficulty"] in {"NULL", "-200"} else "number"] += 1
        kinds["zero"] += progress == 0
        seen.add(key)
    total = kinds["number"] + kinds["NULL"] + kinds["-200"]
    assert min(kinds["NULL"], kinds["-200"]) > 0
    assert 0.1 < kinds["repeat"] / total < 0.3
    assert 0.35 < kinds["zero"] / total < 0.6


def test_who_is_ill_does_not_practise_at_school(files: list[demo.DemoFile]) -> None:
    users = {row["UserId"]: row["Leerlingnummer"] for row in table(files, "snappet-accounts.csv")}
    worked = {(users[row["UserId"]], amsterdam(row).date()) for row in answers(files)}
    ill = {(row["Leerlingnummer"], day(row["Datum"])) for row in table(files, "verzuim.csv") if row["Reden"] == "ziek"}
    assert ill
    assert not worked & ill


def test_noor_has_something_everywhere(files: list[demo.DemoFile]) -> None:
    noor = next(child for child in roll(files, 2026).iter("leerling") if child.findtext("roepnaam") == "Noor")
    key = noor.get("key")
    assert (noor.findtext("voorvoegsel"), noor.findtext("achternaam"), noor.findtext("jaargroep")) == (
        "van der",
        "Ven",
        "6",
    )
    for name in (
        "notities",
        "doelen",
        "afspraken",
        "kindkenmerken",
        "verzuim",
        "scol",
        "ouders",
        "cito-lvs",
        "snappet-accounts",
    ):
        assert any(row["Leerlingnummer"] == key for row in table(files, f"{name}.csv")), name
    goals = [row["Doel"] for row in table(files, "doelen.csv") if row["Leerlingnummer"] == key]
    assert "Ik wil dit jaar voorlezen aan de kleuters." in goals
    who = {row["Invuller"] for row in table(files, "scol.csv") if row["Leerlingnummer"] == key}
    assert who == {"leerkracht", "leerling"}


def test_noor_is_stuck_on_verbs_while_her_group_moves_on(files: list[demo.DemoFile]) -> None:
    users = {row["Leerlingnummer"]: row["UserId"] for row in table(files, "snappet-accounts.csv")}
    noor = next(row["Leerlingnummer"] for row in table(files, "doelen.csv") if "voorlezen" in row["Doel"])
    right: dict[bool, list[int]] = defaultdict(list)
    for row in answers(files):
        if row["LearningObjective"].startswith("Werkwoorden in de tegenwoordige tijd"):
            right[row["UserId"] == users[noor]].append(int(row["Correct"]))
    assert sum(right[True]) / len(right[True]) < 0.5
    assert sum(right[False]) / len(right[False]) > 0.65


def test_of_some_children_there_is_little_to_read_and_of_most_something(files: list[demo.DemoFile]) -> None:
    written = Counter(row["Leerlingnummer"] for row in table(files, "notities.csv"))
    assert 5 <= 60 - len(written) <= 30
    tones = Counter(row["Toon"] for row in table(files, "notities.csv"))
    assert tones["goed"] >= tones["zorg"]
    assert all("{" not in row["Tekst"] for row in table(files, "notities.csv"))


def test_agreements_are_open_overdue_and_done_and_owned_by_staff(files: list[demo.DemoFile]) -> None:
    staff = {person.get("key") for person in roll(files, 2026).iter("leerkracht")}
    rows = table(files, "afspraken.csv")
    assert {row["Eigenaar"] for row in rows} <= staff
    assert any(row["Gedaan op"] for row in rows)
    waiting = [row for row in rows if not row["Gedaan op"]]
    assert any(day(row["Voor"]) < TODAY for row in waiting)
    assert any(day(row["Voor"]) >= TODAY for row in waiting)
    assert all(day(row["Datum"]) <= day(row["Gedaan op"]) < TODAY for row in rows if row["Gedaan op"])


def test_accounts_point_at_people_in_the_files(files: list[demo.DemoFile]) -> None:
    accounts = demo.accounts(TODAY, pupils=60)
    assert {account.role for account in accounts} == set(Role)
    staff = {person.get("key") for person in roll(files, 2026).iter("leerkracht")}
    guardians = {row["Oudernummer"] for row in table(files, "ouders.csv")}
    outside = {Role.PARENT, Role.PUPIL, Role.BOARD}
    assert all(account.staff_key in staff for account in accounts if account.role not in outside)
    assert all(account.guardian in guardians for account in accounts if account.role is Role.PARENT)
    assert [account.username for account in accounts if account.group == "6B"] == ["kim", "sam", "invaller"]


def test_what_the_school_keeps_itself_is_about_people_in_the_files(files: list[demo.DemoFile]) -> None:
    kept = demo.households(TODAY, pupils=60)
    families = {(row["Leerlingnummer"], row["Oudernummer"]): row["Gezag"] for row in table(files, "ouders.csv")}
    pupils, guardians = ({key[at] for key in families} for at in (0, 1))

    assert {key for key, _ in kept.cards} <= pupils
    assert all(30 < len(body) <= 600 for _, body in kept.cards)
    assert set(kept.secret) <= guardians
    assert families[kept.question[0], kept.question[1]] == "nee"
    assert [families[pair] for pair in families if pair[0] == kept.question[0]] == ["ja", "nee"]


@pytest.mark.parametrize("today", OTHER_DAYS, ids=str)
def test_on_any_day_of_the_year_the_school_is_alive_and_knows_nothing_of_the_future(
    today: date, tmp_path: Path
) -> None:
    files = demo.write(tmp_path, today, pupils=60)
    assert (
        roll(files, school_year(today)).findtext("school/schooljaar")
        == f"{school_year(today)}-{school_year(today) + 1}"
    )
    practised = {amsterdam(row).date() for row in answers(files)}
    assert len({on.isocalendar()[:2] for on in practised}) == 5
    assert max(practised) < today
    for name in ("notities", "verzuim", "scol", "kijk", "doelen", "kindkenmerken", "afspraken"):
        rows = table(files, f"{name}.csv")
        assert rows, name
        assert all(day(row["Datum"]) < today for row in rows), name
    written = max(day(row["Datum"]) for row in table(files, "notities.csv"))
    assert today - written < timedelta(days=60)


def test_a_school_of_ten_children_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="40 tot 1400"):
        demo.write(tmp_path, TODAY, pupils=10)
