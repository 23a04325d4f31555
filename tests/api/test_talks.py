"""Talks: planned by the IB'er, prepared apart, held at one table, and finished with one click; then nothing changes."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from api.db import reading
from models.attention import SignalAnswer
from models.custody import EmergencyAccess
from models.rules.access import Kind
from models.support import Agreement, SupportPoint
from models.talk import Talk, TalkView, TalkWish
from models.vocabulary import EmergencyReason, Role
from tests.site import Site
from tests.world import NOW, TODAY, World

SOON = TODAY + timedelta(days=3)
STRONG = {"kim": "Noor helpt uit zichzelf jongere kinderen", "ib": "Noor leest boeken boven haar niveau"}
WORRY = {"kim": "Noor klapt dicht bij een nieuwe som", "ib": "Noor zit vaak alleen op het plein"}


def uid(site: Site, login: str) -> UUID:
    from models.account import Account

    with reading(site.engine) as connection:
        return connection.execute(sa.select(Account.uid).where(Account.id == site.world.accounts[login])).scalar_one()


def plan(site: Site, child: str = "noor", *people: str, **more: Any) -> str:
    """Plan a talk as the IB'er; gives its address."""
    site.log_in("ib")
    body = {"on": SOON, "question": "Hoe helpen we bij rekenen?", "participants": [uid(site, one) for one in people]}
    answer = site.client.post(f"/kind/{site.world.uids[child]}/bespreken", data=body | more)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def plan_group(site: Site, *children: str, group: str = "6B") -> str:
    site.log_in("ib")
    body = {"on": SOON, "participants": [uid(site, "kim"), uid(site, "ib")]}
    path = f"/groep/{site.world.group_uids[group]}/bespreken"
    answer = site.client.post(path, data=body | {"children": [site.world.uids[one] for one in children]})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def write_view(site: Site, talk: str, login: str, act: str = "draft") -> int:
    site.log_in(login)
    body = {"strengths": STRONG[login], "concerns": WORRY[login], "wish": "Samen een plan", "act": act}
    return int(site.client.post(f"{talk}/blik", data=body).status_code)


def everything(site: Site, talk: str, child: str = "noor") -> str:
    """All that this reader can get hold of about the talk, in whatever form."""
    api = talk.replace("/bespreking/", "/api/v1/talks/")
    kid, group = site.world.uids[child], site.world.group_uids["6B"]
    ways = (
        talk, f"{talk}/verslag", api, "/bespreking", "/api/v1/talks", f"/kind/{kid}", f"/kind/{kid}/bespreken",
        f"/api/v1/pupils/{kid}/talks", f"/api/v1/pupils/{kid}/sheet", f"/groep/{group}/bespreken", f"/groep/{group}",
        f"/kind/{kid}/inzage", f"/kind/{kid}/wie", "/vandaag",
    )  # fmt: skip
    found = [site.client.get(way).text for way in ways]
    found += [site.client.post("/zoek", data={"name": text}).text.replace(text, "") for text in STRONG.values()]
    return "\n".join(found)


def rows(site: Site, table: type[Any], **where: Any) -> list[Mapping[str, Any]]:
    with reading(site.engine) as connection:
        found = connection.execute(sa.select(*table.__table__.c).filter_by(**where).order_by(table.__table__.c.id))
        return [dict(row._mapping) for row in found]


def at_the_table(site: Site, talk: str, **fields: Any) -> Any:
    shown = site.client.get(talk).text
    version = re.search(r'name="version" value="(\d+)"', shown)
    return site.client.post(f"{talk}/tafel", data={"version": version.group(1) if version else "0"} | fields)


