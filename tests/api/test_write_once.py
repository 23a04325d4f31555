"""Written once, used everywhere: one sentence followed through every page and print, for each who may read it there."""

import re
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from api.db import reading
from models.rules.access import READS, Kind, Position
from models.rules.purposes import READ_AS, USED, Purpose, picked
from models.support import SupportPoint
from models.talk import Talk, TalkView
from models.vocabulary import Role, SupportKind
from tests.site import Site
from tests.world import NOW, TODAY, World

SENTENCES = {
    SupportKind.HELPS: "Werkt goed met een voorbeeld en stopt als het alleen moet",
    SupportKind.HINDERS: "Een volle tafel leidt af",
    SupportKind.IN_CLASS: "Krijgt een derde meer tijd",
}
READERS = {
    "kim": Position.TEACHER,
    "invaller": Position.SUBSTITUTE,
    "ib": Position.IB,
    "directie": Position.HEAD,
    "moeder": Position.PARENT,
    "piet": Position.ELSEWHERE,
    "administratie": Position.OFFICE,
}
STAFF = {"kim", "invaller", "ib", "directie"}
OUTPUTS: dict[str, tuple[Purpose, set[str]]] = {
    "/kind/{child}": (Purpose.SHEET, STAFF),
    "/mijn-kind/{child}": (Purpose.HOME, {"moeder"}),
    "/api/v1/pupils/{child}/sheet": (Purpose.SHEET, STAFF | {"moeder"}),
    "/kind/{child}/helpt": (Purpose.SHEET, STAFF),
    "/api/v1/pupils/{child}/support-points": (Purpose.SHEET, STAFF),
    "/groep/{group}/invalkaart": (Purpose.SUBSTITUTE, STAFF),
    "/api/v1/groups/{group}/substitute-card": (Purpose.SUBSTITUTE, STAFF),
    "/kind/{child}/overdracht": (Purpose.HANDOVER, {"kim", "ib", "directie"}),
    "/api/v1/pupils/{child}/handover": (Purpose.HANDOVER, {"kim", "ib", "directie"}),
    "/bespreking/{talk}": (Purpose.TALK, {"kim", "invaller", "ib"}),
    "/api/v1/groups/{group}/handover": (Purpose.HANDOVER, {"kim", "ib", "directie"}),
}
"""Where a sentence about support is shown, for what purpose, and who opens that page at all."""


def more_people(world: World) -> None:
    world.account("invaller", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=TODAY)
    world.account("administratie", Role.OFFICE)
    at = {"school_id": world.schools["vliet"], "planned_by": world.accounts["ib"], "planned_on": TODAY}
    talk = world.insert(Talk, **at, pupil_id=world.pupils["noor"], started_at=NOW)
    for login in ("kim", "ib"):
        world.insert(TalkView, school_id=at["school_id"], talk_id=talk, account_id=world.accounts[login])


def seen(site: Site, login: str) -> dict[str, set[SupportKind]]:
    """Which sentences someone meets on which page."""
    site.log_in(login)
    with reading(site.engine) as connection:
        talk = connection.scalar(sa.select(Talk.uid))
    where = {"child": site.world.uids["noor"], "group": site.world.group_uids["6B"], "talk": talk or uuid4()}
    texts = {path: site.client.get(path.format(**where)) for path in OUTPUTS}
    return {
        path: {kind for kind, sentence in SENTENCES.items() if sentence in answer.text}
        for path, answer in texts.items()
        if answer.status_code == 200
    }


def add(site: Site, login: str, kind: SupportKind, sentence: str) -> Any:
    site.log_in(login)
    fields = {"kind": kind.value, "body": f"  {sentence}\n"}
    return site.client.post(f"/kind/{site.world.uids['noor']}/helpt", data=fields)


def test_each_sentence_is_where_it_belongs_for_who_may_read_it_and_nowhere_else(site: Site) -> None:
    site.change(more_people)
    for kind, sentence in SENTENCES.items():
        assert add(site, "ib", kind, sentence).status_code == 303

    for login, position in READERS.items():
        found = seen(site, login)
        expected = {
            path: {kind for kind in USED[purpose] if READ_AS[kind] in READS[position]}
            for path, (purpose, readers) in OUTPUTS.items()
            if login in readers
        }
        assert {path: kinds for path, kinds in found.items() if path in expected} == expected, login
        assert not any(kinds for path, kinds in found.items() if path not in expected), login

    assert SupportKind.HINDERS not in USED[Purpose.SUBSTITUTE], "what hinders is never for who is there for a day"


