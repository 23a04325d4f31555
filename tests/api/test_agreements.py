"""Agreements and goals: made once, ticked off once, and only by who may; what is closed stays as it was said."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from api.db import reading
from models.account import Account
from models.attention import SignalAnswer
from models.support import Agreement, Goal
from models.vocabulary import AgreementOutcome, GoalAnswer, Role, SignalReply
from tests.site import Site, browser
from tests.world import TODAY, World

BODY = "Elke dag tien minuten hardop lezen"
GOAL = "Ik wil een brug leren bouwen"


def agreed(site: Site, *, group: str = "", child: str = "noor", login: str = "kim") -> str:
    """An agreement that is due in two days; gives its page."""
    uid = uuid4()

    def plant(world: World) -> None:
        about = {"group_id": world.groups[group]} if group else {"pupil_id": world.pupils[child]}
        dated = {"agreed_on": TODAY - timedelta(days=5), "due_on": TODAY + timedelta(days=2)}
        owner = {"school_id": world.schools["vliet"], "owner_account_id": world.accounts[login]}
        world.insert(Agreement, uid=uid, body=BODY, **about, **dated, **owner)

    site.change(plant)
    place = f"groep/{site.world.group_uids[group]}" if group else f"kind/{site.world.uids[child]}"
    return f"/{place}/afspraak/{uid}"


def stated(site: Site) -> str:
    uid = uuid4()
    site.change(
        lambda world: world.insert(
            Goal, uid=uid, school_id=world.schools["vliet"], pupil_id=world.pupils["noor"], body=GOAL, stated_on=TODAY
        )
    )
    return f"/kind/{site.world.uids['noor']}/doel/{uid}"


def colleagues(world: World) -> None:
    group = world.groups["6B"]
    world.account("invaller", Role.SUBSTITUTE, group_id=group, ends_on=TODAY)
    world.account("weg", Role.SUBSTITUTE, group_id=group, ends_on=TODAY - timedelta(days=1))
    world.grant("weg", Role.TEACHER, group_id=world.groups["6A"])
    world.account("elders", Role.IB, "duin")
    world.account("ouder-en-leraar", Role.TEACHER, group_id=world.groups["6A"])
    guardian = world.connection.execute(
        sa.text("SELECT guardian_id FROM role_grant WHERE account_id = :id"), {"id": world.accounts["moeder"]}
    ).scalar_one()
    world.grant("ouder-en-leraar", Role.PARENT, guardian_id=guardian)


def rows(site: Site, *columns: Any) -> list[tuple[Any, ...]]:
    with reading(site.engine) as connection:
        return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(columns[0]))]


HOW = (Agreement.outcome, Agreement.outcome_body, Agreement.done_on)


@pytest.mark.parametrize("outcome", list(AgreementOutcome))
def test_an_agreement_is_ticked_off_and_the_sheet_says_how(site: Site, outcome: AgreementOutcome) -> None:
    page = agreed(site)
    site.log_in("kim")
    assert BODY in site.client.get("/vandaag").text
    assert page in site.client.get("/vandaag").text, "Vandaag leads to it"
    assert "Hoe ging het?" in site.client.get(page).text

    done = site.client.post(page, data={"outcome": outcome.value, "body": "  samen\n met vader "})

    assert (done.status_code, done.headers["location"]) == (303, "/vandaag")
    assert rows(site, *HOW) == [(outcome, "samen met vader", TODAY)]
    assert BODY not in site.client.get("/vandaag").text
    sheet = site.client.get(f"/kind/{site.world.uids['noor']}").text
    assert f"{outcome.label} " in sheet
    assert "samen met vader" in sheet
    assert [line[1:3] for line in site.lines() if line[2] == "wrote"] == [("support_plan", "wrote")]
    again = site.client.post(page, data={"outcome": "done"})
    assert again.status_code == 422
    assert "Iemand zei al hoe deze afspraak afliep" in again.text
    assert rows(site, *HOW) == [(outcome, "samen met vader", TODAY)], "once closed it stays so"


def test_of_two_who_close_at_once_one_wins_and_the_other_hears_it(site: Site) -> None:
    page = agreed(site)
    site.log_in("kim")
    other = browser(site.client.app, headers={"Sec-Fetch-Site": "same-origin"})
    other.cookies.update(site.client.cookies)
    tries = [(site.client, "done"), (other, "not_done")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one[0].post(page, data={"outcome": one[1]}), tries))

    assert sorted(answer.status_code for answer in answers) == [303, 422]
    [(outcome, _, _)] = rows(site, *HOW)
    [winner] = [how for (_, how), answer in zip(tries, answers, strict=True) if answer.status_code == 303]
    assert outcome == winner


@pytest.mark.parametrize(
    ("login", "read", "written"),
    [
        ("kim", 200, 303),
        ("ib", 200, 303),
        ("directie", 200, 303),
        ("invaller", 200, 404),
        ("weg", 404, 404),
        ("piet", 404, 404),
        ("elders", 404, 404),
        ("moeder", 403, 403),
        ("ouder-en-leraar", 200, 404),
        ("beheer", 403, 403),
    ],
)
def test_who_reads_and_who_ticks_off(one_site: Site, login: str, read: int, written: int) -> None:
    one_site.change(colleagues)
    page = agreed(one_site)
    one_site.log_in(login)

    assert one_site.client.get(page).status_code == read
    assert one_site.client.post(page, data={"outcome": "done"}).status_code == written
    assert (rows(one_site, *HOW) != [(None, None, None)]) is (written == 303)


def test_an_agreement_is_closed_only_through_whom_it_is_about(one_site: Site) -> None:
    page, of_group = agreed(one_site), agreed(one_site, group="6B")
    number, group_number = page.rpartition("/")[2], of_group.rpartition("/")[2]
    one_site.log_in("ib")
    for child in ("zoë", "daan"):
        path = f"/kind/{one_site.world.uids[child]}/afspraak"
        assert one_site.client.post(f"{path}/{number}", data={"outcome": "done"}).status_code == 404
    for group, of in (("6B", number), ("6A", group_number)):
        path = f"/groep/{one_site.world.group_uids[group]}/afspraak/{of}"
        assert one_site.client.get(path).status_code == 404
        assert one_site.client.post(path, data={"outcome": "done"}).status_code == 404
    assert rows(one_site, *HOW) == [(None, None, None)] * 2


def test_an_agreement_with_the_group_is_ticked_off(site: Site) -> None:
    page = agreed(site, group="6B")
    site.log_in("piet")
    assert site.client.post(page, data={"outcome": "done"}).status_code == 404
    site.log_in("kim")
    assert page in site.client.get("/vandaag").text
    assert "groep 6B" in site.client.get(page).text
    assert site.client.post(page, data={"outcome": "otherwise", "body": "in de kring"}).status_code == 303
    assert rows(site, *HOW) == [(AgreementOutcome.OTHERWISE, "in de kring", TODAY)]


def test_a_new_agreement_is_made_once_for_who_does_it(site: Site) -> None:
    site.change(colleagues)
    site.log_in("kim")
    path = f"/kind/{site.world.uids['noor']}/afspraak"
    form = site.client.get(path).text
    names = [name for name in ("Juf kim", "Juf ib", "Juf directie", "Juf piet", "Juf elders") if f">{name}<" in form]
    assert names == ["Juf kim", "Juf ib", "Juf directie"], "who may see this child, and nobody else"
    with reading(site.engine) as connection:
        ib = connection.scalar(sa.select(Account.uid).where(Account.login == "ib"))
        piet = connection.scalar(sa.select(Account.uid).where(Account.login == "piet"))
    sent = {"agreement": str(uuid4()), "body": f" {BODY} ", "who": str(ib), "due": str(TODAY)}

    for _ in range(2):
        assert site.client.post(path, data=sent).status_code == 303

    made = rows(site, Agreement.body, Agreement.owner_account_id, Agreement.due_on, Agreement.agreed_on)
    assert made == [(BODY, site.world.accounts["ib"], TODAY, TODAY)]
    assert BODY in site.client.get(f"/kind/{site.world.uids['noor']}").text
    wrong = [{"body": " "}, {"body": "lang " * 99}, {"who": str(piet)}, {"due": str(TODAY - timedelta(days=1))}]
    for change in wrong:
        answer = site.client.post(path, data=sent | {"agreement": str(uuid4())} | change)
        assert answer.status_code == 422, change
    assert len(rows(site, Agreement.id)) == 1
    site.log_in("ib")
    assert site.client.post(path, data=sent).status_code == 404, "the id of someone else's agreement makes nothing"


def test_an_agreement_answers_the_signal_it_came_from(site: Site) -> None:
    site.log_in("kim")
    api = f"/api/v1/pupils/{site.world.uids['noor']}"
    [key] = [one["key"] for one in site.client.get(f"{api}/sheet").json()["sentences"] if one["rule"] == "quiet"]
    form = site.client.post(f"/kind/{site.world.uids['noor']}/afspraak", data={"signal": key})
    assert form.status_code == 200
    assert 'name="signal"' in form.text
    assert rows(site, Agreement.id) == []

    sent = {"agreement": str(uuid4()), "body": BODY, "signal": key}
    assert site.client.post(f"/kind/{site.world.uids['noor']}/afspraak", data=sent).status_code == 303

    [(number,)] = rows(site, Agreement.id)
    assert rows(site, SignalAnswer.reply, SignalAnswer.agreement_id) == [(SignalReply.AGREEMENT, number)]


@pytest.mark.parametrize("answer", list(GoalAnswer))
def test_the_school_answers_a_goal_once_and_says_why_not(site: Site, answer: GoalAnswer) -> None:
    page = stated(site)
    site.log_in("kim")
    assert page in site.client.get("/vandaag").text
    bare = site.client.post(page, data={"answer": answer.value})
    assert bare.status_code == (303 if answer is GoalAnswer.YES else 422)
    if answer is not GoalAnswer.YES:
        assert "Schrijf ook waarom" in bare.text
        assert site.client.post(page, data={"answer": answer.value, "because": "na de kerst"}).status_code == 303

    because = None if answer is GoalAnswer.YES else "na de kerst"
    assert rows(site, Goal.answer, Goal.answer_body, Goal.answered_on) == [(answer, because, TODAY)]
    again = site.client.post(page, data={"answer": "yes"})
    assert (again.status_code, "Iemand gaf al antwoord" in again.text) == (422, True)
    assert page not in site.client.get("/vandaag").text


@pytest.mark.parametrize(
    ("login", "status"),
    [("kim", 303), ("ib", 303), ("invaller", 303), ("directie", 403), ("piet", 404), ("moeder", 403), ("weg", 404),
     ("elders", 404), ("ouder-en-leraar", 404)],
)  # fmt: skip
def test_answering_is_of_the_school(one_site: Site, login: str, status: int) -> None:
    one_site.change(colleagues)
    page = stated(one_site)
    one_site.log_in(login)
    assert one_site.client.post(page, data={"answer": "yes"}).status_code == status
    assert (rows(one_site, Goal.answer) == [(GoalAnswer.YES,)]) is (status == 303)


def test_json_does_the_same_with_documented_problems(one_site: Site) -> None:
    one_site.log_in("kim")
    api = f"/api/v1/pupils/{one_site.world.uids['noor']}"
    body = {"body": BODY, "id": str(uuid4())}
    made = [one_site.client.post(f"{api}/agreements", json=body) for _ in range(2)]
    assert [(one.status_code, one.json()) for one in made] == [(201, {"id": body["id"]})] * 2
    [shown] = one_site.client.get(f"{api}/agreements").json()["open"]
    assert (shown["id"], shown["body"], shown["owner"]) == (body["id"], BODY, "Juf kim")
    one = f"{api}/agreements/{body['id']}"
    assert one_site.client.post(f"{one}/outcome", json={"outcome": "not_done"}).status_code == 204
    twice = one_site.client.post(f"{one}/outcome", json={"outcome": "done"})
    assert (twice.status_code, twice.headers["content-type"]) == (422, "application/problem+json")
    assert one_site.client.get(one).json()["outcome_text"] == "niet gedaan"
    assert one_site.client.get(f"{api}/agreements/{UUID(int=1)}").status_code == 404

    goal = f"{api}/goals/{stated(one_site).rpartition('/')[2]}"
    assert one_site.client.post(f"{goal}/answer", json={"answer": "partly"}).status_code == 422
    assert one_site.client.post(f"{goal}/answer", json={"answer": "yes"}).status_code == 204
    assert one_site.client.get(goal).json()["answer_text"] == "doen we"


def test_a_form_without_its_token_is_refused(one_site: Site) -> None:
    pages = [(agreed(one_site), {"outcome": "done"}), (stated(one_site), {"answer": "yes"})]
    one_site.log_in("kim")
    one_site.client.event_hooks = {"request": []}
    for path, data in pages:
        assert one_site.client.post(path, data=data).status_code == 403
    assert rows(one_site, *HOW) == [(None, None, None)]
