"""The emergency card with whom to call, and access for a stated reason: one child, one kind of data, one hour.

Opening for a reason is in the access log before anything is shown: no log, no page. Card and numbers take one click and
no words, and open even when the log cannot be written; the look is then kept in `api.security.emergency_journal`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.emergency import EmergencyNumber, EmergencyPage, KindChoice, ReasonPage, UseLine
from api.schemas.people import PupilLink
from api.security import emergency_journal, passwords
from api.security.access import Visit
from api.security.access_log import LogUnavailableError
from api.services.groups import plain
from frontend.formatting import clock
from models.custody import EmergencyAccess, EmergencyCard
from models.queries import accounts, custody
from models.queries import emergency as read
from models.queries.scope import AnyRow, Grant, NotFoundError, grant_for, group_name
from models.rules.access import Kind
from models.rules.grounds import WORDS
from models.rules.names import display_name, sort_name
from models.vocabulary import EmergencyReason, Role, Verdict

AT_ONCE = (Kind.EMERGENCY_CARD, Kind.EMERGENCY_NUMBERS)
"""What opens with one click: a child may be choking."""
HOW_LONG = timedelta(minutes=60)
RECENT = timedelta(minutes=15)
"""How long ago a second factor may have been shown, for what is not urgent."""
REVIEW_WITHIN = timedelta(days=7)
SHORTEST_REASON = 15
MOST_FOUND = 12
READ, OPENED, CLOSED, WROTE = "read", "opened", "closed", "wrote"


def find_by_letters(visit: Visit, text: str) -> list[PupilLink]:
    """Find children whose card the reader may open, by the first letters of any of their names; at most twelve."""
    wanted = [part for part in plain(text).replace(",", " ").split() if part]
    if not wanted:
        return []
    found = [
        row for row in _roster(visit) if all(any(name.startswith(part) for name in _names(row)) for part in wanted)
    ]
    return _links(visit, sorted(found, key=lambda row: plain(sort_name(row)))[:MOST_FOUND])


def find_exactly(visit: Visit, name: str, group: str) -> list[PupilLink]:
    """Find the children with exactly this first and last name in this group."""
    wanted, home = plain(name).split(), plain(group_name(group.strip()))
    found = [
        row
        for row in _roster(visit)
        if plain(display_name(row)).split() == wanted and plain(group_name(row.name)) == home
    ]
    return _links(visit, found)


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
    lines = [visit.line(kind, grant.pupil_id, grant, OPENED, _said(EmergencyReason.EMERGENCY)) for kind in kinds]
    try:
        visit.kit.log.write(lines)
        _insert(visit, grant, kinds, EmergencyReason.EMERGENCY, None)
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


def compose_reason(visit: Visit, grant: Grant) -> ReasonPage:
    """Compose the form to open one kind of data of this child; there is none for who can open nothing."""
    if not grant.opens:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    child = read.name_of(visit.connection, grant, visit.scope)
    return ReasonPage(
        id=child.uid,
        name=display_name(child),
        group=group_name(child.group_name) if child.group_name else None,
        kinds=[KindChoice(value=kind, label=kind.label) for kind in Kind if kind in grant.opens and WORDS[kind].kept],
        is_urgent=bool(set(AT_ONCE) & grant.opens),
        needs_password=not _is_recent(visit),
    )


def open_for_reason(
    visit: Visit, grant: Grant, kind: Kind, reason: EmergencyReason, explanation: str, password: str
) -> None:
    """Open one kind of data of this child for an hour; raises `ForPeopleError` when something is missing."""
    if kind not in grant.opens:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    if kind not in AT_ONCE:
        if len(explanation.strip()) < SHORTEST_REASON:
            raise ForPeopleError("Schrijf in een paar woorden waarom: minstens 15 tekens. De directie leest het mee.")
        if not _is_recent(visit) and not _is_own_password(visit, password):
            raise ForPeopleError("Uw wachtwoord klopt niet. Er is niets geopend.")
    visit.kit.log.write([visit.line(kind, grant.pupil_id, grant, OPENED, _said(reason))])
    _insert(visit, grant, [kind], reason, explanation.strip() or None)


def close(visit: Visit, uid: UUID) -> None:
    """End what the reader opened themselves, before its time."""
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.update(EmergencyAccess)
            .where(
                EmergencyAccess.uid == uid,
                EmergencyAccess.account_id == visit.scope.account_id,
                EmergencyAccess.ends_at > visit.now,
            )
            .values(ends_at=visit.now)
        )


def open_now(visit: Visit) -> list[UseLine]:
    """List what the reader has open; each child is a line in the access log."""
    rows = read.open_now(visit.connection, visit.scope)
    for row in rows:
        visit.log("reason", [row.pupil_id], _grant(row, visit))
    return [_use(visit, row) for row in rows]


def uses(visit: Visit) -> list[UseLine]:
    """List the uses at the reader's schools, newest first; each child that is named is a line in the access log."""
    rows = read.uses(visit.connection, visit.scope)
    for row in rows:
        visit.log("reason", [row.pupil_id], _grant(row, visit))
    return _together(visit, rows)


