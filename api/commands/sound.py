"""Before the website starts: is the database there, whole, writable and safe against a power cut."""

from pathlib import Path
from typing import TYPE_CHECKING

from api.problem import ForPeopleError

if TYPE_CHECKING:
    import sqlalchemy as sa

SAFE = ("fsync", "full_page_writes")
"""What PostgreSQL must have switched on; `synchronous_commit` Kindblad asks for itself (api/db.py)."""


def require_present(url: str) -> None:
    """Refuse to serve a SQLite file that is not there: an empty one made by a wrong path looks like a lost school."""
    import sqlalchemy as sa

    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return
    file = Path(address.database)
    if not file.is_file() or not file.stat().st_size:
        raise ForPeopleError(
            f"Er is geen database in {file}. Maak hem met `kindblad migrate`, of kijk KINDBLAD_DATABASE_URL na."
        )


def require_sound(engine: "sa.Engine") -> None:
    """Refuse a database that is damaged or cannot be written to."""
    import sqlalchemy as sa

    from api.db import reading, writing

    if engine.dialect.name != "sqlite":
        return
    advice = "Zet de laatste reservekopie terug; bewaar dit bestand voor onderzoek."
    try:
        with reading(engine) as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        with writing(engine):
            pass  # takes the lock for writing, which a file that is read-only does not give
    except sa.exc.DatabaseError as error:
        reason = "is alleen te lezen" if "readonly" in str(error.orig) else "is beschadigd"
        raise ForPeopleError(f"De database {engine.url.database} {reason}. {advice}") from error
    if found != "ok":
        raise ForPeopleError(f"De database {engine.url.database} is beschadigd. {advice}")


def unsafe_settings(engine: "sa.Engine") -> list[str]:
    """Name the settings of PostgreSQL with which a line of the access log may be lost in a power cut."""
    import sqlalchemy as sa

    from api.db import reading

    if engine.dialect.name != "postgresql":
        return []
    with reading(engine) as connection:
        return [name for name in SAFE if connection.scalar(sa.text(f"SHOW {name}")) != "on"]
