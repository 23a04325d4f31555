"""What someone agreed to do stands where they begin with talks, as long as they may see the child."""

from datetime import timedelta
from typing import Any

import pytest

from models.support import Agreement
from tests.site import Site
from tests.world import TODAY, World

BODY = "Ouders van Noor bellen over het lezen"


def agree(site: Site, owner: str, **more: Any) -> None:
    def act(world: World) -> None:
        what = {"school_id": world.schools["vliet"], "pupil_id": world.pupils["noor"], "body": BODY}
        when = {"agreed_on": TODAY - timedelta(days=9), "due_on": TODAY - timedelta(days=2)}
        world.insert(Agreement, **(what | when | {"owner_account_id": world.accounts[owner]} | more))

    site.change(act)


def listed(site: Site, login: str) -> str:
    site.log_in(login)
    return site.client.get("/bespreking").text


@pytest.mark.parametrize("login", ["ib", "kim"])
def test_what_i_agreed_to_do_stands_with_the_talks_and_is_logged(site: Site, login: str) -> None:
    agree(site, login)

    page = listed(site, login)

    assert BODY in page
    assert "over tijd" in page
    assert (site.world.pupils["noor"], "support_plan", "read") in {line[:3] for line in site.lines()}


def test_what_a_colleague_agreed_or_what_is_done_does_not(one_site: Site) -> None:
    agree(one_site, "kim")
    agree(one_site, "ib", done_on=TODAY)

    assert BODY not in listed(one_site, "ib")


def test_who_may_not_see_the_child_any_more_does_not_read_it_either(site: Site) -> None:
    agree(site, "piet")

    assert BODY not in listed(site, "piet")
