"""What a school set to its own hand, as JSON."""

from fastapi import APIRouter, Response

from api.schemas.settings import Choices, SettingsPage
from api.security.access import SETTINGS, Visit, guarded
from api.services.settings import change_settings, compose_settings

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/settings", response_model=SettingsPage)
@guarded(SETTINGS)
def settings(visit: Visit) -> Response:
    """Every setting with its bounds, what we propose and what the school chose; and which rules there are."""
    return Response(compose_settings(visit).model_dump_json(), media_type="application/json")


@router.patch("/settings", status_code=204)
@guarded(SETTINGS)
def change(visit: Visit, choices: Choices) -> Response:
    """Change some settings, all or none."""
    chosen = {name: None if value is None else str(value) for name, value in choices.chosen.items()}
    change_settings(visit, chosen, choices.school_name)
    return Response(status_code=204)
