"""Releasing, taking back, correcting and relinking in any order: each reads what was released to them, and no more."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from api.db import reading
from models.person import SourcePerson
from models.report_card import ReportCard
from models.result import Assessment
from tests.child.school import with_pupils
from tests.conftest import FreshDatabase
from tests.parents.test_copy import ask, choices, decide, fetch, review
from tests.parents.test_growth import a_test
from tests.parents.test_releasing import json_of
from tests.site import Site, make_site
from tests.world import NOW, TODAY, World

LONG_AGO, LATELY = TODAY - timedelta(days=340), TODAY - timedelta(days=10)
TAKEN = (LONG_AGO, LATELY, LATELY)
WHICH = st.integers(0, len(TAKEN) - 1)
LAST_DAY = TODAY + timedelta(days=200)
"""Before the school year ends, and with it the group."""
Step = tuple[str, int, int]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("release"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.sampled_from(("take back", "correct", "move", "report")), WHICH, st.just(0)),
        st.tuples(st.just("wait"), st.sampled_from((1, 2, 40)), st.just(0)),
    ),
    min_size=3,
    max_size=9,
)
SOON: list[Step] = [("release", 0, 0), ("report", 0, 0)]


@dataclass
class Told:
    """A release as the test itself keeps it."""

    said: str
    child_from: date
    parents_from: date


@dataclass
class Year:
    """A year of one child's results, and what of them it and its parents may read."""

    site: Site
    results: list[int]
    today: date = TODAY
    told: dict[int, Told] = field(default_factory=dict)
    is_away: bool = False
    frozen: set[str] | None = None
    said: int = 0

    def do(self, what: str, first: int, second: int) -> None:
        with time_machine.travel(NOW + (self.today - TODAY), tick=False):
            if what == "release":
                self._release(first, second)
            elif what == "take back":
                self._take_back(first)
            elif what == "correct":
                self._correct(first)
            elif what == "move":
                self._move()
            elif what == "report" and self.frozen is None:
                self._report()
        if what == "wait":
            self.today = min(self.today + timedelta(days=first), LAST_DAY)
        with time_machine.travel(NOW + (self.today - TODAY), tick=False):
            self.check()

    def for_parents(self) -> set[str]:
        if self.is_away:
            return set()
        return {one.said for one in self.told.values() if one.parents_from <= self.today}

    def for_child(self) -> set[str]:
        return set() if self.is_away else {one.said for one in self.told.values() if one.child_from <= self.today}

    def check(self) -> None:
        """Ask every place; a sentence of ours is nowhere else in what is answered."""
        client, noor = self.site.client, self.site.world.uids["noor"]
        self.site.log_in("moeder")
        home = client.get(f"/api/v1/my-children/{noor}").json()
        assert {one["explanation"] for one in home["results"]} == self.for_parents()
        assert "Zin " not in client.get(f"/api/v1/pupils/{noor}/sheet").text
        if self.frozen is not None:
            uid = client.get(f"/api/v1/my-children/{noor}/reports").json()["reports"][0]["id"]
            report = client.get(f"/api/v1/my-children/{noor}/reports/{uid}").text
            assert found_in(report, self.said) == self.frozen & self.for_parents()
        self.site.log_in("kind.noor")
        assert {one["body"] for one in client.get("/api/v1/me/page").json()["told"]} == self.for_child()

    def check_copy(self) -> None:
        """By law a copy holds all that is kept (decision 0008); of each test it says rightly if parents were told."""
        with time_machine.travel(NOW + (self.today - TODAY), tick=False):
            copy = ask(self.site)
            assert decide(self.site, copy, choices(review(self.site, copy))).status_code == 303
            data = json.loads(fetch(self.site, copy)["kopie-kindblad/alles.json"])
        told = [row["met u gedeeld"] for row in data["assessment"]]
        assert told.count("ja") == len(self.for_parents())

    def _release(self, child_after: int, parents_after: int) -> None:
        """Release all that the pages give as waiting, as the teacher does."""
        child_from = self.today + timedelta(days=child_after)
        days = {"child_from": child_from, "parents_from": child_from + timedelta(days=parents_after)}
        for code in CODES:
            waiting = [one["result"] for one in of_moment(self.site, code) if one["parents_from"] is None]
            new = {one: f"Zin {self.said + at}." for at, one in enumerate(waiting, start=1)}
            if self.is_away or not new:
                continue
            results = [{"result": one, "sentence": sentence} for one, sentence in new.items()]
            body = {name: str(day) for name, day in days.items()} | {"results": results}
            assert self.site.client.post(json_of(self.site, code), json=body).json() == {"count": len(new)}
            self.told |= {one: Told(sentence, **days) for one, sentence in new.items()}
            self.said += len(new)

    def _take_back(self, which: int) -> None:
        """What can be read can be taken back, however long ago the test was."""
        result = self.results[which]
        self.site.log_in("kim")
        path = f"{json_of(self.site, code_of(TAKEN[which]))}/taken-back"
        answer = self.site.client.post(path, json={"results": [result]})
        is_told = result in self.told and not self.is_away
        assert answer.json() == {"count": 1} if is_told else answer.status_code in {200, 404}
        if is_told:
            del self.told[result]

    def _correct(self, which: int) -> None:
        """The source delivers another value for a test."""

        def act(world: World) -> None:
            self.results[which] = another(world, which, f"{len(self.told)} {self.said} {self.results[which]}")
            old = sa.update(Assessment).where(Assessment.id == corrected)
            world.connection.execute(old.values(superseded_by_id=self.results[which]))

        corrected = self.results[which]
        self.site.change(act)
        self.told.pop(corrected, None)

    def _move(self) -> None:
        """Whose results these are was wrong, or was right after all; Zoë is then their child."""

        def act(world: World) -> None:
            theirs = SourcePerson.id == world.persons["noor"]
            child = world.pupils["noor" if self.is_away else "zoë"]
            world.connection.execute(sa.update(SourcePerson).where(theirs).values(pupil_id=child))

        self.site.change(act)
        self.is_away = not self.is_away

    def _report(self) -> None:
        path = f"/groep/{self.site.world.group_uids['6B']}/rapporten"
        said = {"title": "Rapport", "child": [str(self.site.world.uids["noor"])], "words": ["Goed."]}
        self.site.log_in("kim")
        self.site.client.post(path, data=said | {"effort": ["."], "child_words": ["."]})
        if self.site.client.post(f"{path}/vrijgeven", data={"title": "Rapport", "on": self.today}).status_code == 200:
            with reading(self.site.engine) as connection:
                if connection.scalar(sa.select(sa.func.count(ReportCard.released_at))):
                    lately = [self.told[one].said for one in self.results[1:] if one in self.told]
                    self.frozen = self.for_parents() & set(lately)


