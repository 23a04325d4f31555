"""From the list to a decision that gives hours back, as a school does it, on both databases."""

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import python_calamine
import sqlalchemy as sa
from fastapi.routing import iter_route_contexts
from typer.testing import CliRunner

from api.cli import app
from api.db import reading, writing
from frontend.formatting import long_day
from models import wall
from models.account import RoleGrant
from models.catalogue import catalogue
from models.registration import RegistrationCode, RegistrationDecision
from models.school import School
from models.vocabulary import Role
from tests.site import Site, browser
from tests.world import TODAY

ITEM = re.compile(r"/registraties/onderdeel/([0-9a-f-]{36})")
CODE = re.compile(r'class="big-code">([A-Z2-9-]+)<')
LATER = (TODAY + timedelta(days=365)).isoformat()
SOON = (TODAY + timedelta(days=14)).isoformat()


def listed(site: Site) -> dict[str, dict[str, Any]]:
    page = site.client.get("/api/v1/registrations").json()
    return {item["code"]: item for item in page["items"]}


def put_on(site: Site, *codes: str) -> dict[str, dict[str, Any]]:
    site.log_in("directie")
    assert site.client.post("/registraties/meer", data={"codes": list(codes)}).status_code == 303
    return listed(site)


def decide(site: Site, uid: str, ruling: str, **more: str) -> Any:
    data = {"ruling": ruling, "reason": "niemand leest het", "review_on": LATER} | more
    return site.client.post(f"/registraties/onderdeel/{uid}/besluit", data=data)


def do(site: Site, change: sa.Update | sa.Delete) -> None:
    with writing(site.engine) as connection:
        wall.see_all(connection)
        connection.execute(change)


def test_the_list_begins_with_what_the_sources_deliver_and_with_words_for_what_the_school_is_for(site: Site) -> None:
    site.log_in("directie")
    assert "Begin met de lijst" in site.client.get("/registraties").text

    site.client.post("/registraties/begin", data={})

    assert {"aanwezigheid", "basisgegevens"} <= listed(site).keys()
    assert not {"groepsplan", "oefensoftware"} & listed(site).keys(), "no source delivers these"
    purposes = site.client.get("/registraties/bedoeling").text
    assert all(f"Voor {who}" in purposes for who in ("leerlingen", "ouders", "leraren", "directie en IB", "bestuur"))
    assert "blij thuiskomt" in purposes


def test_hours_come_from_the_school_and_are_summed_per_role_with_their_spread(site: Site) -> None:
    uid = put_on(site, "groepsplan")["groepsplan"]["id"]
    work = {"doer": "teacher", "system": "Word", "times": "2", "cadence": "week", "amount": "28", "counted": "group"}

    typed = work | {"low": "3", "high": "6"}
    assert site.client.post(f"/registraties/onderdeel/{uid}/werk", data=typed).status_code == 303
    item = listed(site)["groepsplan"]
    assert (item["hours_low"], item["hours_high"]) == (2 * 40 * 28 * 3 / 60, 2 * 40 * 28 * 6 / 60)
    page = site.client.get("/registraties").text
    assert "112 tot 224 uur" in page
    assert "leraar: 112 tot 224 uur per jaar" in page
    assert "5,7 uur per week" in page
    assert "niet van deze school" in page

    (line,) = item["work"]
    for minutes in ("2", "4,5"):
        measured = {"work": line["id"], "minutes": minutes, "seconds": "0"}
        site.client.post(f"/registraties/onderdeel/{uid}/meting", data=measured)
    after = listed(site)["groepsplan"]
    assert (after["hours_low"], after["hours_high"]) == (2 * 40 * 28 * 2 / 60, 2 * 40 * 28 * 4.5 / 60)
    assert "2 keer gemeten" in after["work"][0]["each"]


@pytest.mark.parametrize("minutes", ["veel", "nan", "-3", "1e9"])
def test_minutes_that_are_none_are_refused_in_words(one_site: Site, minutes: str) -> None:
    uid = put_on(one_site, "groepsplan")["groepsplan"]["id"]
    work = {"doer": "teacher", "cadence": "week", "counted": "whole", "low": minutes, "high": "6"}

    answer = one_site.client.post(f"/registraties/onderdeel/{uid}/werk", data=work)

    assert answer.status_code == 422
    assert "Schrijf de minuten als een getal" in answer.text


