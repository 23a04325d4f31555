"""Answering a signal: it stays away until there is new evidence, and whoever looks sees what was done."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.db import reading, writing
from api.services.signals import signals_in
from api.services.signals.answering import record_answer
from models.attention import SignalAnswer
from models.journal import Note
from models.queries.scope import Grant, GroupGrant, NotFoundError
from models.rules.access import READS, WRITES, Position
from models.rules.signals import SignalKey
from models.vocabulary import NoteKind, Role, SignalReply
from tests.site import Site
from tests.world import NOW, TODAY, World

BECAUSE = "we het al bespraken"


def sentence(site: Site, rule: str = "quiet", child: str = "noor") -> dict[str, Any]:
    shown = site.client.get(f"/api/v1/pupils/{site.world.uids[child]}/sheet").json()["sentences"]
    return next(each for each in shown if each["rule"] == rule)


def waiting(site: Site, child: str = "noor") -> list[str]:
    """The rules that Vandaag of this child's group still shows of it."""
    world = site.world
    kinds = READS[Position.TEACHER]
    grant = GroupGrant(world.groups["6B"], world.schools["vliet"], Role.TEACHER, "groep 6B", kinds)
    with reading(site.engine) as connection:
        found = signals_in(connection, grant, TODAY, NOW)
    return [each.signal.rule for each in found if each.pupil_id == world.pupils[child]]


def kept(site: Site) -> list[Any]:
    with reading(site.engine) as connection:
        return list(connection.execute(sa.select(SignalAnswer)).all())


def grant_of(site: Site, position: Position) -> Grant:
    world = site.world
    role = Role(position.value)
    return Grant(world.pupils["noor"], world.schools["vliet"], role, "test", READS[position], WRITES[position])


def old_note(world: World) -> None:
    """Something was written seven weeks ago: long enough to be quiet again."""
    world.insert(
        Note,
        school_id=world.schools["vliet"],
        pupil_id=world.pupils["noor"],
        account_id=world.accounts["kim"],
        observed_on=TODAY - timedelta(weeks=7),
        written_at=NOW,
        kind=NoteKind.NOTE,
        body="Leest graag.",
    )


def test_what_was_seen_stays_on_the_sheet_and_away_from_today(site: Site) -> None:
    site.log_in("kim")
    uid, before = site.world.uids["noor"], sentence(site)
    assert "quiet" in waiting(site)

    form = {"signal": before["key"], "chosen": BECAUSE, "back": "blad"}
    assert site.client.post(f"/kind/{uid}/gezien", data=form).headers["location"] == f"/kind/{uid}"

    after = sentence(site)
    assert (after["text"], after["key"]) == (before["text"], None)
    assert after["answer"].startswith("gezien ")
    assert after["answer"].endswith(f": omdat {BECAUSE}")
    assert after["answer"] in site.client.get(f"/kind/{uid}").text
    assert "quiet" not in waiting(site)
    assert (site.world.pupils["noor"], "signal", "wrote", "groep 6B") in site.lines()


def test_who_saw_it_by_mistake_takes_it_back_and_it_asks_again(site: Site) -> None:
    site.log_in("kim")
    path, shown = f"/kind/{site.world.uids['noor']}", sentence(site)
    site.client.post(f"{path}/gezien", data={"signal": shown["key"], "because": BECAUSE})
    answered = sentence(site)
    assert (answered["key"], answered["taken_back_by"]) == (None, shown["key"])

    site.log_in("ib")
    assert sentence(site)["taken_back_by"] is None, "a colleague's answer is not one's own to take back"
    site.client.post(f"{path}/gezien/terug", data={"signal": shown["key"]})
    assert "quiet" not in waiting(site)
    assert "withdrew" not in [line[2] for line in site.lines()], "nothing went"

    site.log_in("kim")
    assert "toch weer laten zien" in site.client.get(path).text
    assert site.client.post(f"{path}/gezien/terug", data={"signal": shown["key"]}).status_code == 303
    assert (sentence(site)["key"], "quiet" in waiting(site)) == (shown["key"], True)
    assert (site.world.pupils["noor"], "signal", "withdrew", "groep 6B") in site.lines()


