"""/beheer/instellingen: what a school set to its own hand."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.security.access import SETTINGS, Visit, guarded
from api.services.settings import SettingsError, change_settings, compose_settings

router = APIRouter(include_in_schema=False)

HERE = "/beheer/instellingen"


@router.get("/beheer/instellingen")
@guarded(SETTINGS)
def settings(visit: Visit, bewaard: str = "") -> Response:
    return page(visit, "pages/settings.html", page=compose_settings(visit), wrong={}, typed={}, is_kept=bool(bewaard))


@router.post("/beheer/instellingen")
@guarded(SETTINGS)
def change(
    visit: Visit,
    setting: Annotated[list[str], Form(max_length=100)],
    chosen: Annotated[list[str], Form(max_length=100)],
    school_name: Annotated[str | None, Form(max_length=1000)] = None,
) -> Response:
    """The two lists go together: the name of each field and what was typed in it."""
    typed = dict(zip(setting, chosen, strict=False))
    try:
        change_settings(visit, typed, school_name)
    except SettingsError as problem:
        shown, typed = compose_settings(visit), typed | {"school_name": school_name or ""}
        return page(visit, "pages/settings.html", 422, page=shown, wrong=problem.fields, typed=typed, is_kept=False)
    return go(f"{HERE}?bewaard=ja")