def code_of(day: date) -> str:
    return f"/test-{day.month}-{day.year}"


CODES = tuple(dict.fromkeys(code_of(day) for day in TAKEN))


def of_moment(site: Site, code: str) -> list[dict[str, Any]]:
    """What Vrijgeven has of one moment, by the JSON; nothing where there is no such moment."""
    site.log_in("kim")
    children = site.client.get(json_of(site, code)).json().get("children", [])
    return [one for child in children for one in child["results"]]


def found_in(text: str, most: int) -> set[str]:
    return {sentence for number in range(1, most + 1) if (sentence := f"Zin {number}.") in text}


def another(world: World, which: int, key: str = "") -> int:
    """Let a test be taken, and give its number."""
    a_test(world, TAKEN[which], 100 + which, code=f"vak {which} {key}".strip(), released=False)
    return int(world.connection.scalar(sa.select(sa.func.max(Assessment.id))) or 0)


@contextmanager
def a_year(fresh_database: FreshDatabase, kind: str) -> Iterator[Year]:
    with fresh_database(kind) as database, contextmanager(make_site)(database) as site:
        results: list[int] = []
        site.change(with_pupils)
        site.change(lambda world: results.extend(another(world, which) for which in range(len(TAKEN))))
        yield Year(site, results)


@example([*SOON, ("move", 0, 0), ("wait", 1, 0), ("move", 0, 0)])
@example([*SOON, ("wait", 40, 0), ("take back", 0, 0), ("release", 0, 0)])
@example([*SOON, ("correct", 0, 0), ("release", 0, 2), ("wait", 2, 0)])
@given(STEPS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_reads_what_was_released_to_them_on_that_day_and_no_more(
    fresh_database: FreshDatabase, steps: list[Step]
) -> None:
    with a_year(fresh_database, "sqlite") as year:
        for step in steps:
            year.do(*step)
        if not year.is_away:
            year.check_copy()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_result_that_turns_out_to_be_of_another_child_is_read_by_nobody_till_it_is_released_anew(
    fresh_database: FreshDatabase, kind: str
) -> None:
    with a_year(fresh_database, kind) as year:
        year.do("release", 0, 0)
        year.do("move", 0, 0)
        site, code = year.site, code_of(LATELY)
        waiting = of_moment(site, code)
        assert [one["parents_from"] for one in waiting] == [None, None]
        assert not any("Zin " in one["sentence"] for one in waiting), "about the other child"
        new = [{"result": one["result"], "sentence": "Voor Zoë."} for one in waiting]
        days = {"child_from": str(TODAY), "parents_from": str(TODAY)}
        answer = site.client.post(json_of(site, code), json=days | {"results": new})
        assert (answer.status_code, answer.json()) == (200, {"count": 2})
        year.told = {one: told for one, told in year.told.items() if one == year.results[0]}
        year.do("move", 0, 0)
