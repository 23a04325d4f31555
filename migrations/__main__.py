"""Write the next migration from the difference between the models and the steps so far.

`python -m migrations "guardians get a language"` makes versions/0002_guardians_get_a_language.py; read it before you
commit it: Alembic sees no renames and no changes in CHECK constraints.
"""

import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command

from migrations import HERE, configuration, upgrade


def write_next(message: str) -> None:
    """Compare the models with an empty database brought to head, and write the next numbered step."""
    number = len(list((HERE / "versions").glob("[0-9]*.py"))) + 1
    with tempfile.TemporaryDirectory() as folder:
        engine = sa.create_engine(f"sqlite:///{Path(folder) / 'empty.sqlite'}")
        upgrade(engine)
        with engine.connect() as connection:
            command.revision(configuration(connection), message, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    write_next(sys.argv[1])
