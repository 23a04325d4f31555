"""All of registrations as JSON: what another program can do, for whom, and for which school; and the way back."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.db import reading
from models import wall
from models.registration import RegistrationRun, RegistrationWork
from models.school import School
from models.vocabulary import Role
from tests.site import Site
from tests.world import TODAY, World

API = "/api/v1/registrations"
SOON = (TODAY + timedelta(days=14)).isoformat()
NOBODY = "00000000-0000-0000-0000-000000000009"


def send(site: Site, method: str, path: str, **body: Any) -> Any:
    return site.client.request(method, API + path, json=body)


def make(site: Site, path: str, **body: Any) -> str:
    answer = send(site, "POST", path, **body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def on_the_list(site: Site, code: str) -> str:
    assert send(site, "POST", "/items", codes=[code]).status_code == 204
    items = site.client.get(API).json()["items"]
    return str(next(item["id"] for item in items if item["code"] == code))


def test_a_whole_round_without_a_page(site: Site) -> None:
    site.log_in("directie")
    assert send(site, "POST", "/begin").status_code == 204
    item = on_the_list(site, "groepsplan")

    opened = make(site, "/rounds", title="Wat kan weg?", closes_on=SOON, items=[item])
    made = send(site, "POST", f"/rounds/{opened}/codes", voice="council", count=3).json()
    assert len(set(made["codes"])) == 3
    assert made["address"].endswith("/meepraten")
    site.log_in("kim")
    assert site.client.get(f"{API}/rounds/{opened}/ballot").json()["voice"] == "leraren"
    assert send(site, "POST", f"/rounds/{opened}/opinions", item=item, ruling="go", because="dubbel").status_code == 204
    site.log_in("directie")
    assert send(site, "POST", f"/rounds/{opened}/close").status_code == 204
    late = send(site, "POST", f"/rounds/{opened}/codes", voice="board")
    assert (late.status_code, "gesloten" in late.text) == (422, True)
    (line,) = site.client.get(f"{API}/rounds").json()
    assert (line["id"], line["is_open"], line["items"]) == (opened, False, 1)

    review = (TODAY + timedelta(days=365)).isoformat()
    make(site, f"/items/{item}/decisions", ruling="go", reason="niemand leest het", review_on=review)
    step = site.client.get(f"{API}/follow-up").json()["lines"][0]["steps"][0]
    assert send(site, "POST", f"/steps/{step['id']}/done").status_code == 204
    assert site.client.get(f"{API}/follow-up").json()["lines"][0]["steps"][0]["done_at"]


def test_a_clock_elsewhere_keeps_its_runs_here(site: Site) -> None:
    site.log_in("kim")
    item = on_the_list(site, "rapport")
    work = make(site, f"/items/{item}/work", doer="teacher")
    runs = f"/items/{item}/work/{work}/runs"

    assert send(site, "POST", runs, seconds=90).status_code == 204
    moments = {"started_at": "2026-11-20T08:00:00Z", "stopped_at": "2026-11-20T09:02:30+01:00"}
    assert send(site, "POST", runs, **moments).status_code == 204
    turned = {"started_at": moments["stopped_at"], "stopped_at": moments["started_at"]}
    for wrong in ({}, {"seconds": 0}, {"seconds": 20000}, turned, moments | {"seconds": 3}):
        assert send(site, "POST", runs, **wrong).status_code == 422, wrong

    (line,) = site.client.get(f"{API}/items/{item}").json()["item"]["work"]
    assert (line["runs"], line["each"]) == (2, "1,5 tot 2,5 minuten per keer, 2 keer gemeten")
    assert send(site, "DELETE", f"/items/{item}/work/{work}").status_code == 204
    with reading(site.engine) as connection:
        wall.see_all(connection)
        for table in (RegistrationRun, RegistrationWork):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_what_the_school_is_for_is_added_said_otherwise_and_taken_away(site: Site) -> None:
    site.log_in("directie")
    purpose = make(site, "/purposes", stakeholder="parents", body="blij  naar huis")
    item = on_the_list(site, "rapport")
    send(site, "PUT", f"/items/{item}/purposes", purposes=[purpose])

    assert send(site, "PUT", f"/purposes/{purpose}", body="blij naar school").status_code == 204
    assert site.client.get(f"{API}/items/{item}").json()["item"]["serves"] == ["blij naar school"]
    again = {"purpose": purpose, "body": "blij naar school en naar huis"}
    assert site.client.post("/registraties/bedoeling/anders", data=again).status_code == 303
    assert "blij naar school en naar huis" in site.client.get("/registraties/bedoeling").text
    assert send(site, "PUT", f"/purposes/{purpose}", body=" ").status_code == 422

    assert send(site, "DELETE", f"/purposes/{purpose}").status_code == 204
    assert all(not group["lines"] for group in site.client.get(f"{API}/purposes").json())


def test_an_own_item_tied_to_a_fact_has_evidence_and_one_of_the_catalogue_cannot_be_tied(site: Site) -> None:
    site.log_in("directie")
    own = make(site, "/items/own", name="Verzuimschrift")
    assert site.client.get(f"{API}/items/{own}").json()["evidence"] == []

    page = site.client.get(f"/registraties/onderdeel/{own}").text
    assert "verzuim per dagdeel" in page
    tied = site.client.post(f"/registraties/onderdeel/{own}/feiten", data={"facts": ["absence", "onzin"]})
    assert tied.status_code == 303
    shown = site.client.get(f"{API}/items/{own}").json()
    assert shown["item"]["facts"] == ["absence"]
    assert len(shown["evidence"]) == 1
    assert 'value="absence" checked' in site.client.get(f"/registraties/onderdeel/{own}").text

    every = [fact["code"] for fact in shown["facts"]]
    assert send(site, "PUT", f"/items/{own}/facts", facts=every).status_code == 422
    assert send(site, "PUT", f"/items/{own}/facts", facts=[]).status_code == 204
    law = on_the_list(site, "aanwezigheid")
    assert send(site, "PUT", f"/items/{law}/facts", facts=["absence"]).status_code == 422
    assert "Waar gaat dit over?" not in site.client.get(f"/registraties/onderdeel/{law}").text
    assert send(site, "DELETE", f"/items/{own}").status_code == 204
    assert own not in site.client.get(API).text


def changes(site: Site) -> dict[str, tuple[dict[str, Any], set[str]]]:
    """Every change: by method and path, a body that is right, and who may."""
    site.log_in("directie")
    send(site, "POST", "/begin")
    item, own = on_the_list(site, "groepsplan"), make(site, "/items/own", name="Eigen")
    opened = make(site, "/rounds", closes_on=SOON)
    work = make(site, f"/items/{item}/work", doer="teacher")
    purpose = make(site, "/purposes", stakeholder="board", body="rust")
    review = (TODAY + timedelta(days=99)).isoformat()
    make(site, f"/items/{item}/decisions", ruling="go", reason="weg", review_on=review)
    step = site.client.get(f"{API}/follow-up").json()["lines"][0]["steps"][0]["id"]
    head, working = {"directie"}, {"directie", "kim", "ib", "kantoor"}
    return {
        "POST /begin": ({}, head),
        f"POST /rounds/{opened}/opinions": ({"item": item, "ruling": "go"}, working | {"bestuur"}),
        "POST /items": ({"codes": []}, working),
        "POST /items/own": ({"name": "Nog een"}, working),
        f"PUT /items/{own}/facts": ({"facts": []}, working),
        f"POST /items/{item}/work/{work}/runs": ({"seconds": 5}, working),
        f"PUT /items/{item}/purposes": ({"purposes": []}, working),
        f"DELETE /items/{item}/work/{work}": ({}, working),
        "POST /purposes": ({"stakeholder": "board", "body": "rust"}, head),
        f"PUT /purposes/{purpose}": ({"body": "rust en tijd"}, head),
        f"DELETE /purposes/{purpose}": ({}, head),
        f"POST /steps/{step}/done": ({}, head),
        "POST /rounds": ({"closes_on": SOON}, head),
        f"POST /rounds/{opened}/codes": ({"voice": "board"}, head),
        f"POST /rounds/{opened}/close": ({}, head),
        f"DELETE /items/{own}": ({}, head),
    }


def more_people(world: World) -> None:
    world.account("kantoor", Role.OFFICE)
    world.account("bestuur", Role.BOARD)
    world.account("duinhoofd", Role.HEAD, school="duin")


def test_each_change_is_for_who_may_and_there_is_nothing_to_change_from_another_school(one_site: Site) -> None:
    one_site.change(more_people)
    for call, (body, may) in changes(one_site).items():
        method, path = call.split()
        for login in ("moeder", "beheer", "bestuur", "kantoor", "kim", "ib"):
            if login not in may:
                one_site.log_in(login)
                assert send(one_site, method, path, **body).status_code == 403, (login, call)
        if re.search("[0-9a-f]{8}-", path):
            one_site.log_in("duinhoofd")
            assert send(one_site, method, path, **body).status_code == 404, call
            one_site.log_in("directie")
            assert send(one_site, method, re.sub("[0-9a-f-]{36}", NOBODY, path), **body).status_code == 404, call
        for login in ["directie"] if method == "DELETE" else sorted(may):
            one_site.log_in(login)
            assert send(one_site, method, path, **body).status_code in {201, 204}, (login, call)


def both(site: Site) -> tuple[str, str]:
    """Let directie lead the other school too; gives the schools, the one that is not first by name behind."""
    site.change(lambda world: world.grant("directie", Role.HEAD, school="duin"))
    with reading(site.engine) as connection:
        rows = connection.execute(sa.select(School.uid, School.name).order_by(School.name)).all()
    return str(rows[0].uid), str(rows[-1].uid)


@pytest.mark.parametrize("at", [0, 1])
def test_who_leads_two_schools_comes_back_to_the_one_they_worked_on(one_site: Site, at: int) -> None:
    school = both(one_site)[at]
    one_site.log_in("directie")
    ways: list[tuple[str, Callable[[], dict[str, Any]]]] = [
        ("/begin", dict),
        ("/meer", lambda: {"codes": ["groepsplan"]}),
        ("/bedoeling", lambda: {"stakeholder": "board", "body": "rust"}),
    ]
    for path, more in ways:
        answer = one_site.client.post(f"/registraties{path}", data={"school": school, **more()})
        assert answer.headers["location"].endswith(f"?school={school}"), path

    (purpose, *_) = (
        line["id"] for group in one_site.client.get(f"{API}/purposes?school={school}").json() for line in group["lines"]
    )
    item = one_site.client.get(f"{API}?school={school}").json()["items"][-1]["id"]
    review = (TODAY + timedelta(days=99)).isoformat()
    make(one_site, f"/items/{item}/decisions", ruling="unclear", reason="eerst vragen", review_on=review)
    for path, data in (
        ("/bedoeling/anders", {"purpose": purpose, "body": "tijd"}),
        ("/bedoeling/weg", {"purpose": purpose}),
        (f"/onderdeel/{item}/eraf", {}),
    ):
        answer = one_site.client.post(f"/registraties{path}", data=data)
        assert answer.headers["location"].endswith(f"?school={school}"), path


def test_each_slip_has_a_code_of_its_own_that_lets_one_person_in(one_site: Site) -> None:
    one_site.log_in("directie")
    on_the_list(one_site, "groepsplan")
    opened = make(one_site, "/rounds", title="Wat kan weg?", closes_on=SOON)

    page = one_site.client.post(f"/registraties/ronde/{opened}/code", data={"voice": "council", "count": "4"}).text

    codes = re.findall(r'class="big-code">([A-Z2-9-]+)<', page)
    assert len(set(codes)) == 4
    assert page.count("/meepraten</strong>") == 4
    for code in codes:
        one_site.client.cookies.clear()
        one_site.client.cookies.set("__Host-kindblad-form", "a browser of the tests")
        assert one_site.client.post("/meepraten", data={"code": code}).headers["location"] == "/meepraten/lijst"
