"""Who can log in, with what role, with which means, and the sessions that are open."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, SchoolRow, coded, column, primary_key, public_id, within_school
from models.vocabulary import DataClass, LoginMethod, Retention, Role


class Account(Base):
    """A person who can log in; what they may see follows from `RoleGrant` only. A key is never given twice."""

    __tablename__ = "account"
    __retention__ = Retention.ACCOUNT
    __table_args__ = (
        sa.CheckConstraint("login = lower(login)", name="login_lower"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = primary_key()
    uid: Mapped[UUID] = public_id()
    login: Mapped[str] = column(DataClass.ACCOUNT, sa.String(254), unique=True)
    display_name: Mapped[str] = column(DataClass.ACCOUNT, sa.String(100))
    password_hash: Mapped[str | None] = column(DataClass.SECRET, sa.String(255))
    created_at: Mapped[datetime] = column(DataClass.ACCOUNT)
    disabled_at: Mapped[datetime | None] = column(DataClass.ACCOUNT)
    language: Mapped[str] = column(DataClass.ACCOUNT, sa.String(8), server_default="nl")


class RoleGrant(SchoolRow):
    """A role of an account at a school, from `starts_on` up to and including `ends_on`.

    A teacher's grant names the group, a substitute's also its last day, a parent's the guardian, a pupil's the pupil;
    given by a person, never derived from a file.
    """

    __tablename__ = "role_grant"
    __retention__ = Retention.ACCOUNT
    __table_args__ = (
        *within_school("group:class_group", "staff", "guardian", "pupil", unique_id=False),
        sa.CheckConstraint("role <> 'parent' OR guardian_id IS NOT NULL", name="parent_is_guardian"),
        sa.CheckConstraint("role <> 'pupil' OR pupil_id IS NOT NULL", name="pupil_is_pupil"),
        sa.CheckConstraint(
            "role <> 'substitute' OR (group_id IS NOT NULL AND ends_on IS NOT NULL)",
            name="substitute_has_group_and_dates",
        ),
        sa.Index(None, "account_id"),
        sa.Index(None, "group_id"),
    )

    account_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("account.id"))
    role: Mapped[Role] = coded(Role, DataClass.ACCOUNT)
    group_id: Mapped[int | None] = column(DataClass.ACCOUNT)
    staff_id: Mapped[int | None] = column(DataClass.ACCOUNT)
    guardian_id: Mapped[int | None] = column(DataClass.ACCOUNT)
    pupil_id: Mapped[int | None] = column(DataClass.ACCOUNT)
    starts_on: Mapped[date] = column(DataClass.ACCOUNT)
    ends_on: Mapped[date | None] = column(DataClass.ACCOUNT)
    granted_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))


class LoginSession(Base):
    """An open log-in; the browser holds a random token, the database only its SHA-256.

    `device` is how a person recognises it ("Chrome op Windows"); `second_factor_at` when a code or passkey was seen.
    """

    __tablename__ = "login_session"
    __retention__ = Retention.SESSION

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("account.id"), index=True)
    token_hash: Mapped[bytes] = column(DataClass.SECRET, sa.LargeBinary(32), unique=True)
    created_at: Mapped[datetime] = column(DataClass.TRACE)
    seen_at: Mapped[datetime] = column(DataClass.TRACE)
    expires_at: Mapped[datetime] = column(DataClass.TRACE)
    revoked_at: Mapped[datetime | None] = column(DataClass.TRACE)
    method: Mapped[LoginMethod] = coded(LoginMethod, DataClass.TRACE, server_default=LoginMethod.PASSWORD)
    second_factor_at: Mapped[datetime | None] = column(DataClass.TRACE)
    device: Mapped[str] = column(DataClass.TRACE, sa.String(80), server_default="")


class Authenticator(Base):
    """The app with which someone makes codes (TOTP); its secret is encrypted with the key of the settings.

    It counts from `confirmed_at` on; `last_step` is the period of the last code used, so that none is used twice.
    """

    __tablename__ = "authenticator"
    __retention__ = Retention.ACCOUNT

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("account.id"), unique=True)
    secret: Mapped[bytes] = column(DataClass.SECRET, sa.LargeBinary(80))
    created_at: Mapped[datetime] = column(DataClass.TRACE)
    confirmed_at: Mapped[datetime | None] = column(DataClass.TRACE)
    last_step: Mapped[int | None] = column(DataClass.SECRET)


class Passkey(Base):
    """A passkey (WebAuthn) of someone; only its public half is here."""

    __tablename__ = "passkey"
    __retention__ = Retention.ACCOUNT

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("account.id"), index=True)
    credential_id: Mapped[bytes] = column(DataClass.SECRET, sa.LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = column(DataClass.SECRET, sa.LargeBinary(2048))
    sign_count: Mapped[int] = column(DataClass.SECRET, sa.BigInteger)
    name: Mapped[str] = column(DataClass.ACCOUNT, sa.String(60))
    created_at: Mapped[datetime] = column(DataClass.TRACE)
    used_at: Mapped[datetime | None] = column(DataClass.TRACE)


class RecoveryCode(Base):
    """One of the ten codes on paper for who lost the phone; each works once."""

    __tablename__ = "recovery_code"
    __retention__ = Retention.ACCOUNT

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("account.id"), index=True)
    code_hash: Mapped[bytes] = column(DataClass.SECRET, sa.LargeBinary(32))
    used_at: Mapped[datetime | None] = column(DataClass.TRACE)


class Invitation(Base):
    """A code on a letter with which someone chooses a password or passkey, once and until `expires_at`."""

    __tablename__ = "invitation"
    __retention__ = Retention.ACCOUNT

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("account.id"), index=True)
    code_hash: Mapped[bytes] = column(DataClass.SECRET, sa.LargeBinary(32))
    created_at: Mapped[datetime] = column(DataClass.TRACE)
    created_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))
    expires_at: Mapped[datetime] = column(DataClass.TRACE)
    used_at: Mapped[datetime | None] = column(DataClass.TRACE)


class PicturePassword(Base):
    """The pictures, in their order, with which a child logs in; of use only behind an open `ClassDoor`."""

    __tablename__ = "picture_password"
    __retention__ = Retention.ACCOUNT

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("account.id"), unique=True)
    pictures_hash: Mapped[str] = column(DataClass.SECRET, sa.String(255))
    set_at: Mapped[datetime] = column(DataClass.TRACE)
    set_by: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))


class ClassDoor(SchoolRow):
    """A code on the board with which the children of a group may log in, from `opened_at` until just before `ends_at`.

    Three pictures are few; so they count only while a teacher holds the door open.
    """

    __tablename__ = "class_door"
    __retention__ = Retention.SESSION
    __table_args__ = (*within_school("group:class_group", unique_id=False), sa.Index(None, "group_id"))

    group_id: Mapped[int] = column(DataClass.TECHNICAL)
    code_hash: Mapped[bytes] = column(DataClass.SECRET, sa.LargeBinary(32), unique=True)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    opened_at: Mapped[datetime] = column(DataClass.TRACE)
    ends_at: Mapped[datetime] = column(DataClass.TRACE)
    closed_at: Mapped[datetime | None] = column(DataClass.TRACE)
