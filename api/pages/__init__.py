"""The pages: each route hands the object that a service composed to its template, and nothing else."""

from importlib import import_module
from pkgutil import iter_modules

from fastapi import APIRouter

OPENED_MOST = {"people", "static"}
"""Asked first whether a path is theirs: each route that is asked before costs a request 0.7 us."""


def routers() -> list[APIRouter]:
    """All routes that answer with a page: the `router` of each module here that has one."""
    names = sorted((found.name for found in iter_modules(__path__)), key=lambda name: name not in OPENED_MOST)
    modules = (import_module(f"{__name__}.{name}") for name in names)
    return [module.router for module in modules if hasattr(module, "router")]
