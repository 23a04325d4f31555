"""A school in which facts were typed twice on purpose, beside as many that only look alike; all through real imports.

The demo school comes in first. Beside each list a second system delivers its own: what was typed over (with slips, cut
off, a day later, in another notation) stands in `Planted.truth`; what only looks alike does not.
"""

import csv
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import demo
from api.db import reading
from connectors.registry import find
from connectors.runner import run
from demo import DemoFile
from models.person import SourcePerson
from models.provenance import Source
from models.result import Assessment, AssessmentScore, Instrument, Scale
from models.vocabulary import InstrumentKind, Measure
from tests.demo_school import TODAY, fill

Row = dict[str, str]
Fact = tuple[str, str, frozenset[str], date | None]
"""Kind of fact, leerlingnummer, the two sources, and the day (None for what stands until it changes)."""
SINCE = TODAY - timedelta(days=330)
ROLL = "edexml"
OTHER_LEVEL = {"I+": "I", "I": "II", "II": "III", "III": "IV", "IV": "V", "V": "IV", "V-": "V"}


@dataclass
class Planted:
    """What is double and what is not; `alike` counts the second kind."""

    engine: sa.Engine
    truth: set[Fact] = field(default_factory=set)
    alike: int = 0

    def double(self, fact: str, key: str, *places: str, day: date | None = None) -> None:
        self.truth.add((fact, key, frozenset(places), day))


def plant(engine: sa.Engine, folder: Path) -> Planted:
    """Take in the demo school, and then the second list of everything."""
    fill(engine)
    demo.write(folder, TODAY, pupils=80)
    planted = Planted(engine)
    _own_lists(planted, folder)
    for name, label, profile, file, make in (
        ("verzuim-ouderapp", "Ouderapp", "absences", "verzuim.csv", _absences),
        ("notities-ib", "Map van de IB'er", "notes", "notities.csv", _notes),
        ("doelen-portfolio", "Portfolio", "goals", "doelen.csv", _goals),
        ("afspraken-agenda", "Agenda", "agreements", "afspraken.csv", _agreements),
        ("kenmerken-ib", "Map van de IB'er", "support_points", "kindkenmerken.csv", _support),
        ("ouders-ouderapp", "Ouderapp", "guardians", "ouders.csv", _guardians),
        ("scol-tweede", "Vragenlijsten", "scol", "scol.csv", _scol),
        ("cito-getypt", "Toetslijst in Excel", "cito_lvs", "cito-lvs.csv", _results),
    ):
        head, rows = _read(folder / file)
        path = folder / f"{name}.csv"
        _write(path, head, make(planted, rows))
        take_in(engine, DemoFile(path, "table", profile), source=name, label=label)
    return planted


def _read(path: Path) -> tuple[list[str], list[Row]]:
    with path.open(encoding="cp1252", newline="") as file:
        reader = csv.DictReader(file, delimiter=";")
        rows = list(reader)
    return list(reader.fieldnames or ()), rows


def _write(path: Path, head: list[str], rows: Iterator[Row]) -> None:
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, head, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def take_in(engine: sa.Engine, file: DemoFile, source: str | None = None, label: str | None = None) -> None:
    """Take in one file as the school would; every row has to come in."""
    connector = find(file.connector)
    assert connector is not None
    settings = connector.settings_model(**({"profile": file.profile} if file.profile else {}))
    named = {"source": source, "label": label or file.label}
    outcome = run(
        *(engine, connector, file.path),
        school=demo.BRIN,
        settings=settings,
        requested_by="test",
        confirm=True,
        **named,  # type: ignore[arg-type]
    )
    assert outcome.rejected == 0, outcome.issues[:3]


def day_of(text: str) -> date:
    day, month, year = map(int, text.split("-"))
    return date(year, month, day)


def later(text: str, days: int) -> str:
    moved = day_of(text) + timedelta(days=days)
    return f"{moved.day}-{moved.month}-{moved.year}"


