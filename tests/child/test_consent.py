"""What parents allow, purpose by purpose: a yes opens one thing, silence opens nothing, a no closes it at once."""

import re

import pytest

from models.vocabulary import ConsentPurpose, Custody
from tests.child.school import add, path, photo, with_pupils
from tests.site import Site

IMAGE = re.compile(r"/kind/[0-9a-f-]{36}/portfolio/[0-9a-f-]{36}/beeld")
WORDS = {
    ConsentPurpose.PORTFOLIO: "in het portfolio",
    ConsentPurpose.REPORT: "in het rapport",
    ConsentPurpose.GROUP: "in de groep",
}


def say(site: Site, purpose: ConsentPurpose, *, given: bool, login: str = "moeder") -> None:
    site.log_in(login)
    body = {"purpose": purpose.value, "given": str(given).lower()}
    assert site.client.post(f"/mijn-kind/{site.world.uids['noor']}/toestemming", data=body).status_code == 303


def what_school_reads(site: Site) -> dict[str, str]:
    """What the teacher is told for each purpose, before a piece goes into a report or is shown to the group."""
    site.log_in("kim")
    found: dict[str, str] = site.client.get(f"/api/v1/pupils/{site.world.uids['noor']}/portfolio").json()["consent"]
    return found


@pytest.mark.parametrize("purpose", ConsentPurpose)
def test_a_yes_is_for_one_purpose_and_gone_at_the_next_request_when_taken_back(
    site: Site, purpose: ConsentPurpose
) -> None:
    silent = {each.value: "nog niet gevraagd" for each in ConsentPurpose}
    assert what_school_reads(site) == silent

    say(site, purpose, given=True)
    assert what_school_reads(site) == silent | {purpose.value: "ja"}
    page = site.client.get(path(site)).text
    assert re.findall(r"<dt>([^<]+)</dt><dd>ja</dd>", page)[0].endswith(WORDS[purpose])

    say(site, purpose, given=False)
    assert what_school_reads(site) == silent | {purpose.value: "nee"}
    assert "<dd>ja</dd>" not in site.client.get(path(site)).text


def test_only_the_yes_for_the_portfolio_lets_a_photo_in(one_site: Site) -> None:
    one_site.change(with_pupils)
    for purpose in (ConsentPurpose.REPORT, ConsentPurpose.GROUP):
        say(one_site, purpose, given=True)
        one_site.log_in("kind.noor")
        assert add(one_site, "/ik/portfolio", photo()).status_code == 422

    say(one_site, ConsentPurpose.PORTFOLIO, given=True)
    one_site.log_in("kind.noor")
    assert add(one_site, "/ik/portfolio", photo()).status_code == 303


def test_a_yes_for_the_group_opens_no_page_of_another_child_or_parent(site: Site) -> None:
    """Kindblad shows no piece to the group by itself: the teacher reads whether it may, and shows it on the board."""
    site.change(with_pupils)
    site.change(lambda world: world.parent("zoë.ouder", "zoë", Custody.YES))
    for purpose in ConsentPurpose:
        say(site, purpose, given=True)
    site.log_in("kind.noor")
    assert add(site, "/ik/portfolio", photo()).status_code == 303
    image = IMAGE.findall(site.client.get("/ik/portfolio").text)[0]

    group = site.world.group_uids["6B"]
    for login, home in (("kind.zoë", "/ik"), ("zoë.ouder", f"/mijn-kind/{site.world.uids['zoë']}")):
        site.log_in(login)
        assert site.client.get(image).status_code == 404, login
        for where in (home, f"/studiewijzer/{group}", "/berichten"):
            assert "Mijn kasteel" not in site.client.get(where).text, (login, where)
    site.log_in("kim")
    assert site.client.get(image).status_code == 200
