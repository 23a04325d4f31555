"""What a parent asks of school on this page: to talk about a result, and who looked at their child."""

from uuid import UUID, uuid4

import sqlalchemy as sa

from api.db import writing
from api.schemas.my_child import MyLook, MyLooks
from api.security.access import Visit
from api.services.looks import as_extract
from models.queries import my_child as read
from models.queries.scope import Grant
from models.queries.whose import take_turns
from models.rules.access import Kind
from models.talk import TalkWish

ASKED = "verzoek van een ouder"


def wish_to_talk(visit: Visit, grant: Grant, release_id: UUID, body: str = "") -> None:
    """Record that this parent wants to talk about a released result; asked twice it is one wish."""
    row = read.release(visit.connection, grant, visit.scope, release_id)
    values = {
        "uid": uuid4(),
        "school_id": grant.school_id,
        "pupil_id": grant.pupil_id,
        "body": body.strip(),
        "account_id": visit.scope.account_id,
        "wished_at": visit.now,
        "release_id": row.id,
    }
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        if not read.is_asked(connection, visit.scope, row.id):
            connection.execute(sa.insert(TalkWish).values(values))
    visit.log("talk", [grant.pupil_id], grant, "wrote")


def compose_my_looks(visit: Visit, grant: Grant) -> MyLooks:
    """Compose who looked at the child, for the parent who asks it now (AVG art. 15); asking is a line too."""
    asked = Grant(grant.pupil_id, grant.school_id, grant.role, ASKED, frozenset({Kind.ACCESS_LOG}))
    visit.log(Kind.ACCESS_LOG, [grant.pupil_id], asked, "exported")
    looks = as_extract(visit, asked)
    return MyLooks(
        id=looks.id,
        given_name=looks.name.split(" ")[0],
        since=looks.since,
        looks=[
            MyLook(
                on=day.on,
                who=glance.who,
                role=glance.role,
                what=glance.what,
                first=glance.first,
                last=glance.last,
                times=glance.times,
            )
            for day in looks.days
            for glance in day.glances
        ],
    )
