"""The sentences: their words, when they are silent, and that each has a basis and a doubt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.growth import Growth
from models.rules.settings import Settings
from models.rules.signals import Signal
from models.rules.signals.about import About
from models.rules.signals.answered import is_answered
from models.rules.signals.attending import absence_signals
from models.rules.signals.developing import development_signal
from models.rules.signals.differing import differ_signal
from models.rules.signals.feeling import direction, wellbeing_signal
from models.rules.signals.growing import grouped_steady, growth_signal
from models.rules.signals.jumping import jump_signal
from models.rules.signals.objectives import effort_signal, stuck_signals
from models.rules.signals.practising import Days, Objective, practice_signal
from models.rules.signals.promises import overdue_signal, unanswered_signal
from models.rules.signals.quiet import quiet_signal
from models.rules.wording import Child, age_in_words
from models.vocabulary import AbsencePart, AbsenceReason, Sex

TODAY = date(2026, 11, 22)
NOOR = About(Child("Noor", Sex.FEMALE), TODAY)
SAM = About(Child("Sam"), TODAY)
PERIOD = "in de laatste vier weken"
JUNE, LAST_JANUARY, LAST_JUNE = date(2026, 6, 12), date(2026, 1, 20), date(2025, 6, 10)
TAKEN = [LAST_JUNE, LAST_JANUARY, JUNE]


class Away(NamedTuple):
    day: date
    reason: AbsenceReason = AbsenceReason.ILL
    part: AbsencePart = AbsencePart.DAY


class Filled(NamedTuple):
    name: str
    latest: float | None
    direction: str = "same"
    low: float = 1.0
    high: float = 5.0


def said(signal: Signal | None) -> str:
    assert signal is not None
    assert signal.subject.casefold() in signal.text.casefold()
    assert signal.basis
    assert signal.doubt
    assert "%" not in signal.text + signal.basis
    return signal.text


@pytest.mark.parametrize(
    ("growth", "rule", "sentence"),
    [
        (
            Growth("in", 3, "II", "II", 5),
            "growth_in",
            "Rekenen groeit mee met haar eigen lijn; ze blijft op niveau II.",
        ),
        (
            Growth("below", 1, "III", "II", 5),
            "growth_below_once",
            "Rekenen ligt bij de laatste meting onder haar eigen lijn (III, was II).",
        ),
        (
            Growth("below", 2, "IV", "II", 5),
            "growth_below",
            "Rekenen ligt twee metingen onder haar eigen lijn (IV, was II).",
        ),
        (Growth("above", 1, "I", "II", 5), "growth_above", "Rekenen ligt boven haar eigen lijn (I, was II)."),
    ],
)
def test_growth_is_said_against_the_own_line(growth: Growth, rule: str, sentence: str) -> None:
    signal = growth_signal(NOOR, "Rekenen", growth, TAKEN, "Cito")

    assert said(signal) == sentence
    assert signal is not None
    assert signal.rule == rule


def test_a_school_decides_from_how_many_measurements_on_growth_is_a_signal() -> None:
    strict = replace(NOOR, settings=Settings(growth_times=3))

    signal = growth_signal(strict, "Rekenen", Growth("below", 2, "IV", "II", 5), TAKEN, "Cito")

    assert signal is not None
    assert signal.rule == "growth_below_once"


def test_growth_is_new_evidence_only_with_a_new_measurement() -> None:
    def evidence(growth: Growth, taken: list[date]) -> str:
        signal = growth_signal(NOOR, "Rekenen", growth, taken, "Cito")
        assert signal is not None
        assert signal.topic == "Rekenen"
        return signal.evidence

    below = Growth("below", 2, "IV", "II", 5)
    assert evidence(below, TAKEN) == "2026-06-12 below 2"
    assert evidence(Growth("below", 3, "IV", "II", 6), [*TAKEN, date(2026, 11, 2)]) != evidence(below, TAKEN)


def test_what_is_known_of_the_period_weakens_a_signal_in_so_many_words() -> None:
    ill = [Away(date(2026, 3, 2) + timedelta(days=day)) for day in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
    told = replace(NOOR, absences=ill, at_school_since=date(2026, 2, 1))

    signal = growth_signal(told, "Rekenen", Growth("below", 1, "III", "II", 5), TAKEN, "Cito")
    assert signal is not None
    assert signal.doubt.startswith("Noor was in deze periode twee weken ziek. Noor is hier pas sinds 1 februari. ")

    before = replace(NOOR, absences=[Away(each.day - timedelta(days=365)) for each in ill])
    signal = growth_signal(before, "Rekenen", Growth("below", 1, "III", "II", 5), TAKEN, "Cito")
    assert signal is not None
    assert "ziek" not in signal.doubt


def test_a_child_whose_sex_is_unknown_gets_no_pronoun() -> None:
    text = said(growth_signal(SAM, "Spelling", Growth("in", 1, "III", "III", 4), [date(2026, 6, 1)], "Cito"))

    assert text == "Spelling groeit mee met de eigen lijn; Sam blijft op niveau III."


def test_a_subject_that_was_not_measured_for_long_says_so_whatever_it_was() -> None:
    text = said(growth_signal(NOOR, "Spelling", Growth("below", 3, "V", "III", 5), [LAST_JANUARY], "Cito"))

    assert text == "Spelling: geen meting sinds 20 januari."


def test_several_steady_subjects_take_one_sentence() -> None:
    signal = grouped_steady(NOOR, ["Rekenen", "Begrijpend lezen", "Technisch lezen"], "3 vakken")

    assert said(signal) == "Rekenen, begrijpend lezen en technisch lezen groeien mee met haar eigen lijn."


@pytest.mark.parametrize(
    ("before", "latest", "sentence"),
    [
        ("II", "IV", "Rekenen ging twee niveaus omlaag: van II naar IV."),
        ("V", "II", "Rekenen ging drie niveaus omhoog: van V naar II."),
        ("A", "C", "Rekenen ging twee niveaus omlaag: van A naar C."),
        ("V-", "III", "Rekenen ging twee niveaus omhoog: van V- naar III."),
        ("III", "IV", None),
        ("A", "IV", None),
        (None, "IV", None),
        ("I", None, None),
    ],
)
def test_a_jump_is_of_two_levels_on_one_scale(before: str | None, latest: str | None, sentence: str | None) -> None:
    signal = jump_signal(NOOR, "Rekenen", [(LAST_JANUARY, before), (JUNE, latest)], "Cito")

    assert (said(signal) if signal else None) == sentence
    if signal:
        assert signal.sign == ("up" if "omhoog" in signal.text else "down")
        assert signal.evidence == f"2026-06-12 {before}>{latest}"


def test_one_measurement_is_no_jump() -> None:
    assert jump_signal(NOOR, "Rekenen", [(JUNE, "V")], "Cito") is None


def days(earlier: tuple[int, int], later: tuple[int, int] = (0, 0), home: int = 0) -> Days:
    return Days(earlier, later, home, TODAY - timedelta(days=27), TODAY)


@pytest.mark.parametrize(
    ("practised", "rule", "sentence"),
    [
        (
            days((7, 8), (7, 7), 3),
            "practice_faithful",
            "Ze oefent trouw: 14 van de 15 schooldagen, drie keer ook thuis.",
        ),
        (days((4, 8), (4, 7)), "practice_regular", "Ze oefent regelmatig: 8 van de 15 schooldagen."),
        (days((2, 8), (1, 7)), "practice_seldom", "Ze oefent weinig: 3 van de 15 schooldagen."),
        (days((5, 6)), "practice_faithful", "Ze oefent trouw: 5 van de 6 schooldagen."),
        (days((0, 8), (0, 7)), "practice_stopped", "Noor oefende in de laatste vier weken niet op het platform."),
        (
            days((7, 8), (0, 7)),
            "practice_stopped",
            "Ze oefent de laatste twee weken niet meer; daarvoor 7 van de 8 schooldagen.",
        ),
        (
            days((8, 8), (3, 7)),
            "practice_fallen",
            "Ze oefent minder dan daarvoor: 3 van de 7 schooldagen, eerst 8 van de 8 schooldagen.",
        ),
    ],
)
def test_practice_counts_against_the_days_the_group_practised(practised: Days, rule: str, sentence: str) -> None:
    signal = practice_signal(NOOR, practised, PERIOD)

    assert said(signal) == sentence
    assert signal is not None
    assert signal.rule == rule


def test_a_child_that_was_ill_all_the_time_did_not_practise_too_little() -> None:
    assert practice_signal(NOOR, days((0, 1), (0, 2)), PERIOD) is None


VERB = Objective("Spelling", "Werkwoord t.t.", 20, 8, 3)
VERB_OF = ("Spelling", "Werkwoord t.t.")


def test_an_objective_is_stuck_only_with_enough_first_attempts_on_several_days() -> None:
    assert [said(each) for each in stuck_signals(NOOR, [VERB], {}, PERIOD)] == ["Ze loopt vast bij “Werkwoord t.t.”."]
    assert stuck_signals(NOOR, [replace(VERB, first_answers=9, first_correct=0)], {}, PERIOD) == []
    assert stuck_signals(NOOR, [replace(VERB, days=1)], {}, PERIOD) == []
    assert stuck_signals(replace(NOOR, settings=Settings(stuck_days=4)), [VERB], {}, PERIOD) == []


@pytest.mark.parametrize(
    ("standing", "rule"),
    [
        ((20, 14), "objective_stuck"),
        ((20, 10), "objective_stuck"),
        ((20, 9), "objective_hard"),
        ((4, 4), "objective_hard"),
    ],
)
def test_an_objective_asks_for_attention_when_the_group_moves_on(standing: tuple[int, int], rule: str) -> None:
    signals = stuck_signals(NOOR, [VERB], {VERB_OF: standing}, PERIOD)

    assert [each.rule for each in signals] == [rule]
    assert ("terwijl de groep verder gaat" in said(signals[0])) == (rule == "objective_stuck")
    assert signals[0].topic == "Werkwoord t.t."


def test_of_two_that_go_equally_wrong_the_same_comes_first_whatever_the_order() -> None:
    both = [VERB, replace(VERB, name="Stam")]
    group = {VERB_OF: (20, 14), ("Spelling", "Stam"): (20, 14)}

    assert stuck_signals(NOOR, both, group, PERIOD) == stuck_signals(NOOR, both[::-1], group, PERIOD)


def test_perseverance_is_said_and_is_no_longer_called_stuck() -> None:
    won = Objective("Rekenen", "Breuken", 30, 15, 5, earlier_answers=20, earlier_correct=6)

    assert (
        said(effort_signal(NOOR, [won], PERIOD))
        == "Ze zette door bij “Breuken”: eerst 6 van de 20 goed, nu 9 van de 10."
    )
    assert stuck_signals(NOOR, [won], {}, PERIOD) == []
    assert effort_signal(NOOR, [replace(won, days=3)], PERIOD) is None
    assert effort_signal(NOOR, [replace(won, first_correct=12)], PERIOD) is None
    assert effort_signal(NOOR, [VERB], PERIOD) is None


MOMENTS = (date(2026, 4, 6), "voorjaar"), (date(2026, 10, 6), "najaar")


def test_well_being_names_what_fell_and_whether_the_child_sees_it_too() -> None:
    teacher = {"Een taak uitvoeren": "down", "Aardig doen": "same"}

    text = said(wellbeing_signal(NOOR, teacher, {"Een taak uitvoeren": "down"}, MOMENTS, "SCOL"))

    assert text == "Een taak uitvoeren scoort lager dan in het voorjaar. Zelf ziet ze dat ook zo."
    assert wellbeing_signal(NOOR, {"Aardig doen": "unknown"}, {}, MOMENTS, "SCOL") is None
    assert wellbeing_signal(NOOR, teacher, {}, ((None, ""), MOMENTS[1]), "SCOL") is None


@pytest.mark.parametrize(
    ("teacher", "own", "names"),
    [
        ([Filled("Samenwerken", 4.0)], [Filled("Samenwerken", 2.0)], "“samenwerken”"),
        ([Filled("Samenwerken", 4.0)], [Filled("Samenwerken", 3.0)], None),
        ([Filled("Samenwerken", 3.4, "up")], [Filled("Samenwerken", 3.0, "down")], "“samenwerken”"),
        ([Filled("Samenwerken", 4.0)], [Filled("Aardig doen", 1.0)], None),
        ([Filled("Samenwerken", 4.0)], [Filled("Samenwerken", 2.0, high=3.0)], None),
        ([Filled("Samenwerken", None)], [Filled("Samenwerken", 2.0)], None),
        (
            [Filled("A", 4.0), Filled("B", 5.0), Filled("C", 4.0)],
            [Filled("A", 2.0), Filled("B", 1.0), Filled("C", 2.0)],
            "“b” en “a”",
        ),
    ],
)
def test_teacher_and_child_differ_when_far_apart_or_the_other_way(
    teacher: Sequence[Filled], own: Sequence[Filled], names: str | None
) -> None:
    seen = MOMENTS[1][0]
    signal = differ_signal(NOOR, (seen, teacher), (seen, own), "SCOL")

    assert (said(signal) if signal else None) == (names and f"Noor ziet {names} anders dan de leraar.")


def test_lists_of_different_rounds_are_not_compared() -> None:
    apart = [Filled("Samenwerken", 5.0)], [Filled("Samenwerken", 1.0)]

    assert differ_signal(NOOR, (MOMENTS[0][0], apart[0]), (MOMENTS[1][0], apart[1]), "SCOL") is None


BORN, SEEN = date(2020, 11, 1), date(2026, 11, 6)


@pytest.mark.parametrize(
    ("phases", "sentence"),
    [
        ([("Zelfbeeld", 72, 78), ("Spel", 69, 75)], "De ontwikkelingslijnen passen bij haar leeftijd."),
        ([("Zelfbeeld", 72, 78), ("Spel", 60, 66)], "Spel past bij een jongere leeftijd dan haar eigen."),
        ([("Zelfbeeld", 78, 84), ("Spel", 78, 84)], "Zelfbeeld en spel passen bij een oudere leeftijd dan haar eigen."),
        ([("Zelfbeeld", 84, 90), ("Spel", 60, 66)], "Spel past bij een jongere leeftijd dan haar eigen."),
    ],
)
def test_development_is_said_beside_the_age_when_it_was_observed(
    phases: list[tuple[str, float, float]], sentence: str
) -> None:
    assert said(development_signal(NOOR, phases, BORN, SEEN, "KIJK!")) == sentence


def test_without_lines_nothing_is_said_of_development() -> None:
    assert development_signal(NOOR, [], BORN, SEEN, "KIJK!") is None


@given(st.floats(1, 5), st.floats(1, 5), st.floats(0, 4))
def test_a_lower_score_never_turns_into_a_rise(earlier: float, latest: float, drop: float) -> None:
    rank = {"down": 0, "same": 1, "up": 2}

    assert rank[direction(earlier, latest - drop, 1, 5)] <= rank[direction(earlier, latest, 1, 5)]


def mondays(count: int) -> list[Away]:
    return [Away(date(2026, 11, 16) - timedelta(weeks=week)) for week in range(count)]


def absences(*away: Away, about: About = NOOR) -> dict[str, Signal]:
    signals = absence_signals(replace(about, absences=away))
    assert all(said(each) for each in signals)
    return {each.rule: each for each in signals}


HALF = Away(date(2026, 11, 5), part=AbsencePart.MORNING)
FLU = [Away(date(2026, 11, day)) for day in (3, 4, 5, 6)]


def test_absence_speaks_from_four_days_on_and_counts_parts_as_half() -> None:
    assert absences(*FLU[:2], *FLU[3:], Away(date(2026, 10, 12)), HALF)["absence_many"].text == (
        "Ze miste 4,5 schooldagen in 8 weken."
    )
    assert absences(*FLU[:3], HALF) == {}
    twice = [Away(each.day, part=AbsencePart.MORNING) for each in FLU[:3]]
    assert absences(*FLU[:3], *twice) == {}
    assert "absence_many" in absences(*FLU[:3], about=replace(NOOR, settings=Settings(absence_days=3)))


def test_the_same_illness_is_no_new_evidence_the_next_day() -> None:
    longer = absences(*FLU, Away(date(2026, 11, 9)))["absence_many"]

    assert longer.key == absences(*FLU)["absence_many"].key
    assert absences(*FLU, Away(date(2026, 11, 19)))["absence_many"].key != longer.key


def test_being_late_is_counted_apart() -> None:
    late = [Away(date(2026, 11, day), AbsenceReason.LATE) for day in (2, 4, 10, 12)]

    assert absences(*late)["late_often"].text == "Ze kwam vier keer te laat in 8 weken."
    assert absences(*late[:3]) == {}


def test_the_same_weekday_is_a_pattern_and_an_illness_is_not() -> None:
    assert absences(*mondays(3))["absence_weekday"].text == "Ze was drie keer weg op een maandag in 8 weken."
    assert absences(*mondays(2)) == {}
    late = [each._replace(reason=AbsenceReason.LATE) for each in mondays(3)]
    assert absences(*late)["absence_weekday"].text == "Ze kwam drie keer te laat op een maandag in 8 weken."
    assert absences(*late[:2], mondays(3)[2])["absence_weekday"].text == (
        "Ze was drie keer weg of te laat op een maandag in 8 weken."
    )
    for ill in (4, 5):
        weeks = [Away(each.day + timedelta(days=day)) for each in mondays(3) for day in range(ill)]
        assert "absence_weekday" not in absences(*weeks)


def test_the_oldest_agreement_over_time_comes_first() -> None:
    rows = [("Ouders bellen", "Kim", date(2026, 11, 20)), ("Plek bij het raam", None, date(2026, 11, 2))]

    assert said(overdue_signal(NOOR, rows)) == (
        "Afspraak over tijd: Plek bij het raam, vóór 2 november. Nog één andere ook."
    )
    assert overdue_signal(replace(NOOR, settings=Settings(agreement_days=28)), rows) is None
    assert overdue_signal(NOOR, [("Bellen", None, TODAY)]) is None


def test_another_agreement_over_time_is_new_evidence() -> None:
    first = overdue_signal(NOOR, [("Bellen", None, date(2026, 11, 2))])
    second = overdue_signal(NOOR, [("Bellen", None, date(2026, 11, 2)), ("Kijken", None, date(2026, 11, 9))])

    assert first is not None
    assert second is not None
    assert first.key != second.key


def test_who_saw_two_agreements_over_time_is_not_asked_again_when_one_of_them_is_kept() -> None:
    early, late = ("Bellen", None, date(2026, 11, 2)), ("Kijken", None, date(2026, 11, 9))
    both, first, second = (overdue_signal(NOOR, found) for found in ([early, late], [early], [late]))
    assert both is not None
    assert first is not None
    assert second is not None
    usual = Settings()

    for left in (first, second):
        assert is_answered(left, {both.key: TODAY}, TODAY, usual)
    assert not is_answered(both, {first.key: TODAY}, TODAY, usual), "of the later one nobody said anything"


def test_a_goal_waits_two_weeks_before_it_is_said() -> None:
    assert said(unanswered_signal(NOOR, ("voorlezen", date(2026, 11, 1))))
    assert unanswered_signal(NOOR, ("voorlezen", date(2026, 11, 10))) is None
    assert unanswered_signal(NOOR, None) is None


def test_a_child_about_whom_nobody_wrote_is_not_forgotten() -> None:
    assert said(quiet_signal(NOOR, date(2026, 9, 1))) == "Over Noor is niets opgeschreven sinds 1 september."
    assert quiet_signal(NOOR, date(2026, 11, 1)) is None
    assert quiet_signal(replace(NOOR, at_school_since=date(2026, 11, 1)), None) is None
    assert said(quiet_signal(NOOR, None)) == "Over Noor is nog niets opgeschreven."


def test_an_age_is_in_years_and_months() -> None:
    assert age_in_words(date(2017, 4, 22), TODAY) == "9 jaar en 7 maanden"
    assert age_in_words(date(2017, 11, 23), TODAY) == "8 jaar en 11 maanden"
    assert age_in_words(date(2017, 11, 22), TODAY) == "9 jaar"
