"""Tests, social-emotional lists and observations: one assessment, one row per scale, as delivered.

Nothing delivered is recomputed. A scale has an owner; only scales of one `comparable_group` may share an axis.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, SchoolRow, coded, column, primary_key, within_school
from models.vocabulary import DataClass, Grade, InstrumentKind, Measure, Respondent, Retention


class Instrument(Base):
    """A test or list of a provider, in one version."""

    __tablename__ = "instrument"
    __retention__ = Retention.REFERENCE
    __table_args__ = (sa.UniqueConstraint("provider", "code", "version"),)

    id: Mapped[int] = primary_key()
    provider: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    code: Mapped[str] = column(DataClass.REFERENCE, sa.String(128))
    version: Mapped[str] = column(DataClass.REFERENCE, sa.String(64), default="")
    name: Mapped[str] = column(DataClass.REFERENCE, sa.String(200))
    kind: Mapped[InstrumentKind] = coded(InstrumentKind)
    subject: Mapped[str | None] = column(DataClass.REFERENCE, sa.String(64))


class Scale(Base):
    """A scale with its owner: I-V of Cito, I-V of Snappet and A-E of Cito are three scales.

    `comparable_group` is the only permission to draw two rows on one axis; `is_ordinal` forbids averages.
    """

    __tablename__ = "scale"
    __retention__ = Retention.REFERENCE
    __table_args__ = (sa.UniqueConstraint("code", "owner", "version"),)

    id: Mapped[int] = primary_key()
    code: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    owner: Mapped[str] = column(DataClass.REFERENCE, sa.String(128))
    version: Mapped[str] = column(DataClass.REFERENCE, sa.String(64), default="")
    measure: Mapped[Measure] = coded(Measure)
    is_ordinal: Mapped[bool] = column(DataClass.REFERENCE)
    comparable_group: Mapped[str] = column(DataClass.REFERENCE, sa.String(200))
    low: Mapped[float | None] = column(DataClass.REFERENCE)
    high: Mapped[float | None] = column(DataClass.REFERENCE)


class NormGroup(Base):
    """With whom a score was compared, in the owner's words (Landelijk, BB, VWO, ...)."""

    __tablename__ = "norm_group"
    __retention__ = Retention.REFERENCE
    __table_args__ = (sa.UniqueConstraint("owner", "code"),)

    id: Mapped[int] = primary_key()
    owner: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    code: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))


class NormBand(SchoolRow):
    """From which up to which score a level holds at one moment, as a school delivered the provider's table."""

    __tablename__ = "norm_band"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("delivery"),
        sa.UniqueConstraint("school_id", "scale_id", "moment", "code"),
        sa.CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name="order"),
    )

    scale_id: Mapped[int] = column(DataClass.REFERENCE, sa.ForeignKey("scale.id"))
    moment: Mapped[str] = column(DataClass.REFERENCE, sa.String(16))
    code: Mapped[str] = column(DataClass.REFERENCE, sa.String(16))
    low: Mapped[float | None] = column(DataClass.REFERENCE)
    high: Mapped[float | None] = column(DataClass.REFERENCE)
    delivery_id: Mapped[int] = column(DataClass.TECHNICAL)


class Assessment(SchoolRow):
    """One test taken, list filled in or observation made; a correction makes a new row that supersedes the old.

    `moment` is when it was planned ("M6", "najaar"); `test_level` the level of the booklet, which may differ.
    """

    __tablename__ = "assessment"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("source_person", "delivery", "superseded_by:assessment"),
        sa.Index(
            "uq_assessment_key",
            "source_person_id",
            "source_key",
            unique=True,
            sqlite_where=sa.text("superseded_by_id IS NULL"),
            postgresql_where=sa.text("superseded_by_id IS NULL"),
        ),
        sa.Index(None, "source_person_id", "taken_on"),
    )

    source_person_id: Mapped[int] = column(DataClass.TECHNICAL)
    instrument_id: Mapped[int] = column(DataClass.RESULT, sa.ForeignKey("instrument.id"))
    source_key: Mapped[str] = column(DataClass.IDENTIFIER, sa.String(300))
    taken_on: Mapped[date] = column(DataClass.RESULT)
    moment: Mapped[str | None] = column(DataClass.RESULT, sa.String(32))
    test_level: Mapped[str | None] = column(DataClass.RESULT, sa.String(16))
    grade: Mapped[Grade | None] = coded(Grade, DataClass.RESULT)
    respondent: Mapped[Respondent] = coded(Respondent, DataClass.RESULT, default=Respondent.TEST)
    delivery_id: Mapped[int] = column(DataClass.TECHNICAL)
    locator: Mapped[str] = column(DataClass.TRACE, sa.String(300))
    superseded_by_id: Mapped[int | None] = column(DataClass.TECHNICAL)


class AssessmentScore(SchoolRow):
    """One outcome on one scale: `value_raw` is the exact text delivered, `value_num` and `band` stand beside it.

    `part` is a sub-test, dimension or development line; `norms` keeps bands that came with a raw score.
    """

    __tablename__ = "assessment_score"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("assessment", unique_id=False),
        sa.Index(None, "assessment_id"),
    )

    assessment_id: Mapped[int] = column(DataClass.TECHNICAL)
    scale_id: Mapped[int] = column(DataClass.REFERENCE, sa.ForeignKey("scale.id"))
    norm_group_id: Mapped[int | None] = column(DataClass.REFERENCE, sa.ForeignKey("norm_group.id"))
    part: Mapped[str] = column(DataClass.RESULT, sa.String(128), default="")
    value_raw: Mapped[str] = column(DataClass.RESULT, sa.String(200))
    value_num: Mapped[float | None] = column(DataClass.RESULT)
    band: Mapped[str | None] = column(DataClass.RESULT, sa.String(64))
    ci_low: Mapped[float | None] = column(DataClass.RESULT)
    ci_high: Mapped[float | None] = column(DataClass.RESULT)
    qualifier: Mapped[str | None] = column(DataClass.RESULT, sa.String(64))
    norms: Mapped[list[Any] | None] = column(DataClass.REFERENCE, sa.JSON)
