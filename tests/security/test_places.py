"""Every page can be found: from the foot for who may open it, and for nobody else."""

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from api.pages.places import PLACES, TOP
from tests.site import Site

ELSEWHERE = {
    "/": "the name in the bar",
    "/account": "the reader's own name in the bar",
    "/account/tweede-stap": "a link on /account",
    "/account/tweede-stap/app": "a link on /account/tweede-stap",
    "/notitie": "the button in the bar",
    "/login": "whoever is not in",
    "/login/tweede-stap": "after the password",
    "/uitnodiging": "a link on /login",
    "/uitnodiging/kiezen": "after the code",
    "/nood/journaal": "a notice where directie begins",
    "/registraties/dubbel": "a link on /registraties",
    "/registraties/gebruik": "a link on /registraties/dubbel",
    "/registraties/schema": "a link on /registraties",
    "/registraties/schema.csv": "a link on /registraties",
    "/registraties/schema.xlsx": "a link on /registraties",
    "/registraties/meer": "a link on /registraties",
    "/registraties/bedoeling": "a link on /registraties",
    "/registraties/rondes": "a link on /registraties",
    "/registraties/vervolg": "a link on /registraties",
    "/registraties/besluiten": "a link on /registraties",
    "/registraties/inspectie": "a link on /registraties/besluiten",
    "/registraties/wensen": "a link on /registraties",
    "/bronnen/quarantaine": "a link on /bronnen",
    "/bronnen/wie-is-wie": "a link on /bronnen, and where administratie and directie begin",
    "/klas": "the address on the board",
    "/ik": "where a child begins",
    "/ik/portfolio": "a link on /ik",
    "/meepraten": "on the paper with the code",
    "/meepraten/lijst": "after the code",
    "/meepraten/bedankt": "after giving an opinion",
}


def test_every_page_has_a_way_to_it(one_site: Site) -> None:
    assert isinstance(one_site.client.app, FastAPI)
    pages = {
        str(route.path)
        for route in iter_route_contexts(one_site.client.app.routes)
        if "GET" in (route.methods or ()) and "{" not in str(route.path) and not str(route.path).startswith("/api/")
    }

    assert pages - TOP.keys() == {*PLACES, *ELSEWHERE}
    assert not TOP.keys() & {*PLACES, *ELSEWHERE}


@pytest.mark.parametrize("login", ["kim", "ib", "directie", "beheer", "moeder"])
def test_the_bar_shows_what_opens_and_where_the_reader_is(one_site: Site, login: str) -> None:
    one_site.log_in(login)
    bar = one_site.client.get("/account").text.partition('<nav class="top"')[2].partition("</nav>")[0]
    group = f"/groep/{one_site.world.group_uids['6B']}"

    assert bool(bar) is (login != "moeder")
    assert (f'href="{group}"' in bar) is (login == "kim")
    for path in TOP:
        opens = one_site.client.get(path).status_code == 200 and not (login == "kim" and path == "/groepen")
        assert (f'href="{path}"' in bar) is (opens and bool(bar)), path
    if login == "kim":
        page = one_site.client.get(group).text
        assert f'<a href="{group}" aria-current="page">Groep 6B</a>' in page
        assert page.partition('<nav class="top"')[2].partition("</nav>")[0].count("aria-current") == 1


@pytest.mark.parametrize("login", ["kim", "ib", "directie", "beheer", "moeder"])
def test_the_foot_shows_what_opens_and_nothing_else(one_site: Site, login: str) -> None:
    one_site.log_in(login)
    foot = one_site.client.get("/account").text.partition('<nav aria-label="Meer">')[2]

    assert "/voor-wie" in foot
    for path in PLACES:
        answer = one_site.client.get(path)
        opens = answer.status_code == 200 or answer.headers.get("location", "").startswith(f"{path}/")
        assert (f'href="{path}"' in foot) is opens, path
