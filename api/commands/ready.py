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

NOT_ALLOWED = "42501"
"""What PostgreSQL says to a role without the right."""


@contextmanager
def open_database(*, with_log: bool = True, as_owner: bool = False) -> Iterator["sa.Engine"]:
    """Give the engine of the settings, at the newest migration and for all schools; an empty database is made first.

    Without a log it is there a little sooner; `start_log` begins one after all. `as_owner` is for what only the owner
    of the tables may do on PostgreSQL: dropping old lines of the access log, and references during a mass import.
    """
    from api.db import for_every_school
    from api.settings import load_settings

    settings = load_settings()
    if with_log:
        start_log(settings)
    engine = reachable(settings.owner if as_owner else settings.database)
    try:
        _bring_up(engine, settings)
        with for_every_school(engine):
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


def passes_the_wall(url: str) -> bool:
    """Tell whether PostgreSQL lets this role see the rows of every school, whatever is said."""
    import sqlalchemy as sa

    if sa.make_url(url).get_backend_name() != "postgresql":
        return False
    engine = reachable(url)
    with engine.connect() as connection:
        asked = sa.text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        passes = bool(connection.scalar(asked))
    engine.dispose()
    return passes


def schools(connection: "sa.Connection", key: str | None) -> Sequence[int]:
    """Give the id of the school with this BRIN or key, or of all; a named one is all that is seen then."""
    from models import wall
    from models.queries import school as queries

    if key is None:
        return [row.id for row in queries.all_schools(connection)]
    if (row := queries.by_key(connection, key)) is None:
        raise ForPeopleError(f"School {key} is er niet; `kindblad stats` toont welke er zijn.")
    wall.see(connection, [row.id])
    return [row.id]


def migrate(settings: "Settings", revision: str = "head") -> None:
    """Bring the database to a migration as its owner, and give the application's role its rights when it is another."""
    import sqlalchemy as sa

    import migrations

    try:
        migrations.upgrade(settings.owner, revision)
        owner, application = sa.make_url(settings.owner), sa.make_url(settings.database)
        if application.get_backend_name() == "postgresql" and application.username != owner.username:
            migrations.grant_application(owner, str(application.username))
    except sa.exc.ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != NOT_ALLOWED:
            raise
        raise ForPeopleError(
            "Deze rol mag de tabellen niet maken of wijzigen. Zet de eigenaar in KINDBLAD_OWNER_URL; "
            "docs/postgresql.md legt uit hoe."
        ) from error


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


def _bring_up(engine: "sa.Engine", settings: "Settings") -> None:
    present = _revision(engine)
    if present is None:
        migrate(settings)
    elif present > head():
        raise ForPeopleError("De database is van een nieuwere versie van Kindblad dan deze. Installeer die versie.")
    elif present != head():
        raise ForPeopleError("De database is niet bij deze versie van Kindblad. Draai eerst `kindblad migrate`.")


def _revision(engine: "sa.Engine") -> str | None:
    """Look at the number of the last migration without Alembic, whose import takes longer than a day's import."""
    import sqlalchemy as sa

    from api.db import reading

    with reading(engine) as connection:
        tables = set(sa.inspect(connection).get_table_names())
        known = _version(connection) if "alembic_version" in tables else None
    if known is None and tables - {"alembic_version"}:
        raise ForPeopleError("In deze database staat iets anders dan Kindblad; noem een lege in KINDBLAD_DATABASE_URL.")
    return known


def _version(connection: "sa.Connection") -> str | None:
    import sqlalchemy as sa

    try:
        version: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    except sa.exc.ProgrammingError as error:
        raise ForPeopleError(
            "De rol in KINDBLAD_DATABASE_URL heeft nog geen rechten; draai `kindblad migrate` met KINDBLAD_OWNER_URL."
        ) from error
    return version


def head() -> str:
    """Tell the newest migration that this version of Kindblad has."""
    spec = find_spec("migrations")
    steps = Path(spec.origin or "").parent.glob("versions/[0-9]*.py") if spec else ()
    return max((step.name.partition("_")[0] for step in steps), default="")
