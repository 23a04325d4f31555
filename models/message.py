"""What a school tells parents: announcements on the page, and messages that wait until a mail server takes them.

A message holds no personal data in its text; to whom it goes is a row of its own.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import DataClass, MessageKind, Retention


class Announcement(SchoolRow):
    """News for the parents of a group, or of the whole school when `group_id` is empty; typed here or delivered."""

    __tablename__ = "announcement"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("group:class_group", "delivery", unique_id=False),
        sa.Index(None, "school_id", "shown_from"),
        sa.UniqueConstraint("school_id", "source_key"),
    )

    uid: Mapped[UUID] = public_id()
    group_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    source_key: Mapped[str | None] = column(DataClass.IDENTIFIER, sa.String(300))
    title: Mapped[str] = column(DataClass.REFERENCE, sa.String(200))
    body: Mapped[str] = column(DataClass.REFERENCE, server_default="")
    shown_from: Mapped[date] = column(DataClass.REFERENCE)
    shown_until: Mapped[date | None] = column(DataClass.REFERENCE)
    account_id: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    delivery_id: Mapped[int | None] = column(DataClass.TECHNICAL)


class Message(SchoolRow):
    """A text that is ready to be mailed; `key` keeps the same one (the digest of a week) from being made twice."""

    __tablename__ = "message"
    __retention__ = Retention.REFERENCE
    __table_args__ = (*within_school("group:class_group"), sa.UniqueConstraint("school_id", "key"))

    uid: Mapped[UUID] = public_id()
    kind: Mapped[MessageKind] = coded(MessageKind)
    key: Mapped[str] = column(DataClass.TECHNICAL, sa.String(100))
    group_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    subject: Mapped[str] = column(DataClass.REFERENCE, sa.String(200))
    body: Mapped[str] = column(DataClass.REFERENCE)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    made_at: Mapped[datetime] = column(DataClass.TRACE)


class MessageCopy(SchoolRow):
    """One message for one guardian; the address is looked up when it goes out, and kept nowhere else.

    It waits while `sent_at` and `failed_at` are empty; `tries` counts, `next_try_at` is when to try again.
    """

    __tablename__ = "message_copy"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("message", "guardian", unique_id=False),
        sa.UniqueConstraint("message_id", "guardian_id"),
        sa.Index(None, "guardian_id"),
    )

    message_id: Mapped[int] = column(DataClass.TECHNICAL)
    guardian_id: Mapped[int] = column(DataClass.TECHNICAL)
    tries: Mapped[int] = column(DataClass.TECHNICAL, server_default="0")
    next_try_at: Mapped[datetime | None] = column(DataClass.TECHNICAL)
    sent_at: Mapped[datetime | None] = column(DataClass.TRACE)
    failed_at: Mapped[datetime | None] = column(DataClass.TRACE)