def _recent(rows: list[Row], column: str = "Datum") -> list[Row]:
    return [row for row in rows if SINCE <= day_of(row[column]) < TODAY - timedelta(days=10)]


def _own_lists(planted: Planted, folder: Path) -> None:
    """Name and group stand in two lists of the demo school itself, beside the roll."""
    for file, place in (("scol.csv", "table:scol"), ("cito-lvs.csv", "table:cito_lvs")):
        for row in _read(folder / file)[1]:
            for fact in ("identity", "group"):
                planted.double(fact, row["Leerlingnummer"], ROLL, place)


def _absences(planted: Planted, rows: list[Row]) -> Iterator[Row]:
    places = "table:absences", "verzuim-ouderapp"
    times = Counter((row["Leerlingnummer"], row["Datum"]) for row in rows)
    away = set(times)
    keys = sorted({row["Leerlingnummer"] for row in rows})
    for number, row in enumerate(_recent(rows)):
        key, part = row["Leerlingnummer"], row["Dagdeel"]
        match number % 4:
            case 0 if number % 8 == 4 and part == "dag" and row["Reden"] != "te laat":
                planted.alike += 1
                yield row | {"Dagdeel": "ochtend", "Reden": "te laat"}
            case 0:
                planted.double("absence", key, *places, day=day_of(row["Datum"]))
                yield row | ({"Reden": "dokter"} if number % 16 == 0 else {})
            case 1 if part == "dag":
                planted.double("absence", key, *places, day=day_of(row["Datum"]))
                yield row | {"Dagdeel": "ochtend"}
            case 2 if (key, later(row["Datum"], 1)) not in away:
                planted.alike += 1
                away.add((key, later(row["Datum"], 1)))
                yield row | {"Datum": later(row["Datum"], 1)}
            case 3 if part in ("ochtend", "middag") and times[key, row["Datum"]] == 1:
                planted.alike += 1
                yield row | {"Dagdeel": "middag" if part == "ochtend" else "ochtend"}
            case _:
                other = keys[(keys.index(key) + 7) % len(keys)]
                if (other, row["Datum"]) not in away:
                    planted.alike += 1
                    away.add((other, row["Datum"]))
                    yield row | {"Leerlingnummer": other}


def slip(text: str) -> str:
    """Swap two letters in the middle of the longest word."""
    word = max(text.split(), key=len)
    middle = len(word) // 2
    if len(text.split()) < 6 or len(word) < 6 or not word.isalpha() or word[middle] == word[middle - 1]:
        return text.upper()
    return text.replace(word, word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :], 1)


def loose(text: str) -> str:
    """Write it with other capitals and signs."""
    return "  ".join(text.lower().replace(",", " -").rstrip(".!").split()) + " !"


def cut(text: str) -> str:
    """Let a system cut the end off."""
    return text[: int(len(text) * 0.7)].rstrip() + "..." if len(text) > 70 else text


def turned(text: str) -> str:
    """Say something else with nearly the same words."""
    for old, new in ((" niet ", " wel "), (" wel ", " niet "), (" goed ", " slecht "), (" meer ", " minder ")):
        if old in text:
            return text.replace(old, new, 1)
    if number := number_in(text):
        return text.replace(number, "13", 1)
    first, _, rest = text.rpartition(" ")
    return f"{first} niet {rest}" if len(text) % 2 else f"{text} Dat was in week 14."


def number_in(text: str) -> str | None:
    return next((word for word in text.split() if word.isdigit() and word != "13"), None)


def fuller(text: str) -> str:
    """Add a word that changes nothing."""
    return f"{text} Prima!" if len(text.split()) >= 8 else text


WRITTEN_OVER: tuple[Callable[[str], str], ...] = (str, loose, slip, cut, fuller)


