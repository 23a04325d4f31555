"""Pupils, staff and guardians, the source's own record of each, and the link between the two.

Facts hang on `SourcePerson` ("what Cito calls this child"); only its `pupil_id` says who that is. Linking and
unlinking is one update that moves no fact, and facts of an unlinked person reach no sheet.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import (
    Custody,
    DataClass,
    IdentifierType,
    LinkMethod,
    PersonRole,
    ProposalStatus,
    Relation,
    Retention,
    Sex,
)


class Names:
    """Names as delivered: `prefix` (voorvoegsel) apart, `family_name` the part that sorts (NEN 1888)."""

    given_name: Mapped[str | None] = column(DataClass.IDENTITY, sa.String(64))
    first_names: Mapped[str | None] = column(DataClass.IDENTITY, sa.String(256))
    initials: Mapped[str | None] = column(DataClass.IDENTITY, sa.String(16))
    prefix: Mapped[str | None] = column(DataClass.IDENTITY, sa.String(16))
    family_name: Mapped[str | None] = column(DataClass.IDENTITY, sa.String(200))


class Pupil(Names, SchoolRow):
    """A child at a school; created only by the source that leads the roll.

    A key is never given twice, not even after erasing: the access log goes on naming who was looked at.
    """

    __tablename__ = "pupil"
    __retention__ = Retention.ENROLMENT
    __table_args__ = (*within_school(), {"sqlite_autoincrement": True})

    uid: Mapped[UUID] = public_id()
    birth_date: Mapped[date | None] = column(DataClass.IDENTITY)
    sex: Mapped[Sex] = coded(Sex, DataClass.IDENTITY, default=Sex.UNKNOWN)


class Staff(Names, SchoolRow):
    """A member of staff as the roll names them; gives no right to see anything."""

    __tablename__ = "staff"
    __retention__ = Retention.STAFF
    __table_args__ = within_school()

    uid: Mapped[UUID] = public_id()
    email: Mapped[str | None] = column(DataClass.CONTACT, sa.String(254))


class Guardian(Names, SchoolRow):
    """A parent or other guardian."""

    __tablename__ = "guardian"
    __retention__ = Retention.DOSSIER
    __table_args__ = within_school()

    uid: Mapped[UUID] = public_id()
    email: Mapped[str | None] = column(DataClass.CONTACT, sa.String(254))
    phone: Mapped[str | None] = column(DataClass.CONTACT, sa.String(32))
    secret_contact: Mapped[bool] = column(DataClass.CONTACT, default=False, server_default=sa.false())
    """Whether this address and number are secret (OSO `geheim`): for directie only, never for the other parent."""


class Guardianship(SchoolRow):
    """Whose guardian someone is according to the file, with the days (inclusive) on which that holds.

    Custody here is the file's claim; what a person at school established is a `CustodyRecord`, and that goes first.
    """

    __tablename__ = "guardianship"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "guardian", "delivery"),
        sa.UniqueConstraint("pupil_id", "guardian_id", "starts_on"),
        sa.Index(None, "guardian_id"),
    )

    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    guardian_id: Mapped[int] = column(DataClass.TECHNICAL)
    relation: Mapped[Relation] = coded(Relation, DataClass.CUSTODY)
    custody: Mapped[Custody] = coded(Custody, DataClass.CUSTODY, default=Custody.UNKNOWN)
    starts_on: Mapped[date] = column(DataClass.CUSTODY)
    ends_on: Mapped[date | None] = column(DataClass.CUSTODY)
    delivery_id: Mapped[int | None] = column(DataClass.TECHNICAL)


class SourcePerson(Names, SchoolRow):
    """One person as one source knows them; all facts of that source hang here.

    `generation` rises when a person rules that the source gave an old key to someone new.
    """

    __tablename__ = "source_person"
    __retention__ = Retention.ENROLMENT
    __table_args__ = (
        *within_school("source", "pupil", "staff", "guardian", "first_delivery:delivery", "seen_delivery:delivery"),
        sa.UniqueConstraint("source_id", "role", "source_key", "generation"),
        sa.CheckConstraint("source_key NOT LIKE '#%'", name="dummy_key_is_no_identity"),
        sa.CheckConstraint(
            "(pupil_id IS NULL AND staff_id IS NULL AND guardian_id IS NULL) = (link_method IS NULL)",
            name="link_has_method",
        ),
        sa.CheckConstraint(
            "link_method IS NULL OR link_method <> 'manual' OR linked_by IS NOT NULL", name="manual_has_name"
        ),
        sa.Index(None, "pupil_id"),
        sa.Index(None, "staff_id"),
    )

    source_id: Mapped[int] = column(DataClass.TECHNICAL)
    role: Mapped[PersonRole] = coded(PersonRole)
    source_key: Mapped[str] = column(DataClass.IDENTIFIER, sa.String(256))
    generation: Mapped[int] = column(DataClass.TECHNICAL, default=1)
    birth_date: Mapped[date | None] = column(DataClass.IDENTITY)
    sex: Mapped[Sex] = coded(Sex, DataClass.IDENTITY, default=Sex.UNKNOWN)
    email: Mapped[str | None] = column(DataClass.CONTACT, sa.String(254))
    group_label: Mapped[str | None] = column(DataClass.PLACEMENT, sa.String(64))
    pupil_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    staff_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    guardian_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    link_method: Mapped[LinkMethod | None] = coded(LinkMethod)
    linked_by: Mapped[str | None] = column(DataClass.TRACE, sa.String(100))
    linked_at: Mapped[datetime | None] = column(DataClass.TECHNICAL)
    first_delivery_id: Mapped[int] = column(DataClass.TECHNICAL)
    seen_delivery_id: Mapped[int] = column(DataClass.TECHNICAL)
    vanished_at: Mapped[datetime | None] = column(DataClass.PLACEMENT)


class PersonIdentifier(SchoolRow):
    """A key of a person with the scope in which it is unique; see `IdentifierType` for what may never be kept."""

    __tablename__ = "person_identifier"
    __retention__ = Retention.CHAIN
    __table_args__ = (
        *within_school("source_person"),
        sa.UniqueConstraint("source_person_id", "kind", "value"),
        sa.Index(None, "school_id", "kind", "value"),
    )

    source_person_id: Mapped[int] = column(DataClass.TECHNICAL)
    kind: Mapped[IdentifierType] = coded(IdentifierType)
    scope: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    value: Mapped[str] = column(DataClass.IDENTIFIER, sa.String(256))
    starts_on: Mapped[date] = column(DataClass.TECHNICAL)
    ends_on: Mapped[date | None] = column(DataClass.TECHNICAL)


class MatchProposal(SchoolRow):
    """A question for a person: is what this source calls X our child Y? `candidate_id` empty: nobody yet.

    `contradiction` is set when an exact key points to someone whose birth date and name differ (a reused key?).
    """

    __tablename__ = "match_proposal"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("source_person", "candidate:pupil"),
        sa.UniqueConstraint("source_person_id", "candidate_id"),
        sa.CheckConstraint(
            "status = 'open' OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)", name="decided_by_someone"
        ),
    )

    uid: Mapped[UUID] = public_id()
    source_person_id: Mapped[int] = column(DataClass.TECHNICAL)
    candidate_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    evidence: Mapped[dict[str, Any]] = column(DataClass.IDENTITY, sa.JSON)
    rank: Mapped[int] = column(DataClass.TECHNICAL, default=0)
    contradiction: Mapped[str | None] = column(DataClass.IDENTITY, sa.String(64))
    status: Mapped[ProposalStatus] = coded(ProposalStatus, default=ProposalStatus.OPEN)
    decided_by: Mapped[str | None] = column(DataClass.TRACE, sa.String(100))
    decided_at: Mapped[datetime | None] = column(DataClass.TECHNICAL)
