"""Growth in plain words: beside the child's own last shared test, and never resting on one that was not shared."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models.release import Release
from models.result import Assessment, AssessmentScore, Instrument, Scale
from models.rules.own_growth import Shown, ladder, ways
from models.vocabulary import InstrumentKind, Measure, Respondent, Role
from tests.site import Site
from tests.world import NOW, TODAY, World

FIRST, MIDDLE, LAST = (TODAY - timedelta(days=days) for days in (300, 150, 10))
TOMORROW = TODAY + timedelta(days=1)


def a_test(
    world: World, on: date, score: float, *, child: str = "noor", code: str = "rw", level: str = "", **released: Any
) -> None:
    """Let a test with a score be taken; released with these changes, or not at all with `released=None`."""
    school = world.schools["vliet"]
    instrument = world.connection.scalar(sa.select(Instrument.id).where(Instrument.code == code)) or world.insert(
        Instrument, provider="x", code=code, name=f"Toets {code}", kind=InstrumentKind.TEST, subject=code
    )
    test = world.insert(
        Assessment, school_id=school, source_person_id=world.persons[child], instrument_id=instrument, taken_on=on,
        source_key=f"{code} {on}", delivery_id=world.deliveries[world.sources["vliet las"]], locator="r1",
    )  # fmt: skip
    scores = {Measure.SKILL: (str(score), score)} | ({Measure.LEVEL: (level, None)} if level else {})
    for measure, (raw, number) in scores.items():
        scale = world.connection.scalar(sa.select(Scale.id).where(Scale.code == f"{code} {measure.value}"))
        scale = scale or world.insert(
            Scale, code=f"{code} {measure.value}", owner="x", measure=measure, is_ordinal=False, comparable_group=code
        )
        world.insert(
            AssessmentScore, school_id=school, assessment_id=test, scale_id=scale, value_raw=raw, value_num=number
        )
    release(world, test, child, **released)


def a_list(world: World, *, respondent: Respondent = Respondent.TEACHER, **released: Any) -> None:
    """Let a social-emotional list be filled in, with a score."""
    school = world.schools["vliet"]
    code = f"lijst {respondent.value}"
    instrument = world.insert(Instrument, provider="x", code=code, name=code, kind=InstrumentKind.WELLBEING)
    filled_in = world.insert(
        Assessment, school_id=school, source_person_id=world.persons["noor"], instrument_id=instrument,
        taken_on=LAST, source_key=code, delivery_id=world.deliveries[world.sources["vliet las"]], locator="r1",
        respondent=respondent,
    )  # fmt: skip
    scale = world.insert(
        Scale, code=code, owner="x", measure=Measure.DIMENSION, is_ordinal=False, comparable_group=code
    )
    world.insert(
        AssessmentScore, school_id=school, assessment_id=filled_in, scale_id=scale, value_raw="2,34", value_num=2.34
    )
    release(world, filled_in, "noor", **released)


def release(world: World, assessment: int, child: str, *, released: bool = True, **changes: Any) -> None:
    if released:
        values = {"child_from": TODAY, "parents_from": TODAY, "explanation": "Zo ging het."} | changes
        world.insert(
            Release, school_id=world.schools["vliet"], pupil_id=world.pupils[child], assessment_id=assessment,
            released_at=NOW, account_id=world.accounts["kim"], **values,
        )  # fmt: skip


def of_noor(site: Site) -> tuple[str, dict[str, Any]]:
    """What a parent reads of Noor: the page and the JSON."""
    noor = site.world.uids["noor"]
    page = site.client.get(f"/mijn-kind/{noor}")
    answer = site.client.get(f"/api/v1/my-children/{noor}")
    assert page.status_code == answer.status_code == 200
    return page.text, answer.json()


def test_a_shared_test_is_held_beside_the_last_shared_one_of_the_same_subject(site: Site) -> None:
    def taken(world: World) -> None:
        a_test(world, FIRST, 100)
        a_test(world, MIDDLE, 300, code="lezen")
        a_test(world, LAST, 130)

    site.change(taken)
    site.log_in("moeder")
    page, found = of_noor(site)

    assert [(one["way"], one["since"]) for one in found["results"]] == [
        ("up", str(FIRST)),
        ("unknown", None),
        ("unknown", None),
    ]
    assert "kan dit nu beter dan op" in page
    assert "Beter dan de vorige keer ging:" in page
    assert "130" not in page.partition("<main")[2]
    assert not {"score", "value", "value_num"} & found["results"][0].keys()


@pytest.mark.parametrize(
    "hidden", [{"released": False}, {"parents_from": TOMORROW}, {"withdrawn_at": NOW, "withdrawn_by": 1}]
)
def test_a_test_that_was_not_shared_is_never_part_of_the_sentence(site: Site, hidden: dict[str, Any]) -> None:
    """The hidden one lies in between and higher: a sentence that knew it would say that it went less well."""

    def taken(world: World) -> None:
        a_test(world, FIRST, 100)
        a_test(world, MIDDLE, 200, **hidden)
        a_test(world, LAST, 150)

    site.change(taken)
    site.log_in("moeder")
    page, found = of_noor(site)

    assert [(one["way"], one["since"]) for one in found["results"]] == [("up", str(FIRST)), ("unknown", None)]
    assert "inder goed" not in page
    assert str(MIDDLE) not in page


def test_one_that_went_less_well_is_said_as_it_is_and_with_what_a_test_is_worth(one_site: Site) -> None:
    def taken(world: World) -> None:
        a_test(world, FIRST, 100)
        a_test(world, LAST, 80)

    one_site.change(taken)
    one_site.log_in("moeder")
    page, _ = of_noor(one_site)

    assert "Minder goed dan de vorige keer ging:" in page
    assert "Eén toets zegt niet alles." in page
    assert "Beter dan" not in page


def test_a_list_is_words_and_never_a_score(site: Site) -> None:
    site.change(lambda world: a_list(world, explanation="Noor speelt graag met anderen."))
    site.change(lambda world: a_list(world, respondent=Respondent.PUPIL, released=False))
    site.log_in("moeder")
    page, found = of_noor(site)

    assert [one["explanation"] for one in found["wellbeing"]] == ["Noor speelt graag met anderen."]
    assert found["wellbeing"][0].keys() == {"id", "subject", "name", "taken_on", "explanation", "is_asked"}
    assert found["results"] == []
    assert "Noor speelt graag met anderen." in page
    assert "2,34" not in page
    assert "lijst pupil" not in page


def test_the_level_beside_others_shows_only_where_school_chose_it_and_behind_a_click(site: Site) -> None:
    site.change(lambda world: a_test(world, LAST, 100, level="IV"))
    site.log_in("moeder")
    page, found = of_noor(site)
    assert "Niveau IV" not in page
    assert "Wij vergelijken niet met andere kinderen." in page
    assert (found["compares"], found["results"][0]["level"]) == (False, None)

    site.log_in("directie")
    chosen = site.client.post("/beheer/instellingen", data={"setting": "parents_compare", "chosen": "1"})
    assert chosen.status_code == 303
    site.log_in("moeder")
    page, found = of_noor(site)
    inside = page.partition('<details class="level">')[2].partition("</details>")[0]
    said = re.sub("<[^>]+>", "", inside)
    assert "Niveau IV, van I tot V." in said
    assert "I is het hoogste en V het laagste." in said
    assert inside.count("<bdi") == 5, "letters keep their own place in a language from right to left"
    assert "Wij vergelijken niet" not in page
    assert found["results"][0]["level"] == {"value": "IV", "highest": "I", "lowest": "V"}


@pytest.mark.parametrize("role", [Role.TEACHER, Role.IB, Role.HEAD])
def test_a_parent_who_works_at_the_school_reads_mijn_kind_as_a_parent(site: Site, role: Role) -> None:
    """Whatever else they may see at school: on this page what was released, and no child but their own."""

    def planted(world: World) -> None:
        group: dict[str, Any] = {"group_id": world.groups["6B"]} if role is Role.TEACHER else {}
        world.grant("moeder", role, **group)
        a_test(world, FIRST, 100, explanation="Dit deelde school.")
        a_test(world, LAST, 200, code="geheim", released=False)
        a_list(world, explanation="Noor speelt graag.")

    site.change(planted)
    site.log_in("moeder")
    page, found = of_noor(site)

    assert [one["explanation"] for one in found["results"] + found["wellbeing"]] == [
        "Dit deelde school.",
        "Noor speelt graag.",
    ]
    assert "geheim" not in page
    for path in ("/mijn-kind", "/api/v1/my-children"):
        assert site.client.get(f"{path}/{site.world.uids['zoë']}").status_code == 404


def shown(number: int, on: date, value: float, *, line: str = "rw", error: float | None = None) -> Shown:
    low, high = (value - error, value + error) if error is not None else (None, None)
    return Shown(number, (line, line), on, value, low, high)


@pytest.mark.parametrize(
    ("before", "after", "error", "way"),
    [
        (100, 120, None, "up"),
        (100, 80, None, "down"),
        (100, 104, None, "steady"),
        (100, 100, None, "steady"),
        (0, 0, None, "steady"),
        (100, 120, 25.0, "steady"),
        (100, 120, 10.0, "up"),
        (100, 99, 0.0, "down"),
    ],
)
def test_what_a_test_cannot_tell_apart_is_about_as_well(
    before: float, after: float, error: float | None, way: str
) -> None:
    found = ways([shown(2, LAST, after, error=error), shown(1, FIRST, before, error=error)])

    assert {number: one.way for number, one in found.items()} == {2: way}


def test_two_scales_or_two_tests_of_one_day_are_never_held_side_by_side() -> None:
    assert not ways([shown(1, FIRST, 1), shown(2, LAST, 9, line="lezen")])
    assert not ways([shown(1, LAST, 1), shown(2, LAST, 9)])


def test_a_level_stands_on_the_ladder_of_its_own_letters() -> None:
    assert [ladder(level)[:1] for level in ("IV", "I+", "E", "op niveau", "")] == [("I",), ("I",), ("A",), (), ()]
