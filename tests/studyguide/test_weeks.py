"""A week of the studiewijzer: who reads and writes it, what is proposed, and what a parent sees of its own child."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.db import reading
from models.group import GroupMembership
from models.practice import LearningObjective
from models.rules.studyguide import week_code
from models.studyguide import StudyLine, StudyWeek
from models.vocabulary import Custody, Role
from tests.site import Site
from tests.studyguide.school import LINE, MONDAY, WEEK, api, editor, more_children, path, practised, share
from tests.world import TODAY


def test_a_week_that_is_shared_is_read_by_parents_of_the_group_and_nobody_elses(site: Site) -> None:
    site.change(lambda world: world.parent("vader-daan", "daan", Custody.YES))
    site.change(lambda world: world.parent("zonder", "noor", Custody.NO))
    assert share(site, LINE | {"approach": "met strookjes", "words": "teller"}).json()["state"] == "published"

    site.log_in("moeder")
    page = site.client.get(path(site)).text
    for word in ("Breuken vergelijken", "met strookjes", "teller", "Snijd een appel."):
        assert word in page
    assert [line["goal"] for line in site.client.get(api(site)).json()["week"]["lines"]] == ["Breuken vergelijken"]
    for login in ("vader-daan", "zonder", "niemand", "beheer", "piet"):
        site.log_in(login)
        answers = [site.client.get(path(site)), site.client.get(api(site))]
        assert {answer.status_code for answer in answers} <= {403, 404}, login
        assert not [answer for answer in answers if "Breuken" in answer.text], login


def test_a_draft_and_a_week_taken_back_are_seen_by_no_parent(site: Site) -> None:
    share(site, publish=False)
    site.log_in("moeder")
    assert "Breuken" not in site.client.get(path(site)).text
    share(site)
    site.log_in("moeder")
    assert "Breuken" in site.client.get(path(site)).text
    site.log_in("kim")
    assert site.client.post(api(site, "/withdraw"), json={"week": WEEK}).status_code == 204
    site.log_in("moeder")
    assert "Breuken" not in site.client.get(path(site)).text
    assert "Breuken" not in site.client.get(path(site), params={"week": WEEK}).text


@pytest.mark.parametrize("login", ["ib", "directie"])
def test_ib_and_directie_read_and_do_not_write(site: Site, login: str) -> None:
    share(site, publish=False)
    site.log_in(login)
    page = site.client.get(editor(site)).text

    assert "Breuken vergelijken" in page
    assert 'value="publish"' not in page
    assert share(site, login=login).status_code == 404
    assert site.client.post(api(site, "/withdraw"), json={"week": WEEK}).status_code == 404


def test_a_duo_writes_and_a_teacher_of_another_group_does_not(site: Site) -> None:
    until = TODAY + timedelta(days=30)
    group = site.world.groups["6B"]
    site.change(lambda world: world.account("ans", Role.SUBSTITUTE, group_id=group, ends_on=until))

    assert share(site, login="ans").status_code == 200
    assert share(site, login="piet").status_code == 404


def test_the_proposal_holds_what_several_children_worked_at_new_first(site: Site) -> None:
    site.change(more_children("bo", "cas"))
    for child in ("noor", "zoë", "bo"):
        site.change(practised(child, "Tafels van 6 en 8", day=MONDAY - timedelta(days=2), answers=10))
        site.change(practised(child, "Klokkijken", day=MONDAY - timedelta(days=40), answers=10))
        site.change(practised(child, "Klokkijken", day=MONDAY - timedelta(days=3), answers=90))
    for child in ("noor", "zoë"):
        site.change(practised(child, "Alleen twee", day=MONDAY - timedelta(days=2), answers=500))

    site.log_in("kim")
    shown = site.client.get(api(site, "/draft"), params={"week": WEEK}).json()
    assert [line["goal"] for line in shown["lines"]] == ["Tafels van 6 en 8", "Klokkijken"]
    assert shown["lines"][0]["why"].startswith("nieuw")
    assert all(line["at_home"] for line in shown["lines"])
    site.log_in("directie")
    assert site.client.get(api(site, "/draft"), params={"week": WEEK}).json()["lines"] == []


def test_last_year_and_last_week_can_be_begun_with(site: Site) -> None:
    before = week_code(MONDAY - timedelta(days=7))
    share(site, LINE | {"goal": "Van vorige week"}, week=before)
    site.log_in("kim")

    assert "Van vorige week" not in site.client.get(editor(site)).text
    copied = site.client.get(f"{editor(site)}?begin=vorige").text
    assert "Van vorige week" in copied
    with reading(site.engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(StudyWeek)) == 1


def test_a_change_after_publishing_replaces_the_whole_week_and_stays_published(site: Site) -> None:
    share(site)
    share(site, LINE | {"goal": "Kommagetallen"}, LINE | {"goal": "Procenten"})

    site.log_in("moeder")
    lines = site.client.get(api(site)).json()["week"]["lines"]
    assert [line["goal"] for line in lines] == ["Kommagetallen", "Procenten"]


def test_a_duo_who_did_not_see_the_change_overwrites_nothing(site: Site) -> None:
    share(site)
    answer = share(site, LINE | {"goal": "Iets anders"}, seen="")

    assert answer.status_code == 422
    assert "intussen veranderd" in answer.text
    assert share(site, seen="").json()["messages"] == 0, "the very same, sent twice, is no quarrel"


@pytest.mark.parametrize(
    "link", ["http://school.nl", "javascript:alert(1)", "https://naam@school.nl", "https://1.2.3.4/x"]
)
def test_a_link_is_https_to_a_site_with_a_name(one_site: Site, link: str) -> None:
    assert share(one_site, LINE | {"link": link}).status_code == 422
    assert share(one_site, film=link).status_code == 422
    assert share(one_site, LINE | {"link": "https://www.schooltv.nl/x"}).status_code == 200
    assert ">schooltv.nl<" in one_site.client.get(path(one_site)).text


def test_a_childs_name_in_the_text_is_asked_about(one_site: Site) -> None:
    answer = share(one_site, LINE | {"goal": "Noor doet een spreekbeurt"})

    assert answer.status_code == 422
    assert "Noor" in answer.text
    assert share(one_site, LINE | {"goal": "Noor doet een spreekbeurt"}, names_are_fine=True).status_code == 200


def test_a_parent_sees_at_what_its_own_child_worked_and_that_is_logged(site: Site) -> None:
    site.change(lambda world: world.parent("moeder-zoë", "zoë", Custody.YES))
    site.change(practised("noor", "Breuken vergelijken", answers=40, right=37, home=5))
    site.change(practised("zoë", "Klokkijken", answers=31, right=2))
    share(site)

    site.log_in("moeder")
    page = site.client.get(path(site)).text
    assert "Noor oefende op 1 dag." in page
    assert "Op 1 dag ook thuis." in page
    assert "40 opgaven" in page
    assert "bijna alles ging in één keer goed" in page
    assert "Klokkijken" not in page
    assert (site.world.pupils["noor"], "practice", "read", "ouder met gezag") in site.lines()
    site.log_in("moeder-zoë")
    other = site.client.get(path(site)).text
    assert "Klokkijken" in other
    assert "40 opgaven" not in other
    site.log_in("kim")
    assert "opgaven" not in site.client.get(path(site)).text


def test_without_practice_nothing_of_a_child_is_shown(site: Site) -> None:
    site.change(practised("noor", "Breuken vergelijken", answers=40))
    share(site, shows_practice=False)

    site.log_in("moeder")
    assert "40 opgaven" not in site.client.get(path(site)).text
    assert site.client.get(api(site)).json()["work"][0]["goals"] == []


def test_a_child_that_left_the_group_takes_its_parents_along(site: Site) -> None:
    share(site)
    leaves = sa.update(GroupMembership).values(ends_on=TODAY - timedelta(days=1))
    mine = GroupMembership.source_person_id == site.world.persons["noor"]
    site.change(lambda world: world.connection.execute(leaves.where(mine)))

    site.log_in("moeder")
    assert site.client.get(path(site)).status_code == 404


def test_a_line_remembers_the_objective_it_is_about(one_site: Site) -> None:
    one_site.change(practised("noor", "Breuken vergelijken"))
    share(one_site, LINE | {"subject": "Rekenen", "goal": "We vergelijken breuken", "objective": "Breuken vergelijken"})

    with reading(one_site.engine) as connection:
        known = connection.scalar(sa.select(LearningObjective.id))
        assert connection.scalars(sa.select(StudyLine.objective_id)).all() == [known]


def test_the_form_keeps_what_was_typed_when_something_is_wrong(one_site: Site) -> None:
    one_site.log_in("kim")
    names = ("subject", "goal", "approach", "words", "at_home", "link", "objective")
    rows = [["rekenen", "Breuken", "", "", "", "http://x.nl", ""], ["", "", "", "", "", "", ""]]
    form = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    answer = one_site.client.post(editor(one_site), data=form | {"week": WEEK, "do": "publish"})

    assert answer.status_code == 422
    assert 'value="Breuken"' in answer.text
    form["link"] = ["", ""]
    shared = one_site.client.post(editor(one_site), data=form | {"week": WEEK, "do": "publish"})
    assert shared.status_code == 303
    assert "zien deze week nu" in one_site.client.get(shared.headers["location"]).text
    enter = one_site.client.post(editor(one_site), data=form | {"week": WEEK, "do": "keep", "state": "published"})
    assert enter.status_code in {303, 422}
    assert one_site.client.get(api(one_site)).json()["week"], "Enter takes nothing back"


def test_the_number_of_queries_does_not_grow_with_the_group(one_site: Site) -> None:
    share(one_site)
    one_site.log_in("moeder")
    one_site.client.get(path(one_site))
    few = asked(one_site, path(one_site))
    one_site.log_in("kim")
    one_site.client.get(editor(one_site))
    few_of_teacher = asked(one_site, editor(one_site))
    names = [f"kind-{number}" for number in range(12)]
    one_site.change(more_children(*names))
    for name in names:
        one_site.change(practised(name, "Breuken vergelijken"))

    assert asked(one_site, editor(one_site)) == few_of_teacher
    one_site.log_in("moeder")
    assert asked(one_site, path(one_site)) == few


def asked(site: Site, page: str) -> int:
    """Count the SELECTs of one page, also those that go straight to the driver."""
    found: list[str] = []
    engine = site.client.app.state.kit.engine  # type: ignore[attr-defined]

    def watch(raw: Any, *_: object) -> None:
        raw.set_trace_callback(found.append)

    sa.event.listen(engine, "checkout", watch)
    try:
        assert site.client.get(page).status_code == 200
        assert found
    finally:
        sa.event.remove(engine, "checkout", watch)
    return sum(1 for each in found if each.lstrip().upper().startswith("SELECT"))
