"""Who tries to log in as someone else with a school account: forged tokens, foreign answers, equal addresses.

The provider is real (tests/identity_provider.py) and lies in one respect at a time. Each refusal leaves no session and
a word in the log, so that a test cannot pass for another reason than its own.
"""

import base64
import hmac
import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from Cryptodome.PublicKey import RSA
from jwkest.jwk import RSAKey
from jwkest.jws import JWS

from api.security import oidc, outward, patience
from models.account import Account, LoginSession, RoleGrant
from models.sso import ExternalIdentity
from tests.conftest import Database
from tests.identity_provider import IdentityProvider, running
from tests.school_account import URL, SchoolAccount, add, make, query_of

OTHER_KEY = RSAKey(key=RSA.generate(2048), kid="first", use="sig", alg="RS256")
NOW = int(time.time())


@pytest.fixture
def school(sqlite: Database) -> Iterator[SchoolAccount]:
    """Serve a school where kim is linked, and has not logged in yet."""
    for made in make(sqlite, second_factor="demo"):
        made.link("kim")
        yield made


def refused(school: SchoolAccount, answer: Any, reason: str, status: int = 400) -> None:
    """The log-in did not happen, for this reason, and nothing of it was kept."""
    assert answer.status_code == status, answer.text
    assert school.reasons()[-1] == reason
    assert school.rows(LoginSession) == []
    assert not school.signed_in


def part(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def unsigned(claims: dict[str, Any]) -> str:
    return f"{part({'alg': 'none'})}.{part(claims)}."


def hashed(claims: dict[str, Any], secret: bytes) -> str:
    """Sign as if a key that others know were a shared secret (algorithm confusion)."""
    signed = f"{part({'alg': 'HS256', 'kid': 'first'})}.{part(claims)}"
    digest = hmac.digest(secret, signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def with_own_key(claims: dict[str, Any]) -> str:
    """Bring the key along in the token."""
    return str(JWS(json.dumps(claims), alg="RS256", jwk=OTHER_KEY.serialize()).sign_compact(keys=[OTHER_KEY]))


@pytest.mark.parametrize(
    "forge",
    [
        lambda _, claims: unsigned(claims),
        lambda idp, claims: hashed(claims, idp.client_secret.encode()),
        lambda idp, claims: hashed(claims, idp.key.key.publickey().export_key()),
        lambda idp, claims: idp.sign(claims, OTHER_KEY),
        lambda _, claims: with_own_key(claims),
        lambda idp, claims: idp.sign(claims)[:-8] + "AAAAAAAA",
        lambda idp, claims: ".".join([idp.sign(claims).split(".")[0], part(claims | {"sub": "x"}), "AAAA"]),
        lambda *_: "geen token",
    ],
    ids=["none", "hs256-secret", "hs256-public-key", "other-key", "key-in-token", "cut", "other-content", "no-token"],
)
def test_b53_a_token_that_the_provider_did_not_sign_is_refused(school: SchoolAccount, forge: Any) -> None:
    school.idp.lies["claims"] = lambda claims: forge(school.idp, claims)

    refused(school, school.log_in(), "signature")


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"iss": "https://elders.nl"}, "claim_iss"),
        ({"iss": None}, "claim_iss"),
        ({"aud": "een andere klant"}, "claim_aud"),
        ({"aud": "een andere klant", "azp": "kindblad"}, "claim_aud"),
        ({"aud": None}, "claim_aud"),
        ({"aud": ["kindblad", "ander"]}, "claim_azp"),
        ({"azp": "ander"}, "claim_azp"),
        ({"nonce": "een andere keer"}, "claim_nonce"),
        ({"nonce": None}, "claim_nonce"),
        ({"exp": NOW - 3600}, "claim_exp"),
        ({"exp": None}, "claim_exp"),
        ({"iat": NOW + 3600}, "claim_iat"),
        ({"nbf": NOW + 3600}, "claim_nbf"),
        ({"sub": None}, "claim_sub"),
        ({"sub": ""}, "claim_sub"),
        ({"sub": "k" * 256}, "claim_sub"),
        ({"sub": ["kim"]}, "claim_sub"),
        ({"at_hash": "van een ander token"}, "claim_at_hash"),
    ],
    ids=lambda value: re.sub(r"\d{6,}", "moment", str(value))[:40],
)
def test_b53_a_token_for_another_place_time_or_browser_is_refused(
    school: SchoolAccount, lie: dict[str, Any], reason: str
) -> None:
    school.idp.lies["claims"] = lambda claims: {k: v for k, v in (claims | lie).items() if v is not None}

    refused(school, school.log_in(), reason)


