"""Whatever any role sends to the API, it answers what its own description says and never fails (schemathesis)."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from schemathesis import Case, openapi
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from api.v1.description import description
from models.vocabulary import Role
from tests.site import Site
from tests.world import LAST_DAY, World

WHAT_IS_CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
LOGINS = ("kim", "invaller", "ib", "directie", "kantoor", "bestuur", "beheer", "moeder", "noor")
COOKIE = "__Host-kindblad"
EXAMPLES = 6
"""To make up what is sent takes longer than the answer, so each is sent by everyone."""

load_all_checks()


def everyone(world: World) -> None:
    """Add an account for each role that the small world has nobody in."""
    world.account("invaller", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=LAST_DAY)
    world.account("kantoor", Role.OFFICE)
    world.account("bestuur", Role.BOARD)
    world.account("noor", Role.PUPIL, pupil_id=world.pupils["noor"])


@pytest.mark.parametrize("method", ["get", "all that change something"])
def test_the_api_keeps_its_word_to_everyone(one_site: Site, method: str) -> None:
    one_site.change(everyone)
    assert isinstance(one_site.client.app, FastAPI)
    operations = list(openapi.from_dict(description(one_site.client.app)).get_all_operations())
    known: list[UUID] = [*one_site.world.uids.values(), *one_site.world.group_uids.values()]

    people = _log_in(one_site)
    tried = 0
    for found in operations:
        assert isinstance(found, Ok), found
        if (found.ok().method == "get") == (method == "get"):
            _try(one_site, found.ok(), known, people)
            tried += 1
    assert tried >= 5


def _log_in(site: Site) -> dict[str, str]:
    """Give everyone's session, with that of nobody first."""
    people = {"nobody": ""}
    for login in LOGINS:
        site.log_in(login)
        people[login] = site.client.cookies[COOKIE]
    return people


def checks() -> Any:
    return CHECKS.get_by_names(WHAT_IS_CHECKED)


def _try(site: Site, operation: Any, known: list[UUID], people: dict[str, str]) -> None:
    cases = st.one_of(*(operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)))

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(cases, st.sampled_from(["", *map(str, known)]))
    def send(case: Case[Any], uid: str) -> None:
        if uid and "uid" in case.path_parameters:
            case.path_parameters["uid"] = uid
        request = case.as_transport_kwargs(base_url="https://testserver")
        request.pop("cookies", None)
        if isinstance(request.get("data"), bytes):
            request["content"] = request.pop("data")
        for login, token in people.items():
            note(login)
            site.client.cookies.set(COOKIE, token)
            case.validate_response(site.client.request(**request), checks=checks())

    send()
