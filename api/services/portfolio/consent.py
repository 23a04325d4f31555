"""What a parent allows, per purpose: said again as often as they like, never changed; each parent sees their own."""

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.clock import day_of
from api.db import writing
from api.schemas.portfolio import ConsentPage, Said
from api.security.access import Visit
from models.portfolio import Consent
from models.queries import portfolio as read
from models.queries.copies import guardian_of
from models.queries.emergency import name_of
from models.queries.scope import Grant
from models.rules.names import display_name
from models.vocabulary import ConsentPurpose

PAGE, WROTE = "consent", "wrote"


def compose(visit: Visit, grant: Grant) -> ConsentPage:
    """Compose what this parent said so far."""
    guardian_id = guardian_of(visit.connection, grant, visit.scope)
    newest = {row.purpose: row for row in read.own_words(visit.connection, grant, guardian_id)}
    child = name_of(visit.connection, grant, visit.scope)
    return ConsentPage(
        id=child.uid,
        name=display_name(child),
        purposes=[
            Said(
                purpose=purpose,
                text=purpose.label,
                is_given=newest[purpose].is_given if purpose in newest else None,
                said_on=day_of(newest[purpose].said_at) if purpose in newest else None,
            )
            for purpose in ConsentPurpose
        ],
    )


def say(visit: Visit, grant: Grant, purpose: ConsentPurpose, *, is_given: bool) -> None:
    """Keep a yes or a no of this parent; it counts from now on."""
    guardian_id = guardian_of(visit.connection, grant, visit.scope)
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.insert(Consent).values(
                uid=uuid7(),
                school_id=grant.school_id,
                pupil_id=grant.pupil_id,
                guardian_id=guardian_id,
                purpose=purpose,
                is_given=is_given,
                said_at=visit.now,
                account_id=visit.scope.account_id,
            )
        )
    visit.log(PAGE, [grant.pupil_id], grant, WROTE)