def judge(visit: Visit, uid: UUID, verdict: Verdict) -> None:
    """Say whether a use was right, once; what one click opened together is judged together."""
    row = read.use(visit.connection, visit.scope, uid)
    if not _can_judge(visit, row):
        raise ForPeopleError("Over uw eigen inzage oordeelt iemand anders: een collega in de directie, of de IB'er.")
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.update(EmergencyAccess)
            .where(
                EmergencyAccess.account_id == row.account_id,
                EmergencyAccess.pupil_id == row.pupil_id,
                EmergencyAccess.opened_at == row.opened_at,
                EmergencyAccess.verdict.is_(None),
            )
            .values(verdict=verdict, reviewed_at=visit.now, reviewed_by=visit.signed_in.name)
        )
    visit.log("reason", [row.pupil_id], _grant(row, visit), WROTE)


def _roster(visit: Visit) -> list[AnyRow]:
    """The children of whom the reader may know name and group, each once, with the home group."""
    seen: dict[int, AnyRow] = {}
    for row in read.roster(visit.connection, visit.scope):
        seen.setdefault(row.id, row)
    return list(seen.values())


def _names(row: AnyRow) -> list[str]:
    return plain(f"{row.given_name or ''} {row.prefix or ''} {row.family_name or ''}").replace("-", " ").split()


def _links(visit: Visit, rows: list[AnyRow]) -> list[PupilLink]:
    for row in rows:
        visit.log("search", [row.id], grant_for(visit.scope, row.id, row.school_id, {row.group_id: row.name}))
    return [
        PupilLink(id=row.uid, name=display_name(row), sort_name=sort_name(row), group=group_name(row.name))
        for row in rows
    ]


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


def _insert(visit: Visit, grant: Grant, kinds: list[Kind], reason: EmergencyReason, explanation: str | None) -> None:
    with writing(visit.kit.engine) as connection:
        for kind in kinds:
            connection.execute(
                sa.insert(EmergencyAccess).values(
                    school_id=grant.school_id,
                    account_id=visit.scope.account_id,
                    pupil_id=grant.pupil_id,
                    kind=kind.value,
                    reason=reason,
                    explanation=explanation,
                    opened_at=visit.now,
                    ends_at=visit.now + HOW_LONG,
                )
            )


def _said(reason: EmergencyReason) -> str:
    return f"met reden: {reason.label}"


def _changed() -> ForPeopleError:
    return ForPeopleError(
        "Een collega heeft deze noodkaart intussen gewijzigd. Uw tekst is niet bewaard; lees wat er nu staat."
    )


def _is_recent(visit: Visit) -> bool:
    shown_at = visit.signed_in.second_factor_at
    return shown_at is not None and visit.now - shown_at <= RECENT


def _is_own_password(visit: Visit, password: str) -> bool:
    account = accounts.by_login(visit.connection, visit.signed_in.login)
    right, _ = passwords.verify(password, account.password_hash if account is not None else None)
    return right


def _grant(row: AnyRow, visit: Visit) -> Grant:
    roles = [each.role for each in visit.scope.held if each.school_id == row.school_id]
    role = next((role for role in (Role.HEAD, Role.IB) if role in roles), roles[0])
    return Grant(row.pupil_id, row.school_id, role, f"reden {row.id}", frozenset())


def _can_judge(visit: Visit, row: AnyRow) -> bool:
    """Nobody judges their own use; directie judges, and the IB'er what directie itself opened."""
    held = {each.role for each in visit.scope.held if each.school_id == row.school_id}
    return row.account_id != visit.scope.account_id and (Role.HEAD in held or (Role.IB in held and row.is_by_head))


def _together(visit: Visit, rows: Sequence[AnyRow]) -> list[UseLine]:
    """Bring what one click opened together in one line."""
    clicks: dict[tuple[int, int, datetime], list[AnyRow]] = {}
    for row in rows:
        clicks.setdefault((row.account_id, row.pupil_id, row.opened_at), []).append(row)
    return [
        _use(visit, same[0]).model_copy(update={"kind": " en ".join(Kind(row.kind).label for row in reversed(same))})
        for same in clicks.values()
    ]


def _use(visit: Visit, row: AnyRow) -> UseLine:
    return UseLine(
        id=row.uid,
        who=row.who,
        child=display_name(row),
        child_id=row.pupil_uid,
        kind=Kind(row.kind).label,
        reason=row.reason.label,
        explanation=row.explanation,
        opened_at=row.opened_at,
        ends_at=row.ends_at,
        is_open=row.ends_at > visit.now,
        is_late=row.verdict is None and visit.now - row.opened_at > REVIEW_WITHIN,
        can_judge=row.verdict is None and _can_judge(visit, row),
        verdict=f"{row.verdict.label}, {row.reviewed_by}" if row.verdict else None,
    )
