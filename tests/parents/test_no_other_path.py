"""No path at all gives a parent or the child what school did not release: every GET route is asked, pages and JSON.

The canaries are a test, a list and practice of the own child, so the matrix alone would not tell them apart.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from api.db import reading
from models.copy_request import CopyRequest
from models.report_card import ReportCard
from models.result import Instrument
from tests.child.school import with_pupils
from tests.parents.test_growth import LAST, a_list, a_test
from tests.site import Site
from tests.studyguide.school import practised, share
from tests.walker import KNOWN_EVERYWHERE, routes
from tests.world import NOW, TODAY, World

SAID, SCORE, GOAL, NAME = "kanarie-uitleg", "4321.5", "Kanarie-som", "Kanarie-vak "
TOMORROW = TODAY + timedelta(days=1)
HIDDEN: tuple[dict[str, Any], ...] = (
    {"released": False},
    {"child_from": TOMORROW, "parents_from": TOMORROW, "explanation": SAID},
    {"explanation": SAID, "withdrawn_at": NOW, "withdrawn_by": 1},
)
"""Never released, from tomorrow, and taken back."""


def walked(site: Site) -> dict[str, str]:
    """Ask every GET route for what is of Noor, or of her group; the texts by their path."""
    noor = site.world.uids["noor"]
    with reading(site.engine) as connection:
        card = connection.scalar(sa.select(ReportCard.uid))
        copy = connection.scalar(sa.select(CopyRequest.uid))
    found = {}
    for route in routes(site.client.app):  # type: ignore[arg-type]
        if route.method != "GET" or route.path.endswith(".zip"):
            continue
        for uid in (noor, site.world.group_uids["6B"]) if "uid" in route.parameters else (noor,):
            mine = {name: known(name, card, copy) for name in route.parameters} | {"uid": uid}
            path = route.path.format(**KNOWN_EVERYWHERE | mine)
            answer = site.client.get(path)
            if answer.status_code == 200:
                found[path] = answer.text
    return found


def known(name: str, card: UUID | None, copy: UUID | None) -> object:
    return {"report_id": card, "copy_id": copy}.get(name) or uuid4()


def hidden(world: World) -> None:
    for number, how in enumerate(HIDDEN):
        a_test(world, LAST, float(SCORE), code=f"toets {number}", level="IV", **how)
    a_list(world, **HIDDEN[1])
    world.connection.execute(sa.update(Instrument).values(name=sa.literal(NAME) + Instrument.code))
    world.connection.execute(sa.update(Instrument).values(subject=Instrument.name))


def test_no_get_route_gives_what_was_not_released(one_site: Site) -> None:
    one_site.change(with_pupils)
    one_site.change(hidden)
    one_site.change(practised("noor", GOAL))
    assert share(one_site, publish=False).status_code < 300
    report(one_site)
    one_site.log_in("moeder")
    assert one_site.client.post(f"/mijn-kind/{one_site.world.uids['noor']}/kopie").status_code == 303

    one_site.log_in("kim")
    staff = "\n".join(walked(one_site).values())
    assert [word for word in (NAME, GOAL) if word not in staff] == [], "wie het mag zien, ziet het"
    for login, own in (("moeder", "/mijn-kind/"), ("kind.noor", "/ik")):
        one_site.log_in(login)
        answers = walked(one_site)
        assert any(own in path for path in answers), "er is iets gelezen"
        leaks = {(path, word) for path, text in answers.items() for word in (SAID, SCORE, GOAL, NAME) if word in text}
        assert leaks == set(), login


def report(site: Site) -> None:
    """Let the report of Noor be released today."""
    path = f"/groep/{site.world.group_uids['6B']}/rapporten"
    written = {"title": "Rapport", "child": [str(site.world.uids["noor"])], "words": ["Goed gedaan."]}
    site.log_in("kim")
    assert site.client.post(path, data=written | {"effort": ["."], "child_words": ["."]}).status_code == 200
    assert site.client.post(f"{path}/vrijgeven", data={"title": "Rapport", "on": TODAY}).status_code == 200
