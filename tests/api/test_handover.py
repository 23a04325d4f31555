"""The handover: strengths first, made from what was written, on one page per child, for who may have it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine

from models.group import ClassGroup, GroupMembership, InstructionPlacement
from models.journal import Note
from models.rules.handing_over import since
from models.school import SchoolYear
from models.support import Agreement, Goal, SupportPoint
from models.talk import Talk
from models.vocabulary import GoalAnswer, GroupKind, InstructionLevel, NoteKind, Readers, Role, SupportKind, Tone
from tests.site import Site
from tests.world import FIRST_DAY, NOW, TODAY, World

TALENT = "Bouwt bruggen van papier die blijven staan"
GOOD = "Legde Daan uit hoe je leent bij aftrekken"
WORRY = "Liep boos de klas uit"
RESTRICTED = "Alleen voor IB: er is een melding gedaan"
LAST_YEAR = "Won vorig jaar de voorleeswedstrijd"
GOAL = "Ik wil een spreekbeurt houden over de maan"
HELPS = "Eerst een voorbeeld samen doen"
HINDERS = "Een volle tafel leidt af"
IN_CLASS = "Krijgt meer tijd bij toetsen"
AGREED = "Elke maandag samen de week doornemen"
SAYS = "Ik vind het fijn als ik eerst mag tekenen"
SEES = "Ze durft weer vragen te stellen in de kring"


def tell(world: World) -> None:
    at: dict[str, Any] = {"school_id": world.schools["vliet"], "pupil_id": world.pupils["noor"]}
    by = {"account_id": world.accounts["kim"]}
    for kind, tone, readers, body, day in (
        (NoteKind.TALENT, Tone.GOOD, Readers.TEAM, TALENT, TODAY),
        (NoteKind.OBSERVATION, Tone.GOOD, Readers.TEAM, GOOD, TODAY),
        (NoteKind.OBSERVATION, Tone.WORRY, Readers.TEAM, WORRY, TODAY),
        (NoteKind.TALENT, Tone.GOOD, Readers.IB, RESTRICTED, TODAY),
        (NoteKind.TALENT, Tone.GOOD, Readers.TEAM, LAST_YEAR, FIRST_DAY - timedelta(days=90)),
        (NoteKind.PUPIL_TALK, Tone.NEUTRAL, Readers.TEAM, SAYS, TODAY),
    ):
        note = {"kind": kind, "tone": tone, "readers": readers, "body": body, "observed_on": day, "written_at": NOW}
        world.insert(Note, **at, **by, **note)
    for point, body in ((SupportKind.HINDERS, HINDERS), (SupportKind.HELPS, HELPS), (SupportKind.IN_CLASS, IN_CLASS)):
        old = FIRST_DAY - timedelta(days=400)
        world.insert(SupportPoint, **at, **by, kind=point, body=body, observed_on=old)
    world.insert(Goal, **at, body=GOAL, stated_on=TODAY, answer=GoalAnswer.YES, answered_on=TODAY)
    world.insert(Agreement, **at, body=AGREED, agreed_on=FIRST_DAY - timedelta(days=30))
    world.insert(Agreement, **at, body="Is al gedaan", agreed_on=TODAY, done_on=TODAY)
    world.insert(Talk, **at, planned_on=TODAY, planned_by=world.accounts["ib"], started_at=NOW, ended_at=NOW, sees=SEES)


def page(site: Site, child: str = "noor") -> str:
    return f"/kind/{site.world.uids[child]}/overdracht"


def group(site: Site) -> str:
    return f"/groep/{site.world.group_uids['6B']}/overdracht"


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_the_page_of_a_child_begins_with_what_it_can_and_wants(site: Site) -> None:
    site.change(tell)
    site.log_in("kim")

    text = text_of(site.client.get(page(site)))

    order = [TALENT, GOOD, GOAL, HELPS, IN_CLASS, HINDERS, AGREED, SAYS, SEES]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    for kept_away in (WORRY, RESTRICTED, LAST_YEAR, "Is al gedaan"):
        assert kept_away not in text, kept_away
    assert [line[1:] for line in site.lines()] == [("handover", "read", "groep 6B")]


@pytest.mark.parametrize(
    ("login", "status"),
    [("kim", 200), ("ib", 200), ("directie", 200), ("piet", 404), ("invaller", 404), ("moeder", 403)],
)
def test_who_gets_it(one_site: Site, login: str, status: int) -> None:
    def stand_in(world: World) -> None:
        world.account("invaller", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=TODAY)
        world.grant("invaller", Role.TEACHER, group_id=world.groups["6A"])

    one_site.change(stand_in)
    one_site.log_in(login)
    uid = one_site.world.uids["noor"]

    paths = (page(one_site), group(one_site), f"/api/v1/pupils/{uid}/handover")
    assert {path: one_site.client.get(path).status_code for path in paths} == dict.fromkeys(paths, status)
    assert one_site.client.post(group(one_site)).status_code == status


def test_directie_reads_what_the_matrix_gives_it_and_no_more(one_site: Site) -> None:
    one_site.change(tell)
    one_site.log_in("directie")

    text = text_of(one_site.client.get(page(one_site)))

    assert HELPS in text
    assert AGREED in text
    for not_for_directie in (TALENT, GOOD, SAYS, SEES):
        assert not_for_directie not in text, not_for_directie


def test_the_whole_group_is_one_run_and_the_log_says_that_it_went_on_paper(site: Site) -> None:
    site.change(tell)
    site.log_in("kim")
    overview = site.client.get(group(site)).text
    assert page(site) in overview
    assert "nog niets opgeschreven over wat Zoë goed kan" in overview

    run = site.client.post(group(site)).text
    assert run.count('<article class="paper handover">') == 2
    both = {site.world.pupils[name] for name in ("noor", "zoë")}
    assert {line[0] for line in site.lines() if line[1:3] == ("handover", "printed")} == both


def test_the_next_teacher_gets_it_with_the_group_and_not_before(site: Site) -> None:
    site.change(tell)
    site.log_in("piet")
    assert site.client.get(page(site)).status_code == 404

    site.change(lambda world: world.grant("piet", Role.TEACHER, group_id=world.groups["6B"]))
    site.log_in("piet")
    assert TALENT in site.client.get(page(site)).text


def test_in_the_first_weeks_of_a_year_the_last_one_is_handed_over() -> None:
    starts = date(2026, 8, 1)
    assert since(starts, date(2026, 8, 24)) == date(2025, 8, 1)
    assert since(starts, date(2026, 11, 22)) == starts
    assert since(starts, date(2027, 7, 10)) == starts


def test_in_the_summer_what_was_written_last_year_is_there_for_the_new_teacher(site: Site) -> None:
    site.change(tell)
    with time_machine.travel(datetime(FIRST_DAY.year, 8, 20, 9, tzinfo=UTC), tick=False):
        site.log_in("kim")
        text = text_of(site.client.get(page(site)))
    assert LAST_YEAR in text
    assert TALENT not in text, "that is written later"


def test_in_august_the_instruction_groups_of_last_year_are_handed_over(site: Site) -> None:
    def last_year(world: World) -> None:
        at = {"school_id": world.schools["vliet"]}
        before, began = FIRST_DAY - timedelta(days=1), FIRST_DAY.replace(year=FIRST_DAY.year - 1)
        year = world.insert(SchoolYear, code=f"{began.year}-{began.year + 1}", starts_on=began, ends_on=before)
        las = world.sources["vliet las"]
        of_year = at | {"school_year_id": year, "kind": GroupKind.HOME, "delivery_id": world.deliveries[las]}
        groups = [
            world.insert(ClassGroup, **of_year, source_id=las, source_key=name, name=name) for name in ("5B", "5A")
        ]
        for group, until in zip(groups, (before, began + timedelta(days=90)), strict=True):
            person = {"source_person_id": world.persons["noor"], "group_id": group}
            world.insert(GroupMembership, **of_year, **person, starts_on=began, ends_on=until)
            for subject, ended in (("rekenen", None), ("spelling", began + timedelta(days=60))):
                placed: dict[str, Any] = {"subject": subject, "level": InstructionLevel.INTENSIVE, "ends_on": ended}
                placed |= {"pupil_id": world.pupils["noor"], "is_own_choice": True, "starts_on": began}
                account = world.accounts["kim"]
                world.insert(InstructionPlacement, **at, **placed, group_id=group, account_id=account)

    site.change(last_year)
    with time_machine.travel(datetime(FIRST_DAY.year, 8, 20, 9, tzinfo=UTC), tick=False):
        site.log_in("kim")
        groups = site.client.get(f"/api/v1/pupils/{site.world.uids['noor']}/handover").json()["groups"]
    assert groups == ["Rekenen: intensief"]


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement on this kind of engine, whoever made it: the application has an engine of its own."""
    said: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        said.append(statement)

    sa.event.listen(sa.engine.Engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(sa.engine.Engine, "before_cursor_execute", note)


def test_thirty_children_cost_as_many_reads_as_two(one_site: Site) -> None:
    one_site.log_in("kim")
    one_site.client.post(group(one_site))
    with counted() as few:
        one_site.client.post(group(one_site))
    one_site.change(more)
    one_site.client.post(group(one_site))
    with counted() as many:
        assert one_site.client.post(group(one_site)).text.count("paper handover") == 30
    assert len(few) == len(many)


def more(world: World) -> None:
    for number in range(28):
        world.pupil("vliet", f"kind{number}", "Groot", "6B")