def test_a_whole_round_with_voices_of_teacher_parent_and_board(site: Site) -> None:
    board = site.world.accounts["piet"]
    with writing(site.engine) as connection:
        wall.see_all(connection)
        school = connection.scalar(
            sa.select(RoleGrant.school_id).where(RoleGrant.account_id == site.world.accounts["ib"])
        )
        connection.execute(sa.delete(RoleGrant).where(RoleGrant.account_id == board))
        connection.execute(
            sa.insert(RoleGrant).values(
                school_id=school, account_id=board, role=Role.BOARD, starts_on=TODAY, granted_by="test"
            )
        )
    uid = put_on(site, "groepsplan", "rapport")["groepsplan"]["id"]
    opened = site.client.post("/registraties/rondes", data={"title": "Wat kan weg?", "closes_on": SOON})
    round_uid = opened.headers["location"].rpartition("/")[2]
    made = site.client.post(f"/registraties/ronde/{round_uid}/code", data={"voice": "council", "seats": "1"})
    (code,) = CODE.findall(made.text)
    assert CODE.findall(site.client.get(f"/registraties/ronde/{round_uid}").text) == [], "it is shown once"
    assert 'action="/zoek"' in made.text
    with reading(site.engine) as connection:
        wall.see_all(connection)
        assert code.encode() not in connection.execute(sa.select(RegistrationCode.code_hash)).scalar_one()

    site.log_in("kim")
    site.client.post(f"/registraties/stem/{round_uid}", data={f"ruling-{uid}": "go", f"because-{uid}": "dubbel werk"})
    site.log_in("piet")
    page = site.client.get("/registraties")
    assert page.status_code == 200
    assert 'action="/zoek"' not in page.text, "who sees no child is not asked to look for one"
    wishes = site.client.get("/api/v1/registrations/wishes").json()["wishes"]
    assert {wish["page"] for wish in wishes} == {None}, "what it leads to is not for who sees no child"
    assert site.client.get("/groepen").status_code in {403, 404}
    site.client.post(
        f"/registraties/stem/{round_uid}", data={f"ruling-{uid}": "must", f"because-{uid}": "=verantwoording"}
    )

    parent = browser(site.client.app, headers={"Sec-Fetch-Site": "same-origin"})
    assert parent.get("/meepraten/lijst").headers["location"] == "/meepraten"
    assert (
        parent.post("/meepraten", data={"code": code.lower().replace("-", " ")}).headers["location"]
        == "/meepraten/lijst"
    )
    ballot = parent.get("/meepraten/lijst").text
    assert "Groepsplan" in ballot
    assert "MR en ouders" in ballot
    assert "Noor" not in ballot
    assert parent.get("/registraties").status_code in {303, 401}
    said = parent.post("/meepraten/lijst", data={f"ruling-{uid}": "wish", f"because-{uid}": "als het kort is"})
    assert "1 van 2" in parent.get(said.headers["location"]).text

    stranger = browser(site.client.app, headers={"Sec-Fetch-Site": "same-origin"})
    assert stranger.post("/meepraten", data={"code": code}).status_code == 401, "one seat, once"
    assert stranger.post("/meepraten", data={"code": "AAAA-BBBB-CCCC"}).status_code == 401

    site.log_in("directie")
    row = next(
        row for row in site.client.get(f"/api/v1/registrations/rounds/{round_uid}").json()["rows"] if row["item"] == uid
    )
    heard = {voice["voice"]: voice for voice in row["voices"]}
    assert (heard["teacher"]["go"], heard["council"]["wish"], heard["board"]["must"]) == (1, 1, 1)
    assert heard["teacher"]["reasons"] == ["weg: dubbel werk"]
    assert row["is_divided"]
    assert "Kim" not in site.client.get(f"/registraties/ronde/{round_uid}").text.partition("opinions")[2]

    site.client.post(f"/registraties/ronde/{round_uid}/sluiten", data={})
    late = parent.post("/meepraten/lijst", data={f"ruling-{uid}": "go"})
    assert late.status_code == 422
    assert "gesloten" in late.text


def test_who_guesses_at_codes_has_to_wait(one_site: Site) -> None:
    stranger = browser(one_site.client.app, headers={"Sec-Fetch-Site": "same-origin"})

    answers = [stranger.post("/meepraten", data={"code": "AAAA-BBBB-CCCC"}).status_code for _ in range(8)]

    assert answers[0] == 401
    assert answers[-1] == 429


