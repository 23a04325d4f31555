"""A round: the list or some of it laid before others, and what each group said side by side."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.registrations import (
    AuditItem,
    CodeLine,
    OpinionRow,
    RoundLine,
    RoundPage,
    VoiceCount,
)
from api.security import codes
from api.security.access import Visit
from api.services.registrations.at import DECIDE, READ, VOTE, holds, school_at, schools_of, voice_at
from api.services.registrations.changing import MOMENT
from api.services.registrations.items import State
from api.services.registrations.page import is_open, state_of
from models.queries import registrations as read
from models.registration import (
    RegistrationCode,
    RegistrationRound,
    RegistrationRoundItem,
)
from models.school import School
from models.vocabulary import Ruling, Voice

CODE = "registrations round"
GROUPS = 3
"""Groups of four letters in a code: 60 bits."""
MOST_SEATS, MOST_CODES = 200, 60


def open_round(
    visit: Visit, wanted: UUID | None, title: str, question: str, closes_on: date, items: Collection[UUID]
) -> UUID:
    """Lay items of the list before others until a day; without items all of it."""
    school, _ = school_at(visit, DECIDE.roles, wanted)
    rows = read.items(visit.connection, school.id)
    chosen = [row for row in rows if not items or row.uid in items]
    if not chosen:
        raise ForPeopleError("Zet eerst onderdelen op de lijst; dan is er iets om voor te leggen.")
    if closes_on < visit.today:
        raise ForPeopleError("De laatste dag ligt in het verleden; kies een dag vanaf vandaag.")
    uid: UUID = uuid7()
    values = {
        "title": " ".join(title.split())[:120] or "Wat moet, wat wensen we, wat kan weg?",
        "question": " ".join(question.split())[:500],
        "closes_on": closes_on,
        "account_id": visit.scope.account_id,
    }
    columns = sa.inspect(RegistrationRound).local_table.c
    same = [columns[name] == value for name, value in values.items()]
    with writing(visit.kit.engine) as connection:
        read.take_turns(connection, School, school.id)
        just_now = RegistrationRound.opened_at > visit.now - MOMENT
        said = read.said_before(connection, RegistrationRound, school.id, *same, just_now)
        if said and set(read.round_items(connection, school.id, said.id)) == {row.id for row in chosen}:
            return UUID(str(said.uid))
        round_id = connection.execute(
            sa.insert(RegistrationRound)
            .values(uid=uid, school_id=school.id, opened_at=visit.now, **values)
            .returning(RegistrationRound.id)
        ).scalar_one()
        for row in chosen:
            connection.execute(
                sa.insert(RegistrationRoundItem).values(school_id=school.id, round_id=round_id, registration_id=row.id)
            )
    return uid


def close(visit: Visit, uid: UUID) -> None:
    """End a round before its last day."""
    found = read.find(visit.connection, RegistrationRound, uid, schools_of(visit, DECIDE.roles))
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.update(RegistrationRound)
            .where(RegistrationRound.id == found.id, RegistrationRound.closed_at.is_(None))
            .values(closed_at=visit.now)
        )


def make_codes(visit: Visit, uid: UUID, voice: Voice, seats: int, count: int = 1) -> list[str]:
    """Make codes for people without an account, each for `seats` people; shown once, and kept as a keyed hash."""
    found = read.find(visit.connection, RegistrationRound, uid, schools_of(visit, DECIDE.roles))
    if not 0 < seats <= MOST_SEATS:
        raise ForPeopleError(f"Kies voor hoeveel mensen de code is: 1 tot en met {MOST_SEATS}.")
    if not 0 < count <= MOST_CODES:
        raise ForPeopleError(f"Maak 1 tot en met {MOST_CODES} codes tegelijk.")
    if not is_open(found, visit.today):
        raise ForPeopleError("Deze ronde is gesloten; een code helpt dan niet meer.")
    made = [codes.make(GROUPS) for _ in range(count)]
    with writing(visit.kit.engine) as connection:
        for code in made:
            connection.execute(
                sa.insert(RegistrationCode).values(
                    school_id=found.school_id,
                    round_id=found.id,
                    voice=voice,
                    code_hash=codes.digest(visit.kit.settings, CODE, code),
                    seats=seats,
                )
            )
    return made


def compose_rounds(visit: Visit, wanted: UUID | None) -> tuple[Any, list[RoundLine]]:
    """The rounds of a school, the newest first."""
    school, _ = school_at(visit, READ.roles, wanted)
    return school, [
        RoundLine(
            id=row.uid,
            title=row.title,
            closes_on=row.closes_on,
            is_open=is_open(row, visit.today),
            items=len(read.round_items(visit.connection, school.id, row.id)),
        )
        for row in read.rounds(visit.connection, school.id)
    ]


def compose_round(visit: Visit, uid: UUID) -> RoundPage:
    """A round with what each group said, side by side."""
    found = read.find(visit.connection, RegistrationRound, uid, schools_of(visit, READ.roles))
    state = state_of(visit, found.school_id)
    said = read.opinions(visit.connection, found.school_id, found.id)
    chosen = read.round_items(visit.connection, found.school_id, found.id)
    school = read.schools(visit.connection, [found.school_id])[0]
    return RoundPage(
        school=school.uid,
        name=school.name,
        id=found.uid,
        title=found.title,
        question=found.question,
        closes_on=found.closes_on,
        is_open=is_open(found, visit.today),
        rows=_rows(state, chosen, said),
        voices=[voice.label for voice in Voice],
        codes=[
            CodeLine(label=Voice(row.voice).label, seats=row.seats, taken=row.taken)
            for row in read.codes(visit.connection, found.school_id, found.id)
        ],
        may_decide=holds(visit, found.school_id, DECIDE.roles),
        my_voice=voice_at(visit, found.school_id).label if holds(visit, found.school_id, VOTE.roles) else "",
    )


def _rows(state: State, chosen: Sequence[int], said: Iterable[Any]) -> list[OpinionRow]:
    per_item: dict[int, list[Any]] = defaultdict(list)
    for row in said:
        per_item[row.registration_id].append(row)
    uids = {row.id: row.uid for row in state.rows}
    return [_row(uids[key], state.ids[key], per_item[key]) for key in chosen if key in state.ids]


def _row(uid: UUID, item: AuditItem, said: list[Any]) -> OpinionRow:
    counts = side_by_side(said)
    named = {Ruling(row.ruling) for row in said} - {Ruling.UNCLEAR}
    return OpinionRow(
        item=uid,
        name=item.name,
        advice=item.advice.ruling_text,
        decided=item.decision.ruling_text if item.decision else "",
        voices=counts,
        is_divided={Ruling.MUST, Ruling.GO} <= named,
    )


def side_by_side(said: Iterable[Any]) -> list[VoiceCount]:
    """What each group of people said, with their reasons and without names."""
    rows = list(said)
    found = []
    for voice in Voice:
        mine = [row for row in rows if row.voice == voice]
        counts = {ruling: sum(row.ruling == ruling for row in mine) for ruling in Ruling}
        found.append(
            VoiceCount(
                voice=voice,
                label=voice.label,
                must=counts[Ruling.MUST],
                wish=counts[Ruling.WISH],
                go=counts[Ruling.GO],
                unclear=counts[Ruling.UNCLEAR],
                words=", ".join(f"{ruling.label} {count}" for ruling, count in counts.items() if count),
                reasons=[f"{Ruling(row.ruling).label}: {row.because}" for row in mine if row.because],
            )
        )
    return found


def last_said(connection: sa.Connection, school_id: int, item: int) -> list[Any]:
    """What voices said of an item in the newest round in which any did: who speaks twice is one voice."""
    said = [row for row in read.opinions(connection, school_id) if row.registration_id == item]
    newest = max((row.round_id for row in said), default=None)
    return [row for row in said if row.round_id == newest]
