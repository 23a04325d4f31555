"""The OpenAPI description, for staff who build on the API, and for everyone in development."""

from typing import Any

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse
from pydantic.json_schema import models_json_schema

from api.schemas.problem import Problem
from api.security.access import PUBLIC, STAFF, ForbiddenError, NotSignedInError, Visit, guarded

router = APIRouter(prefix="/api/v1", include_in_schema=False)

SCHEMAS = "#/components/schemas/"
PROBLEM = {
    "description": "Problem",
    "content": {"application/problem+json": {"schema": {"$ref": f"{SCHEMAS}Problem"}}},
}
PROBLEMS = dict.fromkeys(("400", "401", "403", "404", "405", "413", "422", "429", "500", "503"), PROBLEM)
"""What every route of the API may answer when it cannot do what was asked."""

FRAMEWORKS_OWN = {"HTTPValidationError", "ValidationError"}


@router.get("/openapi.json")
@guarded(PUBLIC)
def openapi(visit: Visit) -> Response:
    """Public only to a developer; elsewhere it needs a member of staff."""
    if not visit.kit.settings.development:
        if visit.who is None:
            raise NotSignedInError
        if not STAFF.roles & visit.scope.roles:
            raise ForbiddenError
    return JSONResponse(description(visit.request.app))


def description(app: FastAPI) -> dict[str, Any]:
    """Describe all routes of the API; the problems here, because a route that names them starts ten models slower."""
    described = app.openapi()
    for path in described["paths"].values():
        for operation in path.values():
            operation["responses"] |= PROBLEMS
    _, models = models_json_schema([(Problem, "serialization")], ref_template=f"{SCHEMAS}{{model}}")
    schemas = described["components"]["schemas"]
    for name in FRAMEWORKS_OWN & schemas.keys():
        del schemas[name]
    schemas |= models["$defs"]
    return described
