"""Who may see which child: own group, whole school, own child, and for all others as if there is no such child."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from models.person import SourcePerson
from models.vocabulary import Custody, GroupKind, Role
from tests.site import Site
from tests.world import TODAY, World

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
FACES = ("/kind/{}", "/api/v1/pupils/{}/sheet")


def sees(site: Site, child: str) -> bool:
    """Ask for the sheet on both faces, which must agree."""
    statuses = {site.status(face.format(site.world.uids[child])) for face in FACES}
    assert statuses in ({200}, {404}, {303, 401}), "401: wie geen rol meer heeft is uitgelogd"
    return statuses == {200}


@pytest.mark.parametrize(
    ("login", "children"),
    [
        ("kim", {"noor", "zoë"}),
        ("piet", {"daan"}),
        ("ib", {"noor", "zoë", "daan"}),
        ("directie", {"noor", "zoë", "daan"}),
        ("moeder", {"noor"}),
        ("beheer", set()),
        ("niemand", set()),
    ],
)
def test_each_role_sees_its_own_children_and_no_other(site: Site, login: str, children: set[str]) -> None:
    site.log_in(login)

    assert {child for child in site.world.uids if sees(site, child)} == children


@pytest.mark.parametrize("face", FACES)
def test_another_child_another_school_and_no_child_answer_alike(one_site: Site, face: str) -> None:
    one_site.log_in("kim")

    answers = [
        one_site.client.get(face.format(uid))
        for uid in (one_site.world.uids["daan"], one_site.world.uids["sem"], uuid4(), "1", "%2e%2e", "x" * 300)
    ]

    assert {(answer.status_code, answer.content, str(answer.headers)) for answer in answers} == {
        (404, answers[0].content, str(answers[0].headers))
    }
    assert b"Daan" not in answers[0].content


@pytest.mark.parametrize("face", ["/groep/{}", "/api/v1/groups/{}"])
def test_another_group_and_no_group_answer_alike(one_site: Site, face: str) -> None:
    one_site.log_in("kim")
    own = one_site.client.get(face.format(one_site.world.group_uids["6B"]))

    answers = [
        one_site.client.get(face.format(uid))
        for uid in (one_site.world.group_uids["6A"], one_site.world.group_uids["6Z"], uuid4())
    ]

    assert own.status_code == 200
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


def test_a_teacher_of_a_reading_group_sees_who_reads_there(site: Site) -> None:
    def reading_group(world: World) -> None:
        world.account("lees", Role.TEACHER, group_id=world.groups["Lezers"])
        world.member("vliet", world.persons["daan"], "Lezers", kind=GroupKind.INSTRUCTION)

    site.change(reading_group)
    site.log_in("lees")

    assert [sees(site, child) for child in ("daan", "noor")] == [True, False]


@pytest.mark.parametrize(
    ("period", "allowed"),
    [
        ({"starts_on": YESTERDAY, "ends_on": TODAY}, True),
        ({"starts_on": TODAY}, True),
        ({"starts_on": YESTERDAY, "ends_on": YESTERDAY}, False),
        ({"starts_on": TOMORROW}, False),
    ],
)
def test_a_substitute_sees_the_group_from_the_first_through_the_last_day(
    site: Site, period: dict[str, Any], *, allowed: bool
) -> None:
    site.change(lambda world: world.account("inval", Role.TEACHER, group_id=world.groups["6B"], **period))
    site.log_in("inval")

    assert sees(site, "noor") is allowed
    groups = site.client.get("/api/v1/groups")
    assert bool(groups.status_code == 200 and groups.json()) is allowed


def test_a_child_that_changed_groups_is_seen_by_the_new_teacher_only(site: Site) -> None:
    def change(world: World) -> None:
        world.pupil("vliet", "ilse", "Dijk", None)
        world.member("vliet", world.persons["ilse"], "6B", until=YESTERDAY)
        world.member("vliet", world.persons["ilse"], "6A", since=TODAY)

    site.change(change)

    site.log_in("kim")
    assert not sees(site, "ilse")
    site.log_in("piet")
    assert sees(site, "ilse")


def test_a_practice_platform_that_puts_a_child_in_a_group_opens_nothing(site: Site) -> None:
    def claim(world: World) -> None:
        world.source("vliet", "snappet", leads_roll=False)
        person = world.person("vliet", "snappet", "9", pupil_id=world.pupils["daan"])
        world.member("vliet", person, "6B", source="snappet")

    site.change(claim)
    site.log_in("kim")

    assert not sees(site, "daan")
    assert "Daan" not in site.client.get(f"/groep/{site.world.group_uids['6B']}").text


def test_an_unlinked_record_opens_nothing(site: Site) -> None:
    def unlink(world: World) -> None:
        world.connection.execute(
            sa.update(SourcePerson)
            .where(SourcePerson.id == world.persons["noor"])
            .values(pupil_id=None, link_method=None)
        )

    site.change(unlink)
    site.log_in("kim")

    assert not sees(site, "noor")
    assert "Noor" not in site.client.get(f"/groep/{site.world.group_uids['6B']}").text


@pytest.mark.parametrize(
    ("custody", "period", "allowed"),
    [
        (Custody.YES, {}, True),
        (Custody.NO, {}, False),
        (Custody.UNKNOWN, {}, False),
        (Custody.YES, {"ends_on": YESTERDAY}, False),
        (Custody.YES, {"starts_on": TOMORROW}, False),
    ],
)
def test_a_parent_sees_the_own_child_while_having_custody(
    site: Site, custody: Custody, period: dict[str, Any], *, allowed: bool
) -> None:
    site.change(lambda world: world.parent("vader", "zoë", custody, **period))
    site.log_in("vader")

    assert sees(site, "zoë") is allowed
    assert not sees(site, "noor")


def test_a_teacher_who_is_a_parent_elsewhere_in_school_sees_each_child_on_its_own_ground(site: Site) -> None:
    def also_teaches(world: World) -> None:
        world.grant("moeder", Role.TEACHER, group_id=world.groups["6A"])

    site.change(also_teaches)
    site.log_in("moeder")

    grounds = [
        site.client.get(f"/api/v1/pupils/{site.world.uids[child]}/sheet").json()["ground"] for child in ("noor", "daan")
    ]
    assert grounds == ["ouder met gezag", "groep 6A"]


@pytest.mark.parametrize(
    ("login", "hidden"),
    [
        ("kim", set()),
        ("ib", set()),
        ("directie", {"practice", "wellbeing"}),
        ("moeder", {"learning", "practice", "wellbeing"}),
    ],
)
def test_the_sheet_leaves_out_what_the_role_may_not_see(one_site: Site, login: str, hidden: set[str]) -> None:
    one_site.log_in(login)

    sheet = one_site.client.get(f"/api/v1/pupils/{one_site.world.uids['noor']}/sheet").json()

    assert {tile for tile in ("learning", "practice", "wellbeing", "support") if sheet[tile] is None} == hidden


def test_search_finds_own_children_by_any_name_without_accents(site: Site) -> None:
    site.log_in("kim")

    def found(text: str) -> list[str]:
        answer = site.client.post("/api/v1/pupils/search", json={"name": text})
        return [child["name"] for child in answer.json()]

    assert found("zoe") == found("ZOË") == found("meer") == found("van meer") == ["Zoë van der Meer"]
    assert found("noo ve") == ["Noor van der Ven"]
    assert found("oor") == found("sem") == found("") == found("%") == []
    assert "Zoë van der Meer" in site.client.post("/zoek", data={"name": "van"}).text


def test_the_only_child_that_is_found_opens_at_once(site: Site) -> None:
    site.log_in("kim")

    answer = site.client.post("/zoek", data={"name": "zoe"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/kind/{site.world.uids['zoë']}")


def test_b06_of_a_child_in_a_colleagues_group_a_teacher_finds_name_and_group_and_nothing_else(site: Site) -> None:
    site.log_in("kim")

    answer = site.client.post("/api/v1/pupils/search", json={"name": "daan"}).json()
    page = site.client.post("/zoek", data={"name": "daan"}).text

    assert answer == [
        {
            "id": str(site.world.uids["daan"]),
            "name": "Daan van der Berg",
            "sort_name": "Berg, Daan van der",
            "group": "6A",
            "has_sheet": False,
        }
    ]
    assert "Daan van der Berg" in page
    assert f'href="/kind/{site.world.uids["daan"]}"' not in page
    assert not sees(site, "daan")


def test_everyone_begins_where_their_children_are(one_site: Site) -> None:
    one_site.change(lambda world: world.account("bestuur", Role.BOARD))
    starts = {}
    for login in ("kim", "moeder", "ib", "beheer", "bestuur"):
        one_site.log_in(login)
        answer = one_site.client.get("/")
        starts[login] = answer.headers.get("location") or answer.status_code
        page = one_site.client.get("/voor-wie").text
        assert ('action="/zoek"' in page) is (login in {"kim", "ib"}), "who has no group to look in is not asked to"

    tasks = {"beheer": "/beheer/accounts", "bestuur": "/cijfers"}
    assert starts == {"kim": "/vandaag", "moeder": "/mijn-kind", "ib": 200} | tasks


def test_ib_sees_the_groups_of_the_school_and_a_teacher_the_own(site: Site) -> None:
    def names() -> list[tuple[str, int]]:
        return [(group["name"], group["members"]) for group in site.client.get("/api/v1/groups").json()]

    site.log_in("ib")
    assert names() == [("6A", 1), ("6B", 2)]
    site.log_in("kim")
    assert names() == [("6B", 2)]


def test_a_group_page_lists_children_by_family_name_with_their_teacher(site: Site) -> None:
    site.log_in("kim")

    page = site.client.get(f"/api/v1/groups/{site.world.group_uids['6B']}").json()

    assert [member["sort_name"] for member in page["members"]] == ["Meer, Zoë van der", "Ven, Noor van der"]
    assert [teacher["name"] for teacher in page["teachers"]] == ["Kim Bruijn"]
    assert (page["name"], page["ground"]) == ("6B", "groep 6B")