def test_a_talk_from_plan_to_report(site: Site) -> None:
    talk = plan(site, "noor", "kim", "ib")
    assert write_view(site, talk, "kim", "ready") == 303
    site.log_in("kim")
    assert "Noor van der Ven" in site.client.get("/bespreking").text
    site.log_in("ib")
    assert site.client.post(f"{talk}/begin").headers["location"] == talk
    assert STRONG["kim"] in site.client.get(talk).text

    said = {"sees": "Ze telt op haar vingers.", "child_says": "Ik snap het pas als jij het voordoet."}
    assert at_the_table(site, talk, **said, helps="Eerst samen een voorbeeld").status_code == 303
    more: dict[str, Any] = {"what": "Elke dag vijf minuten tafels", "who": uid(site, "kim"), "when": SOON}
    assert at_the_table(site, talk, **said, hinders="Tijdsdruk", **more).status_code == 303
    ended = at_the_table(site, talk, **said, act="end")
    assert ended.headers["location"] == f"{talk}/verslag"

    report = site.client.get(f"{talk}/verslag").text
    told = (*said.values(), "Eerst samen een voorbeeld", "Tijdsdruk", more["what"], "Juf kim", STRONG["kim"])
    for text in told:
        assert text in report, text
    api = site.client.get(talk.replace("/bespreking/", "/api/v1/talks/")).json()
    assert api["state"] == "ended"
    assert [line["body"] for line in api["said"]["agreements"]] == [more["what"]]
    sheet = site.client.get(f"/kind/{site.world.uids['noor']}").text
    for text in ("Eerst samen een voorbeeld", more["what"], "Hoe helpen we bij rekenen?", f"{talk}/verslag", "Juf kim"):
        assert text in sheet, text
    assert {line[1:3] for line in site.lines()} >= {("talk", "read"), ("talk", "wrote")}


@pytest.mark.parametrize("reader", ["kim", "ib", "directie-met-reden", "andere-ib"])
def test_nobody_sees_another_view_until_all_are_ready(site: Site, reader: str) -> None:
    site.change(_more_people)
    talk = plan(site, "noor", "kim", "ib")
    for login, act in (("kim", "ready"), ("ib", "draft")):
        assert write_view(site, talk, login, act) == 303

    site.log_in(reader)
    seen = everything(site, talk)

    assert seen.count("Hoe helpen we bij rekenen?") >= 2, "the talk itself may be read"
    for writer in ("kim", "ib"):
        for text in (STRONG[writer], WORRY[writer]):
            assert (text in seen) is (writer == reader), text

    assert write_view(site, talk, "ib", "ready") == 303
    site.log_in(reader)
    page = site.client.get(talk).text
    for text in (*STRONG.values(), *WORRY.values()):
        assert text in page, text


def test_when_the_talk_begins_all_views_are_there_also_a_draft(one_site: Site) -> None:
    talk = plan(one_site, "noor", "kim", "ib")
    write_view(one_site, talk, "kim")
    one_site.log_in("ib")
    assert STRONG["kim"] not in everything(one_site, talk)
    one_site.client.post(f"{talk}/begin")
    assert STRONG["kim"] in one_site.client.get(talk).text
    one_site.log_in("kim")
    assert write_view(one_site, talk, "kim") == 409


def test_ready_may_be_taken_back_until_all_are_and_then_no_more(one_site: Site) -> None:
    talk = plan(one_site, "noor", "kim", "ib")
    assert write_view(one_site, talk, "kim", "ready") == 303
    assert write_view(one_site, talk, "kim", "draft") == 303
    write_view(one_site, talk, "ib", "ready")
    assert STRONG["kim"] not in everything(one_site, talk)
    write_view(one_site, talk, "kim", "ready")
    assert write_view(one_site, talk, "ib", "draft") == 409
    one_site.log_in("kim")
    empty = one_site.client.post(
        f"{plan(one_site, 'noor', 'ib')}/blik", data={"concerns": "Alleen zorgen", "act": "ready"}
    )
    assert empty.status_code == 422
    assert "wat goed gaat" in empty.text


def test_nobody_who_wrote_is_taken_off_so_that_the_rest_may_read(one_site: Site) -> None:
    talk = plan(one_site, "noor", "kim", "ib")
    write_view(one_site, talk, "kim")
    write_view(one_site, talk, "ib", "ready")

    refused = one_site.client.post(f"{talk}/deelnemers", data={"participants": [uid(one_site, "ib")]})

    assert refused.status_code == 422
    assert len(rows(one_site, TalkView)) == 2
    assert STRONG["kim"] not in everything(one_site, talk)


def test_who_joins_later_closes_the_views_until_they_are_ready_too(one_site: Site) -> None:
    one_site.change(_more_people)
    talk = plan(one_site, "noor", "kim")
    write_view(one_site, talk, "kim", "ready")
    one_site.log_in("ib")
    both = [uid(one_site, "kim"), uid(one_site, "andere-ib")]
    assert one_site.client.post(f"{talk}/deelnemers", data={"participants": both}).status_code == 303
    assert STRONG["kim"] not in everything(one_site, talk)


