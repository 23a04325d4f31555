"""What two places say about one child, for the detector of doubles: entries of the last year, a query per kind of fact.

They hold texts and names, so they go to `models.rules.doubles` and no further; what leaves the service are counts. What
a person ruled to be no double is read here too.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from models.account import Account
from models.attendance import Absence
from models.doubles import NotDouble
from models.group import ClassGroup, GroupMembership
from models.journal import Note
from models.person import Guardian, Guardianship, SourcePerson
from models.provenance import Delivery, Ledger, Source
from models.queries.scope import AnyRow
from models.result import Assessment, AssessmentScore, Instrument, Scale
from models.rules.doubles import KINDBLAD
from models.rules.doubles.days import AbsenceEntry
from models.rules.doubles.people import ChildEntry, GroupEntry, GuardianEntry
from models.rules.doubles.results import ResultEntry, test_name
from models.rules.doubles.texts import TextEntry
from models.rules.matching import Traits
from models.support import Agreement, Goal, SupportPoint
from models.vocabulary import GroupKind, LedgerStatus, PersonRole, SupportKind

ALWAYS = date.min
"""The day of what is known until it changes."""

_TEXTS: dict[str, tuple[Any, Any, Any]] = {
    "note": (Note, sa.literal("note:") + sa.cast(Note.kind, sa.String), Note.observed_on),
    "goal": (Goal, sa.literal("goal"), Goal.stated_on),
    "agreement": (Agreement, sa.literal("agreement"), Agreement.agreed_on),
    "support": (
        SupportPoint,
        sa.case((SupportPoint.kind == SupportKind.IN_CLASS, "support:in_class"), else_="support"),
        SupportPoint.observed_on,
    ),
}


def texts(connection: sa.Connection, school_id: int, since: date, families: Collection[str]) -> list[TextEntry]:
    """What was written down since a day, of these families of facts; a note that was corrected is left out."""
    found: list[TextEntry] = []
    for family in sorted(families & _TEXTS.keys()):
        table, fact, day = _TEXTS[family]
        select = (
            sa.select(fact, table.pupil_id, sa.func.coalesce(Delivery.source_id, KINDBLAD), day, table.body)
            .outerjoin(Delivery, Delivery.id == table.delivery_id)
            .where(table.school_id == school_id, table.pupil_id.is_not(None), day >= since)
        )
        if table is Note:
            corrected = sa.select(Note.corrects_id).where(Note.school_id == school_id, Note.corrects_id.is_not(None))
            select = select.where(Note.id.not_in(corrected))
        found += [TextEntry(*row) for row in connection.execute(select)]
    return found


def absences(connection: sa.Connection, school_id: int, source_ids: Sequence[int], since: date) -> list[AbsenceEntry]:
    """Who said of which part of a day that a child was away: the ledger keeps each source that did, also after another
    wrote over it, and the row itself that it was typed here.
    """
    delivered = connection.execute(
        sa.select(Ledger.source_id, Delivery.source_id.label("said_last"), *_ABSENCE)
        .join(Absence, Absence.id == Ledger.target_id)
        .outerjoin(Delivery, Delivery.id == Absence.delivery_id)
        .where(
            Ledger.source_id.in_(source_ids),
            Ledger.stream == "absence",
            Ledger.status == LedgerStatus.ACTIVE,
            Absence.school_id == school_id,
            Absence.day >= since,
        )
    )
    found = [AbsenceEntry("absence", row.pupil_id, row.source_id, row.day, row.part, _said(row)) for row in delivered]
    typed = connection.execute(
        sa.select(*_ABSENCE, Absence.delivery_id).where(
            Absence.school_id == school_id, Absence.recorded_at.is_not(None), Absence.day >= since
        )
    )
    return found + [
        AbsenceEntry(
            "absence", row.pupil_id, KINDBLAD, row.day, row.part, row.reason if row.delivery_id is None else None
        )
        for row in typed
    ]


_ABSENCE = (Absence.pupil_id, Absence.day, Absence.part, Absence.reason)


def _said(row: Any) -> Any:
    return row.reason if row.source_id == row.said_last else None


def results(connection: sa.Connection, school_id: int, since: date) -> list[ResultEntry]:
    """The results since a day of tests that two places have of one child, with their scores; at most two queries."""
    current = (
        Assessment.school_id == school_id,
        Assessment.taken_on >= since,
        Assessment.superseded_by_id.is_(None),
    )
    rows = connection.execute(
        sa.select(
            *(Assessment.id, Instrument.kind, SourcePerson.pupil_id, SourcePerson.source_id, Assessment.taken_on),
            *(Instrument.provider, Instrument.name, Assessment.respondent, Assessment.moment),
        )
        .join(SourcePerson, SourcePerson.id == Assessment.source_person_id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .where(*current, SourcePerson.pupil_id.is_not(None))
    ).all()
    places: dict[tuple[int | None, frozenset[str]], set[int]] = defaultdict(set)
    for row in rows:
        places[row.pupil_id, test_name(row.provider, row.name)].add(row.source_id)
    several = [row for row in rows if len(places[row.pupil_id, test_name(row.provider, row.name)]) > 1]
    scores: dict[int, list[tuple[str, str, str]]] = {row.id: [] for row in several}
    if several:
        for row_id, scale, part, value in connection.execute(
            sa.select(AssessmentScore.assessment_id, Scale.code, AssessmentScore.part, AssessmentScore.value_raw)
            .join(Assessment, Assessment.id == AssessmentScore.assessment_id)
            .join(Scale, Scale.id == AssessmentScore.scale_id)
            .where(*current)
        ):
            if row_id in scores:
                scores[row_id].append((scale, part, value))
    return [
        ResultEntry(
            f"assessment:{row.kind.value}",
            row.pupil_id or 0,
            row.source_id,
            row.taken_on,
            row.provider,
            row.name,
            row.respondent,
            row.moment or "",
            frozenset(scores[row.id]),
        )
        for row in several
    ]


def children(connection: sa.Connection, school_id: int, since: date) -> tuple[list[ChildEntry], list[GroupEntry]]:
    """Name, birth date and group of each child in each source that knows it; of the roll all groups since a day.

    A list with results often bears the group of the day of the test, which may be last year's.
    """
    rows = connection.execute(
        sa.select(
            *(SourcePerson.pupil_id, SourcePerson.source_id, SourcePerson.given_name, SourcePerson.first_names),
            *(SourcePerson.prefix, SourcePerson.family_name, SourcePerson.birth_date, SourcePerson.group_label),
        ).where(
            SourcePerson.school_id == school_id,
            SourcePerson.role == PersonRole.PUPIL,
            SourcePerson.pupil_id.is_not(None),
            SourcePerson.vanished_at.is_(None),
        )
    )
    named, placed = [], []
    for row in rows:
        place = (row.pupil_id or 0, row.source_id, ALWAYS)
        traits = Traits(row.given_name, row.first_names, row.prefix, row.family_name, row.birth_date)
        named.append(ChildEntry("identity", *place, traits))
        if row.group_label:
            placed.append(GroupEntry("group", *place, frozenset({row.group_label})))
    return named, placed + _groups_of_the_roll(connection, school_id, since)


def _groups_of_the_roll(connection: sa.Connection, school_id: int, since: date) -> list[GroupEntry]:
    rows = connection.execute(
        sa.select(SourcePerson.pupil_id, SourcePerson.source_id, ClassGroup.name)
        .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
        .join(ClassGroup, ClassGroup.id == GroupMembership.group_id)
        .join(Source, Source.id == SourcePerson.source_id)
        .where(
            SourcePerson.school_id == school_id,
            SourcePerson.pupil_id.is_not(None),
            GroupMembership.kind == GroupKind.HOME,
            sa.or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= since),
            Source.leads_roll,
        )
    )
    names: dict[tuple[int, int], set[str]] = defaultdict(set)
    for row in rows:
        names[row.pupil_id or 0, row.source_id].add(row.name)
    return [GroupEntry("group", *key, ALWAYS, frozenset(known)) for key, known in names.items()]


def guardians(connection: sa.Connection, school_id: int) -> list[GuardianEntry]:
    """The parents of each child as each source has them now."""
    rows = connection.execute(
        sa.select(
            *(Guardianship.pupil_id, SourcePerson.source_id, Guardianship.relation),
            *(Guardian.given_name, Guardian.family_name, Guardian.email, Guardian.phone),
        )
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .join(SourcePerson, SourcePerson.guardian_id == Guardian.id)
        .where(Guardianship.school_id == school_id, Guardianship.ends_on.is_(None), SourcePerson.vanished_at.is_(None))
    )
    return [
        GuardianEntry(
            "guardian",
            row.pupil_id,
            row.source_id,
            ALWAYS,
            row.given_name or "",
            row.family_name or "",
            row.relation,
            row.email or "",
            row.phone or "",
        )
        for row in rows
    ]


def ruled_out(connection: sa.Connection, school_id: int) -> Sequence[AnyRow]:
    """What people said is no double, with who said it and why."""
    return connection.execute(
        sa.select(
            *(NotDouble.uid, NotDouble.fact, NotDouble.lead, NotDouble.other, NotDouble.because),
            *(NotDouble.decided_at, Account.display_name),
        )
        .join(Account, Account.id == NotDouble.account_id)
        .where(NotDouble.school_id == school_id)
        .order_by(NotDouble.decided_at)
    ).all()
