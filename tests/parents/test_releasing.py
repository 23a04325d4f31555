"""Vrijgeven: a moment for a whole group in two clicks, child first, never bare, never twice, taken back at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from api.db import reading
from api.services.releasing.moments import held_in, results_of
from models.group import ClassGroup
from models.queries.scope import THIS_YEAR, GroupGrant
from models.release import Release
from models.result import Assessment
from models.rules.access import READS, WRITES, Position
from models.rules.explaining import LONGEST, OPEN, SENTENCES, WHEN, explain, key_of, problem_of
from models.rules.moments import moment_of
from models.vocabulary import InstrumentKind, Role
from tests.demo_school import TODAY as DEMO_TODAY
from tests.demo_school import DemoSchool
from tests.parents.test_growth import a_list, a_test
from tests.parents.test_plain_words import hard_to_read
from tests.site import SAME_SITE, Site, browser
from tests.world import NOW, TODAY, World

TAKEN = TODAY - timedelta(days=10)
LATER = TODAY + timedelta(days=2)
CODE = f"test-{TAKEN.month}-{TAKEN.year}"


def a_moment(world: World) -> None:
    """Reading by two children of 6B, arithmetic by one of them, a list about her, and reading by a child of 6A."""
    for child in ("noor", "zoë"):
        a_test(world, TAKEN, 100, child=child, code="lezen", released=False)
    a_test(world, TAKEN, 40, code="rekenen", released=False)
    a_test(world, TAKEN, 90, child="daan", code="lezen", released=False)
    a_list(world, released=False)


def page_of(site: Site, code: str = f"/{CODE}", group: str = "6B") -> str:
    return f"/groep/{site.world.group_uids[group]}/vrijgeven{code}"


def json_of(site: Site, code: str = f"/{CODE}", group: str = "6B") -> str:
    return f"/api/v1/groups/{site.world.group_uids[group]}/releases{code}"


def filled_in(site: Site) -> dict[str, Any]:
    """The form as it stands ready: what a second click sends."""
    text = site.client.get(page_of(site)).text
    form = text[text.index('id="vrij"') :].partition("</form>")[0]

    def values(name: str) -> list[str]:
        return re.findall(rf'name="{name}"[^>]*value="([^"]+)"', form)

    return {
        "result": values("result"),
        "chosen": values("chosen"),
        "sentence": re.findall(r"<textarea[^>]*>([^<]*)</textarea>", form),
        "child_from": values("child_from")[0],
        "parents_from": values("parents_from")[0],
    }


def releases(site: Site) -> list[tuple[Any, ...]]:
    with reading(site.engine) as connection:
        columns = (Release.pupil_id, Release.child_from, Release.parents_from, Release.withdrawn_at)
        return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(Release.id))]


def read_by_mother(site: Site) -> list[str]:
    """The sentences that Noor's mother reads, by the page and the JSON alike."""
    site.log_in("moeder")
    noor = site.world.uids["noor"]
    found = site.client.get(f"/api/v1/my-children/{noor}").json()
    page = site.client.get(f"/mijn-kind/{noor}").text
    sentences = [one["explanation"] for one in (*found["results"], *found["wellbeing"])]
    assert all(sentence in page for sentence in sentences)
    return sentences


def test_a_moment_is_released_for_the_whole_group_in_two_clicks_and_the_child_hears_it_first(site: Site) -> None:
    site.change(a_moment)
    assert read_by_mother(site) == []
    site.log_in("kim")
    assert page_of(site) in site.client.get(page_of(site, "")).text, "the first click"
    form = filled_in(site)
    assert len(form["chosen"]) == 3
    assert (form["child_from"], form["parents_from"]) == (str(TODAY), str(LATER))
    answer = site.client.post(page_of(site), data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, page_of(site))
    noor, zoe = site.world.pupils["noor"], site.world.pupils["zoë"]
    assert sorted(releases(site)) == sorted(
        [(noor, TODAY, LATER, None), (noor, TODAY, LATER, None), (zoe, TODAY, LATER, None)]
    )
    assert {(noor, "release", "wrote"), (zoe, "release", "wrote")} <= {line[:3] for line in site.lines()}
    (line,) = [one for one in site.client.get(json_of(site, "")).json()["moments"] if one["code"] == CODE]
    assert (line["children"], line["released"], line["results"]) == (2, 3, 3)
    assert (line["child_from"], line["parents_from"]) == (str(TODAY), str(LATER))
    assert read_by_mother(site) == [], "not yet"
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        of_noor = [sentence for sentence in form["sentence"] if sentence.startswith("Noor ")]
        assert sorted(read_by_mother(site)) == sorted(of_noor)
        assert len(of_noor) == 2


