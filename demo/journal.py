"""The journal in words: notes, goals of the children, agreements and what helps, written by the teachers of the group.

Some children get a lot, most a little, and of some there is nothing to read: that is how a school is.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from demo import told
from demo.calendar import days_back, school_year
from demo.people import GIRL, Pupil
from demo.school import School
from demo.staff import Employee
from demo.texts import AGREEMENTS, BOOKS, GOALS, HELPS, HINDERS, IN_CLASS, THEMES, Note, notes_for

NOTE_HEADER = "Leerlingnummer;Datum;Soort;Toon;Tekst;Auteur;Lezers"
GOAL_HEADER = "Leerlingnummer;Datum;Doel;Antwoord;Toelichting;Antwoorddatum"
AGREEMENT_HEADER = "Leerlingnummer;Datum;Afspraak;Eigenaar;Voor;Gedaan op"
POINT_HEADER = "Leerlingnummer;Datum;Soort;Tekst;Auteur"
LOOK_BACK = 230
QUIET_DAYS = 32
Row = tuple[object, ...]


class Days:
    """The school days before today, counted back: ago(1) is the last one; negative counts calendar days ahead."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.past = days_back(today, LOOK_BACK)

    def ago(self, count: int) -> date:
        return self.past[-count] if count > 0 else self.today - timedelta(days=count)


def _told(school: School) -> dict[str, Pupil]:
    return {pupil.first: pupil for pupil in school.pupils if pupil.character}


def _staff(school: School, first: str) -> str:
    return next(person.key for person in school.staff if person.first == first)


def _ib(school: School) -> Employee:
    return next(person for person in school.staff if person.role == "IB")


def _fill(rng: Random, school: School, pupil: Pupil, text: str) -> str:
    girl = pupil.sex == GIRL
    text = re.sub(r"\[([^]]*)\]", lambda choice: rng.choice(choice[1].split("~")), text)
    mates = [other.first for other in school.group(pupil.places[school.year][1]) if other is not pupil]
    return text.format(
        naam=pupil.first, hij="ze" if girl else "hij", Hij="Ze" if girl else "Hij", zijn="haar" if girl else "zijn",
        Zijn="Haar" if girl else "Zijn", hem="haar" if girl else "hem", maatje=rng.choice(mates or ["een ander"]),
        boek=rng.choice(BOOKS), thema=rng.choice(THEMES),
    )  # fmt: skip


def _moments(rng: Random, days: Days, pupil: Pupil, count: int) -> list[date]:
    """Days on which something was written about a child, more of them recent than long ago."""
    quiet = QUIET_DAYS if pupil.character and pupil.character.quiet else 0
    found = {days.ago(1 + quiet + int((LOOK_BACK - 1 - quiet) * rng.random() ** 1.7)) for _ in range(count)}
    return sorted(day for day in found if pupil.at_school(day) and school_year(day) in pupil.places)


def notes(school: School) -> list[Row]:
    """The rows of notities.csv; within a group a sentence is used again only when all have been used."""
    days = Days(school.today)
    rows: list[Row] = []
    told_of = _told(school)
    for note in told.NOTES:
        pupil, day = told_of[note.child], days.ago(note.back)
        this_year = school_year(day) == school.year
        by = _staff(school, note.by) if this_year else school.author(Random(note.text), pupil, day).key
        rows.append((pupil.key, day, note.kind, note.tone, note.text, by, note.readers))
    return sorted([*rows, *_ordinary_notes(school, days)], key=lambda row: (str(row[1]), str(row[0]), str(row[4])))


def _suits(note: Note, pupil: Pupil) -> bool:
    """A worry fits a child that has something to worry about; the rest fits everybody."""
    return note.tone != "zorg" or pupil.general < 0.7


