"""Logging in with a school account, at a real provider: there and back, the first time, and out again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from api.db import reading
from api.security import oidc
from api.services import sso_setup
from models.account import Account, Authenticator, LoginSession, RoleGrant
from models.audit import AccessLog
from models.sso import ExternalIdentity, SsoAttempt
from models.vocabulary import LoginMethod, Role
from tests.conftest import Database
from tests.identity_provider import running
from tests.school_account import SETTINGS, URL, SchoolAccount, add, code_on, make, query_of
from tests.site import make_site
from tests.world import NOW, PASSWORD


@pytest.fixture
def school(database: Database) -> Iterator[SchoolAccount]:
    yield from make(database, second_factor="demo")


@pytest.fixture
def one_school(sqlite: Database) -> Iterator[SchoolAccount]:
    yield from make(sqlite, second_factor="demo")


def test_someone_who_is_linked_logs_in_and_sees_what_the_role_here_gives(school: SchoolAccount) -> None:
    school.link("kim")

    answer = school.log_in()

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert school.site.client.get(f"/kind/{school.site.world.uids['noor']}").status_code == 200
    assert school.site.client.get(f"/kind/{school.site.world.uids['daan']}").status_code == 404
    assert [row.method for row in school.rows(LoginSession)] == [LoginMethod.SSO]
    assert school.rows(ExternalIdentity)[0].used_at is not None


def test_the_page_that_was_asked_for_comes_after_the_log_in(one_school: SchoolAccount) -> None:
    one_school.link("kim")
    sheet = f"/kind/{one_school.site.world.uids['noor']}"

    away = one_school.site.client.get(f"/sso/{one_school.uid}?naar={sheet}")
    answer = one_school.come_back(one_school.log_in_there(away.headers["location"]))

    assert answer.headers["location"] == sheet


@pytest.mark.parametrize("path", ["//elders.nl", "https://elders.nl", "/\\elders.nl", "/" + 300 * "a"])
def test_the_way_back_never_leads_elsewhere(one_school: SchoolAccount, path: str) -> None:
    one_school.link("kim")

    away = one_school.site.client.get(f"/sso/{one_school.uid}", params={"naar": path})
    answer = one_school.come_back(one_school.log_in_there(away.headers["location"]))

    assert answer.headers["location"] == "/"


def test_no_more_is_asked_than_who_it_is(one_school: SchoolAccount) -> None:
    asked = query_of(one_school.leave().headers["location"])

    assert asked["scope"] == "openid"
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{URL}/sso/{one_school.uid}/terug"
    assert len(asked["state"]) >= 43
    assert len(asked["nonce"]) >= 43
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


def test_who_is_not_known_here_hears_so_calmly_and_gets_nothing(school: SchoolAccount) -> None:
    answer = school.log_in()

    assert answer.status_code == 403
    assert "u hebt hier nog geen account" in answer.text
    assert "U bent ingelogd bij Devliet" in answer.text
    assert not school.signed_in
    assert school.rows(ExternalIdentity) == []
    assert school.reasons() == ["unknown"]


def test_an_invitation_links_the_account_that_is_chosen_then(school: SchoolAccount) -> None:
    school.invited("kim")
    page = school.site.client.get("/uitnodiging/kiezen").text
    assert f'href="/sso/{school.uid}">Inloggen met Devliet</a>' in page

    away = school.leave()
    answer = school.come_back(school.log_in_there(away.headers["location"]))

    assert query_of(away.headers["location"])["prompt"] == "login"
    assert answer.status_code == 303
    assert school.site.client.get(f"/kind/{school.site.world.uids['noor']}").status_code == 200
    [identity] = school.rows(ExternalIdentity)
    assert (identity.account_id, identity.linked_by) == (school.site.world.accounts["kim"], "uitnodiging")
    assert [row.revoked_at is None for row in school.rows(LoginSession)] == [False, True]


@pytest.mark.parametrize(
    ("listed", "prompt"), [(["none", "login", "select_account"], "select_account"), (["login"], "login")]
)
def test_who_links_an_account_says_anew_who_they_are_in_words_that_the_provider_knows(
    one_school: SchoolAccount, listed: list[str], prompt: str
) -> None:
    oidc._known.clear()
    one_school.idp.lies["description"] = lambda said: said | {"prompt_values_supported": listed}
    assert "prompt" not in query_of(one_school.leave().headers["location"])
    one_school.invited("kim")

    assert query_of(one_school.leave().headers["location"])["prompt"] == prompt


def test_the_letter_is_used_up_and_the_old_password_with_it(one_school: SchoolAccount) -> None:
    one_school.invited("kim")
    other = one_school.leave()
    assert one_school.log_in().status_code == 303
    one_school.site.client.post("/logout")

    answer = one_school.site.client.post("/login", data={"login": "kim", "password": PASSWORD})

    assert answer.status_code == 401
    assert one_school.come_back(one_school.log_in_there(other.headers["location"])).status_code == 400


def test_a_second_step_that_someone_has_is_still_asked_after_an_invitation(one_school: SchoolAccount) -> None:
    kim = one_school.site.world.accounts["kim"]
    app = {"account_id": kim, "secret": b"s" * 60, "created_at": NOW, "confirmed_at": NOW}
    one_school.site.change(lambda world: world.insert(Authenticator, **app))
    one_school.invited("kim")

    assert one_school.log_in().status_code == 303
    assert one_school.site.client.get("/").headers["location"].startswith("/login/tweede-stap")


def test_b50_a_letter_of_someone_else_and_ones_own_school_account_do_not_pass_their_second_step(
    sqlite: Database,
) -> None:
    """The provider asked two factors, but of a colleague who found the letter."""
    with running() as idp:
        for site in make_site(sqlite, **SETTINGS):
            school = add(site, idp, second_factor=["amr=mfa"])
            kim = site.world.accounts["kim"]
            app = {"account_id": kim, "secret": b"s" * 60, "created_at": NOW, "confirmed_at": NOW}
            site.change(lambda world, app=app: world.insert(Authenticator, **app))  # type: ignore[misc]
            idp.claims["amr"] = ["mfa"]
            school.invited("kim")

            assert school.log_in().status_code == 303
            assert site.client.get("/").headers["location"].startswith("/login/tweede-stap")


def test_an_invitation_does_not_take_over_a_school_account_of_someone_else(one_school: SchoolAccount) -> None:
    one_school.link("kim")
    one_school.invited("ib")

    answer = one_school.log_in()

    assert answer.status_code == 400
    assert "hoort hier al bij iemand anders" in answer.text
    assert len(one_school.rows(ExternalIdentity)) == 1
    assert one_school.reasons()[-1] == "taken"


def test_an_invitation_links_nothing_at_a_school_where_one_does_not_belong(one_school: SchoolAccount) -> None:
    other = add(one_school.site, one_school.idp, school="duin")
    one_school.invited("kim")

    assert other.log_in().status_code == 403
    assert one_school.rows(ExternalIdentity) == []


def test_a_new_invitation_replaces_the_school_account(one_school: SchoolAccount) -> None:
    one_school.link("kim", who="kim-oud")
    one_school.idp.who = "kim-nieuw"
    one_school.invited("kim")

    assert one_school.log_in().status_code == 303
    assert len(one_school.rows(ExternalIdentity)) == 1


def test_an_administrator_links_with_the_code_on_the_screen(school: SchoolAccount) -> None:
    code = code_on(school.log_in())

    sso_setup.link_waiting(school.site.engine, code.lower().replace("-", " "), "Kim", "beheer", NOW)

    assert school.log_in().status_code == 303
    assert school.rows(SsoAttempt) == []


def test_the_code_on_the_screen_is_gone_after_a_day(one_school: SchoolAccount) -> None:
    code = code_on(one_school.log_in())

    with pytest.raises(sso_setup.SetupError, match="is er niet"):
        sso_setup.link_waiting(one_school.site.engine, code, "kim", "beheer", NOW + timedelta(hours=25))


def test_the_email_address_is_kept_a_day_for_the_administrator_only_where_the_school_asks_it(
    sqlite: Database,
) -> None:
    with running() as idp:
        idp.claims["email"] = "kim@devliet.nl"
        for site in make_site(sqlite, **SETTINGS):
            silent, asking = add(site, idp), add(site, idp, school="duin", asks_email=True)
            codes = [code_on(school.log_in()) for school in (silent, asking)]
            emails = [sso_setup.waiting(site.engine, code, NOW).email for code in codes]

    assert emails == [None, "kim@devliet.nl"]


@pytest.mark.parametrize(
    ("said", "is_enough"),
    [
        ({}, False),
        ({"amr": ["pwd"]}, False),
        ({"acr": "mfa"}, False),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "urn:hoog"}, True),
    ],
)
def test_only_what_the_school_named_counts_as_a_second_factor(
    sqlite: Database, said: dict[str, object], *, is_enough: bool
) -> None:

    with running() as idp:
        for site in make_site(sqlite, **SETTINGS):
            school = add(site, idp, second_factor=["amr=mfa", "acr=urn:hoog"])
            school.link("kim")
            idp.claims |= said
            asked = query_of(school.leave().headers["location"])
            school.log_in()
            [session] = school.rows(LoginSession)
            page = site.client.get(f"/kind/{site.world.uids['noor']}")

    assert asked["acr_values"] == "urn:hoog"
    assert (session.second_factor_at is not None) is is_enough
    assert (page.status_code == 200) is is_enough


@pytest.mark.parametrize("what", ["disabled", "no role", "role elsewhere"])
def test_who_has_no_account_or_role_here_any_more_stays_out(school: SchoolAccount, what: str) -> None:
    school.link("kim")
    kim = school.site.world.accounts["kim"]
    ended = sa.update(RoleGrant).where(RoleGrant.account_id == kim).values(ends_on=date(2020, 1, 1))
    change = {
        "disabled": sa.update(Account).where(Account.id == kim).values(disabled_at=NOW),
        "no role": ended,
        "role elsewhere": ended,
    }[what]
    school.site.change(lambda world: world.connection.execute(change))
    if what == "role elsewhere":
        school.site.change(lambda world: world.grant("kim", Role.HEAD, "duin"))

    assert school.log_in().status_code == 403
    assert not school.signed_in


def test_keys_that_changed_are_read_once_more(one_school: SchoolAccount) -> None:
    one_school.link("kim")
    one_school.log_in()
    one_school.idp.asked.clear()
    one_school.site.client.cookies.delete("__Host-kindblad")
    one_school.log_in()
    assert "/keys" not in one_school.idp.asked, "de sleutels zijn een uur bekend"
    one_school.site.client.cookies.delete("__Host-kindblad")

    one_school.idp.rotate("second")
    answer = one_school.log_in()

    assert answer.status_code == 303
    assert one_school.idp.asked.count("/keys") == 1


def test_a_provider_that_is_out_of_order_is_not_asked_again_by_everyone_who_clicks(
    one_school: SchoolAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them may wait six seconds on one of the four threads that make the pages of everybody else."""
    oidc._known.clear()
    one_school.idp.asked.clear()
    one_school.idp.lies["description"] = lambda _: {}

    assert [one_school.leave().status_code for _ in range(3)] == [400] * 3
    assert len(one_school.idp.asked) == 1

    monkeypatch.setattr(oidc, "LEFT_ALONE", 0)
    one_school.idp.lies.clear()
    assert one_school.leave().status_code == 303