def test_a_decision_is_only_ever_added_and_says_what_stays(site: Site) -> None:
    uid = put_on(site, "groepsplan")["groepsplan"]["id"]
    work = {"doer": "teacher", "system": "ESIS", "times": "1", "cadence": "year", "amount": "60", "counted": "group"}
    site.client.post(f"/registraties/onderdeel/{uid}/werk", data=work | {"low": "60", "high": "120"})

    assert decide(site, uid, "wish").status_code == 303
    assert decide(site, uid, "go", leftover="keep").status_code == 303

    log = site.client.get("/api/v1/registrations/decisions").json()["lines"]
    assert [line["ruling"] for line in log] == ["go", "wish"]
    inspection = site.client.get("/registraties/inspectie").text
    assert "Waarom wij dit niet meer bijhouden" in inspection
    assert "Zicht op vorderingen en ernaar handelen" in inspection
    assert "niemand leest het" in inspection
    follow = site.client.get("/api/v1/registrations/follow-up").json()
    assert follow["a_year"] == "60 tot 120 uur"
    (line,) = follow["lines"]
    assert any("niet meer invullen in ESIS" in step["body"] for step in line["steps"])
    assert "60 tot 120 uur" in site.client.get("/registraties").text
    site.client.post("/registraties/stap", data={"step": line["steps"][0]["id"]})
    assert site.client.get("/api/v1/registrations/follow-up").json()["lines"][0]["steps"][0]["done_by"]

    for change in (sa.update(RegistrationDecision).values(reason="anders"), sa.delete(RegistrationDecision)):
        with pytest.raises(sa.exc.DBAPIError, match="kan niet worden gewijzigd"):
            do(site, change)


def test_what_the_law_asks_cannot_go_and_a_decision_needs_a_reason_and_a_day(one_site: Site) -> None:
    items = put_on(one_site, "leerlingvolgsysteem", "groepsplan")

    refused = decide(one_site, items["leerlingvolgsysteem"]["id"], "go")
    assert refused.status_code == 422
    assert "De wet vraagt dit" in refused.text
    assert decide(one_site, items["groepsplan"]["id"], "go", reason=" ").status_code == 422
    assert decide(one_site, items["groepsplan"]["id"], "go", review_on=TODAY.isoformat()).status_code == 422
    assert one_site.client.get("/api/v1/registrations/decisions").json()["lines"] == []


def test_what_went_is_watched_and_still_coming_in_is_said(one_site: Site) -> None:
    uid = put_on(one_site, "basisgegevens", "klassenlijsten")["klassenlijsten"]["id"]

    decide(one_site, uid, "go", stops_on=SOON)
    assert "Stopt op" in one_site.client.get("/registraties/vervolg").text
    decide(one_site, uid, "go")
    assert "niets meer van binnenkomen" in one_site.client.get("/registraties/vervolg").text


def test_only_directie_decides_and_another_school_has_no_such_list(one_site: Site) -> None:
    uid = put_on(one_site, "groepsplan")["groepsplan"]["id"]

    for login in ("kim", "ib", "beheer"):
        one_site.log_in(login)
        assert one_site.client.get(f"/registraties/onderdeel/{uid}").status_code == 200, login
        assert decide(one_site, uid, "go").status_code == 403, login
    for login in ("moeder",):
        one_site.log_in(login)
        assert one_site.client.get("/registraties").status_code == 403
    outsiders = [name for name in one_site.world.accounts if name.startswith("duin")]
    for login in outsiders:
        one_site.log_in(login)
        assert one_site.client.get(f"/registraties/onderdeel/{uid}").status_code in {403, 404}, login
    one_site.log_in("directie")
    assert one_site.client.get("/registraties?school=00000000-0000-0000-0000-000000000000").status_code == 404


def test_a_purpose_that_an_item_serves_is_a_reason(one_site: Site) -> None:
    one_site.log_in("directie")
    one_site.client.post("/registraties/begin", data={})
    uid = put_on(one_site, "portfolio")["portfolio"]["id"]
    detail = one_site.client.get(f"/api/v1/registrations/items/{uid}").json()
    purpose = detail["purposes"][0]["lines"][0]

    one_site.client.post(f"/registraties/onderdeel/{uid}/dient", data={"purposes": [purpose["id"]]})

    item = listed(one_site)["portfolio"]
    assert item["serves"] == [purpose["body"]]
    assert any(purpose["body"] in reason for reason in item["advice"]["reasons"])


def test_what_serves_none_of_the_purposes_is_proposed_to_go_unless_the_law_asks(site: Site) -> None:
    site.log_in("directie")
    site.client.post("/registraties/begin", data={})
    items = put_on(site, "portfolio", "aanwezigheid")
    assert items["portfolio"]["advice"]["ruling"] == "wish", "nobody held it against the purposes yet"

    for code in ("portfolio", "aanwezigheid"):
        site.client.post(f"/registraties/onderdeel/{items[code]['id']}/dient", data={})

    items = listed(site)
    assert items["portfolio"]["advice"]["ruling"] == "go"
    assert "Helpt bij geen van de doelen die de school noemde." in items["portfolio"]["advice"]["reasons"]
    assert items["aanwezigheid"]["advice"]["ruling"] == "must"
    page = site.client.get(f"/registraties/onderdeel/{items['portfolio']['id']}").text
    assert "het helpt bij geen van deze doelen" in page


