"""One's own voice in a round: the questions with what one said so far, and keeping what one says."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.registrations import Ballot, BallotItem, NewOpinion
from api.security.access import Visit
from api.services.registrations.at import VOTE, schools_of, voice_at
from api.services.registrations.items import cannot_go
from api.services.registrations.page import is_open, state_of
from models.queries import registrations as read
from models.registration import RegistrationOpinion, RegistrationRound, RegistrationVoice
from models.vocabulary import Voice

CLOSED = "Deze ronde is gesloten; uw mening kan er niet meer bij."


def compose_ballot(visit: Visit, uid: UUID) -> Ballot:
    """A round as the reader answers it."""
    found = read.find(visit.connection, RegistrationRound, uid, schools_of(visit, VOTE.roles))
    school = read.schools(visit.connection, [found.school_id])[0]
    voice_id = read.voice_of(visit.connection, found.id, visit.scope.account_id)
    voice = voice_at(visit, found.school_id)
    return ballot(visit, found, found.id, school.name, voice, voice_id)


def ballot(visit: Visit, row: Any, round_id: int, school: str, voice: Voice, voice_id: int | None) -> Ballot:
    """The questions of a round with what this voice said so far."""
    state = state_of(visit, row.school_id)
    said = {one.registration_id: one for one in read.opinions_of(visit.connection, voice_id)} if voice_id else {}
    items = []
    for key in read.round_items(visit.connection, row.school_id, round_id):
        item = state.ids.get(key)
        if item is None or item.id is None:
            continue
        mine = said.get(key)
        items.append(
            BallotItem(
                id=item.id,
                name=item.name,
                what=item.what,
                standing=item.standing_text,
                is_asked=cannot_go(item),
                stays=item.stays,
                hours=item.hours,
                ruling=mine.ruling if mine else None,
                because=mine.because if mine else "",
            )
        )
    return Ballot(
        school=school,
        title=row.title,
        question=row.question,
        voice=voice.label,
        closes_on=row.closes_on,
        is_open=is_open(row, visit.today),
        items=items,
        done=sum(item.ruling is not None for item in items),
    )


def vote(visit: Visit, uid: UUID, opinions: Iterable[NewOpinion]) -> None:
    """Keep what the reader thinks; may change until the round closes."""
    found = read.find(visit.connection, RegistrationRound, uid, schools_of(visit, VOTE.roles))
    if not is_open(found, visit.today):
        raise ForPeopleError(CLOSED)
    voice = voice_at(visit, found.school_id)
    with writing(visit.kit.engine) as connection:
        take_turns(connection, visit, found.id)
        voice_id = read.voice_of(connection, found.id, visit.scope.account_id)
        if voice_id is None:
            voice_id = connection.execute(
                sa.insert(RegistrationVoice)
                .values(
                    school_id=found.school_id,
                    round_id=found.id,
                    voice=voice,
                    account_id=visit.scope.account_id,
                    begun_at=visit.now,
                )
                .returning(RegistrationVoice.id)
            ).scalar_one()
        keep(connection, visit, found.school_id, found.id, voice_id, opinions)


def take_turns(connection: sa.Connection, visit: Visit, round_id: int) -> None:
    """Wait until nobody else writes in this round, a hand presses twice; `ForPeopleError` when it closed meanwhile."""
    this = sa.select(RegistrationRound.closes_on, RegistrationRound.closed_at).where(RegistrationRound.id == round_id)
    if not is_open(connection.execute(this.with_for_update(key_share=True)).one(), visit.today):
        raise ForPeopleError(CLOSED)


def keep(
    connection: sa.Connection,
    visit: Visit,
    school_id: int,
    round_id: int,
    voice_id: int,
    opinions: Iterable[NewOpinion],
) -> None:
    """Write opinions of one voice on items of this round; on anything else there is none."""
    asked = set(read.round_items(connection, school_id, round_id))
    keys = {row.uid: row.id for row in read.items(connection, school_id) if row.id in asked}
    for opinion in opinions:
        if opinion.item not in keys:
            continue
        these = (
            RegistrationOpinion.voice_id == voice_id,
            RegistrationOpinion.registration_id == keys[opinion.item],
        )
        connection.execute(sa.delete(RegistrationOpinion).where(*these))
        connection.execute(
            sa.insert(RegistrationOpinion).values(
                school_id=school_id,
                voice_id=voice_id,
                registration_id=keys[opinion.item],
                ruling=opinion.ruling,
                because=" ".join(opinion.because.split())[:500],
                given_at=visit.now,
            )
        )
