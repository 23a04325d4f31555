"""What school tells the child of its tests: released to the child, maybe before its parents, and practice by week."""

from datetime import timedelta
from typing import Any

import pytest

from models.vocabulary import Respondent
from tests.child.school import with_pupils
from tests.parents.test_growth import FIRST, LAST, a_list, a_test
from tests.site import Site
from tests.studyguide.school import practised, share
from tests.world import NOW, TODAY

SENTENCE = "Je rekent nu zelf met grote getallen."
TOMORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=7)


def own(site: Site, login: str = "kind.noor") -> tuple[str, dict[str, Any]]:
    """What the child reads: its page and the JSON."""
    site.log_in(login)
    page, answer = site.client.get("/ik"), site.client.get("/api/v1/me/page")
    assert page.status_code == answer.status_code == 200
    return page.text, answer.json()


def test_the_child_hears_a_result_before_its_parents_and_they_do_not(site: Site) -> None:
    site.change(with_pupils)
    site.change(lambda world: a_test(world, LAST, 123, explanation=SENTENCE, parents_from=LATER))

    page, found = own(site)
    assert SENTENCE in page
    assert [one["body"] for one in found["told"]] == [SENTENCE]
    assert found["told"][0].keys() == {"id", "name", "on", "body"}
    assert "123" not in page.partition("<main")[2]

    site.log_in("moeder")
    noor = site.world.uids["noor"]
    for path in (f"/mijn-kind/{noor}", f"/api/v1/my-children/{noor}", f"/api/v1/pupils/{noor}/sheet"):
        answer = site.client.get(path)
        assert answer.status_code == 200
        assert SENTENCE not in answer.text, path
        assert "Toets rw" not in answer.text, path


@pytest.mark.parametrize(
    "hidden",
    [
        {"released": False},
        {"child_from": TOMORROW, "parents_from": TOMORROW},
        {"withdrawn_at": NOW, "withdrawn_by": 1},
    ],
)
def test_what_was_not_released_to_the_child_is_nowhere(site: Site, hidden: dict[str, Any]) -> None:
    site.change(with_pupils)
    site.change(lambda world: a_test(world, FIRST, 100, **({"explanation": SENTENCE} | hidden)))
    page, found = own(site)

    assert found["told"] == []
    assert SENTENCE not in page
    assert "Dit vertelt school je" not in page
    sheet = site.client.get(f"/api/v1/pupils/{site.world.uids['noor']}/sheet").text
    assert SENTENCE not in sheet
    assert "Toets rw" not in sheet


def test_another_child_hears_nothing_of_it(one_site: Site) -> None:
    one_site.change(with_pupils)
    one_site.change(lambda world: a_test(world, LAST, 100, explanation=SENTENCE))

    assert own(one_site, "kind.zoë")[1]["told"] == []


def test_of_wellbeing_the_child_hears_only_of_what_it_filled_in_itself(site: Site) -> None:
    site.change(with_pupils)
    site.change(lambda world: a_list(world, respondent=Respondent.PUPIL, explanation="Je schreef dat je graag komt."))
    site.change(lambda world: a_list(world, respondent=Respondent.TEACHER, explanation="kanarie-leraar"))
    page, found = own(site)

    assert [one["body"] for one in found["told"]] == ["Je schreef dat je graag komt."]
    assert "kanarie-leraar" not in page
    assert "2,34" not in page


def test_the_child_reads_its_practice_only_of_a_week_that_school_published(site: Site) -> None:
    """The matrix opens the own work to the child; in which week is what the school shares, as for its parents."""
    site.change(with_pupils)
    site.change(practised("noor", "Kanarie-deelsommen"))
    noor = site.world.uids["noor"]
    group = site.world.group_uids["6B"]
    paths = ("/ik", "/api/v1/me/page", f"/api/v1/pupils/{noor}/sheet", f"/studiewijzer/{group}")

    for login, mine in (("kind.noor", paths), ("moeder", (*paths[2:], f"/mijn-kind/{noor}"))):
        site.log_in(login)
        for path in mine:
            assert "Kanarie-deelsommen" not in site.client.get(path).text, (login, path)
    site.log_in("kind.noor")
    assert site.client.get(f"/api/v1/pupils/{noor}/sheet").json()["practice"] is None
    assert site.client.get(f"/kind/{noor}").headers["location"] == "/ik"

    share(site, publish=False)
    site.log_in("kind.noor")
    assert "Kanarie-deelsommen" not in site.client.get(paths[3]).text
    share(site)
    site.log_in("kind.noor")
    assert "Kanarie-deelsommen" in site.client.get(paths[3]).text
