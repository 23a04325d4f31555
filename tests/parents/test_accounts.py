"""Accounts for parents: who gets one, who does not, what a letter says and when its code is dead."""

import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api.db import reading
from models.account import Account, RoleGrant
from models.person import Guardian
from models.vocabulary import Custody, Role
from tests.households import FATHER_MAIL, FATHER_PHONE, move_in
from tests.site import SAME_SITE, SECRET_KEY, Site, browser
from tests.terminal import Finished, TypeIn
from tests.world import World

LETTER = re.compile(r"<dt>Inlognaam</dt><dd>(.*?)</dd><dt>Code</dt><dd>(.*?)</dd>")
NEW = "fiets kaas lamp boom"


@pytest.fixture
def at(site: Site) -> Site:
    return _with_families(site)


@pytest.fixture
def here(one_site: Site) -> Site:
    return _with_families(one_site)


def _with_families(site: Site) -> Site:
    """Zoë has a mother, who is Daan's too, a father apart, and an uncle without custody; nobody has an account."""

    def act(world: World) -> None:
        world.account("kantoor", Role.OFFICE)
        for name, custody in (("mama", Custody.YES), ("papa", Custody.YES), ("oom", Custody.NO)):
            reached = {"phone": FATHER_PHONE, "email": FATHER_MAIL} if name == "papa" else {}
            guardian = world.insert(
                Guardian, school_id=world.schools["vliet"], given_name=name, family_name="de Boër", **reached
            )
            world.guardianship(guardian, "zoë", custody)
            if name == "mama":
                world.guardianship(guardian, "daan", custody)

    site.change(act)
    return site


def make(site: Site, path: str = "", by: str = "kantoor", **fields: Any) -> Any:
    site.log_in(by)
    return site.client.post(path or f"/groep/{site.world.group_uids['6B']}/ouders", data={"again": "false"} | fields)


def enter(site: Site, login: str, code: str) -> tuple[Any, int]:
    client = browser(site.client.app, headers=SAME_SITE)
    return client, client.post("/uitnodiging", data={"login": login, "code": code}).status_code


def end_custody(site: Site, guardian: str, child: str = "zoë") -> None:
    from datetime import UTC, datetime

    from models.custody import CustodyRecord
    from models.vocabulary import CustodyEvidence

    def act(world: World) -> None:
        who = world.connection.scalars(sa.select(Guardian.id).where(Guardian.given_name == guardian)).one()
        last = world.connection.scalar(sa.select(sa.func.count()).select_from(CustodyRecord)) or 0
        world.insert(
            CustodyRecord,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils[child],
            guardian_id=who,
            version=last + 1,
            custody=Custody.NO,
            starts_at=datetime.now(UTC),
            evidence=CustodyEvidence.COURT,
            recorded_at=datetime.now(UTC),
            recorded_by="test",
        )

    site.change(act)


def test_a_group_is_one_step_and_again_makes_nothing_twice(at: Site) -> None:
    first = make(at)
    found = LETTER.findall(first.text)

    assert first.text.count('class="parent-letter"') == len(found) == 2, "oom heeft geen gezag, moeder al een account"
    assert "oom" not in first.text
    assert "van Zoë en Daan" in first.text or "van Daan en Zoë" in first.text, "één brief voor twee kinderen"
    assert re.fullmatch(r"deboer\.\d{4}", found[0][0])
    for secret in (FATHER_MAIL, FATHER_PHONE):
        assert secret not in first.text
    again = make(at)
    assert (again.status_code, LETTER.findall(again.text)) == (200, [])
    assert "niemand die een brief nodig heeft" in again.text
    other = make(at, f"/groep/{at.world.group_uids['6A']}/ouders")
    assert LETTER.findall(other.text) == [], "de moeder van Daan heeft haar brief al"
    with reading(at.engine) as connection:
        grants = sa.select(sa.func.count()).select_from(RoleGrant).where(RoleGrant.role == Role.PARENT)
        assert connection.scalar(grants) == 3


def test_with_the_code_a_parent_sees_the_own_children_only(at: Site) -> None:
    letters = dict(LETTER.findall(make(at).text))
    seen = []
    for login, code in letters.items():
        client, status = enter(at, login, code.lower())
        assert status == 303
        assert client.post("/uitnodiging/kiezen", data={"new": NEW}).headers["location"] == "/"
        seen.append([client.get(f"/mijn-kind/{at.world.uids[child]}").status_code for child in ("zoë", "daan", "noor")])

    assert sorted(seen) == [[200, 200, 404], [200, 404, 404]]
    at.log_in("kantoor")
    page = at.client.get(f"/groep/{at.world.group_uids['6B']}/ouders").text
    assert page.count("logt in, laatst gezien") + page.count("is begonnen") >= 2
    assert "geen gezag: geen account" in page


