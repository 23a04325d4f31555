"""What the access log knows about failed log-ins, so that guessing is slowed down over all processes together."""

from datetime import datetime

import sqlalchemy as sa

from models.audit import AccessLog
from models.queries.scope import AnyRow

LOGIN, OK, REFUSED = "login", "ok", "refused"


def was_used(connection: sa.Connection, since: datetime, ground: str) -> bool:
    """Tell whether someone came in with exactly this since a moment; what counts once is looked up here."""
    return bool(
        connection.scalar(
            sa.select(
                sa.exists().where(
                    AccessLog.school_id.is_(None),
                    AccessLog.pupil_id.is_(None),
                    AccessLog.at > since,
                    AccessLog.kind == LOGIN,
                    AccessLog.action == OK,
                    AccessLog.ground == ground,
                )
            )
        )
    )


def failed_logins(connection: sa.Connection, since: datetime, address: str, guessed: str) -> AnyRow:
    """Count failures since a moment: `here` from this address, `same` for what is guessed, and the `latest` of those.

    `address` and `guessed` are the digests that stand in `ground`, "<address> <guessed>"; see api/security/patience.py.
    """
    is_same = AccessLog.ground.endswith(f" {guessed}")
    return connection.execute(
        sa.select(
            sa.func.count().filter(AccessLog.ground.startswith(f"{address} ")).label("here"),
            sa.func.count().filter(is_same).label("same"),
            sa.func.max(AccessLog.at).filter(is_same).label("latest"),
        ).where(
            AccessLog.school_id.is_(None),
            AccessLog.pupil_id.is_(None),
            AccessLog.at > since,
            AccessLog.kind == LOGIN,
            AccessLog.action == REFUSED,
        )
    ).one()
