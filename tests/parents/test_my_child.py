"""Mijn kind: whose child, what is released, what a parent asks of school, and what the other household never learns."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from api.db import reading
from models.account import Account, RoleGrant
from models.release import Release
from models.result import Assessment, Instrument
from models.talk import TalkWish
from models.vocabulary import Custody, InstrumentKind
from tests.households import move_in
from tests.site import Site
from tests.world import NOW, TODAY, World

SENTENCE = "kanarie-uitleg: Noor rekent nu zelf."


def a_result(world: World, child: str = "noor", **released: Any) -> UUID:
    """Let a test of this child be taken and released today; `released` changes the release."""
    person = world.persons[child]
    instrument = world.connection.scalar(sa.select(Instrument.id).where(Instrument.code == "rw")) or world.insert(
        Instrument, provider="x", code="rw", name="Rekenen 3.0", kind=InstrumentKind.TEST, subject="Rekenen"
    )
    uid = uuid4()
    school = world.schools["vliet"]
    delivery = world.deliveries[world.sources["vliet las"]]
    test = world.insert(
        Assessment, school_id=school, source_person_id=person, instrument_id=instrument, source_key=str(uid),
        taken_on=TODAY, delivery_id=delivery, locator="r1",
    )  # fmt: skip
    values = {"child_from": TODAY, "parents_from": TODAY, "explanation": SENTENCE} | released
    world.insert(
        Release, uid=uid, school_id=school, pupil_id=world.pupils[child], assessment_id=test, released_at=NOW,
        account_id=world.accounts["kim"], **values,
    )  # fmt: skip
    return uid


def wishes(site: Site) -> list[tuple[int, str]]:
    with reading(site.engine) as connection:
        return [tuple(row) for row in connection.execute(sa.select(TalkWish.account_id, TalkWish.body))]  # type: ignore[misc]


def home(site: Site, child: str = "noor") -> str:
    return f"/mijn-kind/{site.world.uids[child]}"


def test_a_parent_of_one_child_is_there_at_once_and_of_two_sees_them_side_by_side(site: Site) -> None:
    site.log_in("moeder")
    assert site.client.get("/").headers["location"] == "/mijn-kind"
    assert site.client.get("/mijn-kind").headers["location"] == home(site)
    assert site.client.get(f"/kind/{site.world.uids['noor']}").headers["location"] == home(site)

    site.change(two_children)
    site.log_in("vader")
    page = site.client.get("/mijn-kind").text
    assert [home(site, child) in page for child in ("noor", "zoë", "daan")] == [True, True, False]
    both = site.client.get("/api/v1/my-children").json()["children"]
    assert {one["id"] for one in both} == {str(site.world.uids["noor"]), str(site.world.uids["zoë"])}


def two_children(world: World) -> None:
    world.parent("vader", "noor", Custody.YES)
    mine = sa.select(RoleGrant.guardian_id).where(RoleGrant.account_id == world.accounts["vader"])
    world.guardianship(world.connection.execute(mine).scalar_one() or 0, "zoë", Custody.YES)


def test_only_what_was_released_for_parents_from_today_shows_and_never_bare(site: Site) -> None:
    tomorrow = TODAY + timedelta(days=1)
    for hidden in (
        {"parents_from": tomorrow, "explanation": "kanarie-morgen"},
        {"withdrawn_at": NOW, "explanation": "kanarie-ingetrokken"},
    ):
        site.change(lambda world, hidden=hidden: a_result(world, **hidden))  # type: ignore[misc]
    site.change(a_result)
    site.log_in("moeder")

    for path in (home(site), f"/api/v1/my-children/{site.world.uids['noor']}", "/api/v1/my-children"):
        page = site.client.get(path).text
        assert SENTENCE in page, path
        assert "kanarie-morgen" not in page
        assert "kanarie-ingetrokken" not in page


def test_asking_twice_to_talk_is_one_wish_that_the_teacher_sees_with_who_and_about_what(site: Site) -> None:
    found: list[UUID] = []
    site.change(lambda world: found.append(a_result(world)))
    site.log_in("moeder")
    for _ in range(2):
        answer = site.client.post(f"{home(site)}/praten/{found[0]}", data={"body": "Graag deze week."})
        assert answer.status_code == 303
    assert wishes(site) == [(site.world.accounts["moeder"], "Graag deze week.")]
    assert "U wilt hierover praten" in site.client.get(home(site)).text

    site.log_in("kim")
    for path in ("/vandaag", f"/groep/{site.world.group_uids['6B']}/gesprekken"):
        page = site.client.get(path).text
        assert "over Rekenen 3.0" in page, path
        assert "Graag deze week." in page


def test_two_households_see_nothing_of_each_others_wish(site: Site) -> None:
    move_in(site)
    found: list[UUID] = []
    site.change(lambda world: found.append(a_result(world)))
    site.log_in("moeder")
    site.client.post(f"{home(site)}/praten/{found[0]}", data={"body": "kanarie-moeder"})

    site.log_in("vader")
    page = site.client.get(home(site)).text
    assert "kanarie-moeder" not in page
    assert "U wilt hierover praten" not in page
    assert site.client.get(f"/api/v1/my-children/{site.world.uids['noor']}").json()["results"][0]["is_asked"] is False
    assert site.client.post(f"{home(site)}/praten/{found[0]}").status_code == 303
    assert len(wishes(site)) == 2


@pytest.mark.parametrize("what", ["", "/inzage"])
def test_another_child_or_no_custody_answers_as_no_child_does(site: Site, what: str) -> None:
    move_in(site)
    answers = []
    for login, child in (("moeder", "daan"), ("moeder", "sem"), ("ander", "noor")):
        site.log_in(login)
        answers.append(site.client.get(f"{home(site, child)}{what}"))
    site.log_in("moeder")
    nobody = site.client.get(f"/mijn-kind/{uuid4()}{what}")

    assert {answer.status_code for answer in answers} == {404}
    site.log_in("kim")
    assert site.client.get(f"{home(site)}{what}").status_code == 403
    assert nobody.status_code == 404


def test_a_result_of_another_child_or_not_released_cannot_be_asked_about(site: Site) -> None:
    found: list[UUID] = []
    site.change(lambda world: found.append(a_result(world, "daan")))
    site.change(lambda world: found.append(a_result(world, parents_from=TODAY + timedelta(days=1))))
    site.log_in("moeder")

    for uid in (*found, uuid4()):
        assert site.client.post(f"{home(site)}/praten/{uid}").status_code == 404
    assert wishes(site) == []


def test_custody_that_ends_ends_it_at_once(site: Site) -> None:
    people = move_in(site)
    site.log_in("vader")
    assert site.client.get(home(site)).status_code == 200
    noor = site.world.uids["noor"]
    mine = site.client.cookies["__Host-kindblad"]
    site.log_in("kantoor")
    form = {"guardian": str(people["vader"]), "version": 0, "custody": "no", "evidence": "court"}
    assert site.client.post(f"/kind/{noor}/gezag", data=form).status_code == 303
    site.client.cookies.set("__Host-kindblad", mine)

    assert site.client.get(home(site)).status_code == 404


def test_who_looked_shows_after_one_click_without_naming_a_parent_and_asking_is_a_line(site: Site) -> None:
    move_in(site)
    site.log_in("vader")
    site.client.get(home(site))
    site.log_in("kim")
    site.client.get(f"/kind/{site.world.uids['noor']}")
    site.log_in("moeder")
    assert "Juf kim" not in site.client.get(f"{home(site)}/inzage").text.partition("<h1>")[2]

    page = site.client.post(f"{home(site)}/inzage").text
    assert "<table" in page
    assert "vader" not in page
    assert ("access_log", "exported") in {(kind, action) for _, kind, action, _ in site.lines()}


def test_the_language_is_kept_with_the_account_and_an_unknown_one_is_refused(site: Site) -> None:
    site.log_in("moeder")
    answer = site.client.post("/account/taal", data={"language": "ar", "back": home(site)})
    assert answer.headers["location"] == home(site)
    assert '<html lang="ar" dir="rtl">' in site.client.get(home(site)).text
    with reading(site.engine) as connection:
        chosen = sa.select(Account.language).where(Account.id == site.world.accounts["moeder"])
        assert connection.scalar(chosen) == "ar"

    assert site.client.post("/account/taal", data={"language": "xx"}).status_code == 422
    for away in ("//elders.example", "https://elders.example", "/\\elders.example"):
        answer = site.client.post("/account/taal", data={"language": "nl", "back": away})
        assert answer.headers["location"] == "/account", away


def test_a_result_that_was_corrected_is_gone_until_it_is_released_itself(site: Site) -> None:
    """On the page, in a wish to talk and in what can be disputed: one condition for all."""
    shown: dict[str, UUID] = {}

    def released(world: World) -> None:
        shown["uid"] = a_result(world)

    site.change(released)
    site.log_in("moeder")
    assert SENTENCE in site.client.get(home(site)).text
    assert "Rekenen 3.0" in site.client.get(f"{home(site)}/klopt-niet").text

    def corrected(world: World) -> None:
        old = world.connection.execute(sa.select(Assessment.__table__)).mappings().one()
        new = {key: value for key, value in old.items() if key != "id"} | {"locator": "r2"}
        new_id = world.insert(Assessment, **new | {"source_key": "verbeterd"})
        world.connection.execute(
            sa.update(Assessment).where(Assessment.id == old["id"]).values(superseded_by_id=new_id)
        )

    site.change(corrected)
    assert SENTENCE not in site.client.get(home(site)).text
    assert "Rekenen 3.0" not in site.client.get(f"{home(site)}/klopt-niet").text
    assert site.client.post(f"{home(site)}/praten/{shown['uid']}", data={"body": "?"}).status_code == 404
    assert wishes(site) == []
