"""Vandaag: who sees it, what it costs, what it notes in the access log, and the life of an instruction table."""

from datetime import time, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from starlette.requests import Request

from api.db import reading
from api.security.access import Visit
from api.security.sessions import SignedIn, Step
from api.services.today import compose_today
from models.account import LoginSession
from models.attendance import Absence
from models.attention import Instruction, InstructionPupil, SignalAnswer
from models.journal import Note
from models.person import Pupil
from models.practice import LearningObjective, PracticeCell
from models.queries.scope import Held, Scope, own_groups
from models.support import Agreement, Goal
from models.talk import Talk
from models.vocabulary import AbsencePart, AbsenceReason, GroupKind, NoteKind, Role, TalkKind
from tests.api.test_sheet import reads_of
from tests.site import Site
from tests.world import NOW, TODAY, World

OBJECTIVE = ("Rekenen", "Getallenlijn tot 1000")


def practise(world: World, name: str, right: int, days: int = 2, *, of: int = 12) -> None:
    """Let a child do so many first attempts on each of the last days, so many of them right."""
    if "snappet" not in world.sources:
        world.source("vliet", "snappet", leads_roll=False)
    source, school = world.sources["snappet"], world.schools["vliet"]
    found = world.connection.scalar(sa.select(LearningObjective.id).where(LearningObjective.name == OBJECTIVE[1]))
    objective = found or world.insert(
        LearningObjective, school_id=school, source_id=source, subject=OBJECTIVE[0], domain="", name=OBJECTIVE[1]
    )
    person = world.person("vliet", "snappet", name, pupil_id=world.pupils[name])
    for back in range(days):
        world.insert(
            PracticeCell, school_id=school, source_person_id=person, day=TODAY - timedelta(days=back),
            objective_id=objective, answers=of, correct=right, first_answers=of, first_correct=right,
            progress_sum=0, progress_n=0, no_difficulty=0, uncalibrated=0, home_answers=0, first_second=32_000,
            last_second=33_000, delivery_id=world.deliveries[source],
        )  # fmt: skip


def a_class(world: World, children: int = 6, called: str = "kind") -> list[str]:
    """Add children to 6B who practised: the first two go wrong most of the time, the others can do it."""
    names = [f"{called}{number}" for number in range(children)]
    for number, name in enumerate(names):
        world.pupil("vliet", name, "Klas", "6B")
        practise(world, name, right=4 if number < 2 else 11)
    return names


def today_of(site: Site, path: str = "/api/v1/today") -> dict[str, Any]:
    answer = site.client.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def full_day(world: World) -> None:
    """Noor has everything on one day."""
    school, noor = {"school_id": world.schools["vliet"]}, world.pupils["noor"]
    mine = school | {"pupil_id": noor}
    world.connection.execute(
        sa.update(Pupil).where(Pupil.id == noor).values(birth_date=TODAY.replace(year=TODAY.year - 10))
    )
    by = world.accounts["ib"]
    world.insert(Talk, **mine, planned_on=TODAY, planned_time=time(12, 15), question="kindgesprek", planned_by=by)
    world.insert(Talk, **mine, planned_on=TODAY, question="afgezegd", planned_by=by, cancelled_at=NOW)
    with_parents = mine | {"kind": TalkKind.REPORT, "planned_on": TODAY, "planned_by": by, "question": "van vader"}
    world.insert(Talk, **with_parents, planned_time=time(15, 30))
    world.insert(Talk, **with_parents, cancelled_at=NOW)
    world.insert(Agreement, **mine, body="Werkkaart maken", agreed_on=TODAY, due_on=TODAY - timedelta(days=1),
                 owner_account_id=world.accounts["kim"])  # fmt: skip
    world.insert(Agreement, **mine, body="Pas over een maand", agreed_on=TODAY, due_on=TODAY + timedelta(days=30))
    world.insert(Goal, **mine, body="Ik wil proefjes doen.", stated_on=TODAY - timedelta(days=9))
    world.insert(Absence, **mine, day=TODAY, part=AbsencePart.MORNING, reason=AbsenceReason.DOCTOR)


