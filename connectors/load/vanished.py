"""What a full snapshot no longer holds: marked, counted, never deleted; leaving is for a person to decide upon."""

from collections.abc import Collection
from datetime import timedelta
from typing import cast

import sqlalchemy as sa

from connectors.contract import Header
from connectors.ledger import Ledger
from connectors.load.bulk import among
from connectors.load.delivery import Delivery
from connectors.load.people import SOURCE_PERSON
from connectors.precheck import require_no_shrink
from models.group import GroupMembership
from models.vocabulary import PersonRole

T_MEMBERSHIP = cast("sa.Table", GroupMembership.__table__)
ROLE_OF_STREAM = {"pupil": PersonRole.PUPIL, "staff": PersonRole.STAFF}


def mark_vanished(
    connection: sa.Connection, header: Header, delivery: Delivery, ledger: Ledger, *, confirmed: bool
) -> int:
    """Mark the records and the people that are gone; of an older school year only its own records.

    Raises `NeedsConfirmation` when a strange number of children is gone, or of a list that is complete: half a list of
    parents would take the other half their access.
    """
    vanished = 0
    for stream in header.snapshot_streams:
        active = ledger.count_active(stream)
        records = ledger.mark_vanished(stream)
        if not delivery.leads_roll:
            require_no_shrink(records, active, "regels", confirmed=confirmed)
        if (role := ROLE_OF_STREAM.get(stream)) and not delivery.is_history:
            records = _mark_people(connection, delivery, role, ledger.seen(stream), confirmed=confirmed)
        vanished += records
    return vanished


def _mark_people(
    connection: sa.Connection,
    delivery: Delivery,
    role: PersonRole,
    seen: Collection[str],
    *,
    confirmed: bool,
) -> int:
    t = SOURCE_PERSON
    present = (t.c.source_id == delivery.source_id, t.c.role == role, t.c.vanished_at.is_(None))
    active = connection.execute(sa.select(t.c.id, t.c.source_key).where(*present)).all()
    gone = [person_id for person_id, key in active if key not in seen]
    if role is PersonRole.PUPIL:
        require_no_shrink(len(gone), len(active), "kinderen", confirmed=confirmed)
    if gone:
        left = sa.update(t).where(among(connection, t.c.id, gone))
        connection.execute(left.values(vanished_at=delivery.received_at))
        _leave_place_to_new_keys(connection, delivery, gone)
    earlier = t.c.seen_delivery_id != delivery.id
    connection.execute(sa.update(t).where(*present, earlier).values(seen_delivery_id=delivery.id))
    return len(gone)


def _leave_place_to_new_keys(connection: sa.Connection, delivery: Delivery, gone: Collection[int]) -> None:
    """Close the groups of a child that this same source now knows under another key: nobody sits there twice."""
    old, new, m = SOURCE_PERSON, SOURCE_PERSON.alias("new"), T_MEMBERSHIP
    renewed = sa.select(old.c.id).where(
        among(connection, old.c.id, gone),
        sa.exists().where(
            new.c.source_id == old.c.source_id, new.c.pupil_id == old.c.pupil_id, new.c.vanished_at.is_(None)
        ),
    )
    day_before = sa.literal(delivery.day - timedelta(days=1), sa.Date)
    last = sa.case((m.c.starts_on > day_before, m.c.starts_on), else_=day_before)
    connection.execute(
        sa.update(m).where(m.c.ends_on.is_(None), m.c.source_person_id.in_(renewed)).values(ends_on=last)
    )
