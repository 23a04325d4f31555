"""Which sentences the sheet says, from the rules in `models.rules.signals`: most important first, at most seven."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from api.schemas.sheet import Sentence
from api.services.sheet.learning import SubjectLine
from api.services.sheet.practice import Period
from api.services.sheet.sources import Origin
from api.services.sheet.support import Promises
from api.services.sheet.wellbeing import Compared
from models.queries.prepared import Rows
from models.rules.access import Kind
from models.rules.signals import Signal
from models.rules.signals.attending import absence_signal
from models.rules.signals.developing import development_signal
from models.rules.signals.feeling import wellbeing_signal
from models.rules.signals.learning import grouped_steady, growth_signal
from models.rules.signals.practising import practice_signal, stuck_signal
from models.rules.signals.promises import overdue_signal, unanswered_signal
from models.rules.signals.quiet import quiet_signal
from models.rules.wording import Child
from models.vocabulary import AbsencePart, AbsenceReason, Respondent

AT_MOST = 7
WEEKS = 8
PERIOD = "in de laatste vier weken"


@dataclass(frozen=True, slots=True)
class Known:
    """All that the rules look at for one child, and which kinds of data the reader may see."""

    child: Child
    today: date
    lines: Sequence[SubjectLine]
    cells: Period
    lists: Sequence[Compared]
    latest_note_on: date | None
    absences: Rows
    promises: Promises
    birth_date: date | None
    at_school_since: date | None
    kinds: frozenset[Kind]
    origins: Mapping[int, Origin]


def about(known: Known) -> list[Sentence]:
    """What the sheet says."""
    return [_sentence(signal, source) for signal, source in signals(known)[:AT_MOST]]


def signals(known: Known) -> list[tuple[Signal, str]]:
    """Ask every rule and order what they say, each with its source.

    A rule about what the reader may not see is not asked.
    """
    child, today, promises = known.child, known.today, known.promises
    found: list[tuple[Signal | None, str]] = [
        *_learning(child, today, known.lines),
        *_practice(known),
        *_wellbeing(child, known.lists),
        *_development(known),
        (overdue_signal(promises.overdue, today), "afspraken"),
        (unanswered_signal(promises.unanswered, child.name, today), "doelen"),
        (_absence(child, known.absences, today), "verzuim"),
    ]
    if known.kinds >= {Kind.OBSERVATIONS, Kind.NOTES}:
        found.append((quiet_signal(child.name, known.latest_note_on, known.at_school_since, today), "notities"))
    return sorted(((signal, source) for signal, source in found if signal), key=lambda each: -each[0].weight)


def _sentence(signal: Signal, source: str) -> Sentence:
    return Sentence(
        rule=signal.rule,
        sign=signal.sign,
        subject=signal.subject,
        text=signal.text,
        basis=signal.basis,
        doubt=signal.doubt,
        source=source,
    )


def _learning(child: Child, today: date, lines: Sequence[SubjectLine]) -> list[tuple[Signal | None, str]]:
    said = [
        (growth_signal(child, line.name, line.growth, line.latest_on, today, line.provider), line) for line in lines
    ]
    steady = [line for signal, line in said if signal and signal.rule == "growth_in"]
    if len(steady) < 2:
        return [(signal, line.origin.label) for signal, line in said]
    basis = "; ".join(
        f"{line.name}: {line.growth.measurements} metingen, niveau {line.growth.level or '-'}" for line in steady
    )
    together = (grouped_steady(child, [line.name for line in steady], basis), steady[0].origin.label)
    return [
        together,
        *((signal, line.origin.label) for signal, line in said if signal and signal.rule != "growth_in"),
    ]


def _practice(known: Known) -> list[tuple[Signal | None, str]]:
    child, cells = known.child, known.cells
    away = {row.day for row in known.absences if row.part == AbsencePart.DAY} & (cells.school_days - cells.practised)
    practised = len(cells.practised & cells.school_days)
    origin = known.origins.get(cells.source_id or 0)
    source = origin.label if origin else "oefenplatform"
    return [
        (practice_signal(child, practised, len(cells.school_days), len(cells.home), len(away), PERIOD), source),
        (stuck_signal(child, cells.objectives, PERIOD), source),
    ]


def _wellbeing(child: Child, lists: Sequence[Compared]) -> list[tuple[Signal | None, str]]:
    own = {name: way for each in lists if each.respondent == Respondent.PUPIL for name, way in each.directions.items()}
    return [
        (
            wellbeing_signal(
                child, each.directions, own, each.view.earlier_label or "", each.view.latest_label, each.view.instrument
            ),
            each.view.source,
        )
        for each in lists
        if each.respondent == Respondent.TEACHER
    ]


def _development(known: Known) -> list[tuple[Signal | None, str]]:
    if known.birth_date is None:
        return []
    child, born, today = known.child, known.birth_date, known.today
    return [
        (development_signal(child, each.phases, born, each.taken_on, today, each.view.instrument), each.view.source)
        for each in known.lists
        if each.respondent == Respondent.TEACHER
    ]


def _absence(child: Child, absences: Rows, today: date) -> Signal | None:
    recent = [row for row in absences if row.day > today - timedelta(weeks=WEEKS)]
    away = [row for row in recent if row.reason != AbsenceReason.LATE]
    days = sum(1 if row.part == AbsencePart.DAY else 0.5 for row in away)
    return absence_signal(child, days, len(recent) - len(away), WEEKS)
