"""Reports ("rapporten") and what they are made of; a parent reads what was released, as it was, and nothing else.

Of results only what was released to parents by the day of the report is read here, with its sentence and no figure.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from models.attendance import Absence
from models.group import ClassGroup
from models.person import Guardianship
from models.portfolio import Consent, PortfolioPiece
from models.queries.custody import HAS_CUSTODY
from models.queries.released import is_for, to_child, to_parents
from models.queries.scope import AnyRow, Grant, GroupGrant, NotFoundError, Scope
from models.queries.whose import AnyGrant, values, whose
from models.release import Release
from models.report_card import ReportCard, ReportForm
from models.result import Assessment, Instrument
from models.rules.access import Kind
from models.rules.custody import adult_since
from models.support import Goal
from models.vocabulary import AbsenceReason, ConsentPurpose, InstrumentKind, Role

Rows = Sequence[AnyRow]


def form_of(connection: sa.Connection, school_id: int) -> list[object] | None:
    """The codes of the blocks that the school chose, in their order; None when it chose nothing."""
    blocks = connection.scalar(sa.select(ReportForm.blocks).where(ReportForm.school_id == school_id))
    return list(blocks) if blocks is not None else None


def titles_of(connection: sa.Connection, group: GroupGrant, today: date) -> Rows:
    """The reports of the children of this group: titles with how many were begun and released, the newest first."""
    return connection.execute(
        sa.select(
            ReportCard.title,
            sa.func.count().label("begun"),
            sa.func.count(ReportCard.released_at).label("released"),
            sa.func.max(ReportCard.parents_from).label("parents_from"),
        )
        .where(whose(ReportCard, group), ReportCard.group_id == group.group_id)
        .group_by(ReportCard.title)
        .order_by(sa.func.max(ReportCard.id).desc()),
        values(group, today),
    ).all()


def cards_of(connection: sa.Connection, group: GroupGrant, title: str, today: date) -> dict[int, AnyRow]:
    """The reports with this title of the children who are in the group, by child."""
    rows = connection.execute(
        sa.select(*ReportCard.__table__.c).where(
            whose(ReportCard, group), ReportCard.group_id == group.group_id, ReportCard.title == title
        ),
        values(group, today),
    )
    return {row.pupil_id: row for row in rows}


def card(connection: sa.Connection, grant: Grant, uid: UUID) -> AnyRow:
    """Find one report of this child for who works at school, or raise `NotFoundError`."""
    _require(grant)
    return _one(connection, grant, _CARDS.where(ReportCard.uid == uid))


def released_cards(connection: sa.Connection, grant: Grant, today: date) -> Rows:
    """The reports of this child that its parents and the child itself may read today, the newest first."""
    mine = (
        ReportCard.pupil_id == grant.pupil_id,
        ReportCard.school_id == grant.school_id,
        ReportCard.parents_from <= today,
    )
    return connection.execute(_CARDS.where(*mine).order_by(ReportCard.parents_from.desc(), ReportCard.id.desc())).all()


def released_card(connection: sa.Connection, grant: Grant, uid: UUID, today: date) -> AnyRow:
    """Find one report that parents may read today, or raise `NotFoundError`."""
    return _one(connection, grant, _CARDS.where(ReportCard.uid == uid, ReportCard.parents_from <= today))


_CARDS = sa.select(
    *ReportCard.__table__.c, ClassGroup.name.label("group_name"), ClassGroup.uid.label("group_uid")
).join(ClassGroup, ClassGroup.id == ReportCard.group_id)


def released_results(connection: sa.Connection, grant: AnyGrant, on: date, since: date, today: date) -> Rows:
    """What parents may read by `on` of tests of this school year: the name of the test, the day and the sentence."""
    return connection.execute(
        sa.select(Release.pupil_id, Release.explanation, Assessment.taken_on, Instrument.name, Instrument.kind)
        .join(Assessment, Assessment.id == Release.assessment_id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .where(whose(Release, grant), to_parents(on), Assessment.taken_on >= since)
        .order_by(Assessment.taken_on, Release.id),
        values(grant, today),
    ).all()


def told(connection: sa.Connection, grant: Grant, today: date) -> Rows:
    """What was released to this parent or child and stands today: the name of the test and its sentence."""
    reaches = to_child if grant.role is Role.PUPIL else to_parents
    rows = connection.execute(
        sa.select(Release.explanation, Assessment.respondent, Instrument.name, Instrument.kind)
        .join(Assessment, Assessment.id == Release.assessment_id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .where(whose(Release, grant), reaches(today)),
        values(grant, today),
    ).all()
    return [row for row in rows if is_for(grant, row)]


def goals_in(connection: sa.Connection, grant: AnyGrant, since: date, today: date) -> Rows:
    """The goals that the children named this school year, with their own judgement."""
    return connection.execute(
        sa.select(Goal.pupil_id, Goal.body, Goal.judgement)
        .where(whose(Goal, grant), Goal.stated_on >= since)
        .order_by(Goal.stated_on, Goal.id),
        values(grant, today),
    ).all()


def absences_in(
    connection: sa.Connection, grant: AnyGrant, since: date, today: date
) -> dict[int, dict[AbsenceReason, int]]:
    """On how many days each child was not there or late this school year, by reason."""
    rows = connection.execute(
        sa.select(Absence.pupil_id, Absence.reason, sa.func.count(Absence.day.distinct()).label("days"))
        .where(whose(Absence, grant), Absence.day >= since, Absence.day <= today)
        .group_by(Absence.pupil_id, Absence.reason),
        values(grant, today),
    )
    found: dict[int, dict[AbsenceReason, int]] = {}
    for row in rows:
        found.setdefault(row.pupil_id, {})[row.reason] = row.days
    return found


def pieces_in(connection: sa.Connection, grant: AnyGrant, since: date, scope: Scope) -> Rows:
    """The pieces that may stand in a report: chosen by the child this school year, with its parents' consent.

    Of the guardians with custody now one no is enough, and without a yes there is none.
    """
    newer = sa.orm.aliased(Consent)
    is_newest = ~sa.exists().where(
        newer.pupil_id == Consent.pupil_id,
        newer.guardian_id == Consent.guardian_id,
        newer.purpose == Consent.purpose,
        newer.id > Consent.id,
    )
    counts = sa.exists().where(
        Guardianship.guardian_id == Consent.guardian_id, Guardianship.pupil_id == Consent.pupil_id, HAS_CUSTODY
    )
    said = sa.select(Consent.pupil_id).where(
        Consent.purpose == ConsentPurpose.REPORT, is_newest, counts.correlate(Consent)
    )
    yes, no = said.where(Consent.is_given), said.where(~Consent.is_given)
    return connection.execute(
        sa.select(
            *(PortfolioPiece.id, PortfolioPiece.uid, PortfolioPiece.pupil_id, PortfolioPiece.title),
            *(PortfolioPiece.body, PortfolioPiece.kind, PortfolioPiece.made_on),
        )
        .where(
            whose(PortfolioPiece, grant),
            *(PortfolioPiece.made_on >= since, PortfolioPiece.pupil_id.in_(yes), PortfolioPiece.pupil_id.not_in(no)),
        )
        .order_by(PortfolioPiece.made_on.desc(), PortfolioPiece.id.desc()),
        values(grant, scope.today) | {"now": scope.now, "today": scope.today, "adult_since": adult_since(scope.today)},
    ).all()


IS_WELLBEING = frozenset({InstrumentKind.WELLBEING})


def require_group(group: GroupGrant) -> None:
    """Raise `NotFoundError` for who does not read the results of the children of this group."""
    _require(group)


def _require(grant: AnyGrant) -> None:
    if Kind.RESULTS not in grant.kinds:
        raise NotFoundError(grant.pupil_id if isinstance(grant, Grant) else None, grant.school_id)


def _one(connection: sa.Connection, grant: Grant, chosen: sa.Select[tuple[object, ...]]) -> AnyRow:
    mine = (ReportCard.pupil_id == grant.pupil_id, ReportCard.school_id == grant.school_id)
    row: AnyRow | None = connection.execute(chosen.where(*mine)).one_or_none()
    if row is None:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return row
