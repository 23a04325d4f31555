"""Putting the application together: routes, rules, errors, and the one layer around them."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from functools import cache

import anyio.to_thread
from fastapi import FastAPI
from starlette.datastructures import State
from starlette.middleware import Middleware

from api import errors, observability, pages, v1
from api.db import make_engine
from api.middleware import Shell
from api.security import passwords
from api.security.access import Kit, check_routes
from api.security.access_log import AccessLogWriter
from api.settings import Settings, load_settings
from frontend import translation

THREADS = 4
"""Requests at work at the same time in one process, beside the page that is composed (`READING` of security/turns.py).

These may wait for a hash, a file, another website or the disk. The usual forty fight over two cores.
"""


def create_app(settings: Settings) -> FastAPI:
    """Make the application for these settings; raises when a route does not say who may use it."""
    observability.configure(settings)
    app = copy(_routed())
    engine = make_engine(settings.database, for_web=True)
    app.state = State({"kit": Kit(settings, engine, AccessLogWriter(engine, settings.log_heads))})
    app.user_middleware = [Middleware(Shell, settings=settings)]
    return app


def served() -> FastAPI:
    """What a server process runs: the application with the settings of its environment."""
    app = create_app(load_settings())
    settle()
    return app


def preload() -> None:
    """Make, before the server processes fork from this one, what they then share: memory and time to start."""
    _routed()
    settle()


def settle() -> None:
    """Keep the collector from walking what start-up made, again and again (p99 48 ms instead of 1.5)."""
    passwords.prepare()
    translation.prepare()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@cache
def _routed() -> FastAPI:
    """All routes and how faults are told, once per process: they are the same whatever the settings."""
    app = FastAPI(
        title="Kindblad",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
    )
    errors.handle(app)
    for router in (*pages.routers(), *v1.routers()):
        app.router.routes += router.routes  # to include them makes each route anew, and doubles a request's way to it
    check_routes(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
    app.state.kit.engine.dispose()
