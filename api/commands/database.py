"""Opening the database for a command: reachable and at the newest migration, or one sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.problem import ForPeopleError

if TYPE_CHECKING:
    import sqlalchemy as sa


@contextmanager
def opened() -> Iterator["sa.Engine"]:
    """Give an engine on the database of the settings, and close it afterwards."""
    from api.db import make_engine
    from api.settings import load_settings

    url = load_settings().database
    engine = make_engine(url)
    try:
        require_current(url)
        yield engine
    finally:
        engine.dispose()


def require_current(url: str) -> None:
    """Refuse a database that cannot be reached or that lacks migrations."""
    import migrations

    if revision(url) != migrations.head():
        raise ForPeopleError("De database is niet bij. Draai eerst `kindblad migrate`.")


def revision(url: str) -> str | None:
    """Tell at which migration the database is, None for an empty one; refuses one that does not answer."""
    import sqlalchemy as sa

    import migrations
    from api.db import make_engine

    try:
        make_engine(url).dispose()  # for SQLite: makes the folder and the file, readable by us alone
        return migrations.current(url)
    except (sa.exc.OperationalError, OSError) as error:
        place = sa.make_url(url).render_as_string(hide_password=True)
        raise ForPeopleError(f"De database {place} is niet te openen; kijk naar KINDBLAD_DATABASE_URL.") from error