def test_it_comes_back_with_new_evidence_only(site: Site) -> None:
    site.log_in("kim")
    answer = {"signal": sentence(site)["key"], "because": BECAUSE}
    path = f"/api/v1/pupils/{site.world.uids['noor']}/signals/seen"
    headers = {"Content-Type": "application/json"}
    assert site.client.post(path, json=answer, headers=headers).status_code == 204
    assert "quiet" not in waiting(site)

    site.change(old_note)
    assert "quiet" in waiting(site)
    assert sentence(site)["key"] != answer["signal"]
    assert sentence(site)["answer"] is None


@pytest.mark.parametrize(
    ("signal", "because"),
    [
        (None, ""),
        (None, "   "),
        (None, "te lang " * 30),
        ("bestaat_niet|nu|", BECAUSE),
        ("quiet", BECAUSE),
        ("", BECAUSE),
        ("quiet||", BECAUSE),
    ],
)
def test_without_a_reason_or_a_signal_nothing_is_kept(one_site: Site, signal: str | None, because: str) -> None:
    one_site.log_in("kim")
    key = sentence(one_site)["key"] if signal is None else signal
    path = f"/kind/{one_site.world.uids['noor']}/gezien"

    answer = one_site.client.post(path, data={"signal": key, "because": because})

    assert answer.status_code == 422
    assert kept(one_site) == []
    assert "quiet" in waiting(one_site)


@pytest.mark.parametrize("login", ["directie", "moeder", "beheer"])
def test_who_does_not_write_about_the_child_cannot_answer(one_site: Site, login: str) -> None:
    one_site.log_in(login)
    path = f"/kind/{one_site.world.uids['noor']}/gezien"

    assert one_site.client.post(path, data={"signal": "quiet|nog niets|", "because": BECAUSE}).status_code in {403, 404}
    assert kept(one_site) == []


def test_a_note_or_an_instruction_answers_in_the_same_transaction(site: Site) -> None:
    key = SignalKey("quiet", "", "nog niets")
    grant, kim = grant_of(site, Position.TEACHER), site.world.accounts["kim"]
    with writing(site.engine) as connection:
        record_answer(connection, grant, kim, key, SignalReply.NOTE, now=NOW)

    assert [(row.reply, row.rule, row.evidence) for row in kept(site)] == [(SignalReply.NOTE, "quiet", "nog niets")]
    assert "quiet" not in waiting(site)


def test_the_right_to_write_is_asked_whoever_calls(one_site: Site) -> None:
    key, head = SignalKey("quiet", "", "nog niets"), one_site.world.accounts["directie"]
    with writing(one_site.engine) as connection, pytest.raises(NotFoundError):
        record_answer(connection, grant_of(one_site, Position.HEAD), head, key, SignalReply.NOTE, now=NOW)


def test_what_a_colleague_did_is_not_told_to_the_family(site: Site) -> None:
    grant, kim = grant_of(site, Position.TEACHER), site.world.accounts["kim"]
    with writing(site.engine) as connection:
        record_answer(
            connection, grant, kim, SignalKey("quiet", "", "nog niets"), SignalReply.SEEN, now=NOW, because=BECAUSE
        )
    site.log_in("moeder")

    shown = site.client.get(f"/api/v1/pupils/{site.world.uids['noor']}/sheet").json()["sentences"]
    assert all(each["answer"] is None and each["key"] is None for each in shown)


def test_nobody_answers_a_signal_that_is_not_theirs_to_see(one_site: Site) -> None:
    one_site.change(
        lambda world: world.account("invaller", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=TODAY)
    )
    path = f"/kind/{one_site.world.uids['noor']}"
    for login, way, signal in (
        ("invaller", "gezien", "wellbeing_down|2026-06-12|SCOL"),
        ("ib", "wens", "bestaat-niet|2026-06-12|SCOL"),
    ):
        one_site.log_in(login)
        body = {"signal": signal, "because": BECAUSE, "body": "Bespreken"}
        assert one_site.client.post(f"{path}/{way}", data=body).status_code == 422
    assert kept(one_site) == []
