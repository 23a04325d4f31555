"""Which fields a row of a list may fill, per kind of record, and how a cell becomes a value.

An empty cell is None; a word that is in no list is an objection, never a default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from connectors.kit.dates import optional_date
from connectors.kit.keys import require_key
from connectors.kit.numbers import is_empty, require_number
from connectors.kit.objections import Objection, limited
from models.vocabulary import (
    AbsencePart,
    AbsenceReason,
    Coded,
    Custody,
    GoalAnswer,
    Grade,
    NoteKind,
    Readers,
    Relation,
    Respondent,
    SupportKind,
    Tone,
)

KEY = "key"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: a type (`str`, `date`, `float`, a code list, or `KEY`), whether it must be there, its longest text."""

    type: Any
    is_required: bool = False
    limit: int = 256


_BODY = FieldSpec(str, is_required=True, limit=20_000)
_DAY = FieldSpec(date, is_required=True)
_DATE = FieldSpec(date)
_PERSON = FieldSpec(KEY)

FIELDS: dict[str, dict[str, FieldSpec]] = {
    "assessment": {
        "taken_on": _DAY,
        "moment": FieldSpec(str, limit=32),
        "test_level": FieldSpec(str, limit=16),
        "grade": FieldSpec(Grade),
        "respondent": FieldSpec(Respondent),
        "norm_group": FieldSpec(str, limit=64),
    },
    "norm_band": {
        "provider": FieldSpec(str, is_required=True, limit=64),
        "test": FieldSpec(str, is_required=True, limit=128),
        "generation": FieldSpec(str, limit=64),
        "moment": FieldSpec(str, is_required=True, limit=16),
        "code": FieldSpec(str, is_required=True, limit=16),
        "low": FieldSpec(float),
        "high": FieldSpec(float),
    },
    "account_link": {"platform_key": FieldSpec(KEY, is_required=True)},
    "guardian": {
        "guardian_key": FieldSpec(KEY, is_required=True),
        "relation": FieldSpec(Relation),
        "custody": FieldSpec(Custody),
        "email": FieldSpec(str, limit=254),
        "phone": FieldSpec(str, limit=32),
    },
    "contact": {
        "guardian_key": _PERSON,
        "email": FieldSpec(str, limit=254),
        "phone": FieldSpec(str, limit=32),
    },
    "announcement": {
        "title": FieldSpec(str, is_required=True, limit=200),
        "body": FieldSpec(str, limit=4_000),
        "group": FieldSpec(str, limit=64),
        "shown_from": _DAY,
        "shown_until": _DATE,
    },
    "note": {
        "observed_on": _DAY,
        "kind": FieldSpec(NoteKind, is_required=True),
        "body": _BODY,
        "tone": FieldSpec(Tone),
        "readers": FieldSpec(Readers),
        "author_key": _PERSON,
    },
    "absence": {
        "day": _DAY,
        "part": FieldSpec(AbsencePart, is_required=True),
        "reason": FieldSpec(AbsenceReason, is_required=True),
    },
    "goal": {
        "stated_on": _DAY,
        "body": _BODY,
        "answer": FieldSpec(GoalAnswer),
        "answer_body": FieldSpec(str, limit=20_000),
        "answered_on": _DATE,
    },
    "agreement": {"agreed_on": _DAY, "body": _BODY, "owner_key": _PERSON, "due_on": _DATE, "done_on": _DATE},
    "support_point": {
        "observed_on": _DAY,
        "kind": FieldSpec(SupportKind, is_required=True),
        "body": _BODY,
        "author_key": _PERSON,
    },
}


def read_field(spec: FieldSpec, text: str, column: str, words: Mapping[str, str], dates: str, decimal: str) -> Any:
    """Turn a cell into the value of a field; None when empty; objects when it cannot be read or may not be empty."""
    value: Any = None
    if spec.type is date:
        value = optional_date(text, column, dates)
    elif spec.type is float:
        value = None if is_empty(text) else require_number(text, column, decimal)
    elif spec.type is KEY:
        value = require_key(text) if text else None
    elif spec.type is str:
        value = limited(text or None, spec.limit, column)
    elif text:
        value = _coded(spec.type, text, column, words)
    if value is None and spec.is_required:
        raise Objection("veld_leeg", f"‘{column}’ is leeg; vul het in.")
    return value


def _coded(codes: type[Coded], text: str, column: str, words: Mapping[str, str]) -> Coded:
    """Find a code by the profile's own words, else by the Dutch word on the screen or the code itself."""
    word = text.casefold()
    for own, code in words.items():
        if own.casefold() == word:
            return codes(code)
    for code in codes:
        if word in {code.label.casefold(), code.value.casefold()}:
            return code
    known = ", ".join(words) or ", ".join(code.label for code in codes)
    raise Objection("waarde_onbekend", f"‘{column}’ heeft een onbekend woord; bekend zijn: {known}.")
