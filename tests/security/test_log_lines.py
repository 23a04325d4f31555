"""Each page that names a child leaves a whole line for that child, and no line or log says what stood on a page."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from api import observability
from api.db import reading
from api.services.looks import PAGES
from api.settings import Settings
from models.audit import AccessLog
from models.journal import Note
from models.rules.access import Kind
from models.vocabulary import NoteKind, Role
from tests.security.test_routes import routes
from tests.site import Site
from tests.world import NOW, TODAY, World

LOGINS = ("kim", "ib", "directie", "office", "moeder")
KINDS = {kind.value for kind in Kind} | set(PAGES)
ACTIONS = {"read", "refused", "exported"}


def lines(site: Site, after: int) -> list[Any]:
    with reading(site.engine) as connection:
        return list(connection.execute(sa.select(AccessLog).where(AccessLog.id > after).order_by(AccessLog.id)))


def addresses(site: Site) -> list[str]:
    """Every page that can be asked for with a child or a group, filled in with Noor and her group."""
    world = site.world
    found = []
    for method, path in routes(site.client.app):
        of_group = any(f"/{part}/" in path for part in ("groep", "groups", "studiewijzer", "studyguide"))
        uid = world.group_uids["6B"] if of_group else world.uids["noor"]
        address = path.replace("{uid}", str(uid))
        if method == "GET" and "{" not in address:
            found.append(address)
    return found


def test_b84_every_page_that_names_a_child_leaves_a_whole_line_for_it(one_site: Site) -> None:
    one_site.change(lambda world: world.account("office", Role.OFFICE))
    names = {"Noor": "noor", "Zoë": "zoë", "Daan": "daan"}
    showed = set()
    for login in LOGINS:
        one_site.log_in(login)
        for address in addresses(one_site):
            before = len(lines(one_site, 0))
            answer = one_site.client.get(address)
            left = lines(one_site, before)
            named = {one_site.world.pupils[child] for name, child in names.items() if name in answer.text}
            assert named <= {line.pupil_id for line in left}, (login, address)
            for line in left:
                assert line.account_id == one_site.world.accounts[login]
                assert line.action in ACTIONS
                assert line.at.utcoffset() is not None
                assert line.kind in KINDS, (address, line.kind)
                assert line.school_id == one_site.world.schools["vliet"]
                if line.action != "refused":
                    assert line.role is not None
                    assert line.ground
                assert len(line.hash) == 32
            if named:
                showed.add(address)

    assert len(showed) >= 8


def test_b84_a_search_and_a_refusal_leave_a_line_too(one_site: Site) -> None:
    one_site.log_in("kim")
    one_site.client.post("/zoek", data={"name": "daan"})
    one_site.client.get(f"/kind/{one_site.world.uids['daan']}")

    daan = one_site.world.pupils["daan"]
    assert [(line.pupil_id, line.kind, line.action) for line in lines(one_site, 0)] == [
        (daan, "search", "read"),
        (daan, "sheet", "refused"),
    ]


def write_note(world: World) -> None:
    world.insert(
        Note,
        school_id=world.schools["vliet"],
        pupil_id=world.pupils["noor"],
        observed_on=TODAY,
        written_at=NOW,
        kind=NoteKind.NOTE,
        body="notitiekanarie",
        delivery_id=world.deliveries[world.sources["vliet las"]],
    )


def test_b85_no_log_says_what_stood_on_a_page_or_what_was_typed(
    one_site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    canaries = ["Wachtwoordkanarie 17", "notitiekanarie", "zoekkanarie", "redenkanarie die lang genoeg is"]
    observability.configure(Settings(log_level="debug", log_format="json"))

    one_site.change(write_note)
    one_site.client.post("/login", data={"login": "kim", "password": canaries[0]})
    one_site.log_in("kim")
    token = next(cookie.value for cookie in one_site.client.cookies.jar if cookie.name == "__Host-kindblad")
    assert token is not None
    page = one_site.client.get(f"/kind/{one_site.world.uids['noor']}")
    assert "notitiekanarie" in page.text
    one_site.client.post("/zoek", data={"name": "zoekkanarie"})
    one_site.client.get("/zoek?name=zoekkanarie")
    one_site.log_in("directie")
    one_site.client.post(
        f"/kind/{one_site.world.uids['noor']}/reden",
        data={"kind": "notes", "reason": "safety", "explanation": canaries[3], "password": canaries[0]},
    )

    told = capsys.readouterr().err
    log = "\n".join(str(tuple(line)) for line in lines(one_site, 0))
    assert re.search(r'"path": "/kind/', told)  # the program did log
    for canary in (*canaries, token, "Noor", "Ven", "geheim"):
        assert canary not in told, canary
        assert canary not in log, canary
