"""Directie and office at /bewaren, and everyone at /bewaartermijnen, as they use them in a browser."""

import re
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from api.db import writing
from api.services.retention.run import run
from api.settings import Settings
from models.group import Enrolment
from models.journal import Note
from models.rules.retention import RULES
from models.vocabulary import NoteKind, Role
from tests.site import Site, one_site, site

__all__ = ["one_site", "site"]
LONG_AGO = date(2020, 10, 9)


def noor_left_long_ago(site: Site) -> None:
    """Let the roll say that Noor left years ago, with a note in the dossier; a second head is appointed."""

    def act(world: object) -> None:
        world.connection.execute(  # type: ignore[attr-defined]
            sa.update(Enrolment)
            .where(Enrolment.source_person_id == site.world.persons["noor"])
            .values(starts_on=date(2016, 8, 1), ends_on=LONG_AGO)
        )
        world.insert(  # type: ignore[attr-defined]
            Note,
            school_id=site.world.schools["vliet"],
            pupil_id=site.world.pupils["noor"],
            observed_on=LONG_AGO,
            written_at=datetime.now(UTC),
            kind=NoteKind.NOTE,
            body="Een notitie.",
            delivery_id=site.world.deliveries[site.world.sources["vliet las"]],
        )

    site.change(act)
    site.change(lambda world: world.account("adjunct", Role.HEAD))


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None, name
    return found[1]


def test_two_heads_erase_together_what_one_of_them_cannot(site: Site) -> None:
    noor_left_long_ago(site)
    school = str(site.world.schools["vliet"])
    site.log_in("directie")
    asked = site.client.get("/bewaren").text
    assert "Zijn deze kinderen van school?" in asked
    assert "Noor van der Ven" in asked
    assert f'value="{LONG_AGO}"' in asked

    left = {"school": school, "child": str(site.world.uids["noor"]), "last_day": str(LONG_AGO)}
    assert site.client.post("/bewaren/weg", data=left | {"destination": "secondary"}).status_code == 303
    assert site.client.post("/bewaren/plan", data={"school": school}).status_code == 303
    page = site.client.get("/bewaren").text
    assert "Akkoord met wissen" not in page
    assert "Een tweede persoon" in page

    site.log_in("adjunct")
    page = site.client.get("/bewaren").text
    assert "Noor van der Ven" in page
    agreed = site.client.post("/bewaren/akkoord", data={"school": school, "digest": field(page, "digest")})
    assert agreed.status_code == 303
    assert "akkoord, nog niet uitgevoerd" in site.client.get("/bewaren").text

    settings = Settings(data_dir=site.client.app.state.kit.settings.data_dir, secret_key="x" * 40)  # type: ignore[attr-defined]
    run(site.engine, settings, datetime.now(UTC), [int(school)], lambda _text: None)

    page = site.client.get("/bewaren").text
    assert "Noor" not in page
    assert "leerlingdossier" in page
    assert site.client.get(f"/kind/{site.world.uids['noor']}").status_code == 404
    assert (site.world.pupils["noor"], "retention", "read", "directie") in site.lines()
    assert (site.world.pupils["noor"], "retention", "wrote", "directie") in site.lines()


def test_the_maker_cannot_agree_by_sending_the_form_all_the_same(one_site: Site) -> None:
    noor_left_long_ago(one_site)
    school = str(one_site.world.schools["vliet"])
    one_site.log_in("directie")
    left = {"school": school, "child": str(one_site.world.uids["noor"]), "last_day": str(LONG_AGO)}
    one_site.client.post("/bewaren/weg", data=left | {"destination": "unknown"})
    one_site.client.post("/bewaren/plan", data={"school": school})
    with writing(one_site.engine) as connection:
        digest = connection.execute(sa.text("SELECT digest FROM retention_plan")).scalar_one()

    answer = one_site.client.post("/bewaren/akkoord", data={"school": school, "digest": digest})

    assert answer.status_code == 422
    assert "geeft niet zelf akkoord" in answer.text


