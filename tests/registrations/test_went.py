"""What was decided to go: whether it went, and what it gives back, as the page says it and on both databases."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from api.db import reading
from frontend.formatting import long_day
from models.attendance import Absence
from models.registration import RegistrationDecision
from models.vocabulary import AbsencePart, AbsenceReason
from tests.registrations.test_guests import guest, laid
from tests.registrations.test_round import SOON, decide, put_on
from tests.site import Site
from tests.world import TODAY

WEEKLY = {"doer": "teacher", "system": "Excel", "cadence": "week", "counted": "whole", "low": "60", "high": "120"}
"""40 to 80 hours a year."""
AGO = (TODAY - timedelta(days=73)).isoformat()
"""A fifth of a year."""


def late(site: Site, day: date) -> None:
    site.change(
        lambda world: world.insert(
            Absence,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["noor"],
            day=day,
            part=AbsencePart.MORNING,
            reason=AbsenceReason.LATE,
            delivery_id=world.deliveries[world.sources["vliet las"]],
        )
    )


def gone(site: Site, code: str) -> str:
    uid = str(put_on(site, code)[code]["id"])
    site.client.post(f"/registraties/onderdeel/{uid}/werk", data=WEEKLY)
    assert decide(site, uid, "go", stops_on=AGO).status_code == 303
    return uid


def follow(site: Site) -> Any:
    return site.client.get("/api/v1/registrations/follow-up").json()


def test_what_still_comes_in_is_named_and_gives_nothing_back(site: Site) -> None:
    uid = gone(site, "te-laat")
    assert (follow(site)["a_year"], follow(site)["so_far"]) == ("40 tot 80 uur", "8 tot 16 uur")
    late(site, TODAY)

    (line,) = follow(site)["lines"]
    assert "Komt nog binnen: verzuim per dagdeel uit vliet las (1 keer, het laatst op" in line["still"]
    assert line["is_still"]
    assert follow(site)["a_year"] == "", "as long as it comes in, nothing is saved"
    assert "per jaar teruggegeven" not in site.client.get("/registraties").text
    month = TODAY.day - 1  # the days of this month, today not yet
    assert follow(site)["so_far"] == f"{40 * (73 - month) / 365:.1f} tot {round(80 * (73 - month) / 365)} uur".replace(
        ".", ","
    )
    assert uid == line["item"]


def test_what_came_in_long_ago_stopped_after_all(one_site: Site) -> None:
    gone(one_site, "te-laat")
    late(one_site, TODAY - timedelta(days=60))

    (line,) = follow(one_site)["lines"]
    assert "Kwam na de stop nog binnen" in line["still"]
    assert not line["is_still"]
    assert follow(one_site)["a_year"] == "40 tot 80 uur"
    assert follow(one_site)["so_far"] != "8 tot 16 uur", "that month gave nothing back"


def test_who_is_late_is_no_relapse_where_absence_itself_stays(one_site: Site) -> None:
    """Both are about absence, and the law asks for one of them: nothing can be said of the other, so nothing is."""
    put_on(one_site, "aanwezigheid")
    gone(one_site, "te-laat")
    assert "niets meer van binnenkomen" in follow(one_site)["lines"][0]["still"]
    late(one_site, TODAY)

    (line,) = follow(one_site)["lines"]
    assert not line["is_still"]
    assert "Aan- en afwezigheid per dagdeel gaat over hetzelfde en staat nog op de lijst" in line["still"]
    assert follow(one_site)["a_year"] == "40 tot 80 uur"


def test_a_decision_that_changes_twice_keeps_what_was_given_back(site: Site) -> None:
    uid = gone(site, "groepsplan")
    work = site.client.get(f"/api/v1/registrations/items/{uid}").json()["item"]["work"][0]["id"]
    site.client.post(f"/registraties/onderdeel/{uid}/werk/weg", data={"work": work})

    decide(site, uid, "go", reason="nog steeds")
    assert (follow(site)["a_year"], follow(site)["so_far"]) == ("40 tot 80 uur", "8 tot 16 uur"), "since the first"
    decide(site, uid, "wish", reason="toch weer")
    page = follow(site)
    assert (page["lines"], page["a_year"], page["so_far"]) == ([], "", "8 tot 16 uur")
    assert "8 tot 16 uur</strong> teruggegeven" in site.client.get("/registraties/vervolg").text


def test_what_is_taken_off_the_list_when_it_went_stays_followed(site: Site) -> None:
    uid = gone(site, "groepsplan")
    site.client.post(f"/registraties/onderdeel/{uid}/eraf", data={})

    page = site.client.get("/registraties/vervolg").text
    assert "van de lijst gehaald" in page
    assert f"/registraties/onderdeel/{uid}" not in page, "that page is no more"
    assert follow(site)["a_year"] == "40 tot 80 uur"
    assert "Groepsplan" in site.client.get("/registraties/inspectie").text


def test_the_log_keeps_what_each_group_said_in_the_round_before_the_decision(site: Site) -> None:
    number, code, (*_, item) = laid(site, seats=2)
    for ruling in ("go", "wish"):
        someone = guest(site)
        someone.post("/meepraten", data={"code": code})
        someone.post("/meepraten/lijst", data={f"ruling-{item}": ruling})
    decide(site, item, "go")

    page = site.client.get("/registraties/inspectie").text
    assert "meningen: MR en ouders wens 1, weg 1" in page
    assert f"op {long_day(TODAY)}" in page, "with the year: a log is kept for years"
    with reading(site.engine) as connection:
        assert connection.scalars(sa.select(RegistrationDecision.round_id)).one() is not None

    site.client.post("/registraties/rondes", data={"title": "Nog eens", "closes_on": SOON})
    second = site.client.get("/api/v1/registrations/rounds").json()[0]["id"]
    assert second != number
    site.client.post(f"/registraties/stem/{second}", data={f"ruling-{item}": "must"})
    detail = site.client.get(f"/api/v1/registrations/items/{item}").json()
    assert [voice["words"] for voice in detail["voices"] if voice["words"]] == ["moet 1"], "the newest round counts"


def test_a_step_is_done_and_not_done_after_all(site: Site) -> None:
    gone(site, "groepsplan")
    step = follow(site)["lines"][0]["steps"][0]["id"]

    def done() -> list[bool]:
        return [bool(line["done_by"]) for line in follow(site)["lines"][0]["steps"]]

    site.client.post("/registraties/stap", data={"step": step})
    assert done() == [True, False, False]
    site.client.post("/registraties/stap/terug", data={"step": step})
    assert done() == [False, False, False]
    assert site.client.post(f"/api/v1/registrations/steps/{step}/done", json={}).status_code == 204
    assert site.client.request("DELETE", f"/api/v1/registrations/steps/{step}/done", json={}).status_code == 204
    assert done() == [False, False, False]
    site.log_in("kim")
    assert site.client.post("/registraties/stap/terug", data={"step": step}).status_code == 403
