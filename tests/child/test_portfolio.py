"""A portfolio: who adds, reads and takes away, what consent of parents does, and that an image goes only through it."""

import re

import pytest
import sqlalchemy as sa

from api.db import reading
from models.portfolio import PieceImage, PortfolioPiece
from models.vocabulary import Custody
from tests.child.school import add, allow, path, photo, with_pupils
from tests.site import Site

IMAGE = re.compile(r"/kind/[0-9a-f-]{36}/portfolio/[0-9a-f-]{36}/beeld")


def kept(site: Site) -> int:
    with reading(site.engine) as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(PieceImage)) or 0


def test_a_photo_needs_the_consent_of_the_parents_and_disappears_with_it(site: Site) -> None:
    site.change(with_pupils)
    site.log_in("kim")
    refused = add(site, path(site), photo())
    assert refused.status_code == 422
    assert "toestemming van de ouders" in refused.text

    assert allow(site).status_code == 303
    site.log_in("kind.noor")
    assert add(site, "/ik/portfolio", photo()).status_code == 303
    own = site.client.get("/ik/portfolio").text
    address = IMAGE.findall(own)[0]
    for login in ("kind.noor", "kim", "moeder", "ib"):
        site.log_in(login)
        assert site.client.get(address).status_code == 200, login
    assert "Mijn kasteel" in site.client.get(path(site)).text

    allow(site, given=False)
    for login in ("kind.noor", "kim", "moeder"):
        site.log_in(login)
        assert site.client.get(address).status_code == 404, login
    site.log_in("kind.noor")
    assert address not in site.client.get("/ik/portfolio").text
    assert add(site, "/ik/portfolio", photo()).status_code == 422


def test_one_no_of_a_parent_with_custody_is_enough_and_nobody_reads_whose_it_is(site: Site) -> None:
    site.change(lambda world: world.parent("vader", "noor", Custody.YES))
    site.change(lambda world: world.parent("weg", "noor", Custody.NO))
    allow(site)
    assert allow(site, "weg", given=False).status_code == 404
    site.log_in("kim")
    assert "<dd>ja</dd>" in site.client.get(path(site)).text

    allow(site, "vader", given=False)
    site.log_in("kim")
    staff = site.client.get(path(site)).text
    assert "<dd>nee</dd>" in staff
    assert "vader" not in staff
    site.log_in("moeder")
    own = site.client.get(f"/mijn-kind/{site.world.uids['noor']}/toestemming").text
    assert "<strong>ja</strong>" in own
    assert "<strong>nee</strong>" not in own


def test_an_image_goes_out_only_to_whom_it_is_for_and_is_kept_nowhere(site: Site) -> None:
    site.change(with_pupils)
    site.change(lambda world: world.parent("buur", "daan", Custody.YES))
    allow(site)
    site.log_in("kim")
    add(site, path(site), photo())
    address = IMAGE.findall(site.client.get(path(site)).text)[0]

    answer = site.client.get(address)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    piece = address.split("/")[4]
    for login in ("piet", "buur", "kind.daan", "kind.zoë", "directie", "beheer"):
        site.log_in(login)
        for there in (address, address.replace(str(site.world.uids["noor"]), str(site.world.uids["daan"]))):
            assert site.client.get(there).status_code in (403, 404), (login, there)
    site.client.cookies.delete("__Host-kindblad")
    assert site.client.get(address).status_code in (303, 401)

    site.log_in("kind.daan")
    assert site.client.post(f"/ik/portfolio/{piece}/weg").status_code == 404
    assert kept(site) == 2


def test_a_child_takes_its_own_away_bytes_and_all(site: Site) -> None:
    site.change(with_pupils)
    allow(site)
    site.log_in("kind.noor")
    add(site, "/ik/portfolio", photo())
    piece = IMAGE.findall(site.client.get("/ik/portfolio").text)[0].split("/")[4]

    assert site.client.post(f"/ik/portfolio/{piece}/weg").status_code == 303
    assert kept(site) == 0
    with reading(site.engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(PortfolioPiece)) == 0


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kind": "text", "body": "Ik zwom mijn A.", "outside": "true"}, 303),
        ({"kind": "text", "body": " "}, 422),
        ({"kind": "text", "title": "  "}, 422),
        ({"kind": "film", "link": "https://video.example/kasteel"}, 303),
        ({"kind": "film", "link": "http://video.example/kasteel"}, 422),
        ({"kind": "film", "link": "javascript:alert(1)//https://x.example"}, 422),
        ({"kind": "film", "link": 'https://video.example/"onclick'}, 422),
        ({"kind": "film", "link": ""}, 422),
    ],
)
def test_words_and_films_need_no_consent_but_films_need_https(
    one_site: Site, fields: dict[str, str], status: int
) -> None:
    one_site.change(with_pupils)
    one_site.log_in("kind.noor")

    assert add(one_site, "/ik/portfolio", None, **fields).status_code == status


def test_who_reads_may_not_write(site: Site) -> None:
    for login in ("ib", "moeder", "directie", "piet"):
        site.log_in(login)
        assert add(site, path(site)).status_code in (403, 404), login


def test_reading_and_writing_stand_in_the_log(site: Site) -> None:
    site.log_in("kim")
    add(site, path(site))
    site.client.get(path(site))

    noor = site.world.pupils["noor"]
    assert [line[:3] for line in site.lines()] == [
        (noor, "portfolio", "read"),
        (noor, "portfolio", "wrote"),
        (noor, "portfolio", "read"),
    ]
