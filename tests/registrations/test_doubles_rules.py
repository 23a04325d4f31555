"""What counts as the same fact, case by case: what a colleague would call typed twice, and what only looks like it."""

from datetime import date, timedelta

import pytest

from models.rules.doubles import KINDBLAD
from models.rules.doubles.days import AbsenceEntry, same_absences
from models.rules.doubles.people import (
    ChildEntry,
    GroupEntry,
    GuardianEntry,
    same_children,
    same_groups,
    same_guardians,
)
from models.rules.doubles.results import ResultEntry, same_results
from models.rules.doubles.texts import TextEntry, is_same, same_texts
from models.rules.matching import Traits
from models.vocabulary import AbsencePart, AbsenceReason, Relation, Respondent

DAY = date(2026, 11, 2)
NOTE = "Legde aan Yara uit hoe de staartdeling werkt en had daar zichtbaar plezier in."


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (NOTE, NOTE.upper()),
        (NOTE, NOTE.replace("Yara", "Yára").replace(".", " !")),
        (NOTE, NOTE.replace("staartdeling", "staartdelnig")),
        (NOTE, NOTE.replace("plezier", "pleizer")),
        (NOTE, f"{NOTE[:52]}..."),
        (NOTE, f"{NOTE} Mooi!"),
    ],
)
def test_a_text_that_was_written_over(one: str, two: str) -> None:
    assert is_same(one, two)
    assert is_same(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (NOTE, NOTE.replace("had daar", "had daar geen")),
        (NOTE, NOTE.replace("Yara", "Noor")),
        ("Las 12 woorden in één minuut zonder fouten voor.", "Las 21 woorden in één minuut zonder fouten voor."),
        ("Rekent graag in de hoek met het rekenrek erbij", "Tekent graag in de hoek met het rekenrek erbij"),
        (NOTE, NOTE[:52]),
        (NOTE, ""),
    ],
)
def test_a_text_that_says_something_else(one: str, two: str) -> None:
    assert not is_same(one, two)


def note(pupil: int, place: int, days: int = 0, body: str = NOTE, fact: str = "note:observation") -> TextEntry:
    return TextEntry(fact, pupil, place, DAY + timedelta(days=days), body)


def test_only_one_child_and_two_places_make_a_double() -> None:
    assert same_texts([note(1, 5), note(2, 6)]) == [], "the same text about two children is a text about a group"
    assert same_texts([note(1, 5), note(1, 5, 1)]) == [], "one system may hold it twice itself"
    [found] = same_texts([note(1, 5), note(1, KINDBLAD, 2)])
    assert (found.fact, found.places, found.day) == ("note:observation", frozenset({5, KINDBLAD}), DAY)
    assert same_texts([note(1, 5), note(1, 6, 40)]) == []


def test_short_words_that_return_are_no_double_on_another_day() -> None:
    assert same_texts([note(1, 5, 0, "Fijn gewerkt."), note(1, 6, 1, "Fijn gewerkt.")]) == []
    assert len(same_texts([note(1, 5, 0, "Fijn gewerkt."), note(1, 6, 0, "fijn gewerkt")])) == 1
    assert same_texts([note(1, 5, 0, "ok"), note(1, 6, 0, "ok")]) == []


def test_a_note_and_a_goal_with_the_same_words_are_two_facts() -> None:
    assert same_texts([note(1, 5, fact="goal"), note(1, 6, fact="note:pupil_talk")]) == []
    [found] = same_texts([note(1, 5, fact="note:note"), note(1, 6, fact="note:parent_talk")])
    assert found.fact == "note:parent_talk"


def test_each_has_one_counterpart_however_often_it_was_written() -> None:
    assert len(same_texts([note(1, 5), note(1, 5), note(1, 6)])) == 1
    assert len(same_texts([note(1, 5), note(1, 6), note(1, 7)])) == 3


def away(
    place: int, part: AbsencePart, reason: AbsenceReason | None = AbsenceReason.ILL, days: int = 0
) -> AbsenceEntry:
    return AbsenceEntry("absence", 1, place, DAY + timedelta(days=days), part, reason)


