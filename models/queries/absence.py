"""Absence of the children of a group on single days, with who said so: a person in Kindblad or a source."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from models.account import Account
from models.attendance import Absence
from models.provenance import Delivery, Source
from models.queries.prepared import Rows
from models.queries.scope import GroupGrant
from models.queries.whose import values, whose
from models.rules.access import Kind


def absences_on(connection: sa.Connection, grant: GroupGrant, days: Collection[date], today: date) -> Rows:
    """Absences of the group's children on these days, by part: `pupil_id`, `day`, `part`, `reason`, `delivery_id`,
    and `source` (the label of who delivered it) or `author` (who typed it).
    """
    if Kind.ATTENDANCE not in grant.kinds:
        return []
    return connection.execute(
        sa.select(
            Absence.id,
            Absence.pupil_id,
            Absence.day,
            Absence.part,
            Absence.reason,
            Absence.delivery_id,
            Source.label.label("source"),
            Account.display_name.label("author"),
        )
        .outerjoin(Delivery, Delivery.id == Absence.delivery_id)
        .outerjoin(Source, Source.id == Delivery.source_id)
        .outerjoin(Account, Account.id == Absence.account_id)
        .where(whose(Absence, grant), Absence.day.in_(days))
        .order_by(Absence.id),
        values(grant, today),
    ).all()
