"""The kinds of fact that Kindblad keeps, as data: what a registration is about, where it shows, who can deliver it.

An item of the catalogue names the facts it is about by `code`; evidence and the double-entry detector count per fact.
A code never changes meaning. What is not in this list is not kept here, so nothing can be said of its use.
"""

from dataclasses import dataclass
from typing import NamedTuple

from models.rules.access import READS, Kind, Position
from models.vocabulary import Role, SourceKind


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of fact: its kind of data (which decides who reads it) and its place on the sheet ("" when not there).

    `signals` are the beginnings of the rule names of signals that rest on it; `is_dated` says that its values come at
    moments far enough apart to say what came after one.
    """

    code: str
    label: str
    kind: Kind
    tile: str = ""
    sources: frozenset[SourceKind] = frozenset()
    may_be_typed: bool = False
    signals: tuple[str, ...] = ()
    is_dated: bool = False

    @property
    def leading_kinds(self) -> frozenset[SourceKind]:
        """The kinds of system that lead; of what people write none does, but the place where most of it stands."""
        return frozenset() if SourceKind.JOURNAL in self.sources else self.sources


_LAS, _TEST, _PRACTICE, _LISTS, _FILE = (
    frozenset({SourceKind.LAS}),
    frozenset({SourceKind.TEST}),
    frozenset({SourceKind.PRACTICE}),
    frozenset({SourceKind.WELLBEING}),
    frozenset({SourceKind.JOURNAL, SourceKind.LAS}),
)

_ALL = (
    Fact("identity", "naam en geboortedatum", Kind.IDENTITY, "kop van het blad", _LAS),
    Fact("group", "groep en jaargroep", Kind.PLACEMENT, "kop van het blad", _LAS),
    Fact("guardian", "ouders en hoe ze te bereiken zijn", Kind.IDENTITY, "", _LAS),
    Fact("custody", "wie het gezag heeft", Kind.IDENTITY, "", _LAS, may_be_typed=True),
    Fact("emergency_card", "noodkaart", Kind.EMERGENCY_CARD, "", may_be_typed=True),
    Fact(
        *("absence", "verzuim per dagdeel", Kind.ATTENDANCE, "tijdlijn", _LAS),
        may_be_typed=True,
        signals=("absence_", "late_"),
        is_dated=True,
    ),
    Fact(
        *("assessment:test", "toetsen van het leerlingvolgsysteem", Kind.RESULTS, "Leren", _TEST),
        signals=("growth_", "level_"),
        is_dated=True,
    ),
    Fact(
        *("assessment:wellbeing", "lijsten over welbevinden", Kind.WELLBEING, "Welbevinden", _LISTS),
        signals=("wellbeing_", "views_"),
        is_dated=True,
    ),
    Fact(
        *("assessment:observation", "observatielijsten van groep 1 en 2", Kind.WELLBEING, "Welbevinden", _LISTS),
        signals=("development_",),
        is_dated=True,
    ),
    Fact(
        "practice",
        "oefenen op het platform",
        Kind.PRACTICE,
        "Werken",
        _PRACTICE,
        signals=("practice_", "objective_", "effort_"),
    ),
    Fact("note:observation", "observaties", Kind.OBSERVATIONS, "tijdlijn", _FILE, may_be_typed=True, is_dated=True),
    Fact("note:pupil_talk", "verslagen van kindgesprekken", Kind.NOTES, "tijdlijn", _FILE, True, is_dated=True),
    Fact("note:parent_talk", "verslagen van oudergesprekken", Kind.TALKS, "tijdlijn", _FILE, True, is_dated=True),
    Fact("note:discussion", "verslagen van besprekingen", Kind.NOTES, "tijdlijn", _FILE, True, is_dated=True),
    Fact("note:note", "losse notities", Kind.NOTES, "tijdlijn", _FILE, may_be_typed=True, is_dated=True),
    Fact("note:talent", "talent en trots", Kind.PORTFOLIO, "Talent & trots", _FILE, may_be_typed=True, is_dated=True),
    Fact("goal", "doelen van het kind", Kind.GOALS, "Talent & trots", _FILE, True, ("goal_",), is_dated=True),
    Fact(
        *("agreement", "afspraken", Kind.SUPPORT_PLAN, "Ondersteuning en afspraken", _FILE),
        may_be_typed=True,
        signals=("agreement_",),
    ),
    Fact(
        *("support", "wat helpt en wat hindert", Kind.SUPPORT_PLAN, "Ondersteuning en afspraken", _FILE),
        may_be_typed=True,
        is_dated=True,
    ),
    Fact("support:in_class", "wat het in de klas betekent", Kind.IN_CLASS, "Ondersteuning en afspraken", _FILE, True),
    Fact("talk", "besprekingen van een kind", Kind.NOTES, "tijdlijn", may_be_typed=True),
    Fact("instruction_level", "instructiegroep per vak", Kind.RESULTS, "", may_be_typed=True),
)
FACTS: dict[str, Fact] = {fact.code: fact for fact in _ALL}
"""Every fact by its code, in the order in which they are shown."""


class Page(NamedTuple):
    """A page with several facts: what it is called, the kinds of data on it, and facts that only show there."""

    label: str
    kinds: frozenset[Kind]
    also: frozenset[str] = frozenset()


PAGES = {
    "sheet": Page("het blad van een kind", frozenset(fact.kind for fact in _ALL if fact.tile)),
    "group": Page(
        "het overzicht van een groep",
        frozenset({Kind.PLACEMENT, Kind.RESULTS, Kind.WELLBEING, Kind.PRACTICE, Kind.SUPPORT_PLAN}),
        frozenset({"identity"}),
    ),
    "today": Page(
        "Vandaag",
        frozenset({Kind.ATTENDANCE, Kind.RESULTS, Kind.WELLBEING, Kind.PRACTICE, Kind.SUPPORT_PLAN, Kind.GOALS}),
    ),
    "talk": Page("een bespreking", frozenset({Kind.NOTES, Kind.SUPPORT_PLAN, Kind.IN_CLASS})),
    "meeting": Page("een gesprek met ouders", frozenset({Kind.TALKS, Kind.SUPPORT_PLAN, Kind.GOALS})),
    "report_card": Page(
        "het rapport", frozenset({Kind.RESULTS, Kind.WELLBEING, Kind.GOALS, Kind.PORTFOLIO, Kind.ATTENDANCE})
    ),
    "release": Page("het vrijgeven van uitslagen", frozenset({Kind.RESULTS, Kind.WELLBEING})),
    "my_child": Page(
        "Mijn kind, voor ouders",
        frozenset(
            {Kind.RESULTS, Kind.PRACTICE, Kind.PORTFOLIO, Kind.GOALS, Kind.SUPPORT_PLAN, Kind.IN_CLASS, Kind.ATTENDANCE}
        ),
    ),
    "handover": Page(
        "de overdracht",
        frozenset(
            {Kind.RESULTS, Kind.OBSERVATIONS, Kind.NOTES, Kind.PORTFOLIO, Kind.GOALS, Kind.SUPPORT_PLAN, Kind.IN_CLASS}
        ),
    ),
    "substitute_card": Page(
        "de invalkaart",
        frozenset({Kind.ATTENDANCE, Kind.SUPPORT_PLAN, Kind.IN_CLASS}),
        frozenset({"emergency_card", "instruction_level"}),
    ),
    "absence": Page("het verzuim van een dag", frozenset({Kind.ATTENDANCE})),
    "note": Page("een notitie van uzelf", frozenset({Kind.NOTES, Kind.OBSERVATIONS, Kind.PORTFOLIO})),
    "own": Page("de eigen bladzijde van een kind", frozenset({Kind.GOALS, Kind.PORTFOLIO})),
    "instruction": Page("een instructietafel", frozenset({Kind.PRACTICE})),
    "instruction_groups": Page(
        "de instructiegroepen", frozenset({Kind.RESULTS, Kind.PRACTICE}), frozenset({"instruction_level"})
    ),
}
"""Pages by what the access log calls them; that one was opened does not say which part of it was read."""
ALONE = {
    "contact": "guardian",
    "emergency_numbers": "guardian",
    "custody": "custody",
    "emergency_card": "emergency_card",
}
"""Pages of one fact that is not on the sheet; a line that bears the name of a kind of data is about that kind alone."""


def may_have_read(page: str, role: Role | None, fact: Fact) -> bool:
    """Whether someone of this role who opened what the log calls `page` had this fact before them."""
    if page in ALONE:
        return ALONE[page] == fact.code
    if page not in PAGES:
        return bool(fact.tile) and page == fact.kind
    shown = PAGES[page]
    if not (fact.code in shown.also or (fact.tile and fact.kind in shown.kinds)):
        return False
    return role is not None and fact.kind in READS[Position(role.value)]
