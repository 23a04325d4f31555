"""/voor-wie and "wie kan dit zien": the matrix as people read it, and exactly those whom the authorizer lets in."""

import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from api.db import reading
from api.services.voor_wie import compose_matrix
from models.account import Account, RoleGrant
from models.custody import EmergencyAccess
from models.group import ClassGroup
from models.person import Guardian, Pupil
from models.queries import accounts, readers
from models.queries.scope import Grant, NotFoundError, Scope, authorize
from models.rules.access import MATRIX, Kind, Position
from models.rules.grounds import WORDS
from models.vocabulary import Custody, EmergencyReason, GroupKind, Role
from tests.demo_school import NOW as DEMO_NOW
from tests.demo_school import TODAY as DEMO_TODAY
from tests.demo_school import DemoSchool
from tests.site import Site
from tests.world import NOW, TODAY, World

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def people(world: World) -> None:
    """Someone in each position, a duo of roles, someone switched off, and a reason that is open."""
    world.account("invaller", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=TODAY)
    world.account("oud-invaller", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=TODAY - timedelta(days=1))
    world.account("administratie", Role.OFFICE)
    world.account("bestuur", Role.BOARD)
    world.account("noor-zelf", Role.PUPIL, pupil_id=world.pupils["noor"])
    world.parent("vader", "noor", Custody.YES)
    world.parent("vader-zonder", "noor", Custody.NO)
    world.grant("moeder", Role.TEACHER, group_id=world.groups["6A"])
    world.insert(
        EmergencyAccess,
        school_id=world.schools["vliet"],
        account_id=world.accounts["directie"],
        pupil_id=world.pupils["noor"],
        kind=Kind.WELLBEING,
        reason=next(iter(EmergencyReason)),
        explanation="vanwege een gesprek met de ouders",
        opened_at=NOW - timedelta(minutes=5),
        ends_at=NOW + timedelta(minutes=55),
    )


def answers(grant: Grant) -> dict[Kind, str]:
    return {kind: grant.ground_for(kind) for kind in grant.kinds}


def test_the_list_of_readers_is_the_authorizers_own_answer_for_every_account(site: Site) -> None:
    site.change(people)

    with reading(site.engine) as connection:
        for school_id in site.world.schools.values():
            everyone = accounts.everyone_at(connection, school_id, TODAY, NOW)
            assert len(everyone) >= (11 if school_id == site.world.schools["vliet"] else 0)
        for name, uid in site.world.uids.items():
            school_id = site.world.schools["duin" if name == "sem" else "vliet"]
            grant = Grant(site.world.pupils[name], school_id, Role.IB, "IB", frozenset())
            listed = {
                reader.account_id: (answers(reader.grant), reader.grant.opens)
                for reader in readers.readers(connection, grant, Scope(0, TODAY, (), NOW))
            }
            for login, account_id in site.world.accounts.items():
                held = next(
                    (each.held for _, each in accounts.everyone_at(connection, school_id, TODAY, NOW)
                     if each.account_id == account_id), ()
                )  # fmt: skip
                try:
                    own = authorize(connection, Scope(account_id, TODAY, held, NOW), uid, Kind.NAME)
                except NotFoundError:
                    assert account_id not in listed, (login, name)
                else:
                    assert listed[account_id] == (answers(own), own.opens), (login, name)


@pytest.mark.parametrize("child", ["noor", "zoë", "daan"])
def test_the_page_names_exactly_who_gets_the_sheet(one_site: Site, child: str) -> None:
    one_site.change(people)
    one_site.log_in("ib")
    page = one_site.client.get(f"/api/v1/pupils/{one_site.world.uids[child]}/readers").json()
    placed = next(part["readers"] for part in page["parts"] if Kind.PLACEMENT.label in part["kinds"])
    named = {reader["name"].removeprefix("Juf ") for reader in placed}
    family = {"moeder": "ouder met gezag", "vader": "ouder met gezag", "noor-zelf": "het kind zelf"}

    gets = set()
    for login in one_site.world.accounts:
        one_site.log_in(login)
        ways = ("kind", "mijn-kind")
        if any(one_site.status(f"/{way}/{one_site.world.uids[child]}") == 200 for way in ways):
            ground = one_site.client.get(f"/api/v1/pupils/{one_site.world.uids[child]}/sheet").json()["ground"]
            gets.add(family[login] if ground in family.values() else login)

    assert named == gets


