"""The grid of a group and its instruction groups."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.db import reading
from api.pages import ways
from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.group import Instruction, Overtaken, PlacingForm
from api.security.access import GROUP_LIST, Visit, guarded
from api.services.group import arranging, placing
from api.services.group.grid import compose_group
from models.queries.scope import GroupGrant

router = APIRouter(include_in_schema=False)

INCOMPLETE = "Er ontbreekt iets in wat u verstuurde. Er is niets bewaard; laad de bladzijde opnieuw."


@router.get("/groep/{uid}")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(GROUP_LIST)
def group(visit: Visit, group: GroupGrant, volgorde: str = "", alleen: str = "") -> Response:
    return _grid(visit, group, volgorde, alleen)


@router.post("/groep/{uid}")  # noqa: FAST003 - see above
@guarded(GROUP_LIST)
def filtered(
    visit: Visit,
    group: GroupGrant,
    name: Annotated[str, Form(max_length=100)] = "",
    volgorde: str = "",
    alleen: str = "",
) -> Response:
    """By POST, so that a child's name stands in no URL, history or log."""
    return _grid(visit, group, volgorde, alleen, name)


@router.get("/groep/{uid}/instructiegroepen/{subject}")  # noqa: FAST003 - see above
@guarded(GROUP_LIST)
def instruction_groups(visit: Visit, group: GroupGrant, subject: str) -> Response:
    return _instruction(visit, placing.compose_instruction(visit, group, subject))


@router.post("/groep/{uid}/instructiegroepen/{subject}")  # noqa: FAST003 - see above
@guarded(GROUP_LIST)
def place(visit: Visit, group: GroupGrant, subject: str, form: Annotated[PlacingForm, Form()]) -> Response:
    """Keep what was chosen for each child, or with `take` what was proposed."""
    try:
        moves = form.moves()
    except (KeyError, ValueError):
        raise ForPeopleError(INCOMPLETE) from None
    moved = placing.place(visit, group, subject, moves, proposed=bool(form.take))
    if not moved.overtaken:
        return go(visit.request.url.path)
    with reading(visit.kit.engine) as connection:
        return _instruction(visit, placing.compose_instruction(visit, group, subject, connection), moved.overtaken)


def _grid(visit: Visit, grant: GroupGrant, order: str, only: str, name: str = "") -> Response:
    shown = compose_group(visit, grant)
    wish = arranging.asked(shown, order, only, name)
    return page(
        visit,
        "pages/group.html",
        group=shown,
        rows=arranging.arrange(shown, wish),
        wish=wish,
        choices=arranging.choices(shown),
        ways=ways.of_group(visit, grant),
    )


def _instruction(visit: Visit, shown: Instruction, overtaken: list[Overtaken] | None = None) -> Response:
    kept = {each.id: each for each in overtaken or ()}
    return page(visit, "pages/instruction_groups.html", page=shown, overtaken=kept)
