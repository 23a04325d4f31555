"""The demo school, scaled down, taken in through its real connectors: for tests of what people see."""

import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

import demo
from api.db import reading
from connectors.registry import find
from connectors.runner import run
from models.person import Pupil
from models.queries.scope import Grant
from models.rules.access import Position, kinds_for
from models.vocabulary import Role

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 7, 10, tzinfo=UTC)
PUPILS = 80


@dataclass(frozen=True)
class DemoSchool:
    """A database that holds the demo school as it stood on the morning of `TODAY`."""

    url: str
    engine: sa.Engine

    def grant(self, given_name: str, role: Role = Role.IB) -> Grant:
        """Give what a reader of this role may see of the one child with this given name."""
        query = sa.select(Pupil.id, Pupil.school_id).where(Pupil.given_name == given_name).order_by(Pupil.id)
        with reading(self.engine) as connection:
            row = connection.execute(query).first()
        assert row is not None, f"there is no {given_name} in the demo school"
        return Grant(row.id, row.school_id, role, role.label, kinds_for([Position(role.value)]))


def fill(engine: sa.Engine) -> None:
    """Write the source files and take them in, in the order in which a school would."""
    with tempfile.TemporaryDirectory(prefix="kindblad-demo-") as folder:
        for file in demo.write(Path(folder), TODAY, pupils=PUPILS):
            connector = find(file.connector)
            assert connector is not None
            settings = connector.settings_model(**({"profile": file.profile} if file.profile else {}))
            outcome = run(
                engine, connector, file.path, school=demo.BRIN, settings=settings, requested_by="test", confirm=True
            )
            assert outcome.rejected == 0, (file.path.name, outcome.issues[:3])
