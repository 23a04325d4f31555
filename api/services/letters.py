"""The letter with a code: made by directie, beheer or the command line, and shown once, to print.

The code counts once, for one account and until a day; the database holds a keyed hash of it. A newer letter ends the
older one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from api.security import codes
from api.settings import Settings
from models.account import Invitation
from models.queries import means

GROUPS = 3
"""Sixty bits: typed over in a minute, guessed in no time that counts."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on paper; the only place where the code is."""

    name: str
    login: str
    code: str
    expires_at: datetime
    address: str


def write(connection: sa.Connection, settings: Settings, account_id: int, by: str, now: datetime) -> Letter:
    """Make the code for an account; older letters to it count no longer."""
    code = codes.make(GROUPS)
    expires_at = now + timedelta(days=settings.invitation_days)
    who = means.public_id(connection, account_id)
    unused = (Invitation.account_id == account_id, Invitation.used_at.is_(None), Invitation.expires_at > now)
    connection.execute(sa.update(Invitation).where(*unused).values(expires_at=now))
    connection.execute(
        sa.insert(Invitation).values(
            account_id=account_id,
            code_hash=digest(settings, code),
            created_at=now,
            created_by=by[:100],
            expires_at=expires_at,
        )
    )
    return Letter(who.display_name, who.login, code, expires_at, settings.public_url)


def digest(settings: Settings, code: str) -> bytes:
    """What the database keeps of a code, however it was typed."""
    return codes.digest(settings, "invitation", code)
