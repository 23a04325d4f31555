"""What a school sets to its own hand: within bounds, by directie, and true on every sheet from then on."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from api.db import reading
from models.account import Account
from models.journal import Note
from models.queries.school import name_of
from models.queries.settings import settings_of
from models.rules.settings import DEFAULTS, REGISTRY, Settings, settings_from
from models.rules.signals.registry import RULES
from models.school import SchoolSetting
from models.vocabulary import InstructionLevel, NoteKind
from tests.site import Site
from tests.world import NOW, TODAY, World

PATH = "/beheer/instellingen"


def kept(site: Site) -> dict[str, str]:
    with reading(site.engine) as connection:
        return {row.name: row.value for row in connection.execute(sa.select(SchoolSetting))}


def send(site: Site, **typed: str) -> int:
    answer = site.client.post(PATH, data={"setting": list(typed), "chosen": list(typed.values())})
    return int(answer.status_code)


def noted_five_weeks_ago(world: World) -> None:
    world.insert(
        Note,
        school_id=world.schools["vliet"],
        pupil_id=world.pupils["noor"],
        account_id=world.accounts["kim"],
        observed_on=TODAY - timedelta(weeks=5),
        written_at=NOW,
        kind=NoteKind.NOTE,
        body="Leest graag.",
    )


def test_a_threshold_changes_what_every_sheet_says_from_then_on(site: Site) -> None:
    site.change(noted_five_weeks_ago)
    sheet = f"/api/v1/pupils/{site.world.uids['noor']}/sheet"

    def rules() -> set[str]:
        site.log_in("kim")
        return {each["rule"] for each in site.client.get(sheet).json()["sentences"]}

    assert "quiet" not in rules()
    site.log_in("directie")
    assert send(site, quiet_weeks="4") == 303
    assert "quiet" in rules()
    site.log_in("directie")
    assert send(site, quiet_weeks="") == 303
    assert "quiet" not in rules()


def test_the_page_says_what_it_is_what_we_propose_and_who_chose_it(site: Site) -> None:
    site.log_in("directie")
    assert send(site, quiet_weeks=" 8 ", level_basic="  de   kern ", picture_login="1") == 303

    text = site.client.get(f"{PATH}?bewaard=ja").text
    with reading(site.engine) as connection:
        mine = Account.id == site.world.accounts["directie"]
        name = connection.scalar(sa.select(Account.display_name).where(mine))
        assert settings_of(connection, site.world.schools["vliet"]).level_name(InstructionLevel.BASIC) == "de kern"
        assert settings_of(connection, site.world.schools["duin"]) == DEFAULTS
    assert "2 tot en met 16; voorstel 6" in text
    assert '<option value="0">nee</option><option value="1" selected>ja</option>' in text
    assert "voorstel: nee · gekozen door" in text
    assert f"gekozen door {name}" in text
    assert all(rule.title in text and rule.looks_at in text for rule in RULES.values())


@pytest.mark.parametrize(
    "typed",
    [
        {"quiet_weeks": "1"},
        {"quiet_weeks": "17"},
        {"quiet_weeks": "zes"},
        {"quiet_weeks": "6.5"},
        {"quiet_weeks": "-6"},
        {"quiet_weeks": "٦"},
        {"level_basic": "x"},
        {"level_basic": "een naam die veel te lang is voor een kop"},
        {"quiet_weeks": "8", "bestaat_niet": "1"},
    ],
)
def test_outside_its_bounds_nothing_is_kept_and_the_page_says_what_can(one_site: Site, typed: dict[str, str]) -> None:
    one_site.log_in("directie")

    answer = one_site.client.post(PATH, data={"setting": list(typed), "chosen": list(typed.values())})

    assert answer.status_code == 422
    assert "Er is niets bewaard" in answer.text
    assert kept(one_site) == {}


def test_what_we_propose_is_not_kept_as_a_choice(one_site: Site) -> None:
    one_site.log_in("directie")

    assert send(one_site, quiet_weeks="6", level_basic="basis", stuck_days="3") == 303

    assert kept(one_site) == {"stuck_days": "3"}


@pytest.mark.parametrize("login", ["kim", "ib", "moeder", "beheer"])
def test_only_directie_sets_them(one_site: Site, login: str) -> None:
    one_site.log_in(login)

    assert send(one_site, quiet_weeks="8") == 403
    assert one_site.client.get(PATH).status_code == 403
    assert kept(one_site) == {}


def test_a_program_changes_them_by_name(one_site: Site) -> None:
    one_site.log_in("directie")
    change = {"chosen": {"quiet_weeks": 8, "level_basic": "kern"}}

    assert one_site.client.patch("/api/v1/settings", json=change).status_code == 204
    assert kept(one_site) == {"quiet_weeks": "8", "level_basic": "kern"}
    assert one_site.client.patch("/api/v1/settings", json={"chosen": {"quiet_weeks": None}}).status_code == 204
    assert kept(one_site) == {"level_basic": "kern"}
    parts = one_site.client.get("/api/v1/settings").json()["parts"]
    values = {each["name"]: each["value"] for part in parts for each in part["settings"]}
    assert values == {name: setting.default for name, setting in REGISTRY.items()} | {"level_basic": "kern"}
    assert one_site.client.patch("/api/v1/settings", json={"chosen": {"quiet_weeks": 99}}).status_code == 422


def test_directie_gives_the_school_the_name_that_everyone_reads(one_site: Site) -> None:
    def called() -> str:
        with reading(one_site.engine) as connection:
            return name_of(connection, one_site.world.schools["vliet"])

    one_site.log_in("directie")
    typed = {"setting": "quiet_weeks", "chosen": "6", "school_name": "  Kindcentrum   De Vliet "}
    assert one_site.client.post(PATH, data=typed).status_code == 303
    assert called() == "Kindcentrum De Vliet"
    assert 'value="Kindcentrum De Vliet"' in one_site.client.get(PATH).text
    assert "Kindcentrum De Vliet" in one_site.client.get("/cijfers").text

    for wrong in ("x", "y" * 201, "De\u202eteilV"):
        answer = one_site.client.post(PATH, data=typed | {"school_name": wrong, "chosen": "8"})
        assert answer.status_code == 422
        assert "Schrijf een naam van 2 tot en met 200 tekens voor de school." in answer.text
    assert (called(), kept(one_site)) == ("Kindcentrum De Vliet", {})

    assert one_site.client.patch("/api/v1/settings", json={"school_name": "De Vlietschool"}).status_code == 204
    assert one_site.client.get("/api/v1/settings").json()["school_name"] == "De Vlietschool"
    one_site.log_in("ib")
    assert one_site.client.patch("/api/v1/settings", json={"school_name": "Van mij"}).status_code == 403


@given(st.dictionaries(st.sampled_from([*REGISTRY, "vreemd"]), st.text(max_size=30)))
def test_whatever_stands_in_the_database_every_setting_is_within_its_bounds(chosen: dict[str, str]) -> None:
    found = settings_from(chosen)

    for name, setting in REGISTRY.items():
        value = getattr(found, name)
        size = len(value) if isinstance(value, str) else value
        assert setting.low <= size <= setting.high
        assert value == setting.default or value == setting.read(chosen[name])


def test_every_rule_names_settings_that_exist_and_every_threshold_belongs_to_one() -> None:
    named = {name for rule in RULES.values() for name in rule.settings}

    assert named <= REGISTRY.keys()
    assert {name for name in REGISTRY if not isinstance(REGISTRY[name].default, str)} - named == BESIDE_RULES
    assert Settings() == DEFAULTS


BESIDE_RULES = {"rest_weeks", "talk_weeks", "picture_login", "school_day_ends", "child_first_days", "parents_compare"}
"""Settings that are not the threshold of one signal."""
