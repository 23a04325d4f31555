"""What stands in two places, on the page and in the API: for who types at school, without a name of a child."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa

from api.db import reading
from models.attendance import Absence
from models.doubles import NotDouble
from models.vocabulary import AbsencePart, AbsenceReason, Role
from tests.site import Site
from tests.world import NOW, TODAY, World

PAGE, API = "/registraties/dubbel", "/api/v1/registrations/doubles"
USE = "/registraties/gebruik"
TITLE = "Verzuim per dagdeel: in vliet las en in Kindblad"


def typed_and_delivered(world: World) -> None:
    """Noor was away for three days; each was typed here, and then came from the administration too."""
    world.account("administratie", Role.OFFICE)
    world.account("bestuur", Role.BOARD)
    for days in (3, 4, 5):
        world.insert(
            Absence,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["noor"],
            day=TODAY - timedelta(days=days),
            part=AbsencePart.DAY,
            reason=AbsenceReason.ILL,
            recorded_at=NOW - timedelta(days=days),
            delivery_id=world.deliveries[world.sources["vliet las"]],
        )
    with_ledger(world)


def with_ledger(world: World) -> None:
    """What the administration said stands in the ledger, as the runner keeps it."""
    rows = world.connection.execute(sa.select(Absence.id, Absence.delivery_id)).all()
    from models.provenance import Ledger

    for number, (row_id, delivery_id) in enumerate(rows):
        world.insert(
            Ledger,
            school_id=world.schools["vliet"],
            source_id=world.sources["vliet las"],
            stream="absence",
            source_key=f"noor|{number}",
            content_hash=b"0" * 16,
            locator="regel 2",
            target_id=row_id,
            first_delivery_id=delivery_id,
            seen_delivery_id=delivery_id,
            changed_delivery_id=delivery_id,
        )


@pytest.fixture
def twice(site: Site) -> Site:
    site.change(typed_and_delivered)
    return site


def key(site: Site) -> dict[str, Any]:
    [school] = site.client.get(API).json()
    [found] = school["findings"]
    return {name: found[name] for name in ("school", "fact", "lead", "other")}


def test_the_page_says_what_to_stop_and_names_no_child(twice: Site) -> None:
    twice.log_in("kim")
    text = twice.client.get(PAGE).text

    assert TITLE in text
    assert "Houd op dit in Kindblad te typen; het komt al uit vliet las." in text
    assert "bij enkele kinderen (vijf of minder)" in text
    assert "Noor" not in text.partition("<main")[2]
    assert "Dit is geen dubbel" not in text


def test_page_and_json_say_the_same(twice: Site) -> None:
    twice.log_in("ib")
    [school] = twice.client.get(API).json()
    [evidence] = twice.client.get("/api/v1/registrations/evidence").json()
    text = twice.client.get(PAGE).text

    assert school["findings"] == evidence["doubles"]
    [found] = school["findings"]
    assert found["children"] is None
    assert (found["values"], found["lead"], found["other"]) == (3, "vliet las", "kindblad")
    for words in ("title", "text", "advice", "why_leading"):
        assert found[words] in text


def test_the_evidence_is_the_same_on_the_page(twice: Site) -> None:
    twice.log_in("kim")
    [evidence] = twice.client.get("/api/v1/registrations/evidence").json()
    text = unescape(twice.client.get(USE).text)

    assert "Noor" not in text.partition("<main")[2]
    for fact in evidence["facts"]:
        for words in (fact["label"], fact["summary"], fact["filled"]["text"], fact["reading"]["text"]):
            assert words in text


def test_what_is_no_double_is_no_reason_to_stop_either(twice: Site) -> None:
    twice.log_in("directie")
    twice.client.post("/registraties/meer", data={"codes": ["aanwezigheid"]})

    def told() -> tuple[bool, bool]:
        (item,) = twice.client.get("/api/v1/registrations").json()["items"]
        detail = twice.client.get(f"/api/v1/registrations/items/{item['id']}").json()
        reason = any("op meer dan één plek" in reason for reason in item["advice"]["reasons"])
        return reason, "op één plek te veel" in detail["evidence"][0]["summary"]

    assert told() == (True, True)
    twice.client.post(PAGE, data=key(twice) | {"because": "De leraar tekent zelf af"})
    assert told() == (False, False)


def test_a_person_says_that_it_is_none_and_can_take_it_back(twice: Site) -> None:
    twice.log_in("administratie")
    refused = twice.client.post(PAGE, data=key(twice) | {"because": "  "})
    assert refused.status_code == 422
    assert "waarom dit geen dubbel is" in refused.text

    said = twice.client.post(PAGE, data=key(twice) | {"because": "De leraar tekent <b>zelf</b> af"})
    assert said.headers["location"] == PAGE
    text = twice.client.get(PAGE).text
    assert "Volgens school geen dubbel" in text
    assert "De leraar tekent &lt;b&gt;zelf&lt;/b&gt; af" in text
    assert "Niets gevonden" in text
    assert twice.client.get(API).json()[0]["findings"][0]["no_double"] == "De leraar tekent <b>zelf</b> af"

    assert twice.client.post(f"{PAGE}/toch", data=key(twice)).status_code == 303
    assert "Volgens school geen dubbel" not in twice.client.get(PAGE).text

    assert twice.client.post(f"{API}/ruled-out", json=key(twice) | {"because": "twee doelen"}).status_code == 204
    assert twice.client.post(f"{API}/ruled-out/undo", json=key(twice)).status_code == 204
    with reading(twice.engine) as connection:
        assert connection.execute(sa.select(NotDouble)).all() == []


@pytest.mark.parametrize("login", ["moeder", "beheer", "bestuur"])
def test_who_does_not_type_at_school_gets_nothing(twice: Site, login: str) -> None:
    twice.log_in(login)
    for path in (PAGE, USE, API, "/api/v1/registrations/evidence"):
        answer = twice.client.get(path)
        assert answer.status_code == 403
        assert "vliet las" not in answer.text


def test_a_teacher_sees_it_and_does_not_rule(twice: Site) -> None:
    twice.log_in("kim")
    known = key(twice)
    assert twice.client.post(PAGE, data=known | {"because": "nee"}).status_code == 403
    assert twice.client.post(f"{API}/ruled-out/undo", json=known).status_code == 403


def test_another_school_and_what_is_no_place_are_not_found(twice: Site) -> None:
    twice.log_in("ib")
    known = key(twice)
    twice.change(lambda world: world.account("elders", Role.IB, school="duin"))
    twice.log_in("elders")
    assert twice.client.get(API).json()[0]["findings"] == []
    for other in ({}, {"school": "0190a000-0000-7000-8000-000000000001"}):
        assert twice.client.post(f"{API}/ruled-out", json=known | {"because": "x"} | other).status_code == 404
    twice.log_in("ib")
    for wrong in ({"fact": "geheim"}, {"lead": "een ander"}, {"other": "elders"}):
        assert twice.client.post(f"{API}/ruled-out", json=known | {"because": "x"} | wrong).status_code == 404