def test_in_the_demo_school_the_list_is_the_authorizers_own_answer_for_every_child(demo_school: DemoSchool) -> None:
    compared = 0
    with demo_school.engine.connect() as connection:  # never committed: others read this school too
        school_id = everyone_works_here(connection)
        people = accounts.everyone_at(connection, school_id, DEMO_TODAY, DEMO_NOW)
        for pupil in connection.execute(sa.select(Pupil.id, Pupil.uid).where(Pupil.school_id == school_id)).all():
            asked = Grant(pupil.id, school_id, Role.IB, "IB", frozenset())
            listed = {
                reader.account_id: reader.grant
                for reader in readers.readers(connection, asked, Scope(0, DEMO_TODAY, (), DEMO_NOW))
            }
            for _, scope in people:
                try:
                    own: Grant | None = authorize(connection, scope, pupil.uid, Kind.NAME)
                except NotFoundError:
                    own = None
                assert listed.pop(scope.account_id, None) == own
                compared += 1
            assert listed == {}

    assert compared >= 2000


def everyone_works_here(connection: sa.Connection) -> int:
    """Give the demo school a teacher and a substitute per group, one of each other role, and twenty parents."""
    school_id = connection.scalar(sa.select(Pupil.school_id).limit(1))
    assert school_id is not None
    groups = connection.scalars(sa.select(ClassGroup.id).where(ClassGroup.kind == GroupKind.HOME)).all()
    guardians = connection.scalars(sa.select(Guardian.id).order_by(Guardian.id).limit(20)).all()
    held: list[dict[str, Any]] = [{"role": role} for role in (Role.IB, Role.HEAD, Role.OFFICE, Role.BOARD, Role.ADMIN)]
    held += [{"role": Role.TEACHER, "group_id": group} for group in groups]
    held += [{"role": Role.SUBSTITUTE, "group_id": group, "ends_on": DEMO_TODAY} for group in groups[:5]]
    held += [{"role": Role.PARENT, "guardian_id": guardian} for guardian in guardians]
    for number, grant in enumerate(held):
        made = connection.execute(
            sa.insert(Account).values(login=f"iemand {number}", display_name=f"Iemand {number}", created_at=DEMO_NOW)
        )
        assert made.inserted_primary_key is not None
        connection.execute(
            sa.insert(RoleGrant).values(
                account_id=made.inserted_primary_key[0],
                school_id=school_id,
                starts_on=DEMO_TODAY,
                granted_by="test",
                **grant,
            )
        )
    return school_id


def test_a_reason_that_is_open_says_its_number_and_who_may_open_one_is_named_apart(one_site: Site) -> None:
    one_site.change(people)
    one_site.log_in("ib")

    page = one_site.client.get(f"/api/v1/pupils/{one_site.world.uids['noor']}/readers").json()
    wellbeing = next(part for part in page["parts"] if Kind.WELLBEING.label in part["kinds"])
    notes = next(part for part in page["parts"] if Kind.NOTES.label in part["kinds"])

    assert {"name": "Juf directie", "ground": "reden 1"} in wellbeing["readers"]
    assert [reader["name"] for reader in notes["with_reason"]] == ["Juf directie"]
    assert "Juf directie" not in {reader["name"] for reader in notes["readers"]}


