"""Instruction groups: a proposal that nobody has to follow, moves that are kept with history, two teachers at once."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
import sqlalchemy as sa

from api.db import reading
from api.schemas.group import Instruction
from api.security.access import Visit
from api.services.group.placing import compose_instruction
from models.group import InstructionPlacement
from models.queries.scope import Scope
from models.rules.access import Position
from models.rules.placing import LONGEST
from models.school import SchoolSetting
from models.support import SupportPoint
from models.vocabulary import InstructionLevel, Role, SupportKind
from tests.api.test_group import groups_of_this_year
from tests.api.test_signals import grant_for_group
from tests.demo_school import NOW, TODAY, DemoSchool
from tests.site import Site
from tests.world import LAST_DAY, World
from tests.world import TODAY as THIS_DAY

INTENSIVE, BASIC, ENRICHED = InstructionLevel
DAY = timedelta(days=1)
Kept = list[tuple[str, InstructionLevel, str, bool, date, date | None]]


def visit_of(connection: sa.Connection) -> Visit:
    who = SimpleNamespace(scope=Scope(1, TODAY))
    return Visit(cast("Any", None), cast("Any", None), connection, NOW, cast("Any", who))


def test_each_child_gets_a_proposal_with_a_reason_and_nothing_happens(
    demo_school: DemoSchool,
) -> None:
    with reading(demo_school.engine) as connection:
        visit = visit_of(connection)
        found = compose_instruction(visit, grant_for_group(connection, "6B"), "rekenen")

    assert found.groups[0].pupils == []
    assert len(found.unplaced) > 5
    for pupil in found.unplaced:
        assert pupil.proposed is not None
        assert pupil.because.startswith(f"Niveau {pupil.measured}")
        assert len(pupil.because) <= LONGEST
    assert {line["kind"] for line in visit.lines} == {"instruction_groups"}
    assert len(visit.lines) == len(found.unplaced)


def test_of_a_child_in_group_1_or_2_nothing_is_proposed(demo_school: DemoSchool) -> None:
    young = 0
    with reading(demo_school.engine) as connection:
        for group in groups_of_this_year(connection, Position.TEACHER):
            for pupil in compose_instruction(visit_of(connection), group, "rekenen").pupils:
                if "groep 1 en 2" in pupil.because:
                    young += 1
                    assert (pupil.proposed, pupil.measured) == (None, None)
    assert young > 5


class Plan:
    """The page of instruction groups of 6B, as someone uses it."""

    def __init__(self, site: Site, login: str = "kim", subject: str = "rekenen") -> None:
        self.site = site
        self.path = f"/groep/{site.world.group_uids['6B']}/instructiegroepen/{subject}"
        self.api = f"/api/v1/groups/{site.world.group_uids['6B']}/instruction/{subject}"
        site.log_in(login)

    def read(self) -> Instruction:
        return Instruction.model_validate(self.site.client.get(self.api).json())

    def seen(self, child: str) -> str:
        uid = self.site.world.uids[child]
        return next(pupil.seen for pupil in self.read().pupils if pupil.id == uid)

    def move(self, child: str, level: str, reason: str = "", seen: str | None = None) -> Any:
        sent = {"pupil": str(self.site.world.uids[child]), "level": level, "reason": reason}
        sent["seen"] = self.seen(child) if seen is None else seen
        return self.site.client.post(self.api, json={"moves": [sent]})

    def kept(self) -> Kept:
        named = {row_id: name for name, row_id in self.site.world.pupils.items()}
        table = InstructionPlacement
        columns = (table.pupil_id, table.level, table.reason, table.is_own_choice, table.starts_on, table.ends_on)
        with reading(self.site.engine) as connection:
            return [(named[row[0]], *row[1:]) for row in connection.execute(sa.select(*columns).order_by(table.id))]


def a_day_passes(site: Site) -> None:
    """Let all that was placed be placed a day longer ago."""

    def earlier(world: World) -> None:
        table = InstructionPlacement
        for row in world.connection.execute(sa.select(table.id, table.starts_on, table.ends_on)).all():
            values = {"starts_on": row.starts_on - DAY, "ends_on": row.ends_on and row.ends_on - DAY}
            world.connection.execute(sa.update(table).where(table.id == row.id).values(**values))

    site.change(earlier)


def test_a_move_closes_what_was_and_a_move_on_the_same_day_replaces(site: Site) -> None:
    yesterday = THIS_DAY - DAY
    plan = Plan(site)
    assert plan.move("noor", "basic").json() == {"kept": 1, "overtaken": []}
    assert plan.move("noor", "intensive", "Ze wil graag samen.").json()["kept"] == 1
    assert plan.kept() == [("noor", INTENSIVE, "Ze wil graag samen.", True, THIS_DAY, None)]

    a_day_passes(site)
    assert plan.move("noor", "intensive").json()["kept"] == 0  # nothing changes, nothing is written
    assert plan.move("noor", "basic").json()["kept"] == 1
    assert plan.kept() == [
        ("noor", INTENSIVE, "Ze wil graag samen.", True, yesterday, yesterday),
        ("noor", BASIC, "", True, THIS_DAY, None),
    ]
    noor = next(pupil for pupil in plan.read().groups[1].pupils)
    assert (noor.level, noor.since, noor.was) == (BASIC, THIS_DAY, "intensief")
    assert [step.name for step in noor.history] == ["intensief", "basis"]
    page = site.client.get(plan.path).text
    assert f"sinds {THIS_DAY.day} " in page
    assert "was intensief" in page
    assert "Ze wil graag samen." in page


def test_who_goes_back_on_the_same_day_was_never_away(site: Site) -> None:
    plan = Plan(site)
    plan.move("noor", "basic")
    a_day_passes(site)
    plan.move("noor", "enriched")
    plan.move("noor", "basic")

    noor = plan.read().groups[1].pupils[0]
    assert (noor.since, noor.was, len(noor.history)) == (THIS_DAY - DAY, None, 1)


def test_two_teachers_at_once_lose_nothing(site: Site) -> None:
    plan = Plan(site)
    as_kim_saw_it = {child: plan.seen(child) for child in ("noor", "zoë")}
    plan = Plan(site, "ib")
    plan.move("noor", "enriched", "Ze verveelt zich.")
    site.log_in("kim")

    uids = [str(site.world.uids[child]) for child in as_kim_saw_it]
    form = {"child": uids, "level": ["intensive", "basic"], "reason": ["Ze mist de basis.", ""]}
    answer = site.client.post(plan.path, data=form | {"seen": list(as_kim_saw_it.values())})

    assert answer.status_code == 200
    assert "Noor van der Ven staat nu bij verdiept (Juf ib); u koos intensief." in answer.text
    assert 'value="Ze mist de basis."' in answer.text
    assert [(child, level) for child, level, *_ in plan.kept()] == [("noor", ENRICHED), ("zoë", BASIC)]
    again = plan.move("noor", "intensive", "Ze mist de basis.").json()
    assert again["kept"] == 1


def test_a_form_keeps_what_was_chosen_and_comes_back_to_the_page(site: Site) -> None:
    plan = Plan(site)
    uids = [str(site.world.uids[child]) for child in ("noor", "zoë")]
    form = {"child": uids, "level": ["intensive", ""], "reason": ["", ""], "seen": ["", ""]}

    answer = site.client.post(plan.path, data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, plan.path)
    assert [(child, level) for child, level, *_ in plan.kept()] == [("noor", INTENSIVE)]
    assert ("instruction_groups", "wrote") in {line[1:3] for line in site.lines()}
    grid = site.client.get(f"/groep/{site.world.group_uids['6B']}?alleen=extra").text
    assert re.findall(r'<th scope="row"><a [^>]*>([^<]+)', grid) == ["Noor van der Ven"]


def test_what_is_taken_over_is_what_was_shown(site: Site) -> None:
    """A proposal that came to be after the page was opened is not taken over unseen."""
    plan = Plan(site)
    uid = str(site.world.uids["noor"])
    form = {"child": [uid], "level": ["intensive"], "reason": [""], "seen": [""], "take": "all"}

    answer = site.client.post(plan.path, data=form)

    assert answer.status_code == 422
    assert "intussen veranderd" in answer.text
    assert plan.kept() == []


@pytest.mark.parametrize(
    "form",
    [
        {"child": ["not-an-id"], "level": ["basic"], "reason": [""], "seen": [""]},
        {"child": [str(UUID(int=7))], "level": ["geniaal"], "reason": [""], "seen": [""]},
        {"child": [str(UUID(int=7))], "level": ["basic"], "reason": ["", ""], "seen": [""]},
        {},
    ],
)
def test_half_a_form_changes_nothing(one_site: Site, form: dict[str, Any]) -> None:
    plan = Plan(one_site)

    assert one_site.client.post(plan.path, data=form).status_code == 422
    assert plan.kept() == []


def test_only_who_may_write_what_was_agreed_moves_a_child_and_only_of_this_group(site: Site) -> None:
    def everyone(world: World) -> None:
        world.account("invaller", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=LAST_DAY)
        world.account("kantoor", Role.OFFICE)

    site.change(everyone)
    for login, reads, writes in (
        ("kim", 200, 200), ("ib", 200, 200), ("directie", 200, 200), ("invaller", 200, 404), ("kantoor", 404, 404),
        ("piet", 404, 404), ("moeder", 404, 404), ("beheer", 404, 404),
    ):  # fmt: skip
        plan = Plan(site, login)
        assert site.client.get(plan.path).status_code == reads, login
        assert plan.move("zoë", "basic", seen="").status_code == writes, login
        assert "Bewaren" in site.client.get(plan.path).text or login not in ("kim", "ib", "directie")
    plan = Plan(site)
    for elsewhere in ("daan", "sem"):
        assert plan.move(elsewhere, "basic", seen="").status_code == 404
    assert {child for child, *_ in plan.kept()} == {"zoë"}


def test_a_subject_that_is_none_is_not_there(one_site: Site) -> None:
    for subject in ("hogere-wiskunde", "REKENEN", "rekenen%00"):
        plan = Plan(one_site, subject=subject)
        assert one_site.client.get(plan.path).status_code == 404, subject


def test_the_names_of_the_groups_are_those_of_the_school_and_what_helps_goes_along(one_site: Site) -> None:
    def tell(world: World) -> None:
        school = {"school_id": world.schools["vliet"], "account_id": world.accounts["directie"]}
        world.insert(SchoolSetting, **school, name="level_enriched", value="pluswerk", changed_at=datetime.now(UTC))
        world.insert(
            SupportPoint,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["noor"],
            kind=SupportKind.HELPS,
            body="Werken met een voorbeeld",
            observed_on=THIS_DAY,
        )

    one_site.change(tell)
    plan = Plan(one_site)
    plan.move("noor", "enriched")
    page = one_site.client.get(plan.path).text

    assert "<span>pluswerk</span>" in page
    assert "verdiept" not in page
    assert "Werken met een voorbeeld" in page
