"""Who read what of which child, when and on what ground; append-only, without content and without foreign keys.

Without foreign keys nothing here blocks the deletion of a dossier (and deletion does not erase who looked).
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, coded, column, primary_key
from models.vocabulary import DataClass, Retention, Role


class AccessLog(Base):
    """One reading (or refusal) of one child's data: `kind` is the kind of data, `ground` why it was allowed."""

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