def test_b53_the_answer_counts_only_in_the_browser_that_asked(school: SchoolAccount) -> None:
    back = school.log_in_there(school.leave().headers["location"])
    school.site.client.cookies.delete("__Host-kindblad-sso")

    refused(school, school.come_back(back), "no_attempt")


def test_b53_an_answer_of_someone_else_is_refused(school: SchoolAccount) -> None:
    theirs = school.log_in_there(school.leave().headers["location"])
    school.leave()

    refused(school, school.come_back(theirs), "state")


@pytest.mark.parametrize("change", [{"state": "x"}, {"state": ""}, {"state": None}], ids=str)
def test_b53_a_wrong_state_is_refused(school: SchoolAccount, change: dict[str, Any]) -> None:
    school.idp.lies["answer"] = lambda answer: {k: v for k, v in (answer | change).items() if v is not None}

    refused(school, school.log_in(), "state")


def test_b53_an_answer_counts_once(school: SchoolAccount) -> None:
    away = school.leave()
    token = school.site.client.cookies["__Host-kindblad-sso"]
    back = school.log_in_there(away.headers["location"])
    assert school.come_back(back).status_code == 303
    school.site.client.post("/logout")

    school.site.client.cookies.set("__Host-kindblad-sso", token)
    answer = school.come_back(back)

    assert answer.status_code == 400
    assert school.reasons()[-1] == "no_attempt"
    assert not school.signed_in
    assert school.idp.asked.count("/token") == 1


def test_b53_a_stolen_code_is_of_no_use_in_another_attempt(school: SchoolAccount) -> None:
    """The thief has the code of kim and an attempt of their own: the provider itself asks for the verifier."""
    stolen = query_of(school.log_in_there(school.leave().headers["location"]))["code"]
    school.idp.lies["answer"] = lambda answer: answer | {"code": stolen}

    refused(school, school.log_in(), "code")


def test_b53_a_code_is_taken_once_by_the_provider_too(school: SchoolAccount) -> None:
    used = query_of(school.log_in_there(school.leave().headers["location"]))["code"]
    school.idp.lies["answer"] = lambda answer: answer | {"code": used}
    school.idp.provider.authz_state.exchange_code_for_token(used)

    refused(school, school.log_in(), "code")


@pytest.mark.parametrize("iss", ["https://elders.nl", ""])
def test_b53_an_answer_in_the_name_of_another_provider_is_refused(school: SchoolAccount, iss: str) -> None:
    school.idp.lies["answer"] = lambda answer: answer | {"iss": iss}

    refused(school, school.log_in(), "iss")
    assert "/token" not in school.idp.asked, "de code gaat nergens heen"


def test_b53_a_provider_that_always_names_itself_must_do_so(school: SchoolAccount) -> None:
    oidc._known.clear()
    school.idp.lies["description"] = lambda said: said | {"authorization_response_iss_parameter_supported": True}
    school.idp.lies["answer"] = lambda answer: {k: v for k, v in answer.items() if k != "iss"}

    refused(school, school.log_in(), "iss")


def test_b53_the_answer_of_one_provider_is_not_taken_in_at_the_door_of_another(school: SchoolAccount) -> None:
    """Mix-up: kim sets out for the honest provider, a hostile one wants her code."""
    with running("other") as hostile:
        other = add(school.site, hostile)
        back = school.log_in_there(school.leave().headers["location"])

        answer = school.come_back(back.replace(str(school.uid), str(other.uid)))

        refused(school, answer, "other_provider")
        assert "/token" not in hostile.asked, "de code van de een gaat niet naar de ander"


