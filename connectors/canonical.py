"""Provider-neutral records: what a connector makes of its source, and all that the loader ever sees.

Keys are trimmed and never dummy (`#...`); dates are dates; codes are values of `models.vocabulary`. A field the source
does not deliver is None, never a guess. There is no field for a BSN.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from models.vocabulary import (
    AbsencePart,
    AbsenceReason,
    Custody,
    GoalAnswer,
    Grade,
    GroupKind,
    InstrumentKind,
    Measure,
    NoteKind,
    Readers,
    Relation,
    Respondent,
    Sex,
    SupportKind,
    Tone,
)


@dataclass(frozen=True, slots=True)
class Names:
    """Names as delivered; `prefix` is the voorvoegsel, `family_name` the part that sorts."""

    given_name: str | None = None
    first_names: str | None = None
    initials: str | None = None
    prefix: str | None = None
    family_name: str | None = None


@dataclass(frozen=True, slots=True)
class PupilRef:
    """How a source of facts points to a child; `key` is the key this source uses, which may be the LAS key.

    `is_las_key` says that `key` is the leerlingnummer of the school's own administration; only then, or with an ECK iD,
    can the link be made without a person. `names`, `birth_date` and `group_label` are evidence for a proposal.
    """

    key: str
    is_las_key: bool = False
    eckid: str | None = None
    names: Names = Names()
    birth_date: date | None = None
    group_label: str | None = None


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group of the school year the delivery speaks of."""

    stream: ClassVar[str] = "group"
    key: str
    kind: GroupKind
    name: str
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class PupilRecord:
    """A child on the roll; `home_group` and `groups` are keys of `GroupRecord` in the same delivery."""

    stream: ClassVar[str] = "pupil"
    key: str
    names: Names
    eckid: str | None = None
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    grade: Grade | None = None
    home_group: str | None = None
    groups: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    start_grade3_on: date | None = None


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """Someone on the staff list; `assignments` are (group kind, group key, role code or text)."""

    stream: ClassVar[str] = "staff"
    key: str
    names: Names
    eckid: str | None = None
    email: str | None = None
    assignments: tuple[tuple[GroupKind, str, str], ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuardianRecord:
    """A guardian of one child (one record per child)."""

    stream: ClassVar[str] = "guardian"
    key: str
    guardian_key: str
    pupil: PupilRef
    names: Names
    relation: Relation = Relation.OTHER
    custody: Custody = Custody.UNKNOWN
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """How a guardian of a child can be reached according to another system than the roll; it makes no guardian."""

    stream: ClassVar[str] = "contact"
    key: str
    pupil: PupilRef
    names: Names
    guardian_key: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class AnnouncementRecord:
    """News for the parents of a group (by its name), or of the whole school without one; names no child."""

    stream: ClassVar[str] = "announcement"
    key: str
    title: str
    shown_from: date
    body: str = ""
    group: str | None = None
    shown_until: date | None = None


@dataclass(frozen=True, slots=True)
class AccountLinkRecord:
    """The platform knows the child with this LAS key (or ECK iD) under `platform_key`."""

    stream: ClassVar[str] = "account_link"
    key: str
    platform_key: str
    pupil: PupilRef


@dataclass(frozen=True, slots=True)
class ScaleRef:
    """A scale with its owner; `comparable_group` is the permission to share an axis."""

    code: str
    owner: str
    measure: Measure
    is_ordinal: bool
    comparable_group: str
    version: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class InstrumentRef:
    """A test or list of a provider; `subject` is a key of `vocabulary.SUBJECTS` or the provider's own word."""

    provider: str
    code: str
    name: str
    kind: InstrumentKind
    subject: str | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Norm:
    """A band that came with a raw score: term, from and to (inclusive)."""

    term: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ScoreRecord:
    """One outcome on one scale; `value_raw` is the text as delivered."""

    scale: ScaleRef
    value_raw: str
    value_num: float | None = None
    band: str | None = None
    part: str = ""
    norm_group: str | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    qualifier: str | None = None
    norms: tuple[Norm, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """One test taken, list filled in or observation made."""

    stream: ClassVar[str] = "assessment"
    key: str
    pupil: PupilRef
    instrument: InstrumentRef
    taken_on: date
    scores: tuple[ScoreRecord, ...]
    moment: str | None = None
    test_level: str | None = None
    grade: Grade | None = None
    respondent: Respondent = Respondent.TEST


@dataclass(frozen=True, slots=True)
class NormBandRecord:
    """From which (inclusive) up to which (inclusive) score a level holds at a moment."""

    stream: ClassVar[str] = "norm_band"
    key: str
    scale: ScaleRef
    moment: str
    code: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class NoteRecord:
    stream: ClassVar[str] = "note"
    key: str
    pupil: PupilRef
    observed_on: date
    kind: NoteKind
    body: str
    tone: Tone = Tone.NEUTRAL
    readers: Readers = Readers.TEAM
    author_key: str | None = None


@dataclass(frozen=True, slots=True)
class AbsenceRecord:
    stream: ClassVar[str] = "absence"
    key: str
    pupil: PupilRef
    day: date
    part: AbsencePart
    reason: AbsenceReason


@dataclass(frozen=True, slots=True)
class GoalRecord:
    stream: ClassVar[str] = "goal"
    key: str
    pupil: PupilRef
    stated_on: date
    body: str
    answer: GoalAnswer | None = None
    answer_body: str | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgreementRecord:
    stream: ClassVar[str] = "agreement"
    key: str
    pupil: PupilRef
    agreed_on: date
    body: str
    owner_key: str | None = None
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class SupportPointRecord:
    stream: ClassVar[str] = "support_point"
    key: str
    pupil: PupilRef
    observed_on: date
    kind: SupportKind
    body: str
    author_key: str | None = None


RECORD_OF_STREAM: dict[str, type] = {
    record.stream: record
    for record in (
        GroupRecord,
        PupilRecord,
        StaffRecord,
        GuardianRecord,
        ContactRecord,
        AnnouncementRecord,
        AccountLinkRecord,
        AssessmentRecord,
        NormBandRecord,
        NoteRecord,
        AbsenceRecord,
        GoalRecord,
        AgreementRecord,
        SupportPointRecord,
    )
}

Record = (
    GroupRecord
    | PupilRecord
    | StaffRecord
    | GuardianRecord
    | ContactRecord
    | AnnouncementRecord
    | AccountLinkRecord
    | AssessmentRecord
    | NormBandRecord
    | NoteRecord
    | AbsenceRecord
    | GoalRecord
    | AgreementRecord
    | SupportPointRecord
)
