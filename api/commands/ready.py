"""The database for a command that takes data in: made when it is empty, refused when it is behind."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from api.problem import ForPeopleError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.settings import Settings


@contextmanager
def open_database(*, with_log: bool = True) -> Iterator["sa.Engine"]:
    """Give the engine of the settings, at the newest migration; an empty database is made first.

    Without a log it is there a little sooner; `start_log` begins one after all.
    """
    from api.settings import load_settings

    settings = load_settings()
    if with_log:
        start_log(settings)
    engine = reachable(settings.database)
    try:
        _bring_up(engine)
        yield engine
    finally:
        engine.dispose()


def start_log(settings: "Settings") -> None:
    """Log what goes wrong; a command says itself what it did, unless a level was chosen."""
    from api.observability import configure

    is_chosen = "log_level" in settings.model_fields_set
    configure(settings if is_chosen else settings.model_copy(update={"log_level": "warning"}))


def revision(url: str) -> str | None:
    """Tell at which migration a database is; None for an empty one."""
    engine = reachable(url)
    try:
        return _revision(engine)
    finally:
        engine.dispose()


def schools(connection: "sa.Connection", key: str | None) -> Sequence[int]:
    """Give the id of the school with this BRIN or key, or those of all schools."""
    from models.queries import school as queries

    if key is None:
        return [row.id for row in queries.all_schools(connection)]
    if (row := queries.by_key(connection, key)) is None:
        raise ForPeopleError(f"School {key} is er niet; `kindblad stats` toont welke er zijn.")
    return [row.id]


def reachable(url: str) -> "sa.Engine":
    """Give an engine on a database that answers; for SQLite the folder and the file are made."""
    import sqlalchemy as sa

    from api.db import make_engine

    try:
        engine = make_engine(url)
        engine.connect().close()
    except (sa.exc.OperationalError, sa.exc.DatabaseError, OSError) as error:
        place = sa.make_url(url).render_as_string(hide_password=True)
        raise ForPeopleError(f"De database {place} is niet te openen; kijk naar KINDBLAD_DATABASE_URL.") from error
    return engine


def _bring_up(engine: "sa.Engine") -> None:
    present = _revision(engine)
    if present is None:
        import migrations

        migrations.upgrade(engine)
    elif present != head():
        raise ForPeopleError("De database is niet bij deze versie van Kindblad. Draai eerst `kindblad migrate`.")


def _revision(engine: "sa.Engine") -> str | None:
    """Look at the number of the last migration without Alembic, whose import takes longer than a day's import."""
    import sqlalchemy as sa

    from api.db import reading

    with reading(engine) as connection:
        tables = set(sa.inspect(connection).get_table_names())
        known = (
            connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            if "alembic_version" in tables
            else None
        )
    if known is None and tables - {"alembic_version"}:
        raise ForPeopleError("In deze database staat iets anders dan Kindblad; noem een lege in KINDBLAD_DATABASE_URL.")
    return known


def head() -> str:
    """Tell the newest migration that this version of Kindblad has."""
    spec = find_spec("migrations")
    steps = Path(spec.origin or "").parent.glob("versions/[0-9]*.py") if spec else ()
    return max((step.name.partition("_")[0] for step in steps), default="")