def test_of_one_child_a_sentence_is_changed_and_another_waits(site: Site) -> None:
    site.change(a_moment)
    site.log_in("kim")
    form = filled_in(site)
    form["sentence"][-1] = "Noor rekent elke dag een rijtje, en dat zie je."
    form["chosen"], form["parents_from"] = form["result"][-1:], str(TODAY)
    assert site.client.post(page_of(site), data=form).status_code == 303

    assert len(releases(site)) == 1
    assert read_by_mother(site) == form["sentence"][-1:]
    site.log_in("kim")
    assert len(filled_in(site)["chosen"]) == 2, "the others wait"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"chosen": []}, "Zet een vinkje"),
        ({"sentence": [" ", "b", "c"]}, "hoort een zin"),
        ({"sentence": ["a" * 301, "b", "c"]}, "hoort een zin"),
        ({"parents_from": str(TODAY - timedelta(days=1))}, "Het kind leest het eerder"),
        ({"child_from": str(TODAY - timedelta(days=1))}, "Kies vandaag of een latere dag"),
        ({"child_from": str(LATER), "parents_from": str(TODAY)}, "Het kind leest het eerder"),
        ({"parents_from": str(TODAY + timedelta(days=400))}, "Kies vandaag of een latere dag"),
        ({"chosen": ["999999"]}, "hoort een zin"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(one_site: Site, changes: dict[str, Any], says: str) -> None:
    one_site.change(a_moment)
    one_site.log_in("kim")
    typed = {"sentence": ["Zelf geschreven over een kind", "b", "c"]} | changes
    answer = one_site.client.post(page_of(one_site), data=filled_in(one_site) | typed)

    assert answer.status_code == 422
    assert says in answer.text
    assert releases(one_site) == []
    if "sentence" not in changes:
        assert "Zelf geschreven over een kind" in answer.text


def test_a_result_of_another_group_or_moment_changes_nothing(site: Site) -> None:
    site.change(a_moment)
    site.log_in("ib")
    other = site.client.get(json_of(site, group="6A")).json()["children"][0]["results"][0]["result"]
    code = f"/wellbeing-{TAKEN.month}-{TAKEN.year}"
    of_list = site.client.get(json_of(site, code)).json()["children"][0]["results"]
    site.log_in("kim")
    days = {"child_from": str(TODAY), "parents_from": str(TODAY)}
    for result in (other, 10**6):
        new = days | {"results": [{"result": result, "sentence": "Van een ander"}]}
        assert site.client.post(json_of(site), json=new).status_code == 422
    assert site.client.get(json_of(site, "/test-1-1999")).status_code == 404
    assert releases(site) == []
    assert len(of_list) == 1


@pytest.mark.parametrize(
    ("login", "status"),
    [("kim", 200), ("ib", 200), ("piet", 404)]
    + [(login, 403) for login in ("invaller", "directie", "moeder", "noor-zelf", "beheer", "niemand")],
)
def test_who_releases_is_who_writes_results_by_the_matrix(one_site: Site, login: str, status: int) -> None:
    def people(world: World) -> None:
        a_moment(world)
        world.account("invaller", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=TODAY)
        world.account("noor-zelf", Role.PUPIL, pupil_id=world.pupils["noor"])

    one_site.change(people)
    one_site.log_in("kim")
    form = filled_in(one_site)
    one_site.log_in(login)
    for path in (page_of(one_site, ""), page_of(one_site), json_of(one_site, ""), json_of(one_site)):
        assert one_site.client.get(path).status_code == status, path
    assert one_site.client.post(page_of(one_site), data=form).status_code == (303 if status == 200 else status)
    assert bool(releases(one_site)) == (status == 200)


def test_hands_that_press_at_once_release_each_result_once(site: Site) -> None:
    site.change(a_moment)
    site.log_in("kim")
    form = filled_in(site)
    hands = [browser(site.client.app, headers=SAME_SITE) for _ in range(4)]
    for hand in hands:
        hand.cookies.update(site.client.cookies)
    with ThreadPoolExecutor(len(hands)) as at_once:
        answers = list(at_once.map(lambda hand: hand.post(page_of(site), data=form).status_code, hands))

    assert answers == [303] * len(hands)
    assert len(releases(site)) == 3


def test_taken_back_it_is_gone_at_once_and_can_be_released_again(site: Site) -> None:
    site.change(a_moment)
    site.log_in("kim")
    form = filled_in(site) | {"parents_from": str(TODAY)}
    site.client.post(page_of(site), data=form)
    assert len(read_by_mother(site)) == 2

    site.log_in("kim")
    back = {"result": form["result"]}
    assert site.client.post(f"{page_of(site)}/terug", data=back).status_code == 303
    assert read_by_mother(site) == []
    site.log_in("kim")
    before = len([line for line in site.lines() if line[2] == "withdrew"])
    assert site.client.post(f"{json_of(site)}/taken-back", json={"results": [1, 2, 3]}).json() == {"count": 0}
    assert len([line for line in site.lines() if line[2] == "withdrew"]) == before == 2, "each child once"

    site.client.post(page_of(site), data=form)
    assert len(read_by_mother(site)) == 2
    assert len(releases(site)) == 6, "that it was taken back stays known"


def test_a_result_that_its_source_corrects_is_gone_and_asks_for_a_release_of_its_own(site: Site) -> None:
    site.change(a_moment)
    site.log_in("kim")
    site.client.post(page_of(site), data=filled_in(site) | {"parents_from": str(TODAY)})
    assert len(read_by_mother(site)) == 2

    def correct(world: World) -> None:
        chosen = sa.select(Assessment.id).where(
            Assessment.source_person_id == world.persons["noor"], Assessment.source_key == f"lezen {TAKEN}"
        )
        old = world.connection.scalar(chosen)
        a_test(world, TAKEN, 130, code="lezen ", released=False)
        new = world.connection.scalar(sa.select(sa.func.max(Assessment.id)))
        world.connection.execute(sa.update(Assessment).where(Assessment.id == old).values(superseded_by_id=new))

    site.change(correct)
    assert len(read_by_mother(site)) == 1
    site.log_in("kim")
    assert len(filled_in(site)["chosen"]) == 1


def test_a_schools_own_sentence_stands_ready_and_ours_comes_back(site: Site) -> None:
    site.change(a_moment)
    site.log_in("directie")
    library, own = "/beheer/uitleg", "{naam} maakte bij {vak} een flinke stap."
    assert site.client.get(library).status_code == 200
    for wrong in ("{name} groeit", "a" * 241):
        answer = site.client.post(library, data={"key": "test.unknown", "body": wrong})
        assert answer.status_code == 422
        assert wrong in answer.text, "what was typed stays"
    assert site.client.post(library, data={"key": "test.unknown", "body": own}).status_code == 303
    assert site.client.put("/api/v1/explanations/nergens", json={"body": own}).status_code == 404

    site.log_in("kim")
    assert site.client.get(library).status_code == 403
    assert "maakte bij lezen een flinke stap." in filled_in(site)["sentence"][0]
    site.log_in("ib")
    assert site.client.put("/api/v1/explanations/test.unknown", json={"body": ""}).status_code == 204
    site.log_in("kim")
    assert "flinke stap" not in site.client.get(page_of(site)).text


def test_on_real_lines_the_sentence_is_that_of_the_childs_own_line_at_that_test(demo_school: DemoSchool) -> None:
    with demo_school.engine.connect() as connection:
        group = connection.execute(
            sa.select(ClassGroup.id, ClassGroup.school_id).where(
                ClassGroup.name.endswith("6B"), ClassGroup.school_year_id.in_(THIS_YEAR)
            ),
            {"today": DEMO_TODAY},
        ).first()
        assert group is not None
        kinds, writes = READS[Position.TEACHER], WRITES[Position.TEACHER]
        grant = GroupGrant(group.id, group.school_id, Role.TEACHER, "", kinds, writes)
        held = held_in(connection, grant, DEMO_TODAY)
        moments = [moment for moment in held.by_moment if moment.kind is InstrumentKind.TEST]
        said = [
            one.sentence
            for moment in moments
            for child in results_of(connection, grant, held, moment)
            for one in child.results
        ]
    starts = {key: sentence.partition("{vak}")[2][:12] for key, sentence in SENTENCES.items() if key.startswith("test")}
    found = {key for key, start in starts.items() if any(start in sentence for sentence in said)}
    assert {"test.above", "test.in", "test.below"} <= found
    assert len(moments) >= 2


@given(
    st.sampled_from(list(InstrumentKind)),
    st.sampled_from(["above", "in", "below", "unknown"]),
    st.text(min_size=1, max_size=40),
    st.text(min_size=1, max_size=60),
)
def test_every_result_has_a_sentence_that_fits_and_says_whose_it_is(
    kind: Any, state: Any, name: str, subject: str
) -> None:
    sentence = explain(key_of(kind, state), {}, name, subject)

    assert name in sentence
    assert len(sentence) <= LONGEST


def test_our_sentences_are_plain_and_compare_with_nobody() -> None:
    assert SENTENCES.keys() == WHEN.keys()
    for sentence in SENTENCES.values():
        assert problem_of(sentence) is None
        assert OPEN[0] in sentence
        assert hard_to_read(sentence) == []
        assert not re.search(r"\d|niveau|score|gemiddeld|percentiel|andere kinderen|\bI{1,3}\b|\bV\b", sentence)


@pytest.mark.parametrize(
    ("kind", "moment", "taken_on", "code", "words"),
    [
        (InstrumentKind.TEST, "M6", date(2026, 1, 20), "test-M-2026", "midden 2026"),
        (InstrumentKind.TEST, "M7", date(2026, 2, 3), "test-M-2026", "midden 2026"),
        (InstrumentKind.TEST, None, date(2026, 2, 3), "test-2-2026", "februari 2026"),
        (InstrumentKind.TEST, "najaar", date(2025, 11, 3), "test-11-2025", "november 2025"),
        (InstrumentKind.WELLBEING, "M6", date(2025, 11, 3), "wellbeing-11-2025", "november 2025"),
    ],
)
def test_a_moment_is_a_season_for_a_combined_group_too(
    kind: InstrumentKind, moment: str | None, taken_on: date, code: str, words: str
) -> None:
    found = moment_of(kind, moment, taken_on)

    assert (found.code, found.words) == (code, words)