def _written(
    planted: Planted, rows: list[Row], column: str, day: str, fact: str, places: tuple[str, str], days: int
) -> Iterator[Row]:
    """Of every five: three written over (the third a few days later), one of another child or day, one that differs."""
    ways = itertools.cycle(WRITTEN_OVER)
    signs = itertools.cycle((1, -1))
    keys = sorted({row["Leerlingnummer"] for row in rows})
    texts = {(row["Leerlingnummer"], row[column]) for row in rows}
    for number, row in enumerate(_recent(rows, day)):
        key = row["Leerlingnummer"]
        match number % 5:
            case 0 | 1 | 2 as place:
                moved = later(row[day], days * next(signs)) if place == 2 and len(row[column]) > 40 else row[day]
                planted.double(fact, key, *places, day=min(day_of(row[day]), day_of(moved)))
                yield row | {column: next(ways)(row[column]), day: moved}
            case 3 if number % 2:
                other = keys[(keys.index(key) + 5) % len(keys)]
                if (other, row[column]) not in texts:
                    planted.alike += 1
                    yield row | {"Leerlingnummer": other}
            case 3:
                planted.alike += 1
                yield row | {day: later(row[day], -90)}
            case _:
                planted.alike += 1
                yield row | {column: turned(row[column])}


def _notes(planted: Planted, rows: list[Row]) -> Iterator[Row]:
    return _written(planted, rows, "Tekst", "Datum", "note", ("table:notes", "notities-ib"), 1)


def _goals(planted: Planted, rows: list[Row]) -> Iterator[Row]:
    return _written(planted, rows, "Doel", "Datum", "goal", ("table:goals", "doelen-portfolio"), 4)


def _agreements(planted: Planted, rows: list[Row]) -> Iterator[Row]:
    places = ("table:agreements", "afspraken-agenda")
    return _written(planted, rows, "Afspraak", "Datum", "agreement", places, 2)


def _support(planted: Planted, rows: list[Row]) -> Iterator[Row]:
    places = ("table:support_points", "kenmerken-ib")
    return _written(planted, rows, "Tekst", "Datum", "support", places, 6)


def _guardians(planted: Planted, rows: list[Row]) -> Iterator[Row]:
    places = ("table:guardians", "ouders-ouderapp")
    for number, row in enumerate(rows):
        mine = row | {"Oudernummer": f"APP{number}"}
        phone = row["Telefoon"]
        match number % 4:
            case 0 if row["E-mail"] or phone:
                planted.double("guardian", row["Leerlingnummer"], *places)
                yield mine | {"Telefoon": phone.replace("06-", "+31 6 ", 1), "E-mail": row["E-mail"].upper()}
            case 1 if row["E-mail"]:
                planted.double("guardian", row["Leerlingnummer"], *places)
                yield mine | {"Voornaam": row["Voornaam"][0], "Telefoon": ""}
            case 2:
                planted.alike += 1
                other = {"Relatie": "anders", "E-mail": "opa@ouders.example", "Telefoon": "070-1234567"}
                yield mine | ({"Voornaam": "Partner", "Relatie": "anders", "E-mail": ""} if number % 8 == 2 else other)
            case _:
                planted.alike += 1
                yield mine | {"E-mail": "", "Telefoon": ""}


def _scol(planted: Planted, rows: list[Row]) -> Iterator[Row]:
    places = ("table:scol", "scol-tweede")
    lists = {(row["Leerlingnummer"], row["Invuller"], row["Afname"]) for row in _recent(rows)}
    for number, row in enumerate(_recent(rows)):
        key = row["Leerlingnummer"]
        bare = row | {"Naam": "", "Geboortedatum": "", "Groep": ""}
        if number % 3 < 2:
            planted.double("assessment:wellbeing", key, *places, day=day_of(row["Datum"]))
            shown = row if number % 2 else bare
            for fact in ("identity", "group") if number % 2 else ():
                planted.double(fact, key, ROLL, "scol-tweede")
            yield shown | {"Datum": later(row["Datum"], 4 if number % 3 else 0)}
        elif (key, "leerling", row["Afname"]) not in lists and row["Invuller"] == "leerkracht":
            planted.alike += 1
            scores = dict.fromkeys(list(row)[7:], "2,0")
            yield bare | scores | {"Invuller": "leerling"}
        else:
            planted.alike += 1
            yield bare | {"Afname": "extra", "Datum": later(row["Datum"], 8)}


