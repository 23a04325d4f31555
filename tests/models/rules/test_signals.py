"""The sentences: their words, when they are silent, and that each has a basis and a doubt."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.growth import Growth
from models.rules.signals import Signal
from models.rules.signals.attending import absence_signal
from models.rules.signals.developing import development_signal
from models.rules.signals.feeling import direction, wellbeing_signal
from models.rules.signals.learning import grouped_steady, growth_signal
from models.rules.signals.practising import Objective, practice_signal, stuck_signal
from models.rules.signals.promises import overdue_signal, unanswered_signal
from models.rules.signals.quiet import quiet_signal
from models.rules.wording import Child, age_in_words
from models.vocabulary import Sex

TODAY = date(2026, 11, 22)
NOOR = Child("Noor", Sex.FEMALE)
SAM = Child("Sam")
PERIOD = "in de laatste vier weken"


def said(signal: Signal | None) -> str:
    assert signal is not None
    assert signal.subject.casefold() in signal.text.casefold()
    assert signal.basis
    assert signal.doubt
    assert "%" not in signal.text + signal.basis
    return signal.text


@pytest.mark.parametrize(
    ("growth", "sentence"),
    [
        (Growth("in", 3, "II", "II", 5), "Rekenen groeit mee met haar eigen lijn; ze blijft op niveau II."),
        (Growth("below", 1, "III", "II", 5), "Rekenen ligt bij de laatste meting onder haar eigen lijn (III, was II)."),
        (Growth("below", 2, "IV", "II", 5), "Rekenen ligt twee metingen onder haar eigen lijn (IV, was II)."),
        (Growth("above", 1, "I", "II", 5), "Rekenen ligt boven haar eigen lijn (I, was II)."),
    ],
)
def test_growth_is_said_against_the_own_line(growth: Growth, sentence: str) -> None:
    assert said(growth_signal(NOOR, "Rekenen", growth, date(2026, 6, 12), TODAY, "Cito")) == sentence


def test_a_child_whose_sex_is_unknown_gets_no_pronoun() -> None:
    text = said(growth_signal(SAM, "Spelling", Growth("in", 1, "III", "III", 4), date(2026, 6, 1), TODAY, "Cito"))

    assert text == "Spelling groeit mee met de eigen lijn; Sam blijft op niveau III."


def test_a_subject_that_was_not_measured_for_long_says_so_whatever_it_was() -> None:
    text = said(growth_signal(NOOR, "Spelling", Growth("below", 3, "V", "III", 5), date(2026, 1, 20), TODAY, "Cito"))

    assert text == "Spelling: geen meting sinds 20 januari."


def test_several_steady_subjects_take_one_sentence() -> None:
    signal = grouped_steady(NOOR, ["Rekenen", "Begrijpend lezen", "Technisch lezen"], "3 vakken")

    assert said(signal) == "Rekenen, begrijpend lezen en technisch lezen groeien mee met haar eigen lijn."


@pytest.mark.parametrize(
    ("practised", "days", "home", "away", "sentence"),
    [
        (14, 15, 3, 0, "Ze oefent trouw: 14 van de 15 schooldagen, drie keer ook thuis."),
        (8, 15, 0, 0, "Ze oefent regelmatig: 8 van de 15 schooldagen."),
        (3, 15, 0, 0, "Ze oefent weinig: 3 van de 15 schooldagen."),
        (5, 15, 0, 9, "Ze oefent trouw: 5 van de 6 schooldagen."),
        (0, 15, 0, 0, "Noor oefende in de laatste vier weken niet op het platform."),
    ],
)
def test_practice_counts_against_the_days_the_group_practised(
    practised: int, days: int, home: int, away: int, sentence: str
) -> None:
    assert said(practice_signal(NOOR, practised, days, home, away, PERIOD)) == sentence


def test_a_child_that_was_ill_all_the_time_did_not_practise_too_little() -> None:
    assert practice_signal(NOOR, 0, 15, 0, 14, PERIOD) is None


def test_an_objective_is_stuck_only_with_enough_first_attempts_on_several_days() -> None:
    stuck = Objective("Spelling", "Werkwoord t.t.", 20, 8, 3)

    assert said(stuck_signal(NOOR, [stuck], PERIOD)) == "Ze loopt vast bij “Werkwoord t.t.”."
    assert stuck_signal(NOOR, [Objective("Spelling", "Werkwoord t.t.", 9, 0, 3)], PERIOD) is None
    assert stuck_signal(NOOR, [Objective("Spelling", "Werkwoord t.t.", 20, 8, 1)], PERIOD) is None


def test_well_being_names_what_fell_and_whether_the_child_sees_it_too() -> None:
    teacher = {"Een taak uitvoeren": "down", "Aardig doen": "same"}

    text = said(wellbeing_signal(NOOR, teacher, {"Een taak uitvoeren": "down"}, "voorjaar", "najaar", "SCOL"))

    assert text == "Een taak uitvoeren scoort lager dan in het voorjaar. Zelf ziet ze dat ook zo."
    assert wellbeing_signal(NOOR, {"Aardig doen": "unknown"}, {}, "", "najaar", "SCOL") is None


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
    assert said(development_signal(NOOR, phases, BORN, SEEN, TODAY, "KIJK!")) == sentence


def test_without_lines_nothing_is_said_of_development() -> None:
    assert development_signal(NOOR, [], BORN, SEEN, TODAY, "KIJK!") is None


@given(st.floats(1, 5), st.floats(1, 5), st.floats(0, 4))
def test_a_lower_score_never_turns_into_a_rise(earlier: float, latest: float, drop: float) -> None:
    rank = {"down": 0, "same": 1, "up": 2}

    assert rank[direction(earlier, latest - drop, 1, 5)] <= rank[direction(earlier, latest, 1, 5)]


def test_absence_speaks_from_four_days_on_and_counts_parts_as_half() -> None:
    assert said(absence_signal(NOOR, 4.5, 0, 8)) == "Ze miste 4,5 schooldagen in 8 weken."
    assert absence_signal(NOOR, 3.5, 3, 8) is None


def test_the_oldest_agreement_over_time_comes_first() -> None:
    rows = [("Ouders bellen", "Kim", date(2026, 11, 20)), ("Plek bij het raam", None, date(2026, 11, 2))]

    assert said(overdue_signal(rows, TODAY)) == (
        "Afspraak over tijd: Plek bij het raam, vóór 2 november. Nog één andere ook."
    )


def test_a_goal_waits_two_weeks_before_it_is_said() -> None:
    assert said(unanswered_signal(("voorlezen", date(2026, 11, 1)), "Noor", TODAY))
    assert unanswered_signal(("voorlezen", date(2026, 11, 10)), "Noor", TODAY) is None


def test_a_child_about_whom_nobody_wrote_is_not_forgotten() -> None:
    assert (
        said(quiet_signal("Noor", date(2026, 9, 1), None, TODAY))
        == "Over Noor is niets opgeschreven sinds 1 september."
    )
    assert quiet_signal("Noor", date(2026, 11, 1), None, TODAY) is None
    assert quiet_signal("Noor", None, date(2026, 11, 1), TODAY) is None


def test_an_age_is_in_years_and_months() -> None:
    assert age_in_words(date(2017, 4, 22), TODAY) == "9 jaar en 7 maanden"
    assert age_in_words(date(2017, 11, 23), TODAY) == "8 jaar en 11 maanden"
    assert age_in_words(date(2017, 11, 22), TODAY) == "9 jaar"
