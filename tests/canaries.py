"""Words that occur nowhere else, planted in every text of every child, so that any page can be asked what it gave away.

New tables and columns are planted by themselves. `ALLOWED` says who may see a word: with which kind of data, or in
which positions; a column that is not in it may be seen by nobody through the web.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count, product
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from models import Base
from models.rules.access import READS, Kind, Position
from models.types import DayNumber, UtcDateTime
from models.vocabulary import (
    CorrectionAnswer,
    InstrumentKind,
    Measure,
    NoteKind,
    Readers,
    RequestDecision,
    Speaker,
    SupportKind,
    TalkKind,
    Verdict,
)
from tests.world import NOW, TODAY, World

WORD = re.compile(r"q\d{4}z")
NOTES = {
    NoteKind.OBSERVATION: Kind.OBSERVATIONS,
    NoteKind.PARENT_TALK: Kind.TALKS,
    NoteKind.TALENT: Kind.PORTFOLIO,
}
"""What a note for the team is; any other is a note."""
STAFF = frozenset({Position.TEACHER, Position.SUBSTITUTE, Position.IB, Position.HEAD, Position.OFFICE})
COLLEAGUES = STAFF - {Position.OFFICE}
LEADERS = frozenset({Position.HEAD, Position.IB})

PLANTED_ON = TODAY - timedelta(days=20)
"""The day of all that is planted, where nothing else is said."""

ALLOWED: dict[str, Kind | frozenset[Position]] = {
    **{f"pupil.{name}": Kind.NAME for name in ("given_name", "first_names", "initials", "prefix", "family_name")},
    # The planted guardian is of another household than the parents who log in: staff may know, another parent not.
    **{f"guardian.{name}": STAFF for name in ("given_name", "initials", "prefix", "family_name", "email", "phone")},
    "absence.reason": Kind.ATTENDANCE,
    "goal.body": Kind.GOALS,
    "instruction.title": Kind.PRACTICE,
    "goal.answer_body": Kind.GOALS,
    "goal.judgement_body": Kind.GOALS,
    "portfolio_piece.title": Kind.PORTFOLIO,
    "portfolio_piece.body": Kind.PORTFOLIO,
    "agreement.body": Kind.SUPPORT_PLAN,
    "agreement.outcome_body": Kind.SUPPORT_PLAN,
    "instruction_placement.subject": Kind.SUPPORT_PLAN,
    **{f"talk.{name}": Kind.NOTES for name in ("question", "sees", "child_says")},
    "talk_wish.body": Kind.NOTES,
    **{f"report_card.{name}": Kind.RESULTS for name in ("title", "effort", "words", "child_words")},
    # Of the talk that did not begin, by the IB'er, who is not ready: nobody else.
    **{f"talk_view.{name}": frozenset({Position.IB}) for name in ("strengths", "concerns", "wish")},
    "instruction_placement.reason": Kind.SUPPORT_PLAN,
    "source_person.group_label": Kind.SOURCES,
    "emergency_card.body": Kind.EMERGENCY_CARD,
    "emergency_card.written_by": Kind.EMERGENCY_CARD,
    "custody_record.remark": frozenset({Position.HEAD, Position.OFFICE, Position.IB}),
    "custody_record.recorded_by": frozenset({Position.HEAD, Position.OFFICE, Position.IB}),
    **{
        f"information_request.{name}": frozenset({Position.HEAD})
        for name in ("question", "recorded_by", "decision_reason", "decided_by", "opened_by")
    },
    # Said by a guardian of another household than the parents who log in, about an agreement.
    **{f"correction_request.{name}": COLLEAGUES for name in ("about", "body", "answer_body")},
    "copy_request.reason": frozenset({Position.HEAD}),
    **{f"emergency_access.{name}": LEADERS for name in ("explanation", "reviewed_by")},
}
NOT_PLANTED = {"role_grant", "enrolment", "group_membership"}
"""Rights are no data of a child; the others hold no text and are made by the world."""
CODES = {
    "emergency_access.kind": "notes",
    "information_request.kinds": "results",
    "correction_request.kind": "support_plan",
}
"""Texts that are a code to the program."""


@dataclass(frozen=True)
class Canary:
    """A planted word: whose it is, where it stands, and who may see it."""

    child: str
    place: str
    allowed: Kind | frozenset[Position] | None

    def may(self, position: Position | None, extra: frozenset[Kind]) -> bool:
        if position is None or self.allowed is None:
            return False
        if isinstance(self.allowed, Kind):
            return self.allowed in READS[position] | extra
        return position in self.allowed


@dataclass
class Planted:
    """All planted words, and the uids of what hangs on each child, by table."""

    canaries: dict[str, Canary] = field(default_factory=dict)
    uids: dict[str, dict[str, list[UUID]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """The given name of each child, which is a planted word too."""

    def found_in(self, text: str) -> Iterable[Canary]:
        return (self.canaries[word] for word in set(WORD.findall(text)) if word in self.canaries)


def plant(world: World) -> Planted:
    """Give each child a row in every table that speaks of a child, with a planted word in every text."""
    planted = Planted()
    numbers = count(1)
    for child in world.pupils:
        _Garden(world, child, planted, numbers).plant()
    return planted


class _Garden:
    def __init__(self, world: World, child: str, planted: Planted, numbers: "count[int]") -> None:
        self.world, self.child, self.planted, self.numbers = world, child, planted, numbers
        self.connection = world.connection
        pupil = self.connection.execute(
            sa.select(Base.metadata.tables["pupil"]).where(sa.column("id") == world.pupils[child])
        ).one()
        self.school_id = pupil.school_id
        school = next(name for name, school_id in world.schools.items() if school_id == self.school_id)
        source = world.sources[f"{school} las"]
        self.rows = {
            "pupil": pupil.id,
            "source_person": world.persons[child],
            "source": source,
            "delivery": world.deliveries[source],
            "school_year": world.year,
            "class_group": next(id_ for name, id_ in world.groups.items() if (name == "6Z") == (school == "duin")),
            "account": world.accounts["ib"],
        }
        self.instrument = InstrumentKind.TEST
        self.assessments: dict[InstrumentKind, int] = {}
        planted.uids[child] = {"pupil": [pupil.uid]}

    def plant(self) -> None:
        for table in Base.metadata.sorted_tables:
            if table.name in {"pupil", "source_person"}:
                self._rename(table)
            elif table.name == "issue" or (_speaks_of_a_child(table) and table.name not in NOT_PLANTED):
                for variant in VARIANTS.get(table.name, [{}]):
                    self._add(table, variant)

    def _rename(self, table: sa.Table) -> None:
        row_id = self.rows[table.name]
        values = {c.name: self._word(table, c, {}) for c in _texts(table) if c.name != "source_key"}
        self.connection.execute(table.update().where(table.c.id == row_id).values(values))
        if table.name == "pupil":
            self.planted.names[self.child] = values["given_name"]

    def _add(self, table: sa.Table, variant: dict[str, Any]) -> None:
        variant = self._instrument(table, dict(variant))
        values = {c.name: self._value(c) for c in table.columns if not c.nullable and c.name != "id"}
        values |= self._links(table) | variant | {"school_id": self.school_id}
        if table.name == "talk_voice":
            values["talk_id"] = self.rows["meeting"]
        texts = {c.name: self._word(table, c, variant) for c in _texts(table) if c.name not in variant}
        required = {name: word for name, word in texts.items() if not table.c[name].nullable}
        try:
            with self.connection.begin_nested():
                result = self.connection.execute(table.insert().values(values | texts))
        except sa.exc.IntegrityError:  # some CHECKs want several columns filled together or not at all
            result = self.connection.execute(table.insert().values(values | required))
            for name in texts.keys() - required.keys():
                self.planted.canaries.pop(texts[name], None)
        if "id" in table.c and result.inserted_primary_key is not None:
            self.rows[table.name] = result.inserted_primary_key[0]
        if table.name == "talk" and "kind" in variant:
            self.rows["meeting"] = self.rows["talk"]
        if table.name == "assessment":
            self.assessments[self.instrument] = self.rows[table.name]
        if "uid" in values:
            self.planted.uids[self.child].setdefault(table.name, []).append(values["uid"])

    def _instrument(self, table: sa.Table, variant: dict[str, Any]) -> dict[str, Any]:
        """Make the instrument of an assessment, or find the assessment of a score."""
        if table.name not in {"assessment", "assessment_score"}:
            return variant
        self.instrument = variant["instrument"]
        if table.name == "assessment":
            return {"instrument_id": self._reference("instrument", kind=self.instrument)}
        self.rows.pop("scale", None)  # one of its own for each kind of instrument
        whole = {"part": ""} if self.instrument is InstrumentKind.TEST else {}
        return {"assessment_id": self.assessments[self.instrument], "value_num": 42.0} | whole

    def _links(self, table: sa.Table) -> dict[str, Any]:
        """Refer to the rows of this child, and to what is nobody's where something must be referred to."""
        found = {}
        for key in table.foreign_key_constraints:
            target = key.referred_table.name
            for column in (element.parent for element in key.elements if element.parent.name != "school_id"):
                if target != table.name and (target in self.rows or not column.nullable):
                    found[column.name] = self.rows.get(target) or self._reference(target)
        return found

    def _reference(self, name: str, **given: Any) -> int:
        """Make a row that is no child's: an instrument, a scale, a learning objective."""
        table = Base.metadata.tables[name]
        values = {c.name: self._value(c) for c in table.columns if not c.nullable and c.name != "id"} | given
        values |= {c.name: f"{name} {next(self.numbers)}"[: c.type.length or 30] for c in _texts(table)}
        for key in table.foreign_key_constraints:
            values |= {e.parent.name: self.rows.get(key.referred_table.name) for e in key.elements}
        if "school_id" in table.c:
            values["school_id"] = self.school_id
        if name == "scale":
            values["measure"] = Measure.SKILL if self.instrument is InstrumentKind.TEST else Measure.DIMENSION
        result = self.connection.execute(table.insert().values(values))
        assert result.inserted_primary_key is not None
        self.rows[name] = result.inserted_primary_key[0]
        return int(self.rows[name])

    def _word(self, table: sa.Table, column: sa.Column[Any], variant: dict[str, Any]) -> str:
        place = f"{table.name}.{column.name}"
        if place in CODES:
            return CODES[place]
        word = f"q{next(self.numbers):04}z"
        self.planted.canaries[word] = Canary(self.child, place, self._allowed(place, variant))
        return word

    def _allowed(self, place: str, variant: dict[str, Any]) -> Kind | frozenset[Position] | None:
        table, _, column = place.partition(".")
        if place == "note.body":
            return NOTES.get(variant["kind"], Kind.NOTES) if variant["readers"] is Readers.TEAM else Kind.NAMED_NOTES
        if table == "talk" and variant.get("kind"):
            return None  # what is said in it stands in its voices
        if table == "talk_voice" and column in {"goes_well", "is_hard", "wish"}:
            return None if variant["speaker"] is Speaker.PARENT else Kind.TALKS  # this parent is not ready
        if place == "support_point.body":
            return Kind.IN_CLASS if variant["kind"] is SupportKind.IN_CLASS else Kind.SUPPORT_PLAN
        if table in {"assessment", "assessment_score"} and column not in {"locator", "source_key"}:
            return Kind.RESULTS if self.instrument is InstrumentKind.TEST else Kind.WELLBEING
        return ALLOWED.get(place)

    def _value(self, column: sa.Column[Any]) -> Any:
        kind = column.type
        if isinstance(kind, sa.Enum):
            return next(iter(kind.enum_class or kind.enums))
        number = next(self.numbers)
        values: dict[type, Any] = {
            int: 1,
            float: 0.0,
            bool: False,
            str: f"k{number}"[: getattr(kind, "length", None) or 30],
            bytes: number.to_bytes(32),
            date: PLANTED_ON,
            datetime: NOW - timedelta(days=20),
            UUID: uuid7(),
            dict: {},
        }
        return values[{DayNumber: date, UtcDateTime: datetime, sa.JSON: dict}.get(type(kind)) or kind.python_type]


