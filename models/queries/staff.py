"""Members of staff as the roll names them, for who manages the accounts of their school."""

from collections.abc import Sequence

import sqlalchemy as sa

from models.person import SourcePerson, Staff
from models.queries.colleagues import schools_managed
from models.queries.scope import ON_THE_ROLL, AnyRow, Scope


def on_the_roll(connection: sa.Connection, scope: Scope) -> Sequence[AnyRow]:
    """Everyone whom the roll names today at the schools that the reader manages, by family name."""
    listed = sa.exists().where(SourcePerson.staff_id == Staff.id, SourcePerson.vanished_at.is_(None), ON_THE_ROLL)
    return connection.execute(
        sa.select(
            Staff.id,
            Staff.uid,
            Staff.school_id,
            Staff.given_name,
            Staff.prefix,
            Staff.family_name,
            Staff.email,
        )
        .where(Staff.school_id.in_(schools_managed(scope)), listed)
        .order_by(Staff.family_name, Staff.given_name, Staff.id)
    ).all()
