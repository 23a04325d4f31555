"""How the guardians of a child can be reached, and for whom: two households never see each other's address.

Staff see what the matrix gives; a secret number only who may see that kind. A parent sees the own data and nobody
else's, not even that there is another. What may not be shown is absent, not empty.
"""

from typing import Any

from api.schemas.custody import ContactLine, ContactPage
from api.security.access import Visit
from models.queries import custody as read
from models.queries.emergency import name_of
from models.queries.scope import AnyRow, Grant, NotFoundError
from models.rules.access import Kind
from models.rules.names import display_name
from models.vocabulary import Role


def compose_contact(visit: Visit, grant: Grant) -> ContactPage:
    """Compose the contact page of this child for this reader."""
    child = name_of(visit.connection, grant, visit.scope)
    rows = read.guardians_of(visit.connection, grant, visit.scope)
    is_own = grant.role is Role.PARENT
    if is_own:
        mine = read.guardian_ids_of(visit.connection, visit.scope)
        lines = [_own(row) for row in rows if row.id in mine]
    elif {Kind.IDENTITY, Kind.SECRET_CONTACT} & grant.kinds:
        lines = [_for_staff(row, grant) for row in rows]
    else:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    if Kind.SECRET_CONTACT in grant.kinds and any(row.secret_contact for row in rows):
        visit.lines.append(
            visit.line(Kind.SECRET_CONTACT, grant.pupil_id, grant, "read", grant.ground_for(Kind.SECRET_CONTACT))
        )
    return ContactPage(id=child.uid, name=display_name(child), ground=grant.ground, is_own=is_own, guardians=lines)


def _own(row: AnyRow) -> ContactLine:
    return ContactLine(name=display_name(row), relation=row.relation.label, email=row.email, phone=row.phone)


def _for_staff(row: AnyRow, grant: Grant) -> ContactLine:
    shown: dict[str, Any] = {}
    if Kind.IDENTITY in grant.kinds:
        shown["custody"] = "gezag" if row.has_custody else "geen gezag vastgelegd"
    if Kind.SECRET_CONTACT in grant.kinds:
        shown["secret"] = True if row.secret_contact else None
    may_reach = Kind.SECRET_CONTACT in grant.kinds if row.secret_contact else Kind.IDENTITY in grant.kinds
    if may_reach:
        shown |= {"email": row.email, "phone": row.phone}
    return ContactLine(name=display_name(row), relation=row.relation.label, **shown)
