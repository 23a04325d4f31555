"""The pages: each route hands the object that a service composed to its template, and nothing else."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """All routes that answer with a page."""
    from api.pages import account, figures, home, login, people, sso, static, voor_wie

    return [
        home.router,
        login.router,
        sso.router,
        account.router,
        people.router,
        voor_wie.router,
        figures.router,
        static.router,
    ]
