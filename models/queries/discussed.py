"""Which talks are among colleagues: the leerlingbespreking, apart from talks with parents or the child.

Whoever reads the table `talk` says which of the two it means: a talk with parents is another kind of data
(`Kind.TALKS`), with other readers.
"""

import sqlalchemy as sa

from models.account import RoleGrant
from models.person import Guardianship
from models.talk import Talk, TalkWish
from models.vocabulary import Role, TalkKind

IS_DISCUSSION: sa.ColumnElement[bool] = Talk.kind == TalkKind.DISCUSSION
"""When a talk is among colleagues."""

_AS_PARENT = (
    sa.exists()
    .where(
        RoleGrant.account_id == TalkWish.account_id,
        RoleGrant.role == Role.PARENT,
        RoleGrant.school_id == TalkWish.school_id,
        Guardianship.guardian_id == RoleGrant.guardian_id,
        Guardianship.pupil_id == TalkWish.pupil_id,
    )
    .correlate(TalkWish)
)
BY_PARENT: sa.ColumnElement[bool] = sa.or_(TalkWish.release_id.is_not(None), _AS_PARENT)
"""When a wish is a parent's: it names what was released, or who wished is a parent of this child."""
