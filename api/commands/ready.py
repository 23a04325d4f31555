"""The database for a command that takes data in: made when it is empty, refused when it is behind."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from api.problem import ForPeopleError

if TYPE_CHECKING:
    import sqlalchemy as sa


@contextmanager
def open_database() -> Iterator["sa.Engine"]:
    """Give the engine of the settings, at the newest migration; an empty database is made first."""
    from api.observability import configure
    from api.settings import load_settings

    settings = load_settings()
    is_chosen = "log_level" in settings.model_fields_set  # a command says itself what it did
    configure(settings if is_chosen else settings.model_copy(update={"log_level": "warning"}))
    engine = _engine(settings.database)
    try:
        _bring_up(engine)
        yield engine
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


def _engine(url: str) -> "sa.Engine":
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
    """Look at the number of the last migration without Alembic, whose import takes longer than a day's import."""
    import sqlalchemy as sa

    from api.db import reading

    with reading(engine) as connection:
        tables = sa.inspect(connection).get_table_names()
        is_known = "alembic_version" in tables
        revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version")) if is_known else None
    if revision is None and not set(tables) - {"alembic_version"}:
        import migrations

        migrations.upgrade(engine)
    elif revision != _head():
        raise ForPeopleError("De database is niet bij deze versie van Kindblad. Draai eerst `kindblad migrate`.")


def _head() -> str:
    spec = find_spec("migrations")
    steps = Path(spec.origin or "").parent.glob("versions/[0-9]*.py") if spec else ()
    return max((step.name.partition("_")[0] for step in steps), default="")
