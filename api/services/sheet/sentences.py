"""Which sentences the sheet says, from the rules in `models.rules.signals`: most important first, at most seven."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.clock import day_of
from api.schemas.sheet import Sentence
from api.services.sheet.learning import SubjectLine
from api.services.sheet.practice import Period
from api.services.sheet.sources import Origin
from api.services.sheet.support import Promises
from api.services.sheet.wellbeing import Compared
from models.queries.prepared import Rows
from models.rules.access import Kind
from models.rules.signals import Signal, SignalKey
from models.rules.signals.about import About
from models.rules.signals.answered import answer_to, asks, is_answered
from models.rules.signals.attending import absence_signals
from models.rules.signals.developing import development_signal
from models.rules.signals.differing import differ_signal
from models.rules.signals.feeling import wellbeing_signal
from models.rules.signals.growing import ABOVE, ALONG, BELOW, SILENT, grouped_steady, growth_signal
from models.rules.signals.jumping import jump_signal
from models.rules.signals.objectives import Standing, effort_signal, stuck_signals
from models.rules.signals.practising import practice_signal
from models.rules.signals.promises import overdue_signal, unanswered_signal
from models.rules.signals.quiet import quiet_signal
from models.rules.wording import short_day
from models.vocabulary import AbsencePart, AbsenceReason, Respondent, SignalReply

AT_MOST = 7
PERIOD = "in de laatste vier weken"


LOUDER = {BELOW.name, ABOVE.name, SILENT.name}
"""Sentences about a subject beside which a jump adds nothing: they name the same letters, or are of another time."""

Said = list[tuple[Signal | None, str]]
"""What rules answered, each with the source it rests on."""


@dataclass(frozen=True, slots=True)
class Known:
    """All that the rules look at for one child, and which kinds of data the reader may see."""

    about: About
    lines: Sequence[SubjectLine]
    cells: Period
    standing: Standing
    lists: Sequence[Compared]
    latest_note_on: date | None
    promises: Promises
    birth_date: date | None
    kinds: frozenset[Kind]
    origins: Mapping[int, Origin]


def about(known: Known, answers: Rows, *, may_answer: bool, reader: int | None) -> list[Sentence]:
    """What the sheet says, and what was done with it; one that was answered stays to be read, and asks nothing.

    `reader` is the account that may take back its own "gezien".
    """
    told = known.about
    latest = {_key(row): row for row in answers}
    answered_on = {key: day_of(row.answered_at) for key, row in latest.items()}
    sentences = []
    for signal, source in signals(known)[:AT_MOST]:
        is_done = is_answered(signal, answered_on, told.today, told.settings)
        answered = answer_to(signal.key, latest) if is_done else None
        is_mine = answered is not None and may_answer and _is_seen_by(answered, reader)
        sentences.append(
            Sentence(
                rule=signal.rule,
                sign=signal.sign,
                subject=signal.subject,
                text=signal.text,
                basis=signal.basis,
                doubt=signal.doubt,
                source=source,
                key=signal.key.text if may_answer and not is_done and asks(signal) else None,
                answer=_answer(answered) if answered else None,
                taken_back_by=_key(answered).text if is_mine else None,
            )
        )
    return sentences


def _key(row: Any) -> SignalKey:
    return SignalKey(row.rule, row.topic, row.evidence)


def _is_seen_by(row: Any, reader: int | None) -> bool:
    return bool(row.reply == SignalReply.SEEN and row.account_id == reader)


def _answer(row: Any) -> str:
    said = f"{row.reply.label} {short_day(day_of(row.answered_at))}, {row.person}"
    return f"{said}: omdat {row.because}" if row.because else said


def signals(known: Known) -> list[tuple[Signal, str]]:
    """Ask every rule and order what they say, each with its source.

    A rule about what the reader may not see is not asked.
    """
    told, promises = known.about, known.promises
    found: Said = [
        *_learning(told, known.lines),
        *_practice(known),
        *_wellbeing(told, known.lists),
        *_development(known),
        (overdue_signal(told, promises.overdue), "afspraken"),
        (unanswered_signal(told, promises.unanswered), "doelen"),
        *((signal, "verzuim") for signal in absence_signals(told)),
    ]
    if known.kinds >= {Kind.OBSERVATIONS, Kind.NOTES}:
        found.append((quiet_signal(told, known.latest_note_on), "notities"))
    return sorted(((signal, source) for signal, source in found if signal), key=lambda each: -each[0].weight)


def _learning(told: About, lines: Sequence[SubjectLine]) -> Said:
    said = [(_of_subject(told, line), line) for line in lines]
    steady = [line for signal, line in said if signal and signal.rule == ALONG.name]
    if len(steady) < 2:
        return [(signal, line.origin.label) for signal, line in said]
    basis = "; ".join(
        f"{line.name}: {line.growth.measurements} metingen, niveau {line.growth.level or '-'}" for line in steady
    )
    together = (grouped_steady(told, [line.name for line in steady], basis), steady[0].origin.label)
    return [together, *((signal, line.origin.label) for signal, line in said if line not in steady)]


def _of_subject(told: About, line: SubjectLine) -> Signal | None:
    """One sentence about a subject: a jump, unless its growth says the same letters or it was not measured for long."""
    growth = growth_signal(told, line.name, line.growth, line.days, line.provider)
    if growth and growth.rule in LOUDER:
        return growth
    return jump_signal(told, line.name, list(zip(line.days, line.levels, strict=True)), line.provider) or growth


def practice_said(known: Known) -> Signal | None:
    """What is said about how faithfully the child practises; None when its group practised too little to say."""
    told = known.about
    absent = frozenset(
        row.day for row in told.absences if row.part == AbsencePart.DAY and row.reason != AbsenceReason.LATE
    )
    return practice_signal(told, known.cells.days(absent), PERIOD)


def _practice(known: Known) -> Said:
    told, cells = known.about, known.cells
    origin = known.origins.get(cells.source_id or 0)
    source = origin.label if origin else "oefenplatform"
    found = [
        practice_said(known),
        *stuck_signals(told, cells.objectives, known.standing, PERIOD),
        effort_signal(told, cells.objectives, PERIOD),
    ]
    return [(signal, source) for signal in found]


def _wellbeing(told: About, lists: Sequence[Compared]) -> Said:
    owns = [each for each in lists if each.respondent == Respondent.PUPIL]
    own = {name: way for each in owns for name, way in each.directions.items()}
    found: Said = []
    for each in lists:
        if each.respondent != Respondent.TEACHER:
            continue
        view = each.view
        moments = (each.earlier_on, view.earlier_label or ""), (each.taken_on, view.latest_label)
        found.append((wellbeing_signal(told, each.directions, own, moments, view.instrument), view.source))
        mine = (each.taken_on, view.rows)
        found += [
            (differ_signal(told, mine, (other.taken_on, other.view.rows), view.instrument), view.source)
            for other in owns
            if other.view.instrument == view.instrument
        ]
    return found


def _development(known: Known) -> Said:
    if known.birth_date is None:
        return []
    return [
        (
            development_signal(known.about, each.phases, known.birth_date, each.taken_on, each.view.instrument),
            each.view.source,
        )
        for each in known.lists
        if each.respondent == Respondent.TEACHER
    ]