def _ordinary_notes(school: School, days: Days) -> Iterator[Row]:
    stacks: dict[tuple[str, str], list[Note]] = {}
    for pupil in school.pupils:
        rng = school.rng("notes", pupil.number)
        count = rng.choices((0, 1, 2, 3, 5, 8), (16, 20, 26, 20, 12, 6))[0]
        for day in [] if pupil.character else _moments(rng, days, pupil, count):
            grade, group = pupil.places[school_year(day)]
            pool = notes_for(grade)
            stack = stacks.setdefault((group, pool[0].band), [])
            if not any(_suits(note, pupil) for note in stack):
                stack += rng.sample(pool, len(pool))
            note = next(note for note in stack if _suits(note, pupil))
            stack.remove(note)
            author = _ib(school) if note.readers == "ib" else school.author(rng, pupil, day)
            yield pupil.key, day, note.kind, note.tone, _fill(rng, school, pupil, note.text), author.key, note.readers


def goals(school: School) -> list[Row]:
    """The rows of doelen.csv: what children want, in their own words, and what school answered."""
    days = Days(school.today)
    told_of = _told(school)
    rows: list[Row] = [
        (told_of[goal.child].key, days.ago(goal.back), goal.words, goal.answer, goal.explained,
         days.ago(goal.answered) if goal.answered else None)
        for goal in told.GOALS
    ]  # fmt: skip
    for pupil in school.pupils:
        rng = school.rng("goals", pupil.number)
        if pupil.character or pupil.places[school.year][0] < 4 or rng.random() > 0.4:
            continue
        back = rng.randrange(6, 45)
        words, answer, explained = rng.choice(GOALS)
        answered: date | None = days.ago(max(1, back - rng.randrange(2, 14)))
        if not answer or rng.random() < 0.15:
            answer, explained, answered = "", "", None
        if pupil.at_school(days.ago(back)):
            rows.append((pupil.key, days.ago(back), words, answer, explained, answered))
    return rows


def agreements(school: School) -> list[Row]:
    """The rows of afspraken.csv: some kept, some open, a few overdue."""
    days = Days(school.today)
    told_of = _told(school)
    rows: list[Row] = [
        (told_of[item.child].key, days.ago(item.back), item.text, _staff(school, item.by), days.ago(item.due),
         days.ago(item.done) if item.done else None)
        for item in told.AGREEMENTS
    ]  # fmt: skip
    for pupil in school.pupils:
        rng = school.rng("agreements", pupil.number)
        if pupil.character or rng.random() > 0.3 - 0.08 * pupil.general:
            continue
        for text in rng.sample(AGREEMENTS, rng.choice((1, 1, 2, 3))):
            back = rng.randrange(2, 60)
            made = days.ago(back)
            if not pupil.at_school(made):
                continue
            due = made + timedelta(days=rng.choice((7, 14, 14, 28, 42)))
            by_then = due + timedelta(days=rng.randrange(-5, 4))
            done = max(day for day in days.past if day <= max(by_then, made))
            kept = rng.random() < (0.88 if due < school.today else 0.1)
            owner = _ib(school) if rng.random() < 0.2 else school.author(rng, pupil, school.today)
            rows.append((pupil.key, made, text, owner.key, due, done if kept else None))
    return rows


def points(school: School) -> list[Row]:
    """The rows of kindkenmerken.csv: what helps, what hinders and what that means in class."""
    return list(_points(school))


def _points(school: School) -> Iterator[Row]:
    days = Days(school.today)
    told_of = _told(school)
    for point in told.POINTS:
        yield told_of[point.child].key, days.ago(24), point.kind, point.text, _staff(school, told.KIM)
    for pupil in school.pupils:
        rng = school.rng("points", pupil.number)
        day = days.ago(rng.randrange(5, 90))
        if pupil.character or rng.random() > 0.22 - 0.06 * pupil.general or not pupil.at_school(day):
            continue
        author = school.author(rng, pupil, day).key
        texts = [("helpt", text) for text in rng.sample(HELPS, rng.choice((1, 1, 2)))]
        texts += [("hindert", text) for text in rng.sample(HINDERS, rng.choice((0, 1, 1)))]
        texts += [("in de klas", text) for text in rng.sample(IN_CLASS, rng.choice((0, 0, 1)))]
        for kind, text in texts:
            yield pupil.key, day, kind, text, author
