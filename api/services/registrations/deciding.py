"""Directie decides: a log that is only added to, steps that make a "weg" true, and whether it still comes in."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.registrations import (
    AuditItem,
    DecisionPage,
    FollowPage,
    NewDecision,
    StepLine,
    VoiceCount,
    WatchLine,
    WishLine,
    WishPage,
)
from api.security.access import Visit
from api.services.registrations.at import DECIDE, READ, holds, page_for, school_at, schools_of, uid_of
from api.services.registrations.gone import Gone, a_year, find_gone, so_far, still
from api.services.registrations.items import State, cannot_go, decision_line
from api.services.registrations.page import is_gone, one, standing_of, state_of
from api.services.registrations.rounds import last_said, side_by_side
from models.queries import registrations as read
from models.queries.scope import NotFoundError
from models.registration import Registration, RegistrationDecision, RegistrationStep
from models.rules.registrations import hours as rule
from models.rules.wording import capital, day
from models.vocabulary import Leftover, Ruling


def decide(visit: Visit, uid: UUID, made: NewDecision) -> UUID:
    """Add a decision; what the law asks, as far as it was read, cannot go. Raises `ForPeopleError` with what to do.

    A hand presses twice, and the log keeps all there is: what says the same as the newest decision is that decision.
    """
    state, item, key = one(visit, uid)
    if not holds(visit, state.school_id, DECIDE.roles):
        raise NotFoundError
    reason = " ".join(made.reason.split())
    if not reason:
        raise ForPeopleError("Schrijf er in een zin bij waarom.")
    if made.review_on <= visit.today:
        raise ForPeopleError("Kies voor het opnieuw bekijken een dag na vandaag.")
    is_going = made.ruling is Ruling.GO
    if is_going and cannot_go(item):
        raise ForPeopleError("De wet vraagt dit, dus weg kan niet. Kies “moet” en schrijf op wat er korter kan.")
    decision: UUID = uuid7()
    stops_on = (made.stops_on or visit.today) if is_going else None
    voices = last_said(visit.connection, state.school_id, key)
    said = {"ruling": made.ruling, "reason": reason[:1000], "review_on": made.review_on, "stops_on": stops_on}
    with writing(visit.kit.engine) as connection:
        read.take_turns(connection, Registration, key)
        last = read.last_decision(connection, state.school_id, key)
        if last and all(getattr(last, name) == value for name, value in said.items()):
            return UUID(str(last.uid))
        decision_id = connection.execute(
            sa.insert(RegistrationDecision)
            .values(
                uid=decision,
                school_id=state.school_id,
                registration_id=key,
                name=item.name,
                stays=item.stays,
                grounds=_grounds(item, side_by_side(voices)),
                round_id=voices[0].round_id if voices else None,
                hours_low=item.hours_low,
                hours_high=item.hours_high,
                account_id=visit.scope.account_id,
                decided_at=visit.now,
                **said,
            )
            .returning(RegistrationDecision.id)
        ).scalar_one()
        if stops_on:
            for body, leftover in _steps(item, stops_on, made.leftover or Leftover.KEEP):
                connection.execute(
                    sa.insert(RegistrationStep).values(
                        school_id=state.school_id,
                        decision_id=decision_id,
                        body=body[:300],
                        leftover=leftover,
                        due_on=stops_on,
                    )
                )
    return decision


def _grounds(item: AuditItem, voices: Iterable[VoiceCount]) -> str:
    """What was known at that moment: of the law, with how sure it was, and what each group of people had said."""
    places = "; ".join(" ".join(filter(None, (law.law, "artikel", law.article))) for law in item.law)
    checked = f"nagelopen op {day(item.checked_on)}" if item.checked_on else ""
    words = ", ".join(f"{voice.label} {voice.words}" for voice in voices if voice.words)
    said = f"meningen: {words}" if words else "er waren nog geen meningen gevraagd"
    return "; ".join(part for part in (item.standing_text, places, item.certainty_text, checked, said) if part)[:500]


def _steps(item: AuditItem, stops_on: date, leftover: Leftover) -> Iterable[tuple[str, Leftover | None]]:
    systems = list(dict.fromkeys(line.system for line in item.work if line.system)) or [item.where or "elk systeem"]
    for system in systems:
        yield f"Vanaf {day(stops_on)} niet meer invullen in {system}.", None
    term = f" Bewaartermijn: {item.keep}." if item.keep and leftover is not Leftover.ERASE else ""
    yield f"Wat er al staat: {leftover.label}.{term.replace('..', '.')}", leftover
    yield f"Het team vertellen wat stopt en wat blijft: {item.stays or 'niets'}"[:300], None


def tick(visit: Visit, uid: UUID) -> UUID:
    """Say that a step was done; once. Gives the school it is of."""
    found = read.find(visit.connection, RegistrationStep, uid, schools_of(visit, DECIDE.roles))
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.update(RegistrationStep)
            .where(RegistrationStep.id == found.id, RegistrationStep.done_at.is_(None))
            .values(done_at=visit.now, done_by=visit.scope.account_id)
        )
    return uid_of(visit, found.school_id)


def untick(visit: Visit, step: UUID) -> UUID:
    """Say that a step was not done after all. Gives the school it is of."""
    found = read.find(visit.connection, RegistrationStep, step, schools_of(visit, DECIDE.roles))
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.update(RegistrationStep).where(RegistrationStep.id == found.id).values(done_at=None, done_by=None)
        )
    return uid_of(visit, found.school_id)


def compose_log(visit: Visit, wanted: UUID | None, *, only_gone: bool = False) -> DecisionPage:
    """All decisions of a school, the newest first; or only what is not kept any more, as it holds now."""
    school, _ = school_at(visit, READ.roles, wanted)
    rows = read.decisions(visit.connection, school.id)
    if only_gone:
        last = {row.registration_id: row for row in rows}
        rows = [row for row in rows if last[row.registration_id] is row and row.ruling == Ruling.GO]
    lines = [decision_line(row, visit.today) for row in reversed(rows)]
    return DecisionPage(school=school.uid, name=school.name, as_of=visit.today, lines=lines)


def compose_follow(visit: Visit, wanted: UUID | None) -> FollowPage:
    """What went: the steps, whether it still comes in, and the hours given back."""
    school, _ = school_at(visit, READ.roles, wanted)
    state = state_of(visit, school.id)
    steps = read.steps(visit.connection, school.id)
    found = find_gone(visit.connection, state)
    back, until_now = a_year(found), so_far(found)
    return FollowPage(
        school=school.uid,
        name=school.name,
        lines=[_watch(visit, state, one, steps) for one in found if one.stops_on],
        a_year=rule.in_words(back) if back and back.high else "",
        so_far=rule.in_words(until_now) if until_now and until_now.high else "",
        since=min((row.stops_on for row in state.decided if row.stops_on), default=None),
        may_decide=holds(visit, school.id, DECIDE.roles),
    )


def _watch(visit: Visit, state: State, one: Gone, steps: Iterable[Any]) -> WatchLine:
    made = state.decisions[one.key][-1]
    decision_id = next(row.id for row in state.decided if row.uid == made.id)
    said, is_still = still(one, visit.today)
    return WatchLine(
        item=made.item,
        name=one.item.name,
        stops_on=one.stops_on or visit.today,
        hours=rule.in_words(one.a_year) if one.a_year else made.hours,
        so_far=rule.in_words(one.so_far) if one.so_far and one.so_far.high else "",
        is_listed=one.key in state.ids,
        stays=made.stays,
        steps=[
            StepLine(
                id=row.uid,
                body=row.body,
                due_on=row.due_on,
                is_late=row.done_at is None and row.due_on < visit.today,
                done_at=row.done_at,
                done_by=row.display_name or "",
            )
            for row in steps
            if row.decision_id == decision_id
        ],
        still=said,
        is_still=is_still,
    )


def compose_wishes(visit: Visit, wanted: UUID | None) -> WishPage:
    """From the verdicts: what a system has to do for the school, and what Kindblad does already."""
    school, _ = school_at(visit, READ.roles, wanted)
    state = state_of(visit, school.id)
    kept = [item for item in state.items if standing_of(item) in {Ruling.MUST, Ruling.WISH}]
    gone = [item for item in state.items if is_gone(item, visit.today)]
    return WishPage(
        school=school.uid,
        name=school.name,
        as_of=visit.today,
        wishes=[_wish(visit, item, _need(item)) for item in kept],
        gone=[_wish(visit, item, "Hier is geen plek meer voor nodig.") for item in gone],
    )


def _need(item: AuditItem) -> str:
    """The wish in a sentence: one place, for whom, and how long."""
    doers = list(dict.fromkeys(line.who for line in item.work))
    who = f"door {' en '.join(doers)}, " if doers else ""
    often = f"{item.often}, " if item.often else ""
    keep = f"; bewaren: {item.keep.rstrip('.')}" if item.keep else ""
    return capital(f"{often}{who}op één plek in te voeren of over te nemen{keep}.")


def _wish(visit: Visit, item: AuditItem, wish: str) -> WishLine:
    hours = item.hours if item.work else ""
    return WishLine(name=item.name, wish=wish, hours=hours, covered=item.kindblad, page=page_for(visit, item))