def test_what_is_due_today_stands_beside_who_needs_attention(site: Site) -> None:
    site.change(full_day)
    site.log_in("kim")

    day = today_of(site)

    assert [(talk["at"], talk["text"], talk["child"]["name"]) for talk in day["talks"]] == [
        ("12:15", "kindgesprek", "Noor"),
        ("15:30", "rapportgesprek", "Noor"),
    ]
    assert [(one["body"], one["is_overdue"], one["is_mine"]) for one in day["agreements"]] == [
        ("Werkkaart maken", True, True)
    ]
    assert [(goal["body"], goal["waits"]) for goal in day["goals"]] == [("Ik wil proefjes doen.", "wacht negen dagen")]
    assert [(kept["child"]["name"], kept["text"]) for kept in day["birthdays"]] == [("Noor", "wordt vandaag 10")]
    assert [(away["child"]["name"], away["text"]) for away in day["absent"]] == [("Noor", "dokter (ochtend)")]
    page = site.client.get("/vandaag").text
    for words in ("kindgesprek", "Werkkaart maken", "Ik wil proefjes doen.", "wordt vandaag 10", "dokter (ochtend)"):
        assert words in page
    with_parents = day["talks"][1]["id"]
    assert f'/kind/{site.world.uids["noor"]}/gesprek/{with_parents}"' in page
    assert site.client.get(f"/kind/{site.world.uids['noor']}/gesprek/{with_parents}").status_code == 200
    assert "van vader" not in page
    assert "afgezegd" not in page
    assert "Pas over een maand" not in page


def a_note_of_the_ib(world: World) -> None:
    world.insert(
        Note,
        school_id=world.schools["vliet"],
        pupil_id=world.pupils["noor"],
        observed_on=TODAY,
        written_at=NOW,
        kind=NoteKind.NOTE,
        body="Las voor aan de kleuters.",
        account_id=world.accounts["ib"],
    )


@pytest.mark.parametrize(
    ("login", "own", "of_6b", "begins"),
    [
        ("kim", 200, 200, "/vandaag"),
        ("piet", 200, 404, "/vandaag"),
        ("ib", 403, 200, None),
        ("directie", 403, 200, None),
        ("moeder", 403, 403, "/mijn-kind"),
    ],
)
def test_who_stands_before_a_group_begins_with_today(
    one_site: Site, login: str, own: int, of_6b: int, begins: str | None
) -> None:
    one_site.log_in(login)
    group = one_site.world.group_uids["6B"]

    start = one_site.client.get("/")

    assert one_site.client.get("/vandaag").status_code == own
    assert one_site.client.get(f"/groep/{group}/vandaag").status_code == of_6b
    assert one_site.client.get(f"/api/v1/groups/{group}/today").status_code == of_6b
    if begins:
        assert start.headers["location"].startswith(begins)
    else:
        assert start.status_code == 200


def test_a_reader_of_less_gets_less(site: Site) -> None:
    site.change(full_day)
    site.change(a_note_of_the_ib)
    site.change(a_class)
    group = site.world.group_uids["6B"]

    site.log_in("directie")
    head = today_of(site, f"/api/v1/groups/{group}/today")
    site.log_in("ib")
    ib = today_of(site, f"/api/v1/groups/{group}/today")

    assert head["work"] == [], "directie reads no practice of children"
    assert [talk["kind"] for talk in head["talks"]] == ["report"], "of talks among colleagues directie reads none"
    assert [one["source"] for one in head["news"]] == []
    assert ib["work"]
    assert ib["talks"]
    assert not any(one["acts"] for one in head["attention"])


def test_each_child_shown_is_one_line_in_the_access_log(site: Site) -> None:
    site.change(lambda world: world.member("vliet", world.persons["noor"], "Lezers", kind=GroupKind.INSTRUCTION))
    site.change(lambda world: world.grant("kim", Role.TEACHER, group_id=world.groups["Lezers"]))
    site.log_in("kim")

    day = today_of(site)

    assert {(chip["name"], chip["is_shown"]) for chip in day["groups"]} == {("6B", True), ("Lezers", True)}
    assert day["children"] == 2
    lines = [(pupil, kind, action) for pupil, kind, action, _ in site.lines()]
    assert sorted(lines) == sorted((site.world.pupils[name], "today", "read") for name in ("noor", "zoë"))

    of_one = today_of(site, f"/api/v1/groups/{site.world.group_uids['Lezers']}/today")
    assert {(chip["name"], chip["is_shown"]) for chip in of_one["groups"]} == {("6B", False), ("Lezers", True)}
    assert of_one["children"] == 1