def test_two_who_invite_the_same_colleague_at_once_invite_one(site: Site) -> None:
    talk = plan(site, "noor", "ib")
    path = f"/api/v1/talks/{talk.rpartition('/')[2]}"
    who = {"participants": [str(uid(site, "ib")), str(uid(site, "kim"))]}

    with ThreadPoolExecutor(2) as both:
        codes = list(both.map(lambda _: site.client.put(f"{path}/participants", json=who).status_code, range(2)))
    assert codes == [204, 204]
    assert len(rows(site, TalkView)) == 2
    site.client.put(f"{path}/participants", json={"participants": [str(uid(site, "kim"))]})
    assert len(rows(site, TalkView)) == 1


@pytest.mark.parametrize("stranger", ["piet", "directie", "moeder", "niemand", "beheer"])
def test_who_may_not_read_notes_of_the_child_cannot_be_invited(one_site: Site, stranger: str) -> None:
    one_site.log_in("ib")
    body = {"on": SOON, "participants": [uid(one_site, stranger)]}
    for path in (f"/kind/{one_site.world.uids['noor']}", f"/groep/{one_site.world.group_uids['6B']}"):
        assert one_site.client.post(f"{path}/bespreken", data=body).status_code == 404
    assert rows(one_site, Talk) == []


@pytest.mark.parametrize("reader", ["piet", "directie", "moeder", "niemand", "ib-van-duin"])
def test_a_talk_of_another_is_as_if_there_is_none(site: Site, reader: str) -> None:
    site.change(_more_people)
    talks = [plan(site, "noor", "kim"), plan_group(site, "noor")]
    nobody = "/bespreking/00000000-0000-7000-8000-000000000000"
    site.log_in(reader)
    for talk in talks:
        for way in ("", "/verslag"):
            assert _same(site.client.get(talk + way), site.client.get(nobody + way))
        for way in ("/begin", "/afzeggen", "/blik", "/tafel"):
            assert _same(site.client.post(talk + way), site.client.post(nobody + way)), way
        api = talk.replace("/bespreking/", "/api/v1/talks/")
        assert site.client.get(api).status_code in {403, 404}
    assert "Noor" not in site.client.get("/bespreking").text
    assert all(row["started_at"] is None and row["cancelled_at"] is None for row in rows(site, Talk))


def test_after_the_end_nothing_changes(site: Site) -> None:
    talk = plan(site, "noor", "ib", "kim")
    site.client.post(f"{talk}/begin")
    at_the_table(site, talk, sees="Zo is het", helps="Rust", what="Bellen", act="end")
    line = rows(site, SupportPoint)[0]["uid"]
    agreement = rows(site, Agreement)[0]["uid"]
    before = _all(site)
    api = talk.replace("/bespreking/", "/api/v1/talks/")

    tries = [
        site.client.post(f"{talk}/tafel", data={"version": "1", "sees": "Anders"}),
        site.client.post(f"{talk}/tafel", data={"helps": "Nog iets"}),
        site.client.post(f"{talk}/tafel", data={"line": line}),
        site.client.post(f"{talk}/tafel", data={"sees": "x", "version": "0", "act": "end"}),
        site.client.post(f"{talk}/blik", data={"strengths": "Later bedacht", "act": "ready"}),
        site.client.post(f"{talk}/afzeggen"),
        site.client.post(f"{talk}/verzet", data={"on": SOON}),
        site.client.post(f"{talk}/begin"),
        site.client.post(f"{talk}/deelnemers", data={"participants": [uid(site, "ib")]}),
        site.client.post(f"{talk}/vorige", data={"agreement": agreement, "outcome": "done"}),
        site.client.put(f"{api}/table", json={"version": 1, "sees": "Anders", "child_says": ""}),
        site.client.post(f"{api}/said", json={"what": "Nog een afspraak"}),
        site.client.post(f"{api}/said/remove", json={"id": str(line)}),
        site.client.put(f"{api}/view", json={"strengths": "Later"}),
        site.client.post(f"{api}/end", json={}),
    ]

    assert {answer.status_code for answer in tries} <= {204, 303, 404, 409, 422}
    assert _all(site) == before


def test_two_who_write_at_once_lose_nothing(site: Site) -> None:
    talk = plan(site, "noor", "ib", "kim")
    site.client.post(f"{talk}/begin")
    first = {"version": "0", "sees": "Noor telt hardop", "child_says": ""}
    second = {"version": "0", "sees": "Noor tekent de som", "child_says": "", "helps": "Tekenen"}

    assert site.client.post(f"{talk}/tafel", data=first).status_code == 303
    site.log_in("kim")
    late = site.client.post(f"{talk}/tafel", data=second)

    assert late.status_code == 409
    assert "Noor telt hardop" in late.text
    assert "Noor tekent de som" in late.text
    assert 'value="Tekenen"' in late.text
    assert rows(site, Talk)[0]["sees"] == "Noor telt hardop"
    assert site.client.post(f"{talk}/tafel", data=second | {"version": "1"}).status_code == 303
    assert len(rows(site, SupportPoint)) == 1


