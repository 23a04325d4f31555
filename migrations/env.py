"""What Alembic runs for every command: our metadata on the connection that `migrations` opened."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from models import Base


def render_item(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types as `types.Name()` with their import."""
    if kind == "type" and type(item).__module__ == "models.types":
        autogen.imports.add("from models import types")
        return f"types.{item!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite alters a table by rebuilding it; PostgreSQL takes the same script as plain ALTER TABLE.
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
