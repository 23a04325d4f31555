"""Access for a stated reason: one child, one kind of data, one hour, and directie looks at it afterwards.

Opening is in the access log before anything is shown: no log, no page. Only what is in `AT_ONCE` takes no words.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.emergency import KindChoice, ReasonPage, UseLine
from api.security import passwords, patience
from api.security.access import Visit
from api.services import second_factor
from models.custody import EmergencyAccess
from models.queries import accounts
from models.queries import emergency as read
from models.queries.scope import AnyRow, Grant, NotFoundError, group_name
from models.rules.access import Kind
from models.rules.grounds import WORDS
from models.rules.names import display_name
from models.vocabulary import EmergencyReason, Role, Verdict

AT_ONCE = (Kind.EMERGENCY_CARD, Kind.EMERGENCY_NUMBERS)
"""What opens with one click: a child may be choking."""
ELSEWHERE = frozenset({*AT_ONCE, Kind.SECRET_CONTACT})
"""What has a page of its own and is not on the sheet."""
HOW_LONG = timedelta(minutes=60)
RECENT = timedelta(minutes=15)
"""How long ago a second factor may have been shown, for what is not urgent."""
REVIEW_WITHIN = timedelta(days=7)
SHORTEST_REASON = 15
READ, OPENED, WROTE = "read", "opened", "wrote"


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


def must_confirm(visit: Visit, kinds: Iterable[Kind]) -> bool:
    """Tell whether the second step must be shown again before these kinds open; for card and numbers never."""
    return bool(set(kinds) - set(AT_ONCE)) and second_factor.must_confirm(visit)


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
    visit.kit.log.write([visit.line(kind, grant.pupil_id, grant, OPENED, said(reason))])
    keep(visit, grant, [kind], reason, explanation.strip() or None)


def log_opened(visit: Visit, grant: Grant) -> list[str]:
    """Note what the sheet shows only because it was opened for a reason, with its number; returns it in words."""
    opened = [(ground, kind) for ground, kinds in grant.grounds if ground.startswith("reden ") for kind in kinds]
    on_sheet = [(ground, kind) for ground, kind in opened if kind not in ELSEWHERE]
    visit.lines += [visit.line(kind, grant.pupil_id, grant, READ, ground) for ground, kind in on_sheet]
    return [kind.label for _, kind in on_sheet]


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
    """Say whether a use was right, once (then `ForPeopleError`); what one click opened together is judged together."""
    row = read.use(visit.connection, visit.scope, uid)
    if not _can_judge(visit, row):
        raise ForPeopleError("Over uw eigen inzage oordeelt iemand anders: een collega in de directie, of de IB'er.")
    with writing(visit.kit.engine) as connection:
        done = connection.execute(
            sa.update(EmergencyAccess)
            .where(
                EmergencyAccess.account_id == row.account_id,
                EmergencyAccess.pupil_id == row.pupil_id,
                EmergencyAccess.opened_at == row.opened_at,
                EmergencyAccess.verdict.is_(None),
            )
            .values(verdict=verdict, reviewed_at=visit.now, reviewed_by=visit.signed_in.name)
        )
    if done.rowcount == 0:
        raise ForPeopleError("Over deze inzage is intussen al een oordeel gegeven; het staat hieronder.")
    visit.log("reason", [row.pupil_id], _grant(row, visit), WROTE)


def keep(visit: Visit, grant: Grant, kinds: list[Kind], reason: EmergencyReason, explanation: str | None) -> None:
    """Write down that these kinds of data are open from now on, for as long as that lasts."""
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


def said(reason: EmergencyReason) -> str:
    """Say the reason as the access log keeps it, when there is no number for it yet."""
    return f"met reden: {reason.label}"


def _is_recent(visit: Visit) -> bool:
    shown_at = visit.signed_in.second_factor_at
    return shown_at is not None and visit.now - shown_at <= RECENT


def _is_own_password(visit: Visit, password: str) -> bool:
    tried = patience.attempt(visit, f"reason\n{visit.scope.account_id}", patience.CODE_TRIES, is_own=True)
    account = accounts.by_login(visit.connection, visit.signed_in.login)
    right, _ = passwords.verify(password, account.password_hash if account is not None else None)
    patience.note(visit, tried, visit.scope.account_id, right=right)
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
