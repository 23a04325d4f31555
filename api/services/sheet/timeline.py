"""The timeline: talks, observations (the good ones too), absence and tests, newest first; and talent and pride."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from api.schemas.sheet import TalentLine, TimelineEntry
from models.queries.prepared import Rows
from models.queries.results import Taken
from models.rules.schooldays import next_school_day
from models.rules.wording import listing
from models.vocabulary import SUBJECTS, InstrumentKind, NoteKind, Readers

SHOWN = 30


def talents(notes: Rows) -> list[TalentLine]:
    """Return what was written down as talent or pride."""
    return [TalentLine(on=row.observed_on, body=row.body) for row in notes if row.kind == NoteKind.TALENT]


def entries(notes: Rows, absences: Rows, taken: Sequence[Taken], reader: int | None) -> list[TimelineEntry]:
    """Bring everything with a date together, newest first; `reader` is the account that may correct its own notes."""
    found = [_note(row, reader) for row in notes if row.kind != NoteKind.TALENT]
    found += _absences(absences)
    found += _tests(taken)
    return sorted(found, key=lambda entry: entry.on, reverse=True)[:SHOWN]


def _note(row: Any, reader: int | None) -> TimelineEntry:
    is_mine = reader is not None and row.account_id == reader
    return TimelineEntry(
        on=row.observed_on,
        kind=row.kind.label,
        tone=row.tone.value if row.tone else None,
        author=row.author,
        body=row.body,
        readers=row.readers.label if row.readers != Readers.TEAM else None,
        talk_id=row.talk_uid,
        note_id=row.note_uid if reader is not None and (is_mine or row.corrects_id) else None,
        is_mine=is_mine,
        is_corrected=row.corrects_id is not None,
    )


def _absences(rows: Rows) -> list[TimelineEntry]:
    """Join days in a row with the same reason into one entry; a weekend does not break a run."""
    runs: list[list[Any]] = []
    for row in sorted(rows, key=lambda row: row.day):
        last = runs[-1][-1] if runs else None
        if last is not None and last.reason == row.reason and next_school_day(last.day) >= row.day:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [TimelineEntry(on=run[-1].day, kind="verzuim", body=_absence_text(run)) for run in runs]


def _absence_text(run: list[Any]) -> str:
    days = len({row.day for row in run})
    if days > 1:
        return f"{run[0].reason.label}, {days} dagen"
    return f"{run[0].reason.label}, {'één dag' if run[0].part == 'day' else run[0].part.label}"


def _tests(taken: Sequence[Taken]) -> list[TimelineEntry]:
    """One entry per day on which tests were taken or lists filled in, naming the subjects only: no bare numbers."""
    dated: dict[tuple[date, InstrumentKind], set[str]] = defaultdict(set)
    for each in taken:
        dated[each.row.taken_on, each.instrument.kind].add(each.instrument.subject or each.instrument.name)
    return [
        TimelineEntry(
            on=on,
            kind="toetsen" if kind is InstrumentKind.TEST else kind.label,
            body=listing([SUBJECTS.get(name, name) for name in sorted(dated[on, kind])]),
        )
        for on, kind in sorted(dated)
    ]