def test_files_hold_the_list_and_no_formula(one_site: Site) -> None:
    put_on(one_site, "groepsplan")
    own = one_site.client.post("/registraties/meer", data={"name": '=HYPERLINK("http://x","klik")', "what": "@nu"})
    uid = own.headers["location"].rpartition("/")[2]
    work = {"doer": "teacher", "system": "+31", "cadence": "week", "counted": "whole", "low": "3", "high": "6"}
    one_site.client.post(f"/registraties/onderdeel/{uid}/werk", data=work)

    answer = one_site.client.get("/registraties/schema.csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    mine = next(row for row in rows if "HYPERLINK" in row[1])
    assert mine[1].startswith("'=")
    assert mine[10] == "'+31"
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    assert "attachment" in answer.headers["content-disposition"]

    book = one_site.client.get("/registraties/schema.xlsx")
    sheet = python_calamine.load_workbook(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert len(sheet) == len(rows)
    assert not [cell for row in sheet for cell in row if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@"}]


def test_pages_on_paper(one_site: Site) -> None:
    uid = put_on(one_site, "groepsplan", "aanwezigheid")["groepsplan"]["id"]
    decide(one_site, uid, "go")

    schema = one_site.client.get("/registraties/schema?papier=a3").text
    assert "Schema van administratieve taken" in schema
    assert "is-a3" in schema
    assert "Besluit bekostiging WPO (oud), artikel 6 lid 1" in schema
    assert "Het kan hernummerd zijn" in schema, "a number of 2015 says so on paper too"
    assert f"weg <small>vanaf {long_day(TODAY)}" in schema
    wishes = one_site.client.get("/registraties/wensen").text
    assert "Aan- en afwezigheid per dagdeel" in wishes
    assert "Hier is geen plek meer voor nodig" in wishes
    assert {UUID(found) for found in ITEM.findall(one_site.client.get("/registraties?wat=weg").text)} == {UUID(uid)}


def test_the_command_line_lists_and_exports(one_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on(one_site, "groepsplan", "aanwezigheid")
    monkeypatch.setenv("KINDBLAD_DATABASE_URL", one_site.engine.url.render_as_string(hide_password=False))
    with reading(one_site.engine) as connection:
        brin = connection.execute(sa.select(School.brin).order_by(School.id)).scalars().first()
    file = tmp_path / "lijst.xlsx"

    shown = CliRunner().invoke(app, ["registrations", "list", "--school", str(brin)])
    CliRunner().invoke(app, ["registrations", "export", str(file), "--school", str(brin)])

    assert "Groepsplan: niet verplicht; voorstel weg; nog niet besloten" in shown.output
    assert python_calamine.load_workbook(str(file)).get_sheet_by_index(0).to_python()[1][1]
    assert "93  Bijhouden wie een dossier opende" in CliRunner().invoke(app, ["registrations", "catalogue"]).output


def test_the_hours_of_a_part_of_the_list_are_those_of_that_part(one_site: Site) -> None:
    items = put_on(one_site, "groepsplan", "aanwezigheid")
    for code, minutes in (("groepsplan", "60"), ("aanwezigheid", "30")):
        work = {"doer": "teacher", "cadence": "week", "counted": "whole", "low": minutes, "high": minutes}
        one_site.client.post(f"/registraties/onderdeel/{items[code]['id']}/werk", data=work)

    assert "Samen 60 uur per jaar" in one_site.client.get("/registraties/schema").text
    assert "alleen wat “weg” is. Samen 40 uur per jaar" in one_site.client.get("/registraties/schema?wat=weg").text
    assert "<strong>20 uur</strong> per jaar" in one_site.client.get("/registraties?wat=moet").text


def test_wishes_lead_to_where_kindblad_does_it_for_who_may_open_that(one_site: Site) -> None:
    put_on(one_site, "rapport", "weekplanning", "portfolio", "inzagelog")
    pages = {item.page for item in catalogue().items.values() if item.page}
    routes = iter_route_contexts(one_site.client.app.routes)  # type: ignore[attr-defined]
    paths = {route.path for route in routes}
    assert pages <= paths, "the catalogue names pages that are there"

    for login, opens in (("directie", "/inzage"), ("kim", None)):
        one_site.log_in(login)
        wishes = one_site.client.get("/api/v1/registrations/wishes").json()["wishes"]
        found = {wish["name"]: wish["page"] and wish["page"]["address"] for wish in wishes}
        assert found["Rapport aan ouders"] == "/groepen", login
        assert found["Bijhouden wie een dossier opende"] == opens, login
        for address in {address for address in found.values() if address}:
            assert one_site.client.get(address).status_code == 200, (login, address)
    assert "Mijn kind" in " ".join(wish["covered"] for wish in wishes)
    assert "studiewijzer" in " ".join(wish["covered"] for wish in wishes)
