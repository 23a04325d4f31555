"""Leaving, returning, holding, planning and running in any order: nothing goes early, nothing stays."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from api.db import make_engine
from api.problem import ForPeopleError
from models.rules.retention import due_dates
from models.vocabulary import Destination, Retention
from tests.conftest import FreshDatabase
from tests.retention.school import TODAY, School, make, moment

Step = tuple[str, int]
DAYS = st.sampled_from((1, 20, 31, 57, 300, 366, 731, 1100))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), DAYS),
        st.tuples(st.sampled_from(("leave", "return", "plan", "approve", "run", "night")), st.just(0)),
        st.tuples(st.just("hold"), st.sampled_from((0, 60, 700))),
    ),
    min_size=4,
    max_size=14,
)
AGREED: list[Step] = [("leave", 0), ("wait", 731), ("plan", 0), ("approve", 0)]
WITNESS = {Retention.DOSSIER: "note", Retention.SUPPORT: "agreement", Retention.ENROLMENT: "pupil"}
"""A table of each class in which the child has a row."""


@pytest.fixture(scope="module")
def template(fresh_database: FreshDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """A school whose roll has lost the child, made once; each example begins with a copy."""
    with fresh_database("sqlite") as database:
        school = make(database.engine, tmp_path_factory.mktemp("school"))
        school.engine.dispose()
        yield school


@dataclass
class Life:
    """One child's life at school, as the test itself keeps it."""

    school: School
    today: date = TODAY
    left: date | None = None
    held_until: date = date.min

    def do(self, what: str, number: int) -> None:
        """Let something happen; what a person may not do is refused and changes nothing."""
        before = self.school.held()
        if before:
            self._act(what, number)
            self._nothing_went_early(before, self.school.held())
            if what == "night":
                self._nothing_stayed()

    def _act(self, what: str, number: int) -> None:
        now = moment(self.today, 12)
        try:
            if what == "wait":
                self.today += timedelta(days=number)
            elif what == "leave" and self.left is None:
                self.school.leave(self.today, now=now)
                self.left = self.today
            elif what == "return" and self.left is not None:
                self.school.come_back(self.today)
                self.left = None
            elif what == "hold":
                self.school.hold(self.today + timedelta(days=number), now)
                self.held_until = max(self.held_until, self.today + timedelta(days=number))
            elif what == "plan":
                self.school.plan(now)
            elif what == "approve":
                self.school.approve(now)
            elif what == "run":
                self.school.run(now)
            elif what == "night":
                self.school.erase_what_is_due(now)
        except ForPeopleError:
            assert what in {"leave", "return", "approve", "run"}, what

    def _due(self, kind: Retention) -> bool:
        is_held = self.held_until >= self.today
        gone = self.left is not None and due_dates(self.left, Destination.SECONDARY, {})[kind] <= self.today
        return gone and not is_held

    def _nothing_went_early(self, before: dict[str, int], after: dict[str, int]) -> None:
        for kind, table in WITNESS.items():
            assert after.get(table) == before.get(table) or self._due(kind), (kind, self.today, self.left)

    def _nothing_stayed(self) -> None:
        held = self.school.held()
        for kind, table in WITNESS.items():
            assert table not in held or not self._due(kind), (kind, self.today, self.left)


@given(STEPS)
@example([*AGREED, ("hold", 60), ("run", 0), ("wait", 57), ("night", 0)])
@example([*AGREED, ("return", 0), ("run", 0), ("leave", 0), ("run", 0)])
@example([("leave", 0), ("wait", 731), ("night", 0), ("wait", 1), ("night", 0), ("wait", 1100), ("night", 0)])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_in_any_order_nothing_goes_early_and_nothing_stays(
    template: School, tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    folder = tmp_path_factory.mktemp("life")
    file = shutil.copy(Path(template.engine.url.database or ""), folder / "kindblad.sqlite")
    engine = make_engine(f"sqlite:///{file}")
    own = template.settings.model_copy(update={"data_dir": folder / "data"})
    life = Life(School(engine, folder, own, template.accounts))
    try:
        for what, number in steps:
            life.do(what, number)
    finally:
        engine.dispose()
        shutil.rmtree(folder)
