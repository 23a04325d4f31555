"""Who looked at a child: for the IB'er and directie, as an extract for parents, and what directie goes through."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from api.security.access_log import AccessLogWriter
from models.school import School
from models.vocabulary import Role
from tests.site import Site
from tests.world import NOW


def looked(site: Site, login: str, children: int, *, minutes: float, action: str = "read", kind: str = "sheet") -> None:
    """Let someone look at so many different children of De Vliet, spread over so many minutes until an hour ago."""
    start = datetime.now(UTC) - timedelta(minutes=60 + minutes)
    lines = [
        {
            "at": start + timedelta(minutes=minutes * number / children),
            "school_id": site.world.schools["vliet"],
            "account_id": site.world.accounts[login],
            "role": Role.TEACHER,
            "pupil_id": 1000 + number,
            "kind": kind,
            "action": action,
            "ground": "groep 6B",
        }
        for number in range(children)
    ]
    AccessLogWriter(site.engine).write(lines)


def page_of(site: Site, child: str = "noor") -> str:
    return f"/kind/{site.world.uids[child]}/inzage"


def test_ib_and_directie_see_who_looked_and_why(site: Site) -> None:
    site.log_in("kim")
    site.client.get(f"/kind/{site.world.uids['noor']}")
    site.client.get(f"/groep/{site.world.group_uids['6B']}")
    site.log_in("piet")
    site.client.get(f"/kind/{site.world.uids['noor']}")

    for login in ("ib", "directie"):
        site.log_in(login)
        page = site.client.get(page_of(site)).text
        assert "Juf kim</strong>, leraar <small>(groep 6B)</small>: lijst van de groep, blad" in page
        assert "Juf piet" in page
        assert "geweigerd" in page

    days = site.client.get(f"/api/v1/pupils/{site.world.uids['noor']}/looks").json()["days"]
    kim = next(glance for glance in days[0]["glances"] if glance["who"] == "Juf kim")
    assert (kim["what"], kim["times"], kim["ground"]) == (["lijst van de groep", "blad"], 2, "groep 6B")


def test_that_someone_looked_at_the_log_is_in_the_log(site: Site) -> None:
    site.log_in("ib")

    site.client.get(page_of(site))
    page = site.client.get(page_of(site)).text

    assert site.lines() == [(site.world.pupils["noor"], "access_log", "read", "IB")] * 2
    assert "wie dit kind bekeek" in page


@pytest.mark.parametrize("login", ["kim", "piet", "moeder", "beheer", "niemand"])
@pytest.mark.parametrize("end", ["", "/uittreksel"])
def test_nobody_else_sees_who_looked(one_site: Site, login: str, end: str) -> None:
    one_site.log_in(login)

    assert one_site.client.get(page_of(one_site) + end).status_code in {403, 404}
    assert one_site.client.get(f"/api/v1/pupils/{one_site.world.uids['noor']}/looks").status_code in {403, 404}
    assert one_site.client.get("/inzage").status_code in {403, 404}


def test_a_child_of_another_school_is_not_there(one_site: Site) -> None:
    one_site.log_in("ib")

    assert one_site.client.get(page_of(one_site, "sem")).status_code == 404


def test_the_extract_for_parents_names_staff_but_no_other_parent_and_no_other_child(one_site: Site) -> None:
    one_site.log_in("kim")
    one_site.client.get(f"/groep/{one_site.world.group_uids['6B']}")
    one_site.log_in("moeder")
    one_site.client.get(f"/kind/{one_site.world.uids['noor']}")
    one_site.log_in("piet")
    one_site.client.get(f"/kind/{one_site.world.uids['noor']}")
    one_site.log_in("directie")

    page = one_site.client.get(page_of(one_site) + "/uittreksel").text

    assert "Juf kim</strong>, leraar" in page
    assert "<strong>Ouder</strong>" in page
    for absent in ("moeder", "Juf piet", "geweigerd", "Zoë", "Daan"):
        assert absent not in page
    assert one_site.lines()[-1] == (one_site.world.pupils["noor"], "access_log", "exported", "directie")
    one_site.log_in("ib")
    assert one_site.client.get(page_of(one_site) + "/uittreksel").status_code == 403


def test_the_sheet_of_a_child_leads_ib_to_who_looked_and_a_teacher_not(one_site: Site) -> None:
    link = f'href="/kind/{one_site.world.uids["noor"]}/inzage"'

    one_site.log_in("ib")
    assert link in one_site.client.get(f"/kind/{one_site.world.uids['noor']}").text
    one_site.log_in("kim")
    assert link not in one_site.client.get(f"/kind/{one_site.world.uids['noor']}").text


def test_b81_thirty_files_in_ten_minutes_are_told_to_directie(site: Site) -> None:
    looked(site, "kim", 29, minutes=9)
    looked(site, "piet", 40, minutes=60)
    site.log_in("directie")
    assert "melding" not in site.client.get("/").text

    looked(site, "kim", 31, minutes=9.5)

    assert "1 melding in het inzagelog" in site.client.get("/").text
    page = site.client.get("/inzage").text
    assert "<strong>Juf kim</strong> zag 31 kinderen tussen" in page
    assert "<strong>Juf piet</strong> zag" not in page


def test_b81_many_children_opened_for_a_reason_are_told_to_directie(site: Site) -> None:
    looked(site, "kim", 9, minutes=200, action="opened", kind="emergency_card")
    looked(site, "piet", 10, minutes=200, action="opened", kind="emergency_card")
    site.log_in("directie")

    page = site.client.get("/inzage").text

    assert "<strong>Juf piet</strong> opende met reden iets van 10 kinderen" in page
    assert "<strong>Juf kim</strong> opende" not in page


def test_b81_the_list_of_a_group_and_a_search_are_no_files(one_site: Site) -> None:
    for kind in ("group", "search"):
        looked(one_site, "kim", 60, minutes=5, kind=kind)
    one_site.log_in("directie")

    assert "Geen meldingen" in one_site.client.get("/inzage").text


def test_b86_a_month_without_looking_at_the_log_is_red_where_directie_begins(site: Site) -> None:
    site.log_in("directie")
    assert "nog niet bekeken" not in site.client.get("/").text

    site.change(lambda world: world.connection.execute(sa.update(School).values(created_at=NOW - timedelta(days=32))))

    begin = site.client.get("/").text
    assert '<li class="is-alarm"><a href="/inzage">Het inzagelog is nog niet bekeken' in begin
    site.log_in("ib")
    assert "nog niet bekeken" not in site.client.get("/").text


def test_b86_who_looked_through_it_stands_there_with_name_and_date(site: Site) -> None:
    looked(site, "kim", 31, minutes=9)
    site.log_in("directie")
    review = site.client.get("/api/v1/access-log").json()[0]

    done = site.client.post(
        "/inzage", data={"school": review["school_id"], "through": review["through"], "remark": "Rapporten geprint."}
    )

    assert (done.status_code, done.headers["location"]) == (303, "/inzage")
    after = site.client.get("/api/v1/access-log").json()[0]
    assert (after["alarms"], after["is_late"]) == ([], False)
    assert [(line["by"], line["remark"]) for line in after["earlier"]] == [("Juf directie", "Rapporten geprint.")]
    assert (None, "access_log", "wrote", "directie") in site.lines()


def test_what_came_after_the_page_was_shown_waits_for_the_next_time(one_site: Site) -> None:
    one_site.log_in("directie")
    through = one_site.client.get("/api/v1/access-log").json()[0]["through"]
    looked(one_site, "kim", 31, minutes=9)

    one_site.client.post("/inzage", data={"school": one_site.world.schools["vliet"], "through": through})

    assert len(one_site.client.get("/api/v1/access-log").json()[0]["alarms"]) == 1


def test_directie_cannot_mark_the_log_of_another_school(one_site: Site) -> None:
    one_site.log_in("directie")

    answer = one_site.client.post("/inzage", data={"school": one_site.world.schools["duin"], "through": 1})

    assert answer.status_code == 404
