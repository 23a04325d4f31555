"""The emergency card of a child with whom to call: one click, no words, also when the log cannot be written.

The look is then kept in `api.security.emergency_journal`.
"""

from dataclasses import replace

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.emergency import EmergencyNumber, EmergencyPage
from api.security import emergency_journal
from api.security.access import Visit
from api.security.access_log import LogUnavailableError
from api.services.reason import AT_ONCE, OPENED, READ, WROTE, keep, said
from frontend.formatting import clock
from models.custody import EmergencyCard
from models.queries import custody
from models.queries import emergency as read
from models.queries.scope import Grant, NotFoundError, group_name
from models.rules.access import Kind
from models.rules.names import display_name
from models.vocabulary import EmergencyReason


def compose_card(visit: Visit, grant: Grant) -> EmergencyPage:
    """Compose the emergency card of this child; closed for who must click once, and says so."""
    child = read.name_of(visit.connection, grant, visit.scope)
    shown = [kind for kind in AT_ONCE if kind in grant.kinds]
    if not shown and not set(AT_ONCE) & grant.opens:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    visit.lines += [visit.line(kind, grant.pupil_id, grant, READ, grant.ground_for(kind)) for kind in shown]
    card = read.card_of(visit.connection, grant) if Kind.EMERGENCY_CARD in shown else None
    numbers, hidden = _numbers(visit, grant) if Kind.EMERGENCY_NUMBERS in shown else ([], 0)
    return EmergencyPage(
        id=child.uid,
        name=display_name(child),
        group=group_name(child.group_name) if child.group_name else None,
        ground=grant.ground_for(shown[0]) if shown else grant.ground,
        is_open=bool(shown),
        can_write=Kind.EMERGENCY_CARD in grant.kinds & grant.writes,
        body=card.body if card else None,
        written=f"{card.written_by}, {clock(card.written_at)}" if card else None,
        version=card.version if card else 0,
        numbers=numbers,
        hidden=hidden,
    )


def open_card(visit: Visit, grant: Grant) -> EmergencyPage | None:
    """Open card and numbers at once; returns the page itself when neither log nor database can be written."""
    kinds = [kind for kind in AT_ONCE if kind in grant.opens]
    if not kinds and not set(AT_ONCE) & grant.kinds:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    lines = [visit.line(kind, grant.pupil_id, grant, OPENED, said(EmergencyReason.EMERGENCY)) for kind in kinds]
    try:
        visit.kit.log.write(lines)
        keep(visit, grant, kinds, EmergencyReason.EMERGENCY, None)
    except (LogUnavailableError, sa.exc.SQLAlchemyError, OSError):
        emergency_journal.write(visit.kit.settings.data_dir, lines)
        return compose_card(visit, replace(grant, kinds=grant.kinds | set(kinds), opens=frozenset()))
    return None


def write_card(visit: Visit, grant: Grant, body: str, seen: int) -> None:
    """Replace the emergency card, or take it away when `body` is empty; `seen` is the version that was looked at."""
    if Kind.EMERGENCY_CARD not in grant.kinds & grant.writes:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    mine = sa.and_(EmergencyCard.school_id == grant.school_id, EmergencyCard.pupil_id == grant.pupil_id)
    values = {"body": body.strip(), "written_at": visit.now, "written_by": visit.signed_in.name, "version": seen + 1}
    try:
        with writing(visit.kit.engine) as connection:
            if not body.strip():
                done = connection.execute(sa.delete(EmergencyCard).where(mine, EmergencyCard.version == seen)).rowcount
            elif seen:
                changed = sa.update(EmergencyCard).where(mine, EmergencyCard.version == seen).values(values)
                done = connection.execute(changed).rowcount
            else:
                whose = {"school_id": grant.school_id, "pupil_id": grant.pupil_id}
                done = connection.execute(sa.insert(EmergencyCard).values(whose | values)).rowcount
            if not done:
                raise _changed()
    except sa.exc.IntegrityError as both:
        raise _changed() from both
    visit.log(Kind.EMERGENCY_CARD, [grant.pupil_id], grant, WROTE)


def _numbers(visit: Visit, grant: Grant) -> tuple[list[EmergencyNumber], int]:
    """Whom to call: who has custody first; nobody of whom it is known that they have none."""
    rows = custody.guardians_of(visit.connection, grant, visit.scope)
    may_secret = Kind.SECRET_CONTACT in grant.kinds
    numbers = [
        EmergencyNumber(name=display_name(row), relation=row.relation.label, phone=row.phone)
        for row in sorted(rows, key=lambda row: not row.has_custody)
        if row.phone and (row.has_custody or row.is_unknown) and (may_secret or not row.secret_contact)
    ]
    return numbers, sum(1 for row in rows if row.has_custody and row.secret_contact and not may_secret)


def _changed() -> ForPeopleError:
    return ForPeopleError(
        "Een collega heeft deze noodkaart intussen gewijzigd. Uw tekst is niet bewaard; lees wat er nu staat."
    )
