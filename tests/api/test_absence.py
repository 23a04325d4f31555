"""Absence of the day: who may see and type it, what a source said stays, two people at once, and where it shows."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.db import reading
from api.schemas.absence import AbsencePage, Change, Mark, PupilDay
from models.attendance import Absence
from models.queries.absence import absences_on
from models.rules.access import Kind
from models.vocabulary import AbsencePart, AbsenceReason, Role
from tests.api.test_signals import grant_for_group, statements
from tests.demo_school import TODAY as DEMO_DAY
from tests.demo_school import DemoSchool
from tests.site import Site
from tests.world import FIRST_DAY, TODAY, World

DAY, MORNING, AFTERNOON = AbsencePart.DAY, AbsencePart.MORNING, AbsencePart.AFTERNOON
ILL, DOCTOR, LATE = AbsenceReason.ILL, AbsenceReason.DOCTOR, AbsenceReason.LATE
BEFORE = next(day for back in range(1, 5) if (day := TODAY - timedelta(days=back)).weekday() < 5)  # the last school day


class List:
    """The absence of 6B, as someone uses it."""

    def __init__(self, site: Site, login: str = "kim", group: str = "6B") -> None:
        self.site, self.group = site, group
        self.path = f"/groep/{site.world.group_uids[group]}/verzuim"
        self.api = f"/api/v1/groups/{site.world.group_uids[group]}/absences"
        site.log_in(login)

    def read(self, day: date = TODAY) -> AbsencePage:
        return AbsencePage.model_validate(self.site.client.get(self.api, params={"day": str(day)}).json())

    def child(self, name: str) -> PupilDay:
        return next(pupil for pupil in self.read().pupils if pupil.id == self.site.world.uids[name])

    def say(self, child: str, *marks: tuple[str, str], seen: str = "", day: date = TODAY) -> Any:
        sent = [{"part": part, "reason": reason} for part, reason in marks]
        change = {"pupil": str(self.site.world.uids[child]), "marks": sent, "seen": seen}
        return self.site.client.post(self.api, json={"day": str(day), "changes": [change]})

    def kept(self) -> list[tuple[str, date, AbsencePart, AbsenceReason, bool]]:
        named = {row_id: name for name, row_id in self.site.world.pupils.items()}
        columns = (Absence.pupil_id, Absence.day, Absence.part, Absence.reason, Absence.account_id)
        with reading(self.site.engine) as connection:
            rows = connection.execute(sa.select(*columns).order_by(Absence.day, Absence.id))
            return [(named[row[0]], *row[1:4], row[4] is not None) for row in rows]


def planted(site: Site, child: str, day: date, part: AbsencePart, *, delivered: bool = True) -> None:
    def insert(world: World) -> None:
        source = world.deliveries[world.sources["vliet las"]] if delivered else None
        world.insert(
            Absence, school_id=world.schools["vliet"], pupil_id=world.pupils[child], day=day, part=part, reason=ILL,
            delivery_id=source,
        )  # fmt: skip

    site.change(insert)


def test_a_mark_is_kept_with_who_said_so_and_can_be_taken_back(site: Site) -> None:
    page = List(site)
    said = page.say("noor", ("day", "ill")).json()
    assert (said["kept"], said["overtaken"], said["pupils"][0]["seen"]) == (1, [], "day:ill")
    assert page.kept() == [("noor", TODAY, DAY, ILL, True)]
    assert (page.child("noor").marks, page.child("noor").author) == ([Mark(part=DAY, reason=ILL)], "Juf kim")
    lines = [line[:3] for line in site.lines()]
    assert (site.world.pupils["noor"], "absence", "wrote") in lines
    assert {line[0] for line in lines if line[1:] == ("absence", "read")} >= {
        site.world.pupils["noor"], site.world.pupils["zoë"]
    }  # fmt: skip

    assert page.say("noor", seen="day:ill").json()["kept"] == 1
    assert page.kept() == []


def test_a_day_replaces_the_halves_and_the_other_way_round(site: Site) -> None:
    page = List(site)
    page.say("noor", ("morning", "late"), ("afternoon", "doctor"))
    assert [row[2:4] for row in page.kept()] == [(MORNING, LATE), (AFTERNOON, DOCTOR)]
    page.say("noor", ("day", "ill"), seen="morning:late,afternoon:doctor")
    assert [row[2:4] for row in page.kept()] == [(DAY, ILL)]
    page.say("noor", ("morning", "ill"), seen="day:ill")
    assert [row[2:4] for row in page.kept()] == [(MORNING, ILL)]
    for wrong in ([("day", "ill"), ("morning", "late")], [("morning", "ill"), ("morning", "late")]):
        assert page.say("noor", *wrong, seen="morning:ill").status_code == 422
    assert [row[2:4] for row in page.kept()] == [(MORNING, ILL)]


def test_what_a_source_said_is_shown_with_its_name_and_not_typed_over(site: Site) -> None:
    planted(site, "noor", TODAY, DAY)
    planted(site, "zoë", TODAY, MORNING)
    page = List(site)

    assert [(each.reason, each.source) for each in page.child("noor").delivered] == [(ILL, "vliet las")]
    assert page.child("noor").parts == []
    assert page.child("zoë").parts == [AFTERNOON]
    assert "uit vliet las" in site.client.get(page.path).text
    answer = page.say("noor", ("day", "doctor"))
    assert answer.status_code == 422
    assert "aangeleverd" in answer.json()["detail"]
    assert page.say("zoë", ("day", "doctor")).status_code == 422
    assert page.say("zoë", ("afternoon", "doctor")).json()["kept"] == 1
    assert [(row[0], row[3], row[4]) for row in page.kept()] == [
        ("noor", ILL, False), ("zoë", ILL, False), ("zoë", DOCTOR, True)
    ]  # fmt: skip


def test_of_two_people_at_once_nothing_is_lost(site: Site) -> None:
    page = List(site)
    page.say("noor", ("day", "ill"))
    page = List(site, "directie")
    said = page.say("noor", ("day", "doctor")).json()
    assert said["kept"] == 0
    (lost,) = said["overtaken"]
    assert (lost["now"], lost["author"], lost["wanted"]) == ("ziek", "Juf kim", "dokter")
    assert [row[3] for row in page.kept()] == [ILL]
    assert page.say("noor", ("day", "ill")).json() | {"pupils": []} == {"kept": 0, "overtaken": [], "pupils": []}

    old = {"child": [str(site.world.uids[name]) for name in ("noor", "zoë")], "seen": ["", ""]}
    untouched = site.client.post(page.path, data=old)
    assert untouched.status_code == 303
    assert [row[3] for row in page.kept()] == [ILL]
    shown = site.client.post(page.path, data=old | {f"reason-{site.world.uids['noor']}": "late"})
    assert "staat nu op ziek (Juf kim); u koos te laat" in shown.text


def test_without_script_the_page_is_saved_with_one_button(site: Site) -> None:
    planted(site, "zoë", BEFORE, DAY, delivered=False)
    page = List(site)
    assert page.child("zoë").was_ill
    noor, zoe = (str(site.world.uids[name]) for name in ("noor", "zoë"))
    form = {"child": [noor, zoe], "seen": ["", ""], f"reason-{noor}": "late", f"part-{noor}": "morning", "still": zoe}
    assert site.client.post(page.path, data=form).status_code == 303
    assert sorted(row[0:1] + row[2:4] for row in page.kept() if row[1] == TODAY) == [
        ("noor", MORNING, LATE), ("zoë", DAY, ILL)
    ]  # fmt: skip
    assert not page.child("zoë").was_ill
    assert site.client.post(page.path, data=form | {"seen": [""]}).status_code == 422
    assert site.client.post(page.path, data=form | {f"reason-{noor}": "moe"}).status_code == 422


def test_a_week_back_and_never_ahead(site: Site) -> None:
    page = List(site)
    assert page.say("noor", ("day", "ill"), day=TODAY - timedelta(days=7)).json()["kept"] == 1
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=8)):
        assert page.say("noor", ("day", "ill"), day=day).status_code == 422
        assert site.client.get(page.path, params={"dag": str(day)}).status_code == 422
    assert len(page.kept()) == 1
    assert page.read().days[0].day == TODAY
    assert all(each.day.weekday() < 5 for each in page.read().days[1:])


def test_it_shows_on_vandaag_the_sheet_and_the_card(site: Site) -> None:
    List(site).say("noor", ("day", "ill"))
    away = site.client.get("/vandaag").text.partition('class="away"')[2].partition("</p>")[0]
    assert "ziek" in away
    assert "/verzuim" in away
    assert "ziek" in site.client.get(f"/kind/{site.world.uids['noor']}").text.lower()
    assert "(ziek)" in site.client.get(f"/groep/{site.world.group_uids['6B']}/invalkaart").text


def stand_in(site: Site, until: date) -> None:
    def give(world: World) -> None:
        whole: dict[str, Any] = {"starts_on": FIRST_DAY, "ends_on": until, "group_id": world.groups["6B"]}
        world.account("invaller", Role.SUBSTITUTE, **whole)

    site.change(give)


@pytest.mark.parametrize(
    ("login", "reads", "writes"),
    [
        ("kim", True, True),
        ("directie", True, True),
        ("kantoor", True, True),
        ("ib", True, False),
        ("piet", False, False),
        ("moeder", False, False),
        ("beheer", False, False),
        ("niemand", False, False),
    ],
)
def test_who_may_see_and_type_it(site: Site, login: str, reads: bool, writes: bool) -> None:  # noqa: FBT001
    site.change(lambda world: world.account("kantoor", Role.OFFICE))
    page = List(site, login)
    for path in (page.path, page.api):
        assert (site.client.get(path).status_code == 200) is reads, path
    assert (page.say("noor", ("day", "ill")).status_code == 200) is writes
    form = {"child": [str(site.world.uids["zoë"])], "seen": [""], f"reason-{site.world.uids['zoë']}": "ill"}
    assert (site.client.post(page.path, data=form).status_code == 303) is writes
    assert len(page.kept()) == 2 * writes
    if reads:
        assert ("Bewaren" in site.client.get(page.path).text) is writes
        assert page.path in site.client.get(page.path.removesuffix("/verzuim")).text
    if login == "kantoor":
        assert page.path.removesuffix("/verzuim") in site.client.get("/groepen").text
        planted(site, "noor", BEFORE, DAY)
        assert "vliet las" not in site.client.get(page.path, params={"dag": str(BEFORE)}).text


def test_a_substitute_until_the_last_day_and_nobody_for_a_child_elsewhere(site: Site) -> None:
    stand_in(site, TODAY)
    page = List(site, "invaller")
    assert page.say("noor", ("day", "ill")).json()["kept"] == 1
    for child in ("daan", "sem"):
        assert page.say(child, ("day", "ill")).status_code == 404
    for group in ("6A", "6Z"):
        other = List(site, "invaller", group)
        assert site.client.get(other.path).status_code == 404
        assert other.say("noor", ("day", "doctor"), seen="day:ill").status_code == 404
    assert len(page.kept()) == 1


def test_a_substitute_whose_days_are_over_gets_nothing(site: Site) -> None:
    stand_in(site, TODAY - timedelta(days=1))
    page = List(site, "invaller")
    assert site.client.get(page.api).status_code in (401, 403, 404)
    assert page.say("noor", ("day", "ill")).status_code in (401, 403, 404)
    assert page.kept() == []


def test_another_site_changes_nothing(one_site: Site) -> None:
    page = List(one_site)
    change = Change(pupil=one_site.world.uids["noor"], marks=[Mark(part=DAY, reason=ILL)])
    foreign = {"Sec-Fetch-Site": "cross-site"}
    body = {"day": str(TODAY), "changes": [change.model_dump(mode="json")]}
    assert one_site.client.post(page.api, json=body, headers=foreign).status_code == 403
    form = {"child": [str(change.pupil)], "seen": [""], f"reason-{change.pupil}": "ill"}
    assert one_site.client.post(page.path, data=form, headers={"X-Form-Token": "nagemaakt"}).status_code == 403
    assert page.kept() == []


def test_one_query_for_a_whole_group(demo_school: DemoSchool) -> None:
    with demo_school.engine.connect() as connection:
        grant = grant_for_group(connection, "6B")
        with statements(connection) as asked:
            absences_on(connection, grant, (DEMO_DAY, DEMO_DAY - timedelta(days=1)), DEMO_DAY)
    assert Kind.ATTENDANCE in grant.kinds
    assert len([each for each in asked if "absence" in str(each).lower()]) == 1