def test_b53_a_token_of_one_provider_is_refused_from_another(school: SchoolAccount) -> None:
    with running("other") as hostile:
        other = add(school.site, hostile)
        hostile.lies["claims"] = lambda claims: school.idp.sign(claims | {"iss": school.idp.issuer})

        refused(other, other.log_in(), "signature")

        hostile.lies["claims"] = lambda claims: claims | {"iss": school.idp.issuer}

        refused(other, other.log_in(), "claim_iss")


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://elders.nl"},
        {"token_endpoint": "http://elders.nl/token"},
        {"token_endpoint": "https://naam@elders.nl/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": ["https://elders.nl"]},
        {"jwks_uri": "file:///etc/passwd"},
        {"end_session_endpoint": "javascript:alert(1)"},
        {"code_challenge_methods_supported": ["plain"]},
    ],
    ids=str,
)
def test_b53_a_description_that_leads_elsewhere_is_refused(school: SchoolAccount, change: dict[str, Any]) -> None:
    oidc._known.clear()
    school.idp.lies["description"] = lambda said: said | change

    answer = school.leave()

    assert answer.status_code == 400
    assert "__Host-kindblad-sso" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("path", ["/token", "/keys", "/.well-known/openid-configuration"])
def test_b53_nobody_is_followed_to_another_address(school: SchoolAccount, path: str) -> None:
    with running("other") as other:
        other.register(f"{URL}/sso/{school.uid}/terug")
        away = school.log_in_there(school.leave().headers["location"])
        oidc._known.clear()
        school.idp.elsewhere[path] = f"{other.issuer}{path}"

        refused(school, school.come_back(away), "redirect")
        assert other.asked == []


def test_b53_a_large_answer_is_not_read_on(school: SchoolAccount) -> None:
    school.idp.lies["token"] = lambda said: said | {"x": "a" * outward.LARGEST}

    refused(school, school.log_in(), "large")


