"""/beheer/ouders and a page per group and per child: accounts for parents, with a letter for each to print."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import page
from api.problem import ForPeopleError
from api.schemas.parents import ParentAccounts, ParentLetter
from api.security.access import PARENTS_OF_GROUP, Access, Visit, guarded
from api.services import parents as service
from api.services.groups import list_groups
from models.queries.scope import Grant, GroupGrant
from models.rules.access import Kind
from models.vocabulary import Role

router = APIRouter(include_in_schema=False)

KEEPERS = frozenset({Role.OFFICE, Role.HEAD})
PARENTS = Access("administratie en directie", KEEPERS)
OF_CHILD = Access("administratie en directie", KEEPERS, child=service.PAGE, needs=Kind.IDENTITY)
NOBODY = "Er is nu niemand die een brief nodig heeft: iedereen met gezag heeft een code die nog geldt, of is begonnen."


@router.get("/beheer/ouders")
@guarded(PARENTS)
def overview(visit: Visit) -> Response:
    return page(visit, "pages/parents.html", groups=list_groups(visit))


@router.get("/groep/{uid}/ouders")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(PARENTS_OF_GROUP)
def of_group(visit: Visit, group: GroupGrant) -> Response:
    return _list(visit, service.compose_of_group(visit, group))


@router.post("/groep/{uid}/ouders")  # noqa: FAST003 - see above
@guarded(PARENTS_OF_GROUP)
def make_for_group(visit: Visit, group: GroupGrant, *, again: Annotated[bool, Form()]) -> Response:
    made = service.letters_of_group(visit, group, again=again)
    return _letters(visit, made) if made else _list(visit, service.compose_of_group(visit, group), NOBODY)


@router.get("/kind/{uid}/ouders")  # noqa: FAST003 - see above
@guarded(OF_CHILD)
def of_child(visit: Visit, grant: Grant) -> Response:
    return _list(visit, service.compose_of_child(visit, grant))


@router.post("/kind/{uid}/ouders")  # noqa: FAST003 - see above
@guarded(OF_CHILD)
def make_for_child(visit: Visit, grant: Grant, guardian: Annotated[UUID | None, Form()] = None) -> Response:
    try:
        made = service.letters_of_child(visit, grant, guardian)
    except ForPeopleError as problem:
        return _list(visit, service.compose_of_child(visit, grant), str(problem), 422)
    return _letters(visit, made) if made else _list(visit, service.compose_of_child(visit, grant), NOBODY)


def _letters(visit: Visit, made: list[ParentLetter]) -> Response:
    return page(visit, "pages/parent_letters.html", letters=made)


def _list(visit: Visit, accounts: ParentAccounts, said: str = "", status: int = 200) -> Response:
    return page(visit, "pages/parents_of.html", status, accounts=accounts, said=said)
