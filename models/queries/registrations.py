"""What a school registers, with the work, purposes, rounds, voices, decisions and steps; nothing here is about a child.

Every function names the school whose reader was let in; what hangs under an item or a round is found by its uid
together with the schools of the reader, else there is no such thing.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.account import Account
from models.base import Base, SchoolRow
from models.provenance import Source
from models.queries.prepared import Rows
from models.queries.scope import AnyRow, NotFoundError
from models.registration import (
    Registration,
    RegistrationCode,
    RegistrationDecision,
    RegistrationOpinion,
    RegistrationPurpose,
    RegistrationRound,
    RegistrationRoundItem,
    RegistrationRun,
    RegistrationServes,
    RegistrationStep,
    RegistrationVoice,
    RegistrationWork,
)
from models.school import School


def schools(connection: sa.Connection, school_ids: Collection[int]) -> Rows:
    """The schools by name."""
    return connection.execute(
        sa.select(School.id, School.uid, School.name).where(School.id.in_(school_ids)).order_by(School.name)
    ).all()


def find(connection: sa.Connection, table: type[SchoolRow], uid: UUID, school_ids: Collection[int]) -> AnyRow:
    """Find one row by its uid at one of these schools, or raise `NotFoundError`."""
    columns: Any = sa.inspect(table).local_table
    row = connection.execute(
        sa.select(columns).where(columns.c.uid == uid, columns.c.school_id.in_(school_ids))
    ).first()
    if row is None:
        raise NotFoundError
    return row


def items(connection: sa.Connection, school_id: int, *, also_removed: bool = False) -> Rows:
    """The items on the list of a school."""
    chosen = sa.select(
        *(Registration.id, Registration.uid, Registration.code, Registration.name, Registration.what),
        *(Registration.facts, Registration.weighed_at, Registration.removed_at),
    ).where(Registration.school_id == school_id)
    if not also_removed:
        chosen = chosen.where(Registration.removed_at.is_(None))
    return connection.execute(chosen.order_by(Registration.id)).all()


def work(connection: sa.Connection, school_id: int) -> Rows:
    """Who fills what in, how often and how long they think it takes."""
    columns = sa.inspect(RegistrationWork).local_table
    return connection.execute(
        sa.select(columns).where(RegistrationWork.school_id == school_id).order_by(RegistrationWork.id)
    ).all()


def runs(connection: sa.Connection, school_id: int) -> Rows:
    """Runs of the timer, in order."""
    return connection.execute(
        sa.select(RegistrationRun.work_id, RegistrationRun.seconds)
        .where(RegistrationRun.school_id == school_id)
        .order_by(RegistrationRun.id)
    ).all()


def purposes(connection: sa.Connection, school_id: int) -> Rows:
    """What the school is for, as it says now."""
    return connection.execute(
        sa.select(
            RegistrationPurpose.id, RegistrationPurpose.uid, RegistrationPurpose.stakeholder, RegistrationPurpose.body
        )
        .where(RegistrationPurpose.school_id == school_id, RegistrationPurpose.removed_at.is_(None))
        .order_by(RegistrationPurpose.id)
    ).all()


def serves(connection: sa.Connection, school_id: int) -> Rows:
    """Which items serve which purposes."""
    return connection.execute(
        sa.select(RegistrationServes.registration_id, RegistrationServes.purpose_id).where(
            RegistrationServes.school_id == school_id
        )
    ).all()


def decisions(connection: sa.Connection, school_id: int) -> Rows:
    """All decisions, in order, with who took them."""
    columns = sa.inspect(RegistrationDecision).local_table
    return connection.execute(
        sa.select(columns, Registration.code, Registration.uid.label("item"), Account.display_name)
        .join(Registration, Registration.id == columns.c.registration_id)
        .join(Account, Account.id == columns.c.account_id)
        .where(columns.c.school_id == school_id)
        .order_by(columns.c.id)
    ).all()


def last_decision(connection: sa.Connection, school_id: int, registration_id: int) -> AnyRow | None:
    """The newest decision about an item, as it was written."""
    columns = sa.inspect(RegistrationDecision).local_table
    mine = (columns.c.school_id == school_id, columns.c.registration_id == registration_id)
    return connection.execute(sa.select(columns).where(*mine).order_by(columns.c.id.desc())).first()


def steps(connection: sa.Connection, school_id: int) -> Rows:
    """All steps, in order, with the decision they are of and who did them."""
    return connection.execute(
        sa.select(
            *(RegistrationStep.uid, RegistrationStep.decision_id, RegistrationStep.body, RegistrationStep.due_on),
            *(RegistrationStep.leftover, RegistrationStep.done_at, Account.display_name),
        )
        .outerjoin(Account, Account.id == RegistrationStep.done_by)
        .where(RegistrationStep.school_id == school_id)
        .order_by(RegistrationStep.id)
    ).all()


def rounds(connection: sa.Connection, school_id: int) -> Rows:
    """All rounds, the newest first."""
    columns = sa.inspect(RegistrationRound).local_table
    return connection.execute(
        sa.select(columns).where(RegistrationRound.school_id == school_id).order_by(RegistrationRound.id.desc())
    ).all()


def round_items(connection: sa.Connection, school_id: int, round_id: int) -> list[int]:
    """The keys of the items of a round, as they stand on the list."""
    chosen = sa.select(RegistrationRoundItem.registration_id).where(
        RegistrationRoundItem.school_id == school_id, RegistrationRoundItem.round_id == round_id
    )
    return list(connection.scalars(chosen.order_by(RegistrationRoundItem.id)))


def codes(connection: sa.Connection, school_id: int, round_id: int) -> Rows:
    """The codes of a round, for whom, and how many of the seats are taken."""
    taken = sa.select(sa.func.count()).where(RegistrationVoice.code_id == RegistrationCode.id).scalar_subquery()
    return connection.execute(
        sa.select(RegistrationCode.voice, RegistrationCode.seats, taken.label("taken"))
        .where(RegistrationCode.school_id == school_id, RegistrationCode.round_id == round_id)
        .order_by(RegistrationCode.id)
    ).all()


def opinions(connection: sa.Connection, school_id: int, round_id: int | None = None) -> Rows:
    """What voices said of the items, in a round or in all; who has an account is not named."""
    chosen = (
        sa.select(
            *(RegistrationOpinion.registration_id, RegistrationOpinion.ruling, RegistrationOpinion.because),
            *(RegistrationOpinion.voice_id, RegistrationVoice.voice, RegistrationVoice.round_id),
        )
        .join(RegistrationVoice, RegistrationVoice.id == RegistrationOpinion.voice_id)
        .where(RegistrationOpinion.school_id == school_id)
        .order_by(RegistrationOpinion.id)
    )
    if round_id is not None:
        chosen = chosen.where(RegistrationVoice.round_id == round_id)
    return connection.execute(chosen).all()


def opinions_of(connection: sa.Connection, voice_id: int) -> Rows:
    """What one voice said so far."""
    return connection.execute(
        sa.select(RegistrationOpinion.registration_id, RegistrationOpinion.ruling, RegistrationOpinion.because).where(
            RegistrationOpinion.voice_id == voice_id
        )
    ).all()


def voice_of(connection: sa.Connection, round_id: int, account_id: int) -> int | None:
    """The voice of an account in a round."""
    return connection.scalar(
        sa.select(RegistrationVoice.id).where(
            RegistrationVoice.round_id == round_id, RegistrationVoice.account_id == account_id
        )
    )


def code_row(connection: sa.Connection, code_hash: bytes) -> AnyRow | None:
    """Find a code by its hash, with its round and how many of its seats are taken."""
    taken = sa.select(sa.func.count()).where(RegistrationVoice.code_id == RegistrationCode.id).scalar_subquery()
    return connection.execute(
        sa.select(
            *(RegistrationCode.id, RegistrationCode.school_id, RegistrationCode.round_id, RegistrationCode.voice),
            *(RegistrationCode.seats, taken.label("taken")),
            *(RegistrationRound.closes_on, RegistrationRound.closed_at),
        )
        .join(RegistrationRound, RegistrationRound.id == RegistrationCode.round_id)
        .where(RegistrationCode.code_hash == code_hash)
    ).first()


def guest(connection: sa.Connection, token_hash: bytes) -> AnyRow | None:
    """Find who takes part with a code by the token of their browser, with the round."""
    return connection.execute(
        sa.select(
            *(RegistrationVoice.id, RegistrationVoice.school_id, RegistrationVoice.round_id, RegistrationVoice.voice),
            RegistrationVoice.code_id,
            *(RegistrationRound.title, RegistrationRound.question, RegistrationRound.closes_on),
            *(RegistrationRound.closed_at, School.name.label("school")),
        )
        .join(RegistrationRound, RegistrationRound.id == RegistrationVoice.round_id)
        .join(School, School.id == RegistrationVoice.school_id)
        .where(RegistrationVoice.token_hash == token_hash)
    ).first()


def source_kinds(connection: sa.Connection, school_id: int) -> Rows:
    """The kinds of system that deliver to this school, and what it calls them."""
    return connection.execute(
        sa.select(Source.kind, Source.label).where(Source.school_id == school_id).order_by(Source.id)
    ).all()


def take_turns(connection: sa.Connection, table: type[Base], row_id: int) -> None:
    """Wait until nobody else writes about this row; what is read after it holds what the other wrote."""
    columns: Any = sa.inspect(table).local_table.c
    connection.execute(sa.select(columns.id).where(columns.id == row_id).with_for_update(key_share=True))


def said_before(
    connection: sa.Connection, table: type[SchoolRow], school_id: int, *this: sa.ColumnElement[bool]
) -> AnyRow | None:
    """The newest row of a school that says this already."""
    columns: Any = sa.inspect(table).local_table.c
    chosen = sa.select(columns.id, columns.uid).where(columns.school_id == school_id, *this)
    return connection.execute(chosen.order_by(columns.id.desc())).first()
