"""News of school: who reads which, who writes to whom, and from and until when it stands there."""

from datetime import timedelta
from typing import Any

import pytest

from models.group import ClassGroup
from models.rules.studyguide import same_week_last_year
from models.school import SchoolYear
from models.studyguide import StudyLine, StudyWeek
from models.vocabulary import Custody, Grade, GroupKind, Role
from tests.site import Site
from tests.studyguide.school import MONDAY, WEEK, api
from tests.world import FIRST_DAY, NOW, TODAY, World

NEWS = "/api/v1/announcements"


def tell(site: Site, title: str, group: str = "6B", login: str = "kim", **more: Any) -> Any:
    site.log_in(login)
    to = {"group": str(site.world.group_uids[group])} if group else {}
    return site.client.post(NEWS, json={"title": title} | to | more)


def titles(site: Site, login: str) -> list[str]:
    site.log_in(login)
    answer = site.client.get(NEWS)
    assert answer.status_code == 200
    page = site.client.get("/berichten").text
    found = [one["title"] for one in answer.json()["announcements"]]
    assert all(title in page for title in found)
    return sorted(found)


def test_parents_read_news_of_school_and_of_their_own_group(site: Site) -> None:
    site.change(lambda world: world.parent("vader-daan", "daan", Custody.YES))
    site.change(lambda world: world.parent("zonder", "noor", Custody.NO))
    site.change(lambda world: world.account("noor-zelf", Role.PUPIL, pupil_id=world.pupils["noor"]))
    tell(site, "Gym van 6B")
    tell(site, "Studiedag", group="", login="directie")

    assert titles(site, "moeder") == ["Gym van 6B", "Studiedag"]
    assert titles(site, "noor-zelf") == ["Gym van 6B", "Studiedag"]
    assert titles(site, "vader-daan") == ["Studiedag"]
    assert titles(site, "piet") == ["Studiedag"]
    for login in ("niemand", "beheer"):
        site.log_in(login)
        assert "Studiedag" not in site.client.get("/berichten").text + site.client.get(NEWS).text
    site.log_in("moeder")
    mine = site.client.get(f"/mijn-kind/{site.world.uids['noor']}").text
    assert "Gym van 6B" in mine


@pytest.mark.parametrize(
    ("login", "group", "may"),
    [("kim", "6B", True), ("kim", "6A", False), ("kim", "", False), ("ib", "6A", True), ("directie", "", True),
     ("directie", "6Z", False), ("moeder", "6B", False), ("beheer", "", False)],
)  # fmt: skip
def test_who_writes_to_whom(site: Site, login: str, group: str, may: bool) -> None:  # noqa: FBT001
    assert (tell(site, "Nieuws", group, login).status_code == 201) is may


def test_news_stands_there_between_its_days_and_can_be_taken_back(site: Site) -> None:
    tell(site, "Later", shown_from=str(TODAY + timedelta(days=2)))
    made = tell(site, "Nu").json()["id"]
    assert tell(site, "Nu").json()["id"] == made, "a hand presses twice"
    assert tell(site, "Voorbij", shown_until=str(TODAY - timedelta(days=1))).status_code == 422
    assert titles(site, "moeder") == ["Nu"]
    assert titles(site, "kim") == ["Later", "Nu"]

    site.log_in("piet")
    assert site.client.post(f"{NEWS}/withdraw", json={"id": made}).status_code == 404
    site.log_in("moeder")
    assert site.client.post(f"{NEWS}/withdraw", json={"id": made}).status_code == 403
    site.log_in("kim")
    assert site.client.post("/berichten/weg", data={"announcement": made}).status_code == 303
    assert titles(site, "moeder") == []


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(one_site: Site) -> None:
    one_site.log_in("kim")
    group = str(one_site.world.group_uids["6B"])
    wrong = one_site.client.post("/berichten", data={"body": "Wel een tekst", "group": group})
    assert wrong.status_code == 422
    assert "Wel een tekst" in wrong.text
    right = one_site.client.post("/berichten", data={"title": "Gym", "group": group, "shown_until": ""})
    assert right.status_code == 303


def test_the_same_week_last_year_of_the_same_grade_is_proposed(site: Site) -> None:
    """Here because it needs a group of another year."""

    def act(world: World) -> None:
        starts = FIRST_DAY.replace(year=FIRST_DAY.year - 1)
        code = f"{starts.year}-{starts.year + 1}"
        ends = FIRST_DAY - timedelta(days=1)
        year = world.insert(SchoolYear, code=code, starts_on=starts, ends_on=ends)
        source = world.sources["vliet las"]
        place = {"school_id": world.schools["vliet"], "source_id": source, "delivery_id": world.deliveries[source]}
        for grade, goal in ((Grade.G6, "Water en land"), (Grade.G5, "Van groep 5")):
            old = world.insert(
                ClassGroup, **place, school_year_id=year, source_key=grade, kind=GroupKind.HOME, name="6X", grade=grade
            )
            week = world.insert(
                StudyWeek, school_id=place["school_id"], group_id=old, starts_on=same_week_last_year(MONDAY),
                published_at=NOW, account_id=world.accounts["kim"], changed_at=NOW,
            )  # fmt: skip
            world.insert(
                StudyLine, school_id=place["school_id"], study_week_id=week, position=0, subject="wereld", goal=goal
            )

    site.change(act)
    site.log_in("kim")
    lines = site.client.get(api(site, "/draft"), params={"week": WEEK}).json()["lines"]
    assert [(line["goal"], line["why"]) for line in lines] == [("Water en land", "vorig jaar in deze week")]
    site.log_in("moeder")
    assert "Water" not in site.client.get(api(site), params={"week": WEEK}).text