INSTRUMENTS = [{"instrument": kind} for kind in (InstrumentKind.WELLBEING, InstrumentKind.TEST)]
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "note": [{"kind": kind, "readers": readers} for kind, readers in product(NoteKind, Readers)],
    "support_point": [{"kind": kind} for kind in SupportKind],
    "emergency_access": [{"verdict": Verdict.RIGHT, "reviewed_at": NOW - timedelta(days=19)}],
    "information_request": [
        {},
        {"decision": RequestDecision.GRANTED, "decided_at": NOW - timedelta(days=19), "opened_at": NOW},
    ],
    "correction_request": [{"answer": CorrectionAnswer.KEPT, "answered_at": NOW - timedelta(days=19)}],
    "copy_request": [{"decided_at": NOW - timedelta(days=1), "ends_at": NOW + timedelta(days=6)}, {"decided_by": None}],
    "release": [{"withdrawn_at": NOW - timedelta(days=1)}],
    "talk_voice": [
        {"speaker": Speaker.CHILD, "guardian_id": None},
        {"speaker": Speaker.TEACHER, "guardian_id": None},
        {"speaker": Speaker.PARENT},
    ],
    "talk": [
        {"kind": TalkKind.PARENTS},
        {"started_at": NOW - timedelta(days=19), "ended_at": NOW - timedelta(days=18)},
        {},
    ],
    "assessment": INSTRUMENTS,
    "assessment_score": INSTRUMENTS,
}


def _texts(table: sa.Table) -> list[Any]:
    return [c for c in table.columns if isinstance(c.type, sa.String) and not isinstance(c.type, sa.Enum)]


def _speaks_of_a_child(table: sa.Table, seen: frozenset[str] = frozenset()) -> bool:
    if table.name in {"pupil", "source_person", "guardian"}:
        return True
    return any(
        _speaks_of_a_child(key.referred_table, seen | {table.name})
        for key in table.foreign_key_constraints
        if key.referred_table.name not in seen | {table.name}
    )
