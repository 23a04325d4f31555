"""What the evidence rests on, read once for a school: its systems, the values of each fact, the children of today."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from models.queries import evidence as read
from models.queries import figures
from models.queries.evidence import PracticeCount, Value
from models.queries.memory import Version
from models.queries.scope import group_name
from models.rules.doubles import KINDBLAD
from models.rules.registrations.facts import FACTS, Fact

YEAR = timedelta(days=365)
FIRST_MONTH = 8
HERE = "kindblad"
"""The code of Kindblad itself among the codes of sources."""


@dataclass(slots=True)
class Tally:
    """The values of one fact: per school year; per place and of which children in the last twelve months."""

    this_year: int = 0
    last_year: int = 0
    places: Counter[int] = field(default_factory=Counter)
    pupils: set[int] = field(default_factory=set)
    last_on: dict[int, date] = field(default_factory=dict)

    def add(self, pupil: int, place: int, last_on: date, times: int = 1) -> None:
        """Count values of a child that came from a place."""
        self.places[place] += times
        self.pupils.add(pupil)
        self.last_on[place] = max(last_on, self.last_on.get(place, last_on))


@dataclass(frozen=True, slots=True)
class Use:
    """A school on a day; `children` are those with a group today, by the name of the group."""

    today: date
    sources: dict[int, Any]
    values: list[Value]
    practice: list[PracticeCount]
    children: dict[int, str]
    tallies: dict[str, Tally]

    def name(self, place: int) -> str:
        """What the school calls a place."""
        if place == KINDBLAD:
            return "Kindblad"
        label = str(self.sources[place].label)
        alike = sum(row.label == label for row in self.sources.values())
        return f"{label} ({self.sources[place].code.rpartition(':')[2]})" if alike > 1 else label

    def code(self, place: int) -> str:
        """By what a place is known outside: "kindblad" or the code of a source."""
        return HERE if place == KINDBLAD else str(self.sources[place].code)


def school_year(today: date) -> date:
    """The first day of the school year of this day."""
    return date(today.year if today.month >= FIRST_MONTH else today.year - 1, FIRST_MONTH, 1)


def bounds(today: date) -> tuple[date, date, date]:
    """Give the first day of this school year, of the last twelve months, and of last school year."""
    year = school_year(today)
    return year, min(year, today - YEAR), date(year.year - 1, FIRST_MONTH, 1)


def read_use(connection: sa.Connection, school_id: int, today: date, version: Version) -> Use:
    """Read everything that is counted, in a fixed number of queries."""
    since = bounds(today)
    sources = {row.id: row for row in read.sources(connection, school_id)}
    values = read.dated_values(connection, school_id, since[-1]) + read.standing_values(connection, school_id)
    practice = read.practice_counts(connection, school_id, version, since)
    children = {row.pupil_id: group_name(row.group) for row in figures.children(connection, school_id, today)}
    return Use(today, sources, values, practice, children, _tallies(today, values, practice, children))


def _tallies(
    today: date, values: list[Value], practice: list[PracticeCount], children: Collection[int]
) -> dict[str, Tally]:
    """Count the values of every fact; what is planned for later, or stands of a child that left, does not count."""
    year, twelve_months, _ = bounds(today)
    found = {code: Tally() for code in FACTS}
    for value in values:
        tally = found[value.fact]
        came_in = value.received_at.date() if value.received_at else value.day
        if is_standing(FACTS[value.fact]):
            if value.pupil_id in children:
                tally.add(value.pupil_id, value.place, came_in)
        elif value.day <= today:
            tally.this_year += value.day >= year
            tally.last_year += value.day < year
            if value.day >= twelve_months:
                tally.add(value.pupil_id, value.place, came_in)
    for row in practice:
        tally = found["practice"]
        this_year, before, longer_ago = row.values
        tally.this_year += this_year
        tally.last_year += before + longer_ago
        if this_year + before and row.last_on:
            tally.add(row.pupil_id, row.place, row.last_on, this_year + before)
    return found


STANDING = frozenset({"identity", "group", "guardian", "custody", "emergency_card"})


def is_standing(fact: Fact) -> bool:
    """Whether it holds until it changes, so that there is nothing to count per school year."""
    return fact.code in STANDING