def test_a_new_letter_ends_the_old_code(at: Site) -> None:
    login, old = LETTER.findall(make(at, f"/kind/{at.world.uids['daan']}/ouders").text)[0]
    with reading(at.engine) as connection:
        mama = connection.scalars(sa.select(Guardian.uid).where(Guardian.given_name == "mama")).one()
    same, new = LETTER.findall(make(at, f"/kind/{at.world.uids['daan']}/ouders", guardian=str(mama)).text)[0]

    assert same == login
    assert [enter(at, login, old)[1], enter(at, login, new)[1]] == [401, 303]


def test_custody_that_ends_kills_the_code_and_the_access(at: Site) -> None:
    letters = LETTER.findall(make(at).text)
    inside, status = enter(at, *letters[0])
    assert status == 303
    inside.post("/uitnodiging/kiezen", data={"new": NEW})
    assert inside.get(f"/mijn-kind/{at.world.uids['zoë']}").status_code == 200
    for guardian, child in (("mama", "zoë"), ("mama", "daan"), ("papa", "zoë")):
        end_custody(at, guardian, child)

    assert enter(at, *letters[1])[1] == 401, "de code is dood"
    assert inside.get(f"/mijn-kind/{at.world.uids['zoë']}").status_code == 404
    assert LETTER.findall(make(at, again="true").text) == [], "geen gezag, geen nieuwe brief"


def test_custody_of_one_of_two_children_leaves_the_other(here: Site) -> None:
    login, code = LETTER.findall(make(here, f"/kind/{here.world.uids['daan']}/ouders").text)[0]
    end_custody(here, "mama", "zoë")

    client, status = enter(here, login, code)
    client.post("/uitnodiging/kiezen", data={"new": NEW})

    assert status == 303
    assert [client.get(f"/mijn-kind/{here.world.uids[child]}").status_code for child in ("zoë", "daan")] == [404, 200]


def test_nobody_else_makes_accounts_for_parents(here: Site) -> None:
    group, child = f"/groep/{here.world.group_uids['6B']}/ouders", f"/kind/{here.world.uids['zoë']}/ouders"
    for login in ("kim", "ib", "beheer", "moeder", "niemand"):
        here.log_in(login)
        for path in (group, child, "/beheer/ouders"):
            assert here.client.get(path).status_code == 403
        assert here.client.post(group, data={"again": "false"}).status_code == 403
    sem = f"/kind/{here.world.uids['sem']}/ouders"
    assert make(here, sem).status_code == 404, "een andere school"
    with reading(here.engine) as connection:
        papa = connection.scalars(sa.select(Guardian.uid).where(Guardian.given_name == "papa")).one()
    noor = f"/kind/{here.world.uids['noor']}/ouders"
    assert make(here, noor, guardian=str(papa)).status_code == 404, "geen ouder van dit kind"


def test_administration_makes_no_letter_for_who_also_works_here(here: Site) -> None:
    """Whoever writes a letter could use it: not to become the teacher who is a mother as well."""
    people = move_in_once(here)
    here.change(lambda world: world.grant("moeder", Role.TEACHER, group_id=world.groups["6A"]))

    answer = make(here, f"/kind/{here.world.uids['noor']}/ouders", guardian=str(people["moeder"]))

    assert (answer.status_code, "andere rol" in answer.text, LETTER.findall(answer.text)) == (422, True, [])


def move_in_once(site: Site) -> dict[str, Any]:
    site.change(lambda world: world.connection.execute(sa.delete(RoleGrant).where(RoleGrant.role == Role.OFFICE)))
    site.change(
        lambda world: world.connection.execute(
            sa.update(Account).where(Account.login == "kantoor").values(login="kantoor-oud")
        )
    )
    return move_in(site)


def test_each_letter_is_a_line_of_who_made_it(here: Site) -> None:
    make(here, by="directie")

    lines = here.lines()
    assert [line[2] for line in lines if line[1] == "account"] == ["invited", "invited"]
    assert (here.world.pupils["zoë"], "parents", "wrote") in [line[:3] for line in lines]
    assert not [line for line in lines if "deboer" in str(line)]


def test_the_command_line_makes_the_same_letters_once(here: Site, type_in: TypeIn, tmp_path: Path) -> None:
    def letters(*words: str) -> Finished:
        return type_in("account parents", *words, DATABASE_URL=str(here.engine.url), SECRET_KEY=SECRET_KEY)

    file = tmp_path / "6b.html"
    done = letters(str(file), "--school", "99KB", "--group", "6B")
    assert (done.returncode, "2 brieven" in done.stdout) == (0, True), done.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    found = LETTER.findall(file.read_text())
    assert len(found) == 2
    assert [code for _, code in found if code in done.stdout + done.stderr] == []
    assert enter(here, *found[0])[1] == 303
    assert "niemand" in letters(str(tmp_path / "weer.html"), "--school", "99KB", "--group", "6B").stdout
    assert letters(str(file), "--school", "99KB", "--group", "6B").returncode == 2
    assert "9Q" in letters(str(tmp_path / "x.html"), "--school", "99KB", "--group", "9Q").stderr
