"""Making an agreement about a child and saying how one ended, in a talk or on its own; once closed it stays so."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import reading, writing
from api.problem import ForPeopleError
from api.schemas.agreements import AgreementPage, AgreementsPage, Ended, NewAgreement, OpenAgreement
from api.schemas.talks import Colleague
from api.security.access import Visit
from api.services.signals.answering import read_key, record_answer
from models.queries import agreements as read
from models.queries.emergency import name_of
from models.queries.scope import Grant, GroupGrant, NotFoundError, group_name
from models.queries.talk_content import colleagues
from models.queries.whose import AnyGrant
from models.rules.access import Kind
from models.rules.names import display_name
from models.support import Agreement
from models.vocabulary import AgreementOutcome, Role, SignalReply

WROTE = "wrote"
LONGEST = 300
CLOSED = "Iemand zei al hoe deze afspraak afliep. Dat staat hieronder; er is niets veranderd."


def may_agree(grant: AnyGrant) -> bool:
    """Tell whether this reader writes down what is agreed about this child or group."""
    return Kind.SUPPORT_PLAN in grant.kinds & grant.writes


def compose_list(visit: Visit, grant: Grant, signal: str | None = None) -> AgreementsPage:
    """Compose what is open about this child and an empty form for something new."""
    if signal:
        read_key(signal)
    rows = read.open_of(visit.connection, grant)
    child = name_of(visit.connection, grant, visit.scope)
    people = _people(visit, grant) if may_agree(grant) else {}
    mine = [one.id for number, one in people.items() if number == visit.scope.account_id]
    return AgreementsPage(
        id=child.uid,
        name=display_name(child),
        ground=grant.ground,
        open=[
            OpenAgreement(
                id=row.uid,
                body=row.body,
                agreed_on=row.agreed_on,
                owner=row.owner,
                due_on=row.due_on,
                is_overdue=row.due_on is not None and row.due_on < visit.today,
            )
            for row in rows
        ],
        may_write=may_agree(grant),
        colleagues=list(people.values()),
        me=mine[0] if mine else None,
        today=visit.today,
        new_id=uuid7(),
        signal=signal,
    )


def compose_one(visit: Visit, grant: AnyGrant, uid: UUID) -> AgreementPage:
    """Compose one agreement about this child or this group, as it is now."""
    with reading(visit.kit.engine) as connection:
        row = read.agreement(connection, grant, uid)
    if isinstance(grant, GroupGrant):
        about, text = row.group_uid, f"groep {group_name(row.group_name)}"
    else:
        child = name_of(visit.connection, grant, visit.scope)
        about, text = child.uid, display_name(child)
    is_open = row.outcome is None and row.done_on is None
    outcome = row.outcome or AgreementOutcome.DONE
    return AgreementPage(
        id=uid,
        about=about,
        about_text=text,
        is_of_group=isinstance(grant, GroupGrant),
        ground=grant.ground,
        body=row.body,
        agreed_on=row.agreed_on,
        owner=row.owner,
        due_on=row.due_on,
        is_open=is_open,
        done_on=row.done_on,
        outcome_text=None if is_open else outcome.label,
        outcome_body=None if is_open else row.outcome_body,
        may_write=may_agree(grant),
    )


def make(visit: Visit, grant: Grant, new: NewAgreement) -> UUID:
    """Keep a new agreement about this child; with an id that this writer sent before, nothing is made again."""
    _require(grant)
    uid = new.id or uuid7()
    body = line(new.body, "wat u afspreekt")
    if not body:
        raise ForPeopleError("Schrijf op wat u afspreekt.")
    if new.due_on and new.due_on < visit.today:
        raise ForPeopleError("Kies voor een afspraak vandaag of een latere dag.")
    key = read_key(new.signal) if new.signal else None
    what = {
        "uid": uid,
        "school_id": grant.school_id,
        "pupil_id": grant.pupil_id,
        "account_id": visit.scope.account_id,
        "body": body,
        "agreed_on": visit.today,
        "owner_account_id": _owner(visit, grant, new.who),
        "due_on": new.due_on,
    }
    try:
        with writing(visit.kit.engine) as connection:
            made = connection.execute(sa.insert(Agreement).values(what))
            if key:
                (number,) = made.inserted_primary_key or (None,)
                account = visit.scope.account_id
                record_answer(
                    connection, grant, account, key, SignalReply.AGREEMENT, now=visit.now, agreement_id=number
                )
    except sa.exc.IntegrityError as twice:
        # Sent twice: the first one kept it. With someone else's id there is nothing of one's own.
        with reading(visit.kit.engine) as connection:
            if not read.made_by(connection, grant, uid, visit.scope.account_id):
                raise NotFoundError(grant.pupil_id, grant.school_id) from twice
        return uid
    visit.log(Kind.SUPPORT_PLAN.value, [grant.pupil_id], grant, WROTE)
    return uid


def close(visit: Visit, grant: AnyGrant, uid: UUID, ended: Ended) -> None:
    """Say how an agreement ended; `ForPeopleError` when someone else said so first."""
    row = read.agreement(visit.connection, grant, uid)
    _require(grant)
    with writing(visit.kit.engine) as connection:
        close_row(connection, row.id, ended.outcome, ended.body, visit.today)
    if isinstance(grant, Grant):
        visit.log(Kind.SUPPORT_PLAN.value, [grant.pupil_id], grant, WROTE)


def close_row(connection: sa.Connection, number: int, outcome: AgreementOutcome, body: str, today: date) -> None:
    """Close an agreement that the caller may close; the same said twice is said once.

    Raises `ForPeopleError` when someone said first that it ended otherwise; then nothing is done.
    """
    said = {"outcome": outcome, "outcome_body": line(body, "hoe het ging") or None}
    update = sa.update(Agreement).where(Agreement.id == number, read.OPEN).values(said | {"done_on": today})
    if not connection.execute(update).rowcount:
        same = [getattr(Agreement, name).is_not_distinct_from(value) for name, value in said.items()]
        if not connection.scalar(sa.select(sa.exists().where(Agreement.id == number, *same))):
            raise ForPeopleError(CLOSED)


def line(text: str, what: str) -> str:
    """Make one line of what was typed, or raise `ForPeopleError` when it is too long."""
    typed = " ".join(text.split())
    if len(typed) > LONGEST:
        raise ForPeopleError(f"Schrijf {what} in één of twee zinnen ({LONGEST} tekens).")
    return typed


def _require(grant: AnyGrant) -> None:
    if not may_agree(grant):
        raise NotFoundError(grant.pupil_id if isinstance(grant, Grant) else None, grant.school_id)


def _people(visit: Visit, grant: Grant) -> dict[int, Colleague]:
    rows = colleagues(visit.connection, grant, visit.today, whole_school=(Role.IB, Role.HEAD))
    return {row.id: Colleague(id=row.uid, name=row.name) for row in rows}


def _owner(visit: Visit, grant: Grant, who: UUID | None) -> int:
    if who is None:
        return visit.scope.account_id
    found = [number for number, one in _people(visit, grant).items() if one.id == who]
    if not found:
        raise ForPeopleError("Kies wie het doet uit de lijst.")
    return found[0]
