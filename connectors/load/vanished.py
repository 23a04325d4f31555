"""What a full snapshot no longer holds: marked, counted, never deleted; leaving is for a person to decide upon."""

from collections.abc import Collection

import sqlalchemy as sa

from connectors.contract import Header
from connectors.ledger import Ledger
from connectors.load.bulk import among
from connectors.load.delivery import Delivery
from connectors.load.people import SOURCE_PERSON
from connectors.precheck import require_no_shrink
from models.vocabulary import PersonRole

ROLE_OF_STREAM = {"pupil": PersonRole.PUPIL, "staff": PersonRole.STAFF}


def mark_vanished(
    connection: sa.Connection, header: Header, delivery: Delivery, ledger: Ledger, *, confirmed: bool
) -> int:
    """Mark the records and the people that are gone; of an older school year only its own records.

    Raises `NeedsConfirmation` when a strange number of children is gone.
    """
    vanished = 0
    for stream in header.snapshot_streams:
        records = ledger.mark_vanished(stream)
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
        require_no_shrink(len(gone), len(active), confirmed=confirmed)
    if gone:
        left = sa.update(t).where(among(connection, t.c.id, gone))
        connection.execute(left.values(vanished_at=delivery.received_at))
    earlier = t.c.seen_delivery_id != delivery.id
    connection.execute(sa.update(t).where(*present, earlier).values(seen_delivery_id=delivery.id))
    return len(gone)