def test_of_two_who_save_at_the_same_moment_one_is_told(site: Site) -> None:
    talk = plan(site, "noor", "ib")
    site.client.post(f"{talk}/begin")
    texts = [{"version": "0", "sees": f"Blik {number}", "child_says": ""} for number in range(4)]

    with ThreadPoolExecutor(len(texts)) as pool:
        answers = list(pool.map(lambda text: site.client.post(f"{talk}/tafel", data=text), texts))

    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    won = next(text for text, answer in zip(texts, answers, strict=True) if answer.status_code == 303)
    kept = rows(site, Talk)[0]
    assert (kept["sees"], kept["version"]) == (won["sees"], 1)


def test_pressing_twice_writes_and_ends_once(site: Site) -> None:
    talk = plan(site, "noor", "ib")
    for _ in range(2):
        assert site.client.post(f"{talk}/begin").status_code == 303
    for _ in range(2):
        at_the_table(site, talk, helps="Rust", what="Bellen")
    api = talk.replace("/bespreking/", "/api/v1/talks/")
    for _ in range(2):
        assert site.client.post(f"{api}/end", json={}).status_code == 204
        ended = {row["ended_at"] for row in rows(site, Talk)}
    assert len(rows(site, SupportPoint)) == len(rows(site, Agreement)) == len(ended) == 1


def test_the_next_talk_opens_with_what_was_agreed(site: Site) -> None:
    first = plan(site, "noor", "ib", "kim")
    site.client.post(f"{first}/begin")
    at_the_table(site, first, what="Elke dag tafels", act="end")
    second = plan(site, "noor", "ib", "kim")
    site.client.post(f"{second}/begin")
    page = site.client.get(second).text
    assert "Vorige keer spraken we af" in page
    assert "Elke dag tafels" in page

    agreement = rows(site, Agreement)[0]["uid"]
    body = {"agreement": agreement, "outcome": "otherwise", "body": "Drie keer per week lukte wel"}
    assert site.client.post(f"{second}/vorige", data=body).status_code == 303

    kept = rows(site, Agreement)[0]
    assert (kept["outcome"], kept["outcome_body"]) == ("otherwise", "Drie keer per week lukte wel")
    assert "Drie keer per week lukte wel" in site.client.get(second).text
    assert "anders gegaan" in site.client.get(f"/kind/{site.world.uids['noor']}").text
    assert site.client.post(f"{second}/vorige", data=body).status_code == 303, "the same said twice is said once"
    late = site.client.post(f"{second}/vorige", data=body | {"outcome": "done"})
    assert (late.status_code, "Iemand zei al hoe deze afspraak afliep" in late.text) == (422, True)
    assert rows(site, Agreement)[0]["outcome"] == "otherwise", "closed once"


def test_a_teachers_wish_is_on_the_agenda_and_is_taken_up_by_the_talk(site: Site) -> None:
    site.log_in("kim")
    path = f"/kind/{site.world.uids['zoë']}"
    assert site.client.post(f"{path}/wens", data={"body": "Zij wil niet meer voorlezen"}).status_code == 303
    site.log_in("ib")
    agenda = site.client.get(f"/groep/{site.world.group_uids['6B']}/bespreken").text
    assert "Juf kim wil dit bespreken: Zij wil niet meer voorlezen" in agenda
    assert "Nog niet besproken." in agenda

    talk = plan_group(site, "zoë", "noor")

    asked = site.client.get(talk).text
    assert "Juf kim: Zij wil niet meer voorlezen" in asked
    assert "Juf ib: " not in asked, "what planning found itself is in nobody's mouth"
    agenda = site.client.get(f"/groep/{site.world.group_uids['6B']}/bespreken").text
    assert "wil dit bespreken" not in agenda
    taken = rows(site, TalkWish)
    assert len(taken) == 2
    assert {row["talk_id"] for row in taken} == {rows(site, Talk)[0]["id"]}
    site.client.post(f"{talk}/afzeggen")
    assert "Zij wil niet meer voorlezen" in site.client.get(f"/groep/{site.world.group_uids['6B']}/bespreken").text
    assert rows(site, SignalAnswer) == []


