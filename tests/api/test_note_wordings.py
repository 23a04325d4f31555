"""Correcting one's own note: what it said before stays to be read, and nobody else rewords it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from api.db import reading
from models.journal import Note
from tests.site import Site

FIRST, THEN = "Sloeg Zoë met een boek.", "Sloeg met een boek op tafel, niet naar Zoë."


def written(site: Site, *children: str, **more: Any) -> str:
    ids = [str(site.world.uids[child]) for child in children]
    saved = site.client.post("/api/v1/notes", json={"children": ids, "body": FIRST} | more)
    return str(saved.json()["id"])


def bodies(site: Site) -> list[tuple[Any, ...]]:
    with reading(site.engine) as connection:
        return [tuple(row) for row in connection.execute(sa.select(Note.body, Note.corrects_id).order_by(Note.id))]


def test_the_writer_corrects_and_everyone_reads_the_new_words(site: Site) -> None:
    site.log_in("kim")
    number, child = written(site, "noor"), site.world.uids["noor"]
    sheet = site.client.get(f"/kind/{child}").text
    assert f'href="/kind/{child}/notitie/{number}">verbeteren' in sheet

    answer = site.client.post(f"/kind/{child}/notitie/{number}", data={"body": THEN, "tone": "worry"})
    page = site.client.get(answer.headers["location"]).text
    assert (answer.status_code, page.count(THEN), page.count(FIRST)) == (303, 1, 1)
    assert "Ongedaan maken" in page
    assert (site.world.pupils["noor"], "observations", "wrote", "groep 6B") in site.lines()

    site.log_in("ib")
    sheet = site.client.get(f"/kind/{child}").text
    assert (THEN in sheet, FIRST in sheet, ">verbeterd<" in sheet) == (True, False, True)
    history = site.client.get(answer.headers["location"]).text
    assert (FIRST in history, "<textarea" in history) == (True, False)


def test_taken_back_within_two_minutes_the_first_words_stand_again(one_site: Site) -> None:
    one_site.log_in("kim")
    number, child = written(one_site, "noor"), one_site.world.uids["noor"]
    made = one_site.client.put(f"/api/v1/pupils/{child}/notes/{number}", json={"body": THEN}).json()
    assert (made["now"]["body"], [one["body"] for one in made["earlier"]]) == (THEN, [FIRST])

    one_site.client.post("/notitie/terug", data={"note": made["id"]})
    assert bodies(one_site) == [(FIRST, None)]
    assert FIRST in one_site.client.get(f"/kind/{child}").text


def test_a_text_about_two_children_is_corrected_for_both(site: Site) -> None:
    site.log_in("kim")
    number = written(site, "noor", "zoë")
    site.client.put(f"/api/v1/pupils/{site.world.uids['noor']}/notes/{number}", json={"body": THEN})

    for child in ("noor", "zoë"):
        page = site.client.get(f"/kind/{site.world.uids[child]}").text
        assert (THEN in page, FIRST in page) == (True, False)
    assert [body for body, _ in bodies(site)] == [FIRST, FIRST, THEN, THEN]


def test_the_old_number_leads_to_the_new_words_and_corrects_nothing_any_more(one_site: Site) -> None:
    one_site.log_in("kim")
    number, child = written(one_site, "noor"), one_site.world.uids["noor"]
    path = f"/kind/{child}/notitie/{number}"
    one_site.client.post(path, data={"body": THEN})

    assert THEN in one_site.client.get(path).text
    late = one_site.client.post(path, data={"body": "Nog anders."})
    assert (late.status_code, "intussen al verbeterd" in late.text, "Nog anders." in late.text) == (422, True, True)
    assert one_site.client.post(path, data={"body": " "}).status_code == 422
    assert len(bodies(one_site)) == 2


def test_the_same_words_again_make_nothing(one_site: Site) -> None:
    one_site.log_in("kim")
    number, child = written(one_site, "noor"), one_site.world.uids["noor"]
    one_site.client.post(f"/kind/{child}/notitie/{number}", data={"body": FIRST})
    assert bodies(one_site) == [(FIRST, None)]


@pytest.mark.parametrize("login", ["ib", "piet", "directie", "moeder", "beheer"])
def test_nobody_else_rewords_it(one_site: Site, login: str) -> None:
    one_site.log_in("kim")
    number, child = written(one_site, "noor"), one_site.world.uids["noor"]
    one_site.log_in(login)

    assert one_site.client.post(f"/kind/{child}/notitie/{number}", data={"body": THEN}).status_code in {403, 404}
    assert one_site.client.put(f"/api/v1/pupils/{child}/notes/{number}", json={"body": THEN}).status_code in {403, 404}
    assert bodies(one_site) == [(FIRST, None)]


def test_what_is_for_ib_only_does_not_open_by_its_number(one_site: Site) -> None:
    one_site.log_in("ib")
    number, child = written(one_site, "noor", kind="note", readers="ib"), one_site.world.uids["noor"]
    assert one_site.client.get(f"/kind/{child}/notitie/{number}").status_code == 200
    one_site.log_in("kim")
    assert one_site.client.get(f"/kind/{child}/notitie/{number}").status_code == 404
    assert one_site.client.get(f"/kind/{child}/notitie/{uuid4()}").status_code == 404
    other = one_site.world.uids["zoë"]
    one_site.log_in("ib")
    assert one_site.client.get(f"/kind/{other}/notitie/{number}").status_code == 404


def test_two_corrections_at_once_are_one(site: Site) -> None:
    site.log_in("kim")
    number, child = written(site, "noor"), site.world.uids["noor"]

    def send(words: str) -> int:
        return site.client.put(f"/api/v1/pupils/{child}/notes/{number}", json={"body": words}).status_code

    with ThreadPoolExecutor(2) as both:
        codes = sorted(both.map(send, ("Eerst.", "Daarna.")))
    assert codes == [200, 422]
    assert len(bodies(site)) == 2
