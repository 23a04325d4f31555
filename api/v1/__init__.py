"""The same objects as the pages, as JSON, for other programs of the school; version 1."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """All routes that answer with JSON."""
    from api.v1 import description, people

    return [people.router, description.router]