def test_absence_of_the_same_part_of_a_day() -> None:
    morning, afternoon, day = AbsencePart
    assert same_absences([away(5, morning), away(6, afternoon)]) == []
    assert same_absences([away(5, morning), away(6, morning, days=1)]) == []
    assert len(same_absences([away(5, morning), away(6, day)])) == 1
    assert len(same_absences([away(5, day), away(6, morning), away(6, afternoon)])) == 1
    [found] = same_absences([away(5, day), away(KINDBLAD, day, AbsenceReason.LEAVE)])
    assert found.differs
    assert same_absences([away(5, day), away(6, morning, AbsenceReason.LATE)]) == []


def taken(
    place: int = 5, name: str = "Rekenen-Wiskunde 3.0 M6", moment: str = "M6", days: int = 0, **values: str
) -> ResultEntry:
    scores = frozenset((scale, "", value) for scale, value in values.items())
    day = DAY + timedelta(days=days)
    return ResultEntry("assessment:test", 1, place, day, "Cito", name, Respondent.TEST, moment, scores)


def test_a_level_here_and_a_score_there_are_one_result() -> None:
    [found] = same_results([taken(5, IV="II", skill="103"), taken(6, "Rekenen-Wiskunde", "M6", 3, IV="II")])
    assert not found.differs
    assert len(same_results([taken(5, skill="103"), taken(6, "Rekenen", "M6", 12, IV="II")])) == 1
    assert len(same_results([taken(5, "DMT"), taken(6, "Drie-Minuten-Toets")])) == 1
    [typed_wrong] = same_results([taken(5, IV="II"), taken(6, "Rekenen", "M6", 1, IV="III")])
    assert typed_wrong.differs


def test_another_test_moment_or_try_is_another_result() -> None:
    assert same_results([taken(5, IV="II"), taken(6, "Spelling", "M6", IV="II")]) == []
    assert same_results([taken(5, IV="II"), taken(6, "Rekenen", "E6", IV="II")]) == []
    assert same_results([taken(5, IV="II"), taken(6, "Rekenen", "M6", 21, IV="I")]) == []
    assert same_results([taken(5, "DMT"), taken(6, "AVI")]) == []
    assert same_results([taken(5, "Spelling"), taken(6, "Spelling werkwoorden")]) == []


def child(pupil: int, place: int, given: str, born: date = DAY) -> ChildEntry:
    return ChildEntry("identity", pupil, place, DAY, Traits(given, None, None, "Jansen", born))


def test_twins_and_namesakes_are_two_children() -> None:
    assert same_children([child(1, 5, "Sem"), child(2, 6, "Sam")]) == []
    assert same_children([child(1, 5, "Sem"), child(2, 6, "Sem")]) == []
    [found] = same_children([child(1, 5, "Sem"), child(1, 6, "Sem", DAY + timedelta(days=1))])
    assert found.differs


def test_groups_that_are_only_written_differently() -> None:
    def group(place: int, *names: str) -> GroupEntry:
        return GroupEntry("group", 1, place, DAY, frozenset(names))

    [same] = same_groups([group(5, "Groep 6B", "Groep 5B"), group(6, "6-b")])
    assert not same.differs
    [other] = same_groups([group(5, "Groep 6B"), group(6, "de Otters")])
    assert other.differs


def parent(
    place: int, given: str, relation: Relation = Relation.MOTHER, email: str = "", phone: str = ""
) -> GuardianEntry:
    return GuardianEntry("guardian", 1, place, DAY, given, "van Dijk", relation, email, phone)


def test_a_parent_in_two_administrations() -> None:
    known = parent(5, "Anna", email="a@thuis.example", phone="06-12345678")
    assert len(same_guardians([known, parent(6, "anna", email="A@thuis.example")])) == 1
    assert len(same_guardians([known, parent(6, "A.", phone="+31 6 12345678")])) == 1
    [moved] = same_guardians([known, parent(6, "Anna", phone="06-87654321")])
    assert moved.differs


def test_two_parents_of_one_household_are_two_parents() -> None:
    known = parent(5, "Anna", email="thuis@van-dijk.example", phone="070-1234567")
    assert same_guardians([known, parent(6, "Anton", Relation.FATHER, "thuis@van-dijk.example", "070-1234567")]) == []
    assert same_guardians([known, parent(6, "A.", Relation.FATHER, "thuis@van-dijk.example")]) == []
    assert same_guardians([known, parent(6, "Anna")]) == [], "without address or number there is nothing kept twice"
    assert same_guardians([known, parent(6, "Anna", Relation.OTHER, "oma@elders.example")]) == []
