"""Custody as it stands at a moment: for the session of a parent (every request anew), and for the page of a child.

The same rule as `models.rules.custody`, in SQL because each request of a parent asks it; a test holds them together.
"""

import sqlalchemy as sa

from models.custody import CustodyRecord
from models.person import Guardianship, Pupil
from models.types import UtcDateTime
from models.vocabulary import Custody

TODAY = sa.bindparam("today", type_=sa.Date)
NOW = sa.bindparam("now", type_=UtcDateTime())
ADULT_SINCE = sa.bindparam("adult_since", type_=sa.Date)

_RECORDED = (
    sa.select(CustodyRecord.custody)
    .where(
        CustodyRecord.guardian_id == Guardianship.guardian_id,
        CustodyRecord.pupil_id == Guardianship.pupil_id,
        CustodyRecord.starts_at <= NOW,
    )
    .order_by(CustodyRecord.starts_at.desc(), CustodyRecord.version.desc())
    .limit(1)
    .correlate(Guardianship)
    .scalar_subquery()
)
_CLAIMED = sa.case(
    (
        sa.and_(Guardianship.starts_on <= TODAY, sa.or_(Guardianship.ends_on.is_(None), Guardianship.ends_on >= TODAY)),
        Guardianship.custody,
    )
)
_GROWN_UP = sa.exists().where(Pupil.id == Guardianship.pupil_id, Pupil.birth_date <= ADULT_SINCE)

HAS_CUSTODY: sa.ColumnElement[bool] = sa.and_(
    sa.func.coalesce(_RECORDED, _CLAIMED) == Custody.YES, ~_GROWN_UP.correlate(Guardianship)
)
"""Whether the guardian of a `guardianship` row has custody; asks for :today, :now and :adult_since."""
