"""The same objects as the pages, as JSON, for other programs of the school; version 1."""

from importlib import import_module
from pkgutil import iter_modules

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """All routes that answer with JSON: the `router` of each module here."""
    return [import_module(f"{__name__}.{found.name}").router for found in iter_modules(__path__)]