def test_a_parent_learns_no_name_of_another_household(one_site: Site) -> None:
    one_site.change(people)
    one_site.log_in("vader")

    answer = one_site.client.get(f"/api/v1/pupils/{one_site.world.uids['noor']}/readers").json()
    page = one_site.client.get(f"/kind/{one_site.world.uids['noor']}/wie").text

    names = {(reader["name"], reader["ground"]) for part in answer["parts"] for reader in part["readers"]}
    assert ("ouder met gezag", None) in names
    assert ("het kind zelf", None) in names
    assert ("Juf kim", "groep 6B") in names
    # Moeder teaches 6A too: as a colleague she is named, as a parent she is not.
    assert {ground for name, ground in names if name == "Juf moeder"} <= {"leraar van deze school"}
    assert "Juf vader-zonder" not in page
    assert "Juf oud-invaller" not in page


@pytest.mark.parametrize(("login", "status"), [("noor-zelf", 403), ("bestuur", 403), ("beheer", 403), ("piet", 404)])
def test_who_may_not_ask_does_not_hear_who_may(one_site: Site, login: str, status: int) -> None:
    one_site.change(people)
    one_site.log_in(login)

    assert one_site.client.get(f"/kind/{one_site.world.uids['noor']}/wie").status_code == status


def test_the_matrix_on_the_page_is_the_matrix_in_the_code() -> None:
    matrix = compose_matrix()
    shown = {row.kind: row for theme in matrix.themes for row in theme.rows}

    assert set(shown) == set(Kind)
    assert [column.position for column in matrix.columns] == list(Position)
    for kind, row in shown.items():
        assert tuple(cell.cell for cell in row.cells) == MATRIX[Kind(kind)]
        assert (row.ground, row.kept) == (WORDS[Kind(kind)].ground, WORDS[Kind(kind)].kept)


@pytest.mark.parametrize(
    ("login", "first"),
    [
        ("kim", ["teacher", "elsewhere"]),
        ("moeder", ["teacher", "elsewhere", "parent"]),
        ("vader-zonder", ["without_custody"]),
        ("invaller", ["elsewhere", "substitute"]),
        ("bestuur", ["board"]),
        ("noor-zelf", ["pupil"]),
        ("niemand", []),
    ],
)
def test_your_own_columns_come_first(one_site: Site, login: str, first: list[str]) -> None:
    one_site.change(people)
    one_site.log_in(login)

    matrix = one_site.client.get("/api/v1/voor-wie").json()
    page = one_site.client.get("/voor-wie").text

    assert [column["position"] for column in matrix["columns"] if column["is_yours"]] == first
    assert [column["position"] for column in matrix["columns"]][: len(first)] == first
    assert {row["ground"] for theme in matrix["themes"] for row in theme["rows"]} == {w.ground for w in WORDS.values()}
    assert page.count("<small>u</small>") == len(first)


@pytest.mark.browser
def test_it_prints_on_a4_landscape_with_every_row(one_site: Site, browser: "Browser") -> None:
    one_site.change(people)
    one_site.log_in("moeder")
    html = one_site.client.get("/voor-wie").text
    page = browser.new_page()
    page.route("**/*", lambda route: _serve(route, one_site, html))
    page.goto("https://testserver/voor-wie")

    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()

    assert 1 <= len(pdf.pages) <= 4
    for sheet in pdf.pages:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (842, 595)
    text = "".join("".join(sheet.extract_text().split()) for sheet in pdf.pages).casefold()
    for kind in Kind:
        assert "".join(kind.label.split()).casefold() in text, kind
    assert "oudermetgezag" in text


def test_the_command_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    from api.commands.voor_wie import show

    show(as_json=True)

    assert json.loads(capsys.readouterr().out) == compose_matrix().model_dump(mode="json")


def _serve(route: "object", site: Site, html: str) -> None:
    path = route.request.url.removeprefix("https://testserver")  # type: ignore[attr-defined]
    if path == "/voor-wie":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")  # type: ignore[attr-defined]
    else:
        answer = site.client.get(path)
        route.fulfill(body=answer.content, content_type=answer.headers["content-type"])  # type: ignore[attr-defined]
