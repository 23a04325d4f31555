"""What happens in a real school: a child moves to another group, and a hand presses a button twice."""

from datetime import timedelta
from typing import Any

import pytest

from models.attention import Instruction
from models.group import InstructionPlacement
from models.support import SupportPoint
from models.talk import Talk, TalkWish
from models.vocabulary import InstructionLevel
from tests.api.test_substitute_card import card, text_of
from tests.api.test_talks import SOON, plan, plan_group, rows
from tests.api.test_today import OBJECTIVE, a_class
from tests.site import Site
from tests.world import TODAY, World


def placed_in_both(world: World) -> None:
    """Noor worked in 6A before she came to 6B; nobody closed that."""
    at = {"school_id": world.schools["vliet"], "account_id": world.accounts["kim"]}
    for group, level in (("6A", InstructionLevel.INTENSIVE), ("6B", InstructionLevel.ENRICHED)):
        world.insert(
            InstructionPlacement,
            **at,
            pupil_id=world.pupils["noor"],
            group_id=world.groups[group],
            subject="rekenen",
            level=level,
            is_own_choice=True,
            starts_on=TODAY - timedelta(days=30),
        )


def test_the_instruction_group_of_a_group_that_a_child_left_is_on_no_paper(site: Site) -> None:
    site.change(placed_in_both)
    site.log_in("kim")

    assert "intensief" not in text_of(site.client.get(card(site)).text)
    handover = f"/api/v1/pupils/{site.world.uids['noor']}/handover"
    assert len(site.client.get(handover).json()["groups"]) == 1
    of_group = f"/api/v1/groups/{site.world.group_uids['6B']}/handover"
    found = {each["given_name"]: each["groups"] for each in site.client.get(of_group).json()["children"]}
    assert len(found["Noor"]) == 1


def test_who_was_put_on_the_agenda_of_a_talk_that_is_called_off_was_not_wished(site: Site) -> None:
    site.log_in("kim")
    zoe = site.world.uids["zoë"]
    site.client.post(f"/kind/{zoe}/wens", data={"body": "Zij wil niet meer voorlezen"})
    talk = plan_group(site, "noor", "zoë")
    assert len(rows(site, TalkWish)) == 2

    site.client.post(f"{talk}/afzeggen")

    assert [row["body"] for row in rows(site, TalkWish)] == ["Zij wil niet meer voorlezen"]
    assert "Juf ib wil" not in site.client.get(f"/groep/{site.world.group_uids['6B']}/bespreken").text


def twice(site: Site, path: str, body: Any) -> None:
    for _ in range(2):
        answer = site.client.post(path, data=body)
        assert answer.status_code == 303, answer.text


@pytest.mark.parametrize(
    ("way", "body", "table"),
    [
        ("helpt", {"kind": "helps", "body": "Eerst een voorbeeld"}, SupportPoint),
        ("wens", {"body": "Zij wil niet meer voorlezen"}, TalkWish),
    ],
)
def test_a_sentence_that_is_sent_twice_is_written_once(site: Site, way: str, body: Any, table: Any) -> None:
    site.log_in("kim")

    twice(site, f"/kind/{site.world.uids['noor']}/{way}", body)

    assert len(rows(site, table)) == 1


def test_a_talk_that_is_planned_twice_is_planned_once(site: Site) -> None:
    assert plan(site, "noor", "kim", "ib") == plan(site, "noor", "kim", "ib")
    assert plan_group(site, "noor", "zoë") == plan_group(site, "noor", "zoë")
    assert len(rows(site, Talk)) == 2
    site.client.post(f"/kind/{site.world.uids['noor']}/bespreken", data={"on": SOON, "question": "Iets anders"})
    assert len(rows(site, Talk)) == 3


def test_an_instruction_that_is_asked_twice_is_planned_once(site: Site) -> None:
    names: list[str] = []
    site.change(lambda world: names.extend(a_class(world)))
    site.log_in("kim")
    asked = {"subject": OBJECTIVE[0], "objective": OBJECTIVE[1]}
    path = f"/groep/{site.world.group_uids['6B']}/instructie"

    twice(site, path, asked | {"child": [site.world.uids[name] for name in names[:2]]})
    assert len(rows(site, Instruction)) == 1
    twice(site, path, asked | {"child": [site.world.uids[names[2]]]})
    assert len(rows(site, Instruction)) == 2
