"""The question of the Snappet challenge, on its real class: "waar heeft mijn klas vandaag aan gewerkt?"

It is 24 March 2015, 11:30 UTC. What Vandaag says is compared with what is counted here straight from the file, with
Python's csv alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine

from connectors.runner import run
from connectors.sources.practice import connector
from models.account import RoleGrant
from models.group import ClassGroup
from models.person import SourcePerson
from models.school import SchoolYear
from models.vocabulary import LinkMethod, Role
from tests.conftest import Database
from tests.connectors.practice.counting import Answer, count, read
from tests.site import Site, make_site
from tests.world import World

CLASS_FILE = "data/snappet/work-tot-2015-03-24T1130Z.csv"
NOW = datetime(2015, 3, 24, 11, 30, tzinfo=UTC)
TODAY = NOW.date()
SINCE = date(2015, 2, 25)
"""Four weeks, today included: the period over which a child can, is busy or is stuck."""


@dataclass
class Counted:
    """One objective today, as the file has it."""

    answers: int = 0
    first_answers: int = 0
    first_correct: int = 0
    children: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def by_hand(answers: list[Answer]) -> dict[tuple[str, str], Counted]:
    """Count today per objective, and where each child stands by the rule that the page states."""
    cells = count(answers)
    period: dict[tuple[str, str, str], list[tuple[date, int, int]]] = defaultdict(list)
    for (user, day, subject, _, name), cell in cells.items():
        if SINCE <= day <= TODAY:
            period[user, subject, name].append((day, cell.first_answers, cell.first_correct))
    found: dict[tuple[str, str], Counted] = defaultdict(Counted)
    for (user, day, subject, _, name), cell in cells.items():
        if day == TODAY:
            counted = found[subject, name]
            counted.answers += cell.answers
            counted.first_answers += cell.first_answers
            counted.first_correct += cell.first_correct
            counted.children[stands(period[user, subject, name])].add(user)
    return found


def stands(days: list[tuple[date, int, int]]) -> str:
    """From ten first attempts: eight of ten right is "can", under 55 of a hundred "stuck", or hard on a first day."""
    tried, right = sum(day[1] for day in days), sum(day[2] for day in days)
    if tried < 10:
        return "busy"
    if right >= 0.8 * tried:
        return "can"
    if right >= 0.55 * tried:
        return "busy"
    return "stuck" if len(days) > 1 else "hard_start"


@pytest.fixture
def answers(shared: Path) -> list[Answer]:
    return read(shared / CLASS_FILE)


@pytest.fixture
def classroom(database: Database, shared: Path, answers: list[Answer]) -> Iterator[Site]:
    """The class on the roll of a school, its teacher, and its file taken in as any file is."""
    with time_machine.travel(NOW, tick=False):
        for site in make_site(database):
            site.change(_to_2015)
            outcome = run(
                site.engine, connector, shared / CLASS_FILE, school="99KB", settings=connector.settings_model(),
                label="Snappet", requested_by="test", confirm=True,
            )  # fmt: skip
            assert outcome.created == len(answers)
            site.change(lambda world: _link(world, sorted({answer.user for answer in answers})))
            site.log_in("kim")
            yield site


def _to_2015(world: World) -> None:
    """Let group 6B live in the school year of the file, without the children of the tests."""
    starts, ends = date(2014, 8, 1), date(2015, 7, 31)
    world.year = world.insert(SchoolYear, code="2014-2015", starts_on=starts, ends_on=ends)
    here = world.groups["6B"]
    world.connection.execute(sa.update(ClassGroup).where(ClassGroup.id == here).values(school_year_id=world.year))
    world.connection.execute(sa.update(RoleGrant).where(RoleGrant.role == Role.TEACHER).values(starts_on=starts))


def _link(world: World, users: list[str]) -> None:
    for user in users:
        world.pupil("vliet", user, "Klas", None)
        world.member("vliet", world.persons[user], "6B", since=date(2014, 8, 1))
        theirs = sa.and_(SourcePerson.source_key == user, SourcePerson.pupil_id.is_(None))
        link = sa.update(SourcePerson).where(theirs).values(pupil_id=world.pupils[user], link_method=LinkMethod.ROLL)
        assert world.connection.execute(link).rowcount == 1


def test_what_the_class_worked_on_is_what_the_file_says(classroom: Site, answers: list[Answer]) -> None:
    expected = by_hand(answers)
    today = [answer for answer in answers if answer.at.startswith("2015-03-24")]

    day: dict[str, Any] = classroom.client.get("/api/v1/today").json()

    (work,) = day["work"]
    assert (work["group"], work["source"], work["day_text"]) == ("6B", "Snappet", "vandaag")
    assert work["answers"] == len(today) == 1_886
    assert work["children"] == len({answer.user for answer in today}) == 18
    assert {(done["subject"], done["name"]) for done in work["objectives"]} == expected.keys()
    for done in work["objectives"]:
        counted = expected[done["subject"], done["name"]]
        assert (done["answers"], done["children"]) == (counted.answers, sum(map(len, counted.children.values())))
        assert (done["first_answers"], done["first_correct"]) == (counted.first_answers, counted.first_correct)
        for state in ("can", "busy", "stuck", "hard_start"):
            assert {link["name"] for link in done[state]} == counted.children[state], (done["name"], state)
    assert sum(len(done["stuck"]) for done in work["objectives"]) == 2
    assert "Oefentijd is geen inzet" in day["remark"]


def test_the_page_says_the_same_and_makes_a_table_in_one_click(classroom: Site, answers: list[Answer]) -> None:
    expected = by_hand(answers)
    hardest = max(expected, key=lambda key: len(expected[key].children["stuck"]))
    stuck = expected[hardest].children["stuck"]
    text = unescape(classroom.client.get("/vandaag").text)

    assert "Snappet, vandaag · 18 kinderen · 1.886 antwoorden" in text
    for (_, name), counted in expected.items():
        assert name in text
        assert f"{counted.first_correct} van {counted.first_answers} in één keer goed" in text

    form = {
        "subject": hardest[0],
        "objective": hardest[1],
        "child": [str(classroom.world.uids[user]) for user in stuck],
    }
    group = classroom.world.group_uids["6B"]
    assert classroom.client.post(f"/groep/{group}/instructie", data=form).status_code == 303

    (table,) = classroom.client.get("/api/v1/today").json()["instructions"]
    assert (table["title"], table["when"]) == (hardest[1], "vandaag")
    assert {link["name"] for link in table["children"]} == stuck
