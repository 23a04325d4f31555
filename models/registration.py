"""What the school registers, what it costs, what for, what others think of it, and what directie decided.

Nothing here is about a child and no table refers to one. What the law says of an item is no row: it stands in
`models.catalogue` and is found by `code`; the words the school chose for an item of its own are here.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import Cadence, Counted, DataClass, Doer, Leftover, Retention, Ruling, Stakeholder, Voice


class Registration(SchoolRow):
    """An item on the list of this school: one of the catalogue by its code, or its own with a name; off the list when
    `removed_at` is set. From `weighed_at` on someone held it against what the school is for, be it in vain.
    """

    __tablename__ = "registration"
    __retention__ = Retention.REFERENCE
    __table_args__ = (*within_school(), sa.UniqueConstraint("school_id", "code"))

    uid: Mapped[UUID] = public_id()
    code: Mapped[str] = column(DataClass.REFERENCE, sa.String(40))
    name: Mapped[str] = column(DataClass.REFERENCE, sa.String(120), server_default="")
    what: Mapped[str] = column(DataClass.REFERENCE, sa.String(500), server_default="")
    facts: Mapped[str] = column(DataClass.REFERENCE, sa.String(200), server_default="")
    added_at: Mapped[datetime] = column(DataClass.TRACE)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    weighed_at: Mapped[datetime | None] = column(DataClass.TRACE)
    removed_at: Mapped[datetime | None] = column(DataClass.TRACE)


class RegistrationWork(SchoolRow):
    """Who fills it in, in which system, `times` per `cadence`, for `amount` of `counted`, minutes per time.

    The minutes are what this school itself thinks it takes, from `low` to `high`; runs of the timer count before it.
    """

    __tablename__ = "registration_work"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("registration"),
        sa.Index(None, "registration_id"),
        sa.CheckConstraint("times >= 0 AND amount >= 0", name="counts"),
        sa.CheckConstraint("(low IS NULL) = (high IS NULL) AND (low IS NULL OR low <= high)", name="spread"),
    )

    uid: Mapped[UUID] = public_id()
    registration_id: Mapped[int] = column(DataClass.TECHNICAL)
    doer: Mapped[Doer] = coded(Doer, DataClass.REFERENCE)
    system: Mapped[str] = column(DataClass.REFERENCE, sa.String(60), server_default="")
    times: Mapped[int] = column(DataClass.REFERENCE)
    cadence: Mapped[Cadence] = coded(Cadence, DataClass.REFERENCE)
    amount: Mapped[int] = column(DataClass.REFERENCE)
    counted: Mapped[Counted] = coded(Counted, DataClass.REFERENCE)
    low: Mapped[float | None] = column(DataClass.REFERENCE, sa.Float)
    high: Mapped[float | None] = column(DataClass.REFERENCE, sa.Float)
    changed_at: Mapped[datetime] = column(DataClass.TRACE)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))


class RegistrationRun(SchoolRow):
    """One time that someone did it with the timer running."""

    __tablename__ = "registration_run"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("work:registration_work"),
        sa.Index(None, "work_id"),
        sa.CheckConstraint("seconds >= 0", name="took_time"),
    )

    uid: Mapped[UUID] = public_id()
    work_id: Mapped[int] = column(DataClass.TECHNICAL)
    seconds: Mapped[int] = column(DataClass.REFERENCE)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    measured_at: Mapped[datetime] = column(DataClass.TRACE)


class RegistrationPurpose(SchoolRow):
    """What the school is for, in its own words, for one group of people: the measure for what it registers."""

    __tablename__ = "registration_purpose"
    __retention__ = Retention.REFERENCE
    __table_args__ = (*within_school(), sa.Index(None, "school_id", "stakeholder"))

    uid: Mapped[UUID] = public_id()
    stakeholder: Mapped[Stakeholder] = coded(Stakeholder, DataClass.REFERENCE)
    body: Mapped[str] = column(DataClass.REFERENCE, sa.String(200))
    removed_at: Mapped[datetime | None] = column(DataClass.TRACE)


class RegistrationServes(SchoolRow):
    """Someone thought that this item serves this purpose."""

    __tablename__ = "registration_serves"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("registration", "purpose:registration_purpose", unique_id=False),
        sa.UniqueConstraint("registration_id", "purpose_id"),
    )

    registration_id: Mapped[int] = column(DataClass.TECHNICAL)
    purpose_id: Mapped[int] = column(DataClass.TECHNICAL)


class RegistrationRound(SchoolRow):
    """The list, or some of it, laid before others until `closes_on`."""

    __tablename__ = "registration_round"
    __retention__ = Retention.REFERENCE
    __table_args__ = (*within_school(),)

    uid: Mapped[UUID] = public_id()
    title: Mapped[str] = column(DataClass.REFERENCE, sa.String(120))
    question: Mapped[str] = column(DataClass.REFERENCE, sa.String(500), server_default="")
    opened_at: Mapped[datetime] = column(DataClass.TRACE)
    closes_on: Mapped[date] = column(DataClass.REFERENCE)
    closed_at: Mapped[datetime | None] = column(DataClass.TRACE)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))


class RegistrationRoundItem(SchoolRow):
    __tablename__ = "registration_round_item"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("round:registration_round", "registration", unique_id=False),
        sa.UniqueConstraint("round_id", "registration_id"),
    )

    round_id: Mapped[int] = column(DataClass.TECHNICAL)
    registration_id: Mapped[int] = column(DataClass.TECHNICAL)


class RegistrationCode(SchoolRow):
    """A code on paper with which people without an account take part; good for `seats` people, kept as a keyed hash."""

    __tablename__ = "registration_code"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("round:registration_round"),
        sa.Index(None, "round_id"),
        sa.UniqueConstraint("school_id", "code_hash"),
        sa.CheckConstraint("seats >= 0", name="seats"),
    )

    uid: Mapped[UUID] = public_id()
    round_id: Mapped[int] = column(DataClass.TECHNICAL)
    voice: Mapped[Voice] = coded(Voice, DataClass.REFERENCE)
    code_hash: Mapped[bytes] = column(DataClass.SECRET, sa.LargeBinary(32))
    seats: Mapped[int] = column(DataClass.REFERENCE)


class RegistrationVoice(SchoolRow):
    """Someone who takes part in a round: with an account, or with a code and a token in the browser and no name."""

    __tablename__ = "registration_voice"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("round:registration_round", "code:registration_code"),
        sa.UniqueConstraint("round_id", "account_id"),
        sa.UniqueConstraint("school_id", "token_hash"),
        sa.CheckConstraint("account_id IS NULL OR code_id IS NULL", name="account_or_code"),
        sa.CheckConstraint("code_id IS NOT NULL OR token_hash IS NULL", name="code_with_token"),
    )

    uid: Mapped[UUID] = public_id()
    round_id: Mapped[int] = column(DataClass.TECHNICAL)
    voice: Mapped[Voice] = coded(Voice, DataClass.REFERENCE)
    account_id: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    code_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    token_hash: Mapped[bytes | None] = column(DataClass.SECRET, sa.LargeBinary(32))
    begun_at: Mapped[datetime] = column(DataClass.TRACE)


class RegistrationOpinion(SchoolRow):
    """What one voice thinks of one item, and why; may change until the round closes."""

    __tablename__ = "registration_opinion"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("voice:registration_voice", "registration", unique_id=False),
        sa.UniqueConstraint("voice_id", "registration_id"),
        sa.Index(None, "registration_id"),
    )

    voice_id: Mapped[int] = column(DataClass.TECHNICAL)
    registration_id: Mapped[int] = column(DataClass.TECHNICAL)
    ruling: Mapped[Ruling] = coded(Ruling, DataClass.REFERENCE)
    because: Mapped[str] = column(DataClass.REFERENCE, sa.String(500), server_default="")
    given_at: Mapped[datetime] = column(DataClass.TRACE)


class RegistrationDecision(SchoolRow):
    """What directie decided about an item. Only ever added; the newest of an item holds.

    It keeps what was known then: the name, what stays required, the hours a year that it took (`hours_low` to
    `hours_high`; empty when nobody had said).
    """

    __tablename__ = "registration_decision"
    __retention__ = Retention.REFERENCE
    __table_args__ = (*within_school("registration", "round:registration_round"), sa.Index(None, "registration_id"))

    uid: Mapped[UUID] = public_id()
    registration_id: Mapped[int] = column(DataClass.TECHNICAL)
    round_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    name: Mapped[str] = column(DataClass.REFERENCE, sa.String(120))
    ruling: Mapped[Ruling] = coded(Ruling, DataClass.REFERENCE)
    reason: Mapped[str] = column(DataClass.REFERENCE, sa.String(1000))
    stays: Mapped[str] = column(DataClass.REFERENCE, sa.String(1000), server_default="")
    grounds: Mapped[str] = column(DataClass.REFERENCE, sa.String(500), server_default="")
    stops_on: Mapped[date | None] = column(DataClass.REFERENCE)
    review_on: Mapped[date] = column(DataClass.REFERENCE)
    hours_low: Mapped[float | None] = column(DataClass.REFERENCE, sa.Float)
    hours_high: Mapped[float | None] = column(DataClass.REFERENCE, sa.Float)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime] = column(DataClass.TRACE)


class RegistrationStep(SchoolRow):
    """What must happen for a "weg" to be true: stop in a system, or do something with what is there already."""

    __tablename__ = "registration_step"
    __retention__ = Retention.REFERENCE
    __table_args__ = (*within_school("decision:registration_decision"), sa.Index(None, "decision_id"))

    uid: Mapped[UUID] = public_id()
    decision_id: Mapped[int] = column(DataClass.TECHNICAL)
    body: Mapped[str] = column(DataClass.REFERENCE, sa.String(300))
    leftover: Mapped[Leftover | None] = coded(Leftover, DataClass.REFERENCE)
    due_on: Mapped[date] = column(DataClass.REFERENCE)
    done_at: Mapped[datetime | None] = column(DataClass.TRACE)
    done_by: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
