"""The school, its school years, and what a school set to its own hand."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, SchoolRow, column, primary_key, public_id
from models.vocabulary import DataClass, Retention


class School(Base):
    """One location: a BRIN with its dependance ("00" for the main one), or a school without BRIN by its own key.

    `revision` counts the changes that came with no delivery; see `models.queries.memory`.
    """

    __tablename__ = "school"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        sa.UniqueConstraint("brin", "dependance"),
        sa.CheckConstraint("brin IS NOT NULL OR school_key IS NOT NULL", name="known_by_a_key"),
    )

    id: Mapped[int] = primary_key()
    uid: Mapped[UUID] = public_id()
    brin: Mapped[str | None] = column(DataClass.REFERENCE, sa.String(4))
    dependance: Mapped[str] = column(DataClass.REFERENCE, sa.String(2), default="00")
    school_key: Mapped[str | None] = column(DataClass.REFERENCE, sa.String(256))
    name: Mapped[str] = column(DataClass.REFERENCE, sa.String(200))
    created_at: Mapped[datetime] = column(DataClass.TECHNICAL)
    revision: Mapped[int] = column(DataClass.TECHNICAL, server_default="0")


class SchoolYear(Base):
    """A school year, "2026-2027", from 1 August up to and including 31 July (WPO: het schooljaar)."""

    __tablename__ = "school_year"
    __retention__ = Retention.REFERENCE
    __table_args__ = (sa.CheckConstraint("length(code) = 9 AND substr(code, 5, 1) = '-'", name="code_form"),)

    id: Mapped[int] = primary_key()
    code: Mapped[str] = column(DataClass.REFERENCE, sa.String(9), unique=True)
    starts_on: Mapped[date] = column(DataClass.REFERENCE)
    ends_on: Mapped[date] = column(DataClass.REFERENCE)


class SchoolSetting(SchoolRow):
    """A value that a school chose instead of ours; which there are, with bounds, stands in `models.rules.settings`."""

    __tablename__ = "school_setting"
    __retention__ = Retention.REFERENCE
    __table_args__ = (sa.UniqueConstraint("school_id", "name"),)

    name: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    value: Mapped[str] = column(DataClass.REFERENCE, sa.String(200))
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    changed_at: Mapped[datetime] = column(DataClass.TRACE)
