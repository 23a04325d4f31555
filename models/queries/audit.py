"""What the access log knows about failed log-ins, so that guessing is slowed down over all processes together."""

from datetime import datetime

import sqlalchemy as sa

from models.audit import AccessLog
from models.queries.scope import AnyRow

LOGIN, REFUSED = "login", "refused"


def failed_logins(connection: sa.Connection, since: datetime, address: str, pair: str) -> AnyRow:
    """Count failures since a moment: `here` from this address, `pair` from this address for this login.

    `address` and `pair` are the digests that stand in `ground`, "<address> <pair>"; see api/services/login.py.
    """
    return connection.execute(
        sa.select(
            sa.func.count().label("here"),
            sa.func.count().filter(AccessLog.ground == f"{address} {pair}").label("pair"),
        ).where(
            AccessLog.school_id.is_(None),
            AccessLog.pupil_id.is_(None),
            AccessLog.at > since,
            AccessLog.kind == LOGIN,
            AccessLog.action == REFUSED,
            AccessLog.ground.startswith(f"{address} "),
        )
    ).one()
