"""Who read what of which child, when and on what ground; append-only, chained, without content or foreign keys.

Without foreign keys nothing here blocks the deletion of a dossier (and deletion does not erase who looked). Lines are
added by `api.security.access_log` only, and removed by `models.queries.log.drop_prefix` only.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, SchoolRow, coded, column, primary_key
from models.vocabulary import DataClass, Retention, Role


class AccessLog(Base):
    """One reading (or refusal) of one child's data: `kind` is the kind of data, `ground` why it was allowed.

    `id` is the number of the line: one more than the line before, whatever process wrote it. `hash` is the link of
    `models.rules.chain` over the line before and this one.
    """

    __tablename__ = "access_log"
    __retention__ = Retention.LOG
    __table_args__ = (sa.Index(None, "school_id", "pupil_id", "at"),)

    id: Mapped[int] = primary_key()
    at: Mapped[datetime] = column(DataClass.TRACE)
    school_id: Mapped[int | None] = column(DataClass.TRACE)
    account_id: Mapped[int | None] = column(DataClass.TRACE)
    role: Mapped[Role | None] = coded(Role, DataClass.TRACE)
    pupil_id: Mapped[int | None] = column(DataClass.TRACE)
    kind: Mapped[str] = column(DataClass.TRACE, sa.String(32))
    action: Mapped[str] = column(DataClass.TRACE, sa.String(16))
    ground: Mapped[str] = column(DataClass.TRACE, sa.String(100))
    hash: Mapped[bytes] = column(DataClass.TECHNICAL, sa.LargeBinary(32))


class AccessLogHead(Base):
    """The newest line, in the one row that a writer locks: so the order of the chain is the order of commits."""

    __tablename__ = "access_log_head"
    __retention__ = Retention.LOG

    id: Mapped[int] = primary_key()
    number: Mapped[int] = column(DataClass.TECHNICAL)
    hash: Mapped[bytes] = column(DataClass.TECHNICAL, sa.LargeBinary(32))


class AccessLogAnchor(Base):
    """What was dropped when its term was over: the last line that went, so that the rest can still be verified."""

    __tablename__ = "access_log_anchor"
    __retention__ = Retention.LOG

    id: Mapped[int] = primary_key()
    number: Mapped[int] = column(DataClass.TECHNICAL)
    hash: Mapped[bytes] = column(DataClass.TECHNICAL, sa.LargeBinary(32))
    dropped_at: Mapped[datetime] = column(DataClass.TRACE)


class AccessLogReview(SchoolRow):
    """Directie looked through the log up to and including line `through`; once a month, or it is told in red."""

    __tablename__ = "access_log_review"
    __retention__ = Retention.LOG
    __table_args__ = (sa.Index(None, "school_id", "reviewed_at"),)

    through: Mapped[int] = column(DataClass.TRACE)
    reviewed_at: Mapped[datetime] = column(DataClass.TRACE)
    reviewed_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))
    remark: Mapped[str | None] = column(DataClass.TRACE, sa.String(500))
