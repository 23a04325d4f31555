"""The same objects as the pages, as JSON, for other programs of the school; version 1."""

from fastapi import APIRouter

from api.schemas.problem import documented

PROBLEMS = documented(400, 401, 403, 404, 405, 413, 422, 429, 500, 503)
"""What every route of the API may answer when it cannot do what was asked."""


def routers() -> list[APIRouter]:
    """All routes that answer with JSON."""
    from api.v1 import description, figures, people, voor_wie

    return [people.router, figures.router, voor_wie.router, description.router]
