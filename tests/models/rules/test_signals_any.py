"""What holds for every signal: bad news never sounds better, the order of delivery does not matter, rules are pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.growth import Measurement, growth
from models.rules.schooldays import days_away, spells
from models.rules.settings import Settings
from models.rules.signals import LONGEST_TEXT, Signal, SignalKey
from models.rules.signals.about import About
from models.rules.signals.answered import is_answered
from models.rules.signals.attending import absence_signals
from models.rules.signals.developing import development_signal
from models.rules.signals.differing import differ_signal
from models.rules.signals.feeling import direction, wellbeing_signal
from models.rules.signals.growing import growth_signal
from models.rules.signals.jumping import jump_signal
from models.rules.signals.objectives import effort_signal, stuck_signals
from models.rules.signals.practising import Days, Objective, practice_signal
from models.rules.signals.promises import overdue_signal, unanswered_signal
from models.rules.signals.quiet import quiet_signal
from models.rules.signals.registry import FILES, RULES
from models.rules.wording import Child
from models.vocabulary import AbsencePart, AbsenceReason, Sex

TODAY = date(2026, 11, 20)
ABOUT = About(Child("Noor", Sex.FEMALE), TODAY)
PERIOD = "in de laatste vier weken"
NOT_SAID = re.compile(r"%|\bkans|risico|procent|gemiddelde kind|\bzwak|\bslecht\b|achterstand", re.IGNORECASE)


class Away(NamedTuple):
    day: date
    reason: AbsenceReason
    part: AbsencePart


class Part(NamedTuple):
    name: str
    latest: float | None
    direction: str
    low: float = 1.0
    high: float = 5.0


recent = st.dates(TODAY - timedelta(days=420), TODAY)
absences = st.lists(st.builds(Away, recent, st.sampled_from(AbsenceReason), st.sampled_from(AbsencePart)), max_size=30)
levels = st.sampled_from(["I", "II", "III", "IV", "V", None])
measurements = st.lists(
    st.builds(Measurement, recent, st.floats(50, 150), st.just(()), levels), max_size=8, unique_by=lambda m: m.taken_on
)
halves = st.integers(0, 12).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@st.composite
def objective(draw: st.DrawFn) -> Objective:
    earlier, later = draw(st.integers(0, 30)), draw(st.integers(0, 30))
    earlier_right, later_right = draw(st.integers(0, earlier)), draw(st.integers(0, later))
    name = draw(st.sampled_from(["Breuken", "Klokkijken", "Werkwoorden", "Stam"]))
    return Objective(
        "Taal", name, earlier + later, earlier_right + later_right, draw(st.integers(1, 12)), earlier, earlier_right
    )


objectives = st.lists(objective(), max_size=4, unique_by=lambda o: o.name)
standings = st.dictionaries(
    st.tuples(st.just("Taal"), st.sampled_from(["Breuken", "Klokkijken", "Werkwoorden"])),
    st.integers(1, 25).flatmap(lambda worked: st.tuples(st.just(worked), st.integers(0, worked))),
)
parts = st.lists(
    st.builds(
        Part,
        st.sampled_from(["Samenwerken", "Aardig doen", "Een taak uitvoeren"]),
        st.none() | st.floats(1, 5),
        st.sampled_from(["up", "down", "same", "unknown"]),
    ),
    max_size=3,
    unique_by=lambda part: part.name,
)
phases = st.lists(st.tuples(st.sampled_from(["Spel", "Taal"]), st.floats(30, 70), st.floats(70, 110)), max_size=3)
agreements = st.lists(st.tuples(st.sampled_from(["Bellen", "Kijken"]), st.none() | st.just("Kim"), recent), max_size=4)


@st.composite
def whatever(draw: st.DrawFn) -> list[Signal]:
    """All that the rules say of one invented child."""
    about = replace(
        ABOUT,
        child=Child("Noor", draw(st.sampled_from(Sex))),
        absences=draw(absences),
        at_school_since=draw(st.none() | recent),
    )
    measured = sorted(draw(measurements), key=lambda m: m.taken_on)
    days = Days(draw(halves), draw(halves), draw(st.integers(0, 9)), TODAY - timedelta(days=27), TODAY)
    ways = {part.name: part.direction for part in draw(parts)}
    done = draw(objectives)
    said: list[Signal | None] = [
        practice_signal(about, days, PERIOD),
        *stuck_signals(about, done, draw(standings), PERIOD),
        effort_signal(about, done, PERIOD),
        wellbeing_signal(about, ways, {}, ((TODAY - timedelta(days=200), "voorjaar"), (TODAY, "najaar")), "SCOL"),
        differ_signal(about, (TODAY, draw(parts)), (TODAY, draw(parts)), "SCOL"),
        development_signal(about, draw(phases), date(2021, 1, 9), TODAY, "KIJK!"),
        *absence_signals(about),
        overdue_signal(about, draw(agreements)),
        unanswered_signal(about, draw(st.none() | st.tuples(st.just("voorlezen"), recent))),
        quiet_signal(about, draw(st.none() | recent)),
    ]
    if measured:
        days_of = [m.taken_on for m in measured]
        said.append(growth_signal(about, "Rekenen", growth(measured), days_of, "Cito"))
        said.append(jump_signal(about, "Rekenen", [(m.taken_on, m.level) for m in measured], "Cito"))
    return [signal for signal in said if signal]


@given(whatever())
def test_every_signal_says_why_and_doubts_itself_in_plain_words(signals: list[Signal]) -> None:
    for signal in signals:
        whole = f"{signal.text} {signal.basis} {signal.doubt}"
        assert not NOT_SAID.search(whole), whole
        assert signal.subject.casefold() in signal.text.casefold()
        assert signal.basis
        assert signal.doubt.endswith(".")
        assert signal.text.endswith(".")
        assert signal.weight == RULES[signal.rule].weight
        assert signal.evidence
        assert max(len(signal.evidence), len(signal.topic)) <= LONGEST_TEXT
        assert SignalKey.read(signal.key.text) == signal.key


def test_every_rule_is_said_by_the_search_and_declared_once() -> None:
    assert len(RULES) == sum(len(file.RULES) for file in FILES)
    for rule in RULES.values():
        assert rule.title
        assert rule.looks_at
        assert rule.needs


def badness(signals: Sequence[Signal | None]) -> int:
    """How bad the news is: good news counts below nothing, and what asks for attention by its weight."""
    heavy = [-each.weight if each.sign == "up" else each.weight for each in signals if each and each.sign != "steady"]
    return max(heavy, default=0)


@given(measurements, st.floats(0, 60))
def test_a_lower_last_result_never_sounds_better(measured: list[Measurement], drop: float) -> None:
    bands = ((None, 70.0), (70.0, 90.0), (90.0, 110.0), (110.0, 130.0), (130.0, None))
    ordered = [replace(m, bands=bands) for m in sorted(measured, key=lambda m: m.taken_on)]
    if not ordered:
        return
    lower = [*ordered[:-1], replace(ordered[-1], value=ordered[-1].value - drop)]
    days = [m.taken_on for m in ordered]

    def said(of: list[Measurement]) -> int:
        return badness([growth_signal(ABOUT, "Rekenen", growth(of), days, "Cito")])

    assert said(lower) >= said(ordered)


ROMAN = ["I", "II", "III", "IV", "V"]


@given(st.sampled_from(ROMAN), st.sampled_from(ROMAN), st.integers(0, 4))
def test_a_lower_last_level_never_sounds_better(before: str, latest: str, drop: int) -> None:
    lower = ROMAN[min(ROMAN.index(latest) + drop, 4)]

    def said(level: str) -> int:
        return badness([jump_signal(ABOUT, "Rekenen", [(date(2026, 1, 9), before), (date(2026, 6, 9), level)], "Cito")])

    assert said(lower) >= said(latest)


@given(halves, halves, st.integers(0, 12))
def test_less_practice_of_late_never_sounds_better(earlier: tuple[int, int], later: tuple[int, int], less: int) -> None:
    fewer = max(later[0] - less, 0), later[1]

    def said(half: tuple[int, int]) -> int:
        return badness([practice_signal(ABOUT, Days(earlier, half, 0, TODAY - timedelta(days=27), TODAY), PERIOD)])

    assert said(fewer) >= said(later)


@given(objective(), standings, st.integers(0, 30))
def test_fewer_right_answers_of_late_never_sound_better(
    done: Objective, group: dict[tuple[str, str], tuple[int, int]], wrong: int
) -> None:
    later = done.first_correct - done.earlier_correct
    worse = replace(done, first_correct=done.first_correct - min(wrong, later))

    def said(of: Objective) -> int:
        return badness([*stuck_signals(ABOUT, [of], group, PERIOD), effort_signal(ABOUT, [of], PERIOD)])

    assert said(worse) >= said(done)


@given(absences, st.builds(Away, recent, st.sampled_from(AbsenceReason), st.sampled_from(AbsencePart)))
def test_one_absence_more_never_sounds_better(away: list[Away], more: Away) -> None:
    def said(of: list[Away]) -> int:
        pattern = "absence_weekday"  # a longer illness is no pattern of the week any more, and should not be
        return badness([each for each in absence_signals(replace(ABOUT, absences=of)) if each.rule != pattern])

    assert said([*away, more]) >= said(away)
    assert days_away([*away, more]) >= days_away(away)


@given(st.floats(1, 5), st.floats(1, 5), st.floats(0, 4), st.integers(10, 40))
def test_a_lower_score_never_turns_into_a_rise(earlier: float, latest: float, drop: float, change: int) -> None:
    rank = {"down": 0, "same": 1, "up": 2}

    assert rank[direction(earlier, latest - drop, 1, 5, change)] <= rank[direction(earlier, latest, 1, 5, change)]


@given(absences, objectives, standings, parts, agreements, st.randoms(use_true_random=False))
def test_the_order_of_delivery_does_not_matter_and_the_same_gives_the_same(
    away: list[Away],
    done: list[Objective],
    group: dict[tuple[str, str], tuple[int, int]],
    seen: list[Part],
    agreed: list[tuple[str, str | None, date]],
    chance: Random,
) -> None:
    def mixed(rows: list[Any]) -> list[Any]:
        rows = list(rows)
        chance.shuffle(rows)
        return rows

    def said(change: Callable[[list[Any]], list[Any]]) -> list[Signal | None]:
        return [
            *absence_signals(replace(ABOUT, absences=change(away))),
            *stuck_signals(ABOUT, change(done), dict(change([*group.items()])), PERIOD),
            effort_signal(ABOUT, change(done), PERIOD),
            differ_signal(ABOUT, (TODAY, change(seen)), (TODAY, [Part(p.name, 1.0, "down") for p in seen]), "SCOL"),
            wellbeing_signal(
                ABOUT,
                {part.name: part.direction for part in change(seen)},
                {},
                ((date(2026, 4, 6), "voorjaar"), (date(2026, 10, 6), "najaar")),
                "SCOL",
            ),
            overdue_signal(ABOUT, change(agreed)),
        ]

    assert said(mixed) == said(list) == said(list)
    assert spells(mixed(away)) == spells(away)


@pytest.mark.parametrize(("rule", "holds_for"), [("growth_below", 500), ("practice_seldom", 27)])
def test_an_answer_holds_until_new_evidence_or_until_the_window_moved_on(rule: str, holds_for: int) -> None:
    signal = RULES[rule].says("attention", "x", "x", basis="x", doubt="x", evidence="2026-06-12 below 2", topic="Taal")
    answered = {signal.key: TODAY - timedelta(days=holds_for)}

    assert is_answered(signal, answered, TODAY, Settings())
    assert is_answered(signal, answered, TODAY + timedelta(days=1), Settings()) is not RULES[rule].rests
    assert not is_answered(replace(signal, evidence="2027-01-20 below 3"), answered, TODAY, Settings())
    assert not is_answered(replace(signal, topic="Rekenen"), answered, TODAY, Settings())
