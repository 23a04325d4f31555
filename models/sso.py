"""Logging in with the account that someone already has elsewhere (OpenID Connect), per school.

Who someone is there is the pair of provider and subject, never an e-mail address. None of this gives a right: what an
account may see follows from `RoleGrant` only.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, column, public_id, within_school
from models.vocabulary import DataClass, Retention


class IdentityProvider(SchoolRow):
    """A school's provider of identities; `issuer` never changes, because the subjects linked to it are only its own.

    `second_factor` lists what in a token counts as two factors ("amr=mfa"); `required_claims` what a token must hold
    besides ("hd": "devliet.nl"). The secret is encrypted with the key of the settings.
    """

    __tablename__ = "identity_provider"
    __retention__ = Retention.REFERENCE
    __table_args__ = (*within_school(), sa.UniqueConstraint("school_id", "issuer", "client_id"))

    uid: Mapped[UUID] = public_id()
    label: Mapped[str] = column(DataClass.REFERENCE, sa.String(60))
    issuer: Mapped[str] = column(DataClass.REFERENCE, sa.String(255))
    client_id: Mapped[str] = column(DataClass.REFERENCE, sa.String(255))
    client_secret: Mapped[bytes] = column(DataClass.SECRET, sa.LargeBinary(1024))
    second_factor: Mapped[list[str]] = column(DataClass.REFERENCE, sa.JSON, default=list)
    required_claims: Mapped[dict[str, Any]] = column(DataClass.REFERENCE, sa.JSON, default=dict)
    asks_email: Mapped[bool] = column(DataClass.REFERENCE, sa.Boolean, default=False)
    created_at: Mapped[datetime] = column(DataClass.TRACE)


class ExternalIdentity(SchoolRow):
    """Who a provider's subject is here; made by an invitation or an administrator, never by an equal e-mail address."""

    __tablename__ = "external_identity"
    __retention__ = Retention.ACCOUNT
    __table_args__ = (
        *within_school("provider:identity_provider", unique_id=False),
        sa.UniqueConstraint("provider_id", "subject"),
        sa.UniqueConstraint("account_id", "provider_id"),
    )

    provider_id: Mapped[int] = column(DataClass.TECHNICAL)
    subject: Mapped[str] = column(DataClass.IDENTIFIER, sa.String(255))
    account_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("account.id"))
    linked_at: Mapped[datetime] = column(DataClass.TRACE)
    linked_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))
    used_at: Mapped[datetime | None] = column(DataClass.TRACE)


class SsoAttempt(SchoolRow):
    """Someone on their way to a provider and back; the browser holds the token, this row makes that it counts once.

    When the provider names someone we do not know, `subject` waits a day for an invitation code or an administrator.
    """

    __tablename__ = "sso_attempt"
    __retention__ = Retention.SESSION
    __table_args__ = (*within_school("provider:identity_provider", unique_id=False),)

    provider_id: Mapped[int] = column(DataClass.TECHNICAL)
    token_hash: Mapped[bytes] = column(DataClass.SECRET, sa.LargeBinary(32), unique=True)
    back: Mapped[str] = column(DataClass.TECHNICAL, sa.String(200), default="/")
    expires_at: Mapped[datetime] = column(DataClass.TRACE, index=True)
    subject: Mapped[str | None] = column(DataClass.IDENTIFIER, sa.String(255))
    email: Mapped[str | None] = column(DataClass.ACCOUNT, sa.String(254))
    code_hash: Mapped[bytes | None] = column(DataClass.SECRET, sa.LargeBinary(32), unique=True)