def test_b53_a_slow_provider_holds_nobody_up(school: SchoolAccount, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(said: dict[str, Any]) -> dict[str, Any]:
        time.sleep(5)
        return said

    monkeypatch.setattr(outward, "SECONDS", 0.5)
    school.idp.lies["token"] = slowly

    started = time.monotonic()
    answer = school.log_in()

    refused(school, answer, "timeout", 503)
    assert time.monotonic() - started < 4
    assert "lukt nu niet" in answer.text


def test_b53_a_provider_that_is_gone_is_said_so(school: SchoolAccount) -> None:
    back = school.log_in_there(school.leave().headers["location"])
    school.idp.server.shutdown()
    school.idp.server.socket.close()

    refused(school, school.come_back(back), "unreachable", 503)


def test_b53_a_parameter_that_comes_twice_counts_as_not_given(school: SchoolAccount) -> None:
    """Else what one reader takes for the first value another may take for the last."""
    back = school.log_in_there(school.leave().headers["location"])

    refused(school, school.come_back(f"{back}&state={query_of(back)['state']}"), "state")


def test_b53_whatever_the_browser_calls_us_the_code_comes_to_our_own_address(school: SchoolAccount) -> None:
    away = school.leave(host="elders.nl", **{"x-forwarded-host": "elders.nl"})

    assert query_of(away.headers["location"])["redirect_uri"].startswith(f"{URL}/")


def test_b53_another_site_cannot_send_someone_on_the_way(school: SchoolAccount) -> None:
    answer = school.site.client.get(f"/sso/{school.uid}", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.headers["location"] == "/login?naar=/"
    assert school.idp.asked == []


def test_b53_whoever_keeps_trying_has_to_wait_and_no_longer_fills_the_log(
    school: SchoolAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PER_ADDRESS", 5)
    back = f"{URL}/sso/{school.uid}/terug?code=x&state=x"
    before = len(school.reasons())

    answers = [school.come_back(back) for _ in range(8)]

    assert [answer.status_code for answer in answers[-4:]] == [429] * 4
    assert int(answers[-1].headers["retry-after"]) == 600
    assert len(school.reasons()) == before + 4, "de eerste weigering was die van het koppelen"


def test_b53_what_the_provider_says_went_wrong_is_not_on_our_page(school: SchoolAccount) -> None:
    told = {"error": "access_denied", "error_description": "<b>Bel 0900-1234</b>"}
    school.idp.lies["answer"] = lambda answer: {"state": answer["state"]} | told

    answer = school.log_in()

    refused(school, answer, "stopped")
    assert "0900" not in answer.text


def test_b54_the_same_subject_of_another_provider_is_someone_else(school: SchoolAccount) -> None:
    with running("other") as hostile:
        other = add(school.site, hostile)
        hostile.lies["claims"] = lambda claims: claims | {"sub": school.rows(ExternalIdentity)[0].subject}

        refused(other, other.log_in(), "unknown", 403)


def test_b54_the_same_provider_at_another_school_is_another_provider(school: SchoolAccount) -> None:
    other = add(school.site, school.idp, school="duin")

    refused(other, other.log_in(), "unknown", 403)


@pytest.mark.parametrize("verified", [True, False])
def test_b54_an_equal_email_address_links_nobody(school: SchoolAccount, *, verified: bool) -> None:
    with running("other") as hostile:
        other = add(school.site, hostile, asks_email=True)
        hostile.claims |= {"email": "kim", "email_verified": verified, "preferred_username": "kim", "upn": "kim"}

        refused(other, other.log_in(), "unknown", 403)
        assert len(school.rows(ExternalIdentity)) == 1


def test_b54_an_account_of_another_organisation_at_the_same_provider_is_refused(sqlite: Database) -> None:
    for made in make(sqlite, second_factor="demo"):
        school = add(made.site, made.idp, client_id="tweede", required={"hd": "devliet.nl"})
        made.idp.clients["tweede"] = made.idp.clients["kindblad"]
        for domain in ("elders.nl", None):
            made.idp.claims |= {"hd": domain} if domain else {}

            refused(school, school.log_in(), "required_claim")
        made.idp.claims["hd"] = "devliet.nl"

        refused(school, school.log_in(), "unknown", 403)


STAFF: dict[str, Any] = {
    "eduPersonAffiliation": ["staff", "employee"],
    "eduperson_affiliation": "staff",
    "roles": ["admin", "ib", "head"],
    "groups": ["IB", "Directie"],
    "role": "head",
    "wids": ["62e90394-69f5-4237-9190-012177145e10"],
    "brin": "99KB",
}


def test_b55_what_a_provider_says_of_someones_work_gives_no_account(school: SchoolAccount) -> None:
    before = [len(school.rows(table)) for table in (Account, RoleGrant)]
    school.idp.who = "nieuw"
    school.idp.claims |= STAFF

    refused(school, school.log_in(), "unknown", 403)
    assert [len(school.rows(table)) for table in (Account, RoleGrant)] == before


def test_b55_what_a_provider_says_of_someones_work_gives_no_rights(school: SchoolAccount) -> None:
    world = school.site.world
    school.link("moeder", who="moeder")
    grants = school.rows(RoleGrant)
    school.idp.claims |= STAFF

    assert school.log_in().status_code == 303

    pages = {name: school.site.client.get(f"/mijn-kind/{uid}").status_code for name, uid in world.uids.items()}
    assert pages["daan"] == 404
    assert sum(status == 200 for status in pages.values()) == 1
    assert school.site.client.get(f"/groep/{world.group_uids['6A']}").status_code in {403, 404}
    assert school.rows(RoleGrant) == grants


def test_the_honest_provider_gets_in_where_the_liars_do_not(school: SchoolAccount) -> None:
    """Without this all of the above could be refused for no reason at all."""
    idp: IdentityProvider = school.idp
    idp.lies["claims"] = lambda claims: idp.sign(claims | {"azp": "kindblad", "aud": ["kindblad"]})

    assert school.log_in().status_code == 303
    assert school.signed_in
