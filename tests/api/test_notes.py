"""Writing something down about one child or several, for whom it may be, and taking it back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from api import clock
from api.db import reading
from models.attention import SignalAnswer
from models.journal import Note
from models.vocabulary import Custody, Readers, Role, SignalReply
from tests.site import Site, browser
from tests.world import TODAY, World

WORDS = "Hielp Zoë met de breuken."


def kept(site: Site) -> list[Any]:
    with reading(site.engine) as connection:
        return list(connection.execute(sa.select(Note).order_by(Note.id)).all())


def form(site: Site, *children: str, **more: Any) -> dict[str, Any]:
    return {"note": str(uuid4()), "child": [str(site.world.uids[child]) for child in children], "body": WORDS} | more


def as_json(site: Site, *children: str, **more: Any) -> dict[str, Any]:
    return {"children": [str(site.world.uids[child]) for child in children], "body": WORDS} | more


def test_a_note_is_kept_with_who_wrote_it_and_stands_on_the_sheet(site: Site) -> None:
    site.log_in("kim")
    answer = site.client.post("/notitie", data=form(site, "noor", tone="worry"))

    (note,) = kept(site)
    assert answer.headers["location"] == f"/notitie/{note.uid}"
    assert (note.pupil_id, note.account_id) == (site.world.pupils["noor"], site.world.accounts["kim"])
    assert (note.body, note.kind, note.tone, note.observed_on) == (WORDS, "observation", "worry", TODAY)
    assert (site.world.pupils["noor"], "observations", "wrote", "groep 6B") in site.lines()
    saved = site.client.get(answer.headers["location"]).text
    assert "Noor van der Ven" in saved
    assert "Lezen: de leraren van groep 6B en de IB&#39;ers." in saved
    assert WORDS in site.client.get(f"/kind/{site.world.uids['noor']}").text


def test_several_children_get_one_each_and_are_taken_back_together(site: Site) -> None:
    site.log_in("kim")
    saved = site.client.post("/api/v1/notes", json=as_json(site, "noor", "zoë")).json()

    first, second = kept(site)
    assert first.together == second.together == first.uid
    assert {first.pupil_id, second.pupil_id} == {site.world.pupils[child] for child in ("noor", "zoë")}
    assert [child["name"] for child in saved["children"]] == ["Noor van der Ven", "Zoë van der Meer"]
    headers = {"Content-Type": "application/json"}
    assert site.client.delete(f"/api/v1/notes/{saved['id']}", headers=headers).status_code == 204
    assert kept(site) == []
    assert (site.world.pupils["zoë"], "observations", "withdrew", "groep 6B") in site.lines()


def test_sent_twice_it_is_kept_once(site: Site) -> None:
    site.log_in("kim")
    same = form(site, "noor", "zoë")
    first, second = (site.client.post("/notitie", data=same) for _ in range(2))
    assert (first.status_code, first.headers["location"]) == (second.status_code, second.headers["location"])
    assert len(kept(site)) == 2


def test_the_number_of_someone_elses_note_gives_nothing(site: Site) -> None:
    site.log_in("kim")
    theirs = form(site, "noor")
    site.client.post("/notitie", data=theirs)
    site.log_in("ib")
    assert site.client.post("/notitie", data=theirs | {"body": "Anders"}).status_code == 404
    assert site.client.get(f"/notitie/{theirs['note']}").status_code == 404
    assert site.client.post("/notitie/terug", data={"note": theirs["note"]}).status_code == 404
    assert [note.body for note in kept(site)] == [WORDS]


def test_with_one_child_of_another_school_nobody_gets_a_note(site: Site) -> None:
    site.log_in("kim")
    assert site.client.post("/api/v1/notes", json=as_json(site, "noor", "sem")).status_code == 404
    assert site.client.post("/notitie", data=form(site, "noor", "sem")).status_code == 404
    assert kept(site) == []


def past_substitute(world: World) -> None:
    yesterday = TODAY - timedelta(days=1)
    world.account("inval", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=yesterday)


def substitute(world: World) -> None:
    world.account("inval", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=TODAY)


def father(world: World) -> None:
    world.parent("vader", "noor", Custody.YES)


@pytest.mark.parametrize(
    ("login", "before"),
    [("inval", past_substitute), ("vader", father), ("directie", None), ("beheer", None), ("niemand", None)],
)
def test_who_does_not_write_about_the_child_cannot(
    site: Site, login: str, before: Callable[[World], None] | None
) -> None:
    if before:
        site.change(before)
    site.log_in(login)
    answers = [
        site.client.get(f"/kind/{site.world.uids['noor']}/notitie"),
        site.client.get("/notitie"),
        site.client.post("/notitie", data=form(site, "noor")),
        site.client.post("/api/v1/notes", json=as_json(site, "noor")),
    ]
    assert all(
        answer.status_code in {401, 403, 404} or answer.headers["location"].startswith("/login") for answer in answers
    ), [answer.status_code for answer in answers]
    assert "data-note=" not in site.client.get("/account").text
    assert kept(site) == []


def test_a_colleague_of_another_group_adds_an_observation_and_reads_none(site: Site) -> None:
    site.log_in("kim")
    site.client.post("/notitie", data=form(site, "noor"))
    site.log_in("piet")
    assert site.client.post("/notitie", data=form(site, "noor", kind="note")).status_code == 422
    answer = site.client.post("/notitie", data=form(site, "noor", body="Troostte een kleuter."))
    assert "Troostte een kleuter." in site.client.get(answer.headers["location"]).text
    assert site.client.get(f"/kind/{site.world.uids['noor']}").status_code == 404
    assert len(kept(site)) == 2


def test_a_substitute_writes_an_observation_and_no_note_for_a_small_circle(site: Site) -> None:
    site.change(substitute)
    site.log_in("inval")
    page = site.client.get(f"/kind/{site.world.uids['noor']}/notitie").text
    assert 'value="observation"' in page
    assert 'value="talent"' not in page
    assert 'name="readers"' not in page
    assert site.client.post("/notitie", data=form(site, "noor", readers="ib")).status_code == 422
    assert site.client.post("/notitie", data=form(site, "noor")).status_code == 303


def test_a_note_for_the_small_circle_is_not_for_the_teacher(site: Site) -> None:
    site.log_in("ib")
    site.client.post("/notitie", data=form(site, "noor", readers="ib", kind="note"))
    assert [note.readers for note in kept(site)] == [Readers.IB]
    assert (site.world.pupils["noor"], "named_notes", "wrote", "IB") in site.lines()
    assert WORDS in site.client.get(f"/kind/{site.world.uids['noor']}").text
    site.log_in("kim")
    assert WORDS not in site.client.get(f"/kind/{site.world.uids['noor']}").text


def test_after_two_minutes_it_stays(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.log_in("kim")
    where = site.client.post("/notitie", data=form(site, "noor")).headers["location"]
    uid = where.rpartition("/")[2]
    later: datetime = clock.now() + timedelta(seconds=121)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert '<button class="button">Ongedaan maken' not in site.client.get(where).text
    refused = site.client.post("/notitie/terug", data={"note": uid})
    assert refused.status_code == 422
    assert "tot twee minuten na het bewaren" in refused.text
    assert len(kept(site)) == 1


def test_taken_back_it_is_gone_and_the_signal_waits_again(site: Site) -> None:
    site.log_in("kim")
    uid = site.world.uids["noor"]
    shown = site.client.get(f"/api/v1/pupils/{uid}/sheet").json()["sentences"]
    key = next(each["key"] for each in shown if each["rule"] == "quiet")
    opened = site.client.post(f"/kind/{uid}/notitie", data={"signal": key})
    assert opened.status_code == 200
    assert 'name="signal"' in opened.text
    assert kept(site) == []

    sent = form(site, "noor", "zoë", signal=key, about=str(uid))
    site.client.post("/notitie", data=sent)
    with reading(site.engine) as connection:
        (answer,) = connection.execute(sa.select(SignalAnswer.pupil_id, SignalAnswer.reply, SignalAnswer.note_id)).all()
    assert tuple(answer) == (site.world.pupils["noor"], SignalReply.NOTE, kept(site)[0].id)

    assert site.client.post("/notitie/terug", data={"note": sent["note"]}).status_code == 303
    assert kept(site) == []
    with reading(site.engine) as connection:
        assert connection.execute(sa.select(SignalAnswer.id)).all() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": "  "},
        {"body": "x" * 2001},
        {"child": []},
        {"on": (TODAY + timedelta(days=2)).isoformat()},
        {"signal": "bestaat_niet|nu|", "about": str(uuid4())},
        {"kind": "discussion"},
    ],
    ids=["empty", "long", "nobody", "tomorrow", "signal", "kind"],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(one_site: Site, wrong: dict[str, Any]) -> None:
    one_site.log_in("kim")
    answer = one_site.client.post("/notitie", data=form(one_site, "noor") | wrong)
    assert answer.status_code == 422
    assert kept(one_site) == []


def test_without_script_a_child_is_found_and_what_was_typed_stays(one_site: Site) -> None:
    one_site.log_in("kim")
    page = one_site.client.post("/notitie", data=form(one_site, find="zo", act="zoek"))
    assert f'value="{one_site.world.uids["zoë"]}" checked' in page.text
    assert WORDS in page.text
    assert kept(one_site) == []


def test_a_form_of_another_site_is_refused(one_site: Site) -> None:
    one_site.log_in("kim")
    with browser(one_site.client.app, tokens=False) as stranger:
        stranger.cookies.update(one_site.client.cookies)
        assert stranger.post("/notitie", data=form(one_site, "noor")).status_code == 403
    assert kept(one_site) == []