def test_a_group_talk_writes_for_each_child_and_for_the_group(site: Site) -> None:
    talk = plan_group(site, "noor")
    site.client.post(f"{talk}/begin")
    zoe, daan = site.world.uids["zoë"], site.world.uids["daan"]
    opened = site.client.get(f"{talk}?kind={zoe}")
    assert "Wat helpt?" in opened.text
    assert site.client.get(f"{talk}?kind={daan}").status_code == 404
    assert site.client.post(f"{talk}/tafel", data={"child": daan, "helps": "Iets"}).status_code == 404
    site.client.post(f"{talk}/tafel", data={"child": zoe, "helps": "Voordoen", "what": "Samen lezen"})
    before = len([line for line in site.lines() if line[:3] == (site.world.pupils["zoë"], "talk", "wrote")])
    site.client.post(f"{talk}/tafel", data={"child": zoe, "helps": "Vergissing"})
    slip = next(row["uid"] for row in rows(site, SupportPoint) if row["body"] == "Vergissing")
    assert site.client.post(f"/api/v1/talks/{talk.rpartition('/')[2]}/said/remove", json={"id": str(slip)}).is_success
    written = [line for line in site.lines() if line[:3] == (site.world.pupils["zoë"], "talk", "wrote")]
    assert len(written) == before + 2, "what was taken back is told of the child it was about"
    at_the_table(site, talk, sees="Een drukke groep", what="Vaste plekken", act="end")

    report = site.client.get(f"{talk}/verslag").text
    for text in ("Voordoen", "Samen lezen", "Een drukke groep", "Vaste plekken", "Noor", "Zoë"):
        assert text in report, text
    about = {row["body"]: (row["pupil_id"], row["group_id"]) for row in rows(site, Agreement)}
    assert about["Samen lezen"] == (site.world.pupils["zoë"], None)
    assert about["Vaste plekken"] == (None, site.world.groups["6B"])
    told = {line[0] for line in site.lines() if line[1] == "talk"}
    assert told >= {site.world.pupils["noor"], site.world.pupils["zoë"]}


def test_directie_reads_a_talk_with_a_reason_and_changes_nothing(one_site: Site) -> None:
    one_site.change(_more_people)
    talk = plan(one_site, "noor", "kim")
    one_site.log_in("directie")
    assert one_site.client.get(talk).status_code == 404
    one_site.log_in("directie-met-reden")
    assert one_site.client.get(talk).status_code == 200
    assert "Noor" in one_site.client.get("/bespreking").text
    for way in ("begin", "afzeggen", "blik"):
        assert one_site.client.post(f"{talk}/{way}").status_code == 404
    assert any("reden" in line[3] for line in one_site.lines() if line[1] == "talk")


def test_a_planned_talk_moves_and_is_called_off(one_site: Site) -> None:
    talk = plan(one_site, "noor", "ib")
    later = SOON + timedelta(days=7)
    assert one_site.client.post(f"{talk}/verzet", data={"on": later, "at": "14:30"}).status_code == 303
    assert rows(one_site, Talk)[0]["planned_on"] == later
    early = one_site.client.post(f"{talk}/verzet", data={"on": TODAY - timedelta(days=1)})
    assert early.status_code == 422
    one_site.client.post(f"{talk}/afzeggen")
    assert one_site.client.post(f"{talk}/begin").status_code == 422
    assert "Er is niets gepland" in one_site.client.get("/bespreking").text


def _more_people(world: World) -> None:
    world.account("andere-ib", Role.IB)
    world.account("ib-van-duin", Role.IB, "duin")
    world.account("directie-met-reden", Role.HEAD)
    world.insert(
        EmergencyAccess,
        school_id=world.schools["vliet"],
        account_id=world.accounts["directie-met-reden"],
        pupil_id=world.pupils["noor"],
        kind=Kind.NOTES,
        reason=next(iter(EmergencyReason)),
        explanation="vanwege een gesprek met de ouders",
        opened_at=NOW - timedelta(minutes=5),
        ends_at=NOW + timedelta(minutes=55),
    )


def _same(one: Any, other: Any) -> bool:
    return (one.status_code, one.content) == (other.status_code, other.content) and one.status_code in {403, 404}


def _all(site: Site) -> list[Any]:
    return [rows(site, table) for table in (Talk, TalkView, TalkWish, SupportPoint, Agreement)]