def test_what_no_longer_holds_is_gone_everywhere_and_stays_in_the_dossier(site: Site) -> None:
    add(site, "kim", SupportKind.HELPS, SENTENCES[SupportKind.HELPS])
    page = f"/kind/{site.world.uids['noor']}/helpt"
    [point] = re.findall(r'name="point" value="([^"]+)"', site.client.get(page).text)

    assert site.client.post(f"{page}/af", data={"point": point}).status_code == 303

    assert not any(seen(site, "kim").values())
    with reading(site.engine) as connection:
        kept = connection.execute(sa.select(SupportPoint.body, SupportPoint.ended_on)).all()
    assert [tuple(row) for row in kept] == [(SENTENCES[SupportKind.HELPS], TODAY)]
    assert site.client.post(f"{page}/af", data={"point": point}).status_code == 404, "once is enough"


@pytest.mark.parametrize(
    ("login", "kind", "status"),
    [
        ("kim", SupportKind.HELPS, 303),
        ("kim", SupportKind.HINDERS, 303),
        ("kim", SupportKind.IN_CLASS, 404),
        ("ib", SupportKind.IN_CLASS, 303),
        ("directie", SupportKind.HELPS, 303),
        ("directie", SupportKind.IN_CLASS, 404),
        ("invaller", SupportKind.HELPS, 404),
        ("piet", SupportKind.HELPS, 404),
        ("moeder", SupportKind.HELPS, 403),
        ("administratie", SupportKind.HELPS, 403),
    ],
)
def test_who_may_write_what(one_site: Site, login: str, kind: SupportKind, status: int) -> None:
    one_site.change(more_people)
    assert add(one_site, login, kind, "Eerst een voorbeeld").status_code == status
    with reading(one_site.engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(SupportPoint)) == (status == 303)
    wrote = [line for line in one_site.lines() if line[2] == "wrote"]
    assert len(wrote) == (status == 303), "and it is in the log"


def test_a_sentence_of_another_child_is_not_ended_through_this_one(one_site: Site) -> None:
    add(one_site, "kim", SupportKind.HELPS, "Eerst een voorbeeld")
    with reading(one_site.engine) as connection:
        uid = str(connection.scalars(sa.select(SupportPoint.uid)).one())
    for child in ("zoë", "daan"):
        path = f"/kind/{one_site.world.uids[child]}/helpt/af"
        assert one_site.client.post(path, data={"point": uid}).status_code == 404
        api = f"/api/v1/pupils/{one_site.world.uids[child]}/support-points/end"
        assert one_site.client.post(api, json={"id": uid}).status_code == 404
    with reading(one_site.engine) as connection:
        assert connection.scalars(sa.select(SupportPoint.ended_on)).one() is None


def test_an_empty_sentence_is_asked_for_again_and_json_does_the_same(one_site: Site) -> None:
    one_site.log_in("kim")
    page = f"/kind/{one_site.world.uids['noor']}/helpt"
    empty = one_site.client.post(page, data={"kind": "helps", "body": "   "})
    long = one_site.client.post(page, data={"kind": "helps", "body": "Nog een zin. " * 30})
    assert empty.status_code == long.status_code == 422
    assert "Nog een zin. Nog een zin." in long.text, "what was typed is not lost"

    api = f"/api/v1/pupils/{one_site.world.uids['noor']}/support-points"
    problem = one_site.client.post(api, json={"kind": "helps", "body": "   "})
    assert (problem.status_code, problem.headers["content-type"]) == (422, "application/problem+json")
    made = one_site.client.post(api, json={"kind": "helps", "body": "Eerst een voorbeeld"})
    assert made.status_code == 201
    [point] = one_site.client.get(api).json()["points"]
    assert (point["id"], point["author"], point["may_end"]) == (made.json()["id"], "Juf kim", True)
    assert one_site.client.post(f"{api}/end", json=made.json()).status_code == 204
    assert one_site.client.get(api).json()["points"] == []


class Row:
    """A sentence as a SELECT gives it."""

    def __init__(self, kind: SupportKind, number: int) -> None:
        self.kind, self.number = kind, number


@given(
    st.lists(st.sampled_from(SupportKind)),
    st.sampled_from(Purpose),
    st.frozensets(st.sampled_from([Kind.IN_CLASS, Kind.SUPPORT_PLAN, Kind.NOTES])),
)
def test_the_rule_lets_nothing_by_and_loses_nothing(
    kinds: list[SupportKind], purpose: Purpose, read: frozenset[Kind]
) -> None:
    rows = [Row(kind, number) for number, kind in enumerate(kinds)]
    chosen = picked(rows, purpose, read)

    assert {row.number for row in chosen} == {
        row.number for row in rows if row.kind in USED[purpose] and READ_AS[row.kind] in read
    }
    places = [(USED[purpose].index(row.kind), row.number) for row in chosen]
    assert places == sorted(places), "in the order of the purpose, and within a kind as they came"
