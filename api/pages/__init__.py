"""The pages: each route hands the object that a service composed to its template, and nothing else."""

from importlib import import_module
from pkgutil import iter_modules

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """All routes that answer with a page: the `router` of each module here that has one."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return [module.router for module in modules if hasattr(module, "router")]