def test_another_schools_child_or_plan_does_not_exist(one_site: Site) -> None:
    one_site.log_in("directie")
    sem = {"child": str(one_site.world.uids["sem"]), "last_day": str(LONG_AGO), "destination": "unknown"}

    for school in (one_site.world.schools["duin"], one_site.world.schools["vliet"]):
        answer = one_site.client.post("/bewaren/weg", data=sem | {"school": str(school)})
        assert answer.status_code == 404
    assert "Sem" not in one_site.client.get("/bewaren").text
    assert one_site.client.post("/bewaren/plan", data={"school": "2"}).status_code == 404


def test_only_directie_and_office_come_near(one_site: Site) -> None:
    for login in ("kim", "ib", "moeder", "beheer"):
        one_site.log_in(login)
        assert one_site.client.get("/bewaren").status_code == 403, login
        school = {"school": str(one_site.world.schools["vliet"]), "digest": "a" * 64}
        assert one_site.client.post("/bewaren/akkoord", data=school).status_code == 403, login


def test_a_hold_ends_on_a_day_and_can_be_lifted(one_site: Site) -> None:
    noor_left_long_ago(one_site)
    school = {"school": str(one_site.world.schools["vliet"]), "child": str(one_site.world.uids["noor"])}
    one_site.log_in("directie")
    one_site.client.post("/bewaren/weg", data=school | {"last_day": str(LONG_AGO), "destination": "unknown"})

    without_end = one_site.client.post("/bewaren/blokkade", data=school | {"reason": "court"})
    too_long = one_site.client.post("/bewaren/blokkade", data=school | {"reason": "court", "ends_on": "2099-01-01"})
    assert (without_end.status_code, too_long.status_code) == (422, 422)
    assert "heeft een einddatum" in too_long.text

    until = datetime.now(UTC).date() + timedelta(days=90)
    one_site.client.post("/bewaren/blokkade", data=school | {"reason": "court", "ends_on": str(until)})
    held = one_site.client.get("/bewaren").text
    assert "rechtszaak of bezwaar" in held
    assert "niets dat vandaag weg moet" in one_site.client.post("/bewaren/plan", data=school).text

    one_site.client.post("/bewaren/vrij", data=school | {"hold": field(held, "hold")})
    assert one_site.client.post("/bewaren/plan", data=school).status_code == 303


def test_e26_a_run_missed_for_thirty_days_is_red_where_directie_begins(one_site: Site) -> None:
    one_site.log_in("directie")
    assert "niet gewist" not in one_site.client.get("/").text

    with writing(one_site.engine) as connection:
        connection.execute(sa.text("UPDATE school SET created_at = :then"), {"then": "2026-01-01 00:00:00"})

    for path in ("/", "/bewaren"):
        page = one_site.client.get(path).text
        assert re.search(r'class="is-alarm">.*dagen niet gewist', page, re.DOTALL), path
    one_site.log_in("ib")
    assert "niet gewist" not in one_site.client.get("/").text


def test_e27_everyone_who_is_signed_in_can_read_how_long_what_is_kept(one_site: Site) -> None:
    for login in ("moeder", "kim", "beheer"):
        one_site.log_in(login)
        page = one_site.client.get("/bewaartermijnen")
        assert page.status_code == 200
        assert "vijf jaar na uitschrijving" in page.text
        assert [kind for kind in RULES if kind.label not in page.text.lower()] == []


def test_all_whom_the_roll_lost_can_be_written_out_at_once(one_site: Site) -> None:
    noor_left_long_ago(one_site)
    one_site.log_in("directie")
    school = {"school": str(one_site.world.schools["vliet"]), "before": str(datetime.now(UTC).date())}

    assert one_site.client.post("/bewaren/weg-allen", data=school).status_code == 303

    page = one_site.client.get("/bewaren").text
    assert "Zijn deze kinderen van school?" not in page
    assert "na 9 oktober 2020" in page
    assert "Zoë" not in page