def test_no_transaction_stays_open_while_the_provider_is_asked(school: SchoolAccount) -> None:
    if school.site.engine.dialect.name == "sqlite":
        pytest.skip("SQLite does not tell who is reading")
    waiting: list[int] = []
    idle = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in trans%'"

    def describe(said: dict[str, object]) -> dict[str, object]:
        with reading(school.site.engine) as connection:
            waiting.append(connection.scalar(sa.text(idle)) or 0)
        return said

    oidc._known.clear()
    school.idp.lies["description"] = describe
    school.leave()

    assert waiting == [0]


def test_a_password_still_works_beside_it(one_school: SchoolAccount) -> None:
    page = one_school.site.client.get("/login").text
    answer = one_school.site.client.post("/login", data={"login": "kim", "password": PASSWORD})

    assert f'href="/sso/{one_school.uid}">Inloggen met Devliet</a>' in page
    assert answer.status_code == 303


def test_logging_out_ends_our_session_and_offers_to_log_out_there(one_school: SchoolAccount) -> None:
    one_school.link("kim")
    one_school.log_in()

    answer = one_school.site.client.post("/logout")
    page = one_school.site.client.get(answer.headers["location"])

    assert not one_school.signed_in
    assert answer.headers["location"] == f"/sso/{one_school.uid}/uitgelogd"
    assert f'href="/sso/{one_school.uid}/uitloggen">Ook uitloggen bij Devliet</a>' in page.text

    there = one_school.site.client.get(f"/sso/{one_school.uid}/uitloggen").headers["location"]
    assert there.startswith(f"{one_school.idp.issuer}/logout?")
    assert query_of(there) == {"client_id": "kindblad", "post_logout_redirect_uri": f"{URL}/login"}


def test_the_log_says_who_logged_in_how_and_keeps_nothing_of_the_token(one_school: SchoolAccount) -> None:
    one_school.link("kim")
    one_school.log_in()

    lines = [row for row in one_school.rows(AccessLog) if row.kind == "login"]

    assert [(row.action, row.ground.split(" ")[1:]) for row in lines] == [
        ("refused", ["sso", "1", "unknown"]),
        ("ok", ["sso", "1"]),
    ]
    assert lines[-1].account_id == one_school.site.world.accounts["kim"]


def test_attempts_that_nobody_finished_do_not_pile_up(one_school: SchoolAccount) -> None:
    for _ in range(3):
        one_school.leave()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        one_school.leave()

    assert len(one_school.rows(SsoAttempt)) == 1