def _results(planted: Planted, rows: list[Row]) -> Iterator[Row]:
    """What stands in the deliveries of the test system, typed into a list by hand; and namesakes of another school."""
    places = ("uwlr-results", "cito-getypt")
    empty = dict.fromkeys(rows[0], "")
    children = {row["Leerlingnummer"]: row for row in rows}
    for number, (key, test, moment, on, level, score) in enumerate(_tests(planted.engine)):
        known = children.get(key)
        who = {name: known[name] for name in list(empty)[1:6]} if known and number % 2 else {}
        for fact in ("identity", "group") if who else ():
            planted.double(fact, key, ROLL, "cito-getypt")
        row = empty | who | {"Leerlingnummer": key, "Toets": test, "Moment": moment, "Afnamedatum": f"{on:%d-%m-%Y}"}
        match number % 6:
            case 0:
                planted.double("assessment:test", key, *places, day=on)
                yield row | {"Niveau I-V": level if number % 4 else OTHER_LEVEL[level]}
            case 1:
                planted.double("assessment:test", key, *places, day=on)
                yield row | {"Niveau I-V": level, "Afnamedatum": later(row["Afnamedatum"], 12)}
            case 2:
                planted.double("assessment:test", key, *places, day=on)
                yield row | {"Vaardigheidsscore": score, "Afnamedatum": later(row["Afnamedatum"], 3)}
            case 3:
                planted.alike += 1
                again = {"Niveau I-V": OTHER_LEVEL[level], "Afnamedatum": later(row["Afnamedatum"], 21)}
                yield row | (
                    {"Niveau I-V": level, "Afnamedatum": later(row["Afnamedatum"], 40)} if number % 4 else again
                )
            case 4:
                planted.alike += 1
                yield row | {"Niveau I-V": level, "Moment": f"B{moment[1:]}"}
            case _:
                planted.alike += 1
                yield row | {"Niveau I-V": level, "Toets": f"{test} werkwoorden"}
    for row in rows[:20]:
        planted.alike += 1
        yield row | {"Leerlingnummer": f"7{row['Leerlingnummer']}"}


def _tests(engine: sa.Engine) -> list[Any]:
    """Each test of the last year as it came in: (leerlingnummer, name, moment, day, level, score)."""
    score = sa.orm.aliased(AssessmentScore)
    skill = sa.orm.aliased(Scale)
    query = (
        sa.select(
            *(SourcePerson.source_key, Instrument.name, Assessment.moment, Assessment.taken_on),
            *(AssessmentScore.value_raw, score.value_raw.label("score")),
        )
        .join(Assessment, Assessment.source_person_id == SourcePerson.id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .join(Source, Source.id == SourcePerson.source_id)
        .join(AssessmentScore, AssessmentScore.assessment_id == Assessment.id)
        .join(Scale, sa.and_(Scale.id == AssessmentScore.scale_id, Scale.measure == Measure.LEVEL, Scale.code == "IV"))
        .join(score, score.assessment_id == Assessment.id)
        .join(skill, sa.and_(skill.id == score.scale_id, skill.measure == Measure.SKILL))
        .where(
            Source.code == "uwlr-results",
            Instrument.kind == InstrumentKind.TEST,
            Assessment.taken_on >= SINCE,
            SourcePerson.pupil_id.is_not(None),
        )
        .order_by(Assessment.id)
    )
    with reading(engine) as connection:
        return [(key, name.rpartition(" ")[0], *rest) for key, name, *rest in connection.execute(query)]