def test_an_instruction_table_is_made_undone_held_and_printed(site: Site) -> None:
    site.change(a_class)
    site.log_in("kim")
    group = site.world.group_uids["6B"]
    stuck = ["kind0", "kind1"]
    form = {"subject": OBJECTIVE[0], "objective": OBJECTIVE[1], "child": [str(site.world.uids[name]) for name in stuck]}

    (work,) = today_of(site)["work"]
    assert [link["name"] for link in work["objectives"][0]["stuck"]] == ["Kind0", "Kind1"]
    assert spoken_of(site) == {"Kind0", "Kind1"}

    assert site.client.post(f"/groep/{group}/instructie", data=form).headers["location"] == "/vandaag#werk"
    day = today_of(site)
    (table,) = day["instructions"]
    assert [link["name"] for link in table["children"]] == ["Kind0", "Kind1"]
    assert day["work"][0]["objectives"][0]["instruction_planned"] is True
    assert spoken_of(site) == set(), "what was answered with an instruction stays away"
    assert [line[1:3] for line in site.lines()].count(("instruction", "wrote")) == 2

    paper = site.client.get(f"/groep/{group}/instructie/{table['id']}").text
    assert "Getallenlijn tot 1000" in paper
    assert "Kind1" in paper

    assert site.client.post(f"/groep/{group}/instructie/{table['id']}/weg").status_code == 303
    assert today_of(site)["instructions"] == []
    assert spoken_of(site) == {"Kind0", "Kind1"}, "undone is undone"
    with reading(site.engine) as connection:
        for left in (Instruction, InstructionPupil, SignalAnswer):
            assert connection.scalar(sa.select(sa.func.count()).select_from(left)) == 0

    made = site.client.post(
        f"/api/v1/groups/{group}/instructions",
        json={"subject": OBJECTIVE[0], "objective": OBJECTIVE[1], "children": form["child"]},
    )
    assert made.status_code == 201
    assert site.client.post(f"/api/v1/groups/{group}/instructions/{made.json()['id']}/held", json={}).status_code == 204
    assert today_of(site)["instructions"][0]["is_held"] is True


def spoken_of(site: Site) -> set[str]:
    """Of whom Vandaag says that they are stuck."""
    day = today_of(site)
    said = day["attention"] + day["smaller"]
    return {one["child"]["name"] for one in said if one["rule"] == "objective_stuck"}


def test_only_children_of_the_group_are_asked_and_only_by_who_writes_about_them(one_site: Site) -> None:
    one_site.change(a_class)
    group, uids = one_site.world.group_uids["6B"], one_site.world.uids
    wanted = {"subject": OBJECTIVE[0], "objective": OBJECTIVE[1]}

    def ask(login: str, *names: str, where: Any = group) -> int:
        one_site.log_in(login)
        body = wanted | {"children": [str(uids[name]) for name in names]}
        return one_site.client.post(f"/api/v1/groups/{where}/instructions", json=body).status_code

    assert ask("kim", "daan") == 404, "a child of another group"
    assert ask("kim", "sem") == 404, "a child of another school"
    assert ask("piet", "kind0") == 404
    assert ask("directie", "kind0") == 403
    assert ask("kim", *[]) == 422
    assert ask("ib", "kind0") == 201
    one_site.log_in("kim")
    table = today_of(one_site)["instructions"][0]["id"]
    one_site.log_in("piet")
    other = one_site.world.group_uids["6A"]
    for uid in (table, uuid4()):
        gone = one_site.client.request("DELETE", f"/api/v1/groups/{other}/instructions/{uid}", json={})
        assert gone.status_code == 404


def test_what_came_in_is_told_since_the_last_visit(site: Site) -> None:
    site.change(a_class)
    site.log_in("kim")
    first = today_of(site)
    assert first["since"] == "in de laatste week"
    assert [(one["source"], one["text"]) for one in first["news"]] == [("snappet", "144 antwoorden van 6 kinderen")]

    later = NOW + timedelta(seconds=2)
    site.change(lambda world: world.connection.execute(sa.update(LoginSession).values(seen_at=later)))
    site.log_in("kim")

    second = today_of(site)
    assert second["since"].startswith("sinds ")
    assert second["news"] == []


def test_the_number_of_reads_does_not_grow_with_the_class(site: Site) -> None:
    site.change(full_day)
    counts = []
    for children in (30, 300):
        site.change(partial(a_class, children=children, called=f"van{children}"))
        for _ in range(2):  # the first opens what a process remembers, the next compiles what that one did not
            counted(site)
        counts.append(counted(site))

    assert counts[0] == counts[1]
    assert 10 < counts[0] < 20, "with the one that finds the session at most twenty"


def counted(site: Site) -> int:
    """Count what composing the page asks of the database."""
    grants = {Held(Role.TEACHER, site.world.schools["vliet"], site.world.groups["6B"], frozenset(),
                   site.world.group_uids["6B"], "6B")}  # fmt: skip
    scope = Scope(site.world.accounts["kim"], TODAY, tuple(grants), NOW)
    with reading(site.engine) as connection:
        who = SignedIn(0, NOW, "kim", "Kim", scope, Step.NONE, None)
        visit = Visit(Request({"type": "http"}), site.client.app.state.kit, connection, NOW, who)  # type: ignore[attr-defined]
        read = own_groups(scope)
        connection.execute(sa.text("SELECT 1"))
        with reads_of(connection) as reads:
            compose_today(visit, read)
    return len(reads)
