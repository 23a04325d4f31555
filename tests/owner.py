"""The database as its owner has it, or who has the file: past the application's own role."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from tests import databases
from tests.conftest import Database


@contextmanager
def owning(database: Database) -> Iterator[sa.Connection]:
    """Give a connection in a transaction that is kept."""
    url = databases.all_seeing(databases.of_owner(database.url))
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        yield connection
