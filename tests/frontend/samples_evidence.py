"""Pages of what stands in two places and of evidence from use, as the routes give them."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from api.schemas import evidence as e

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
DAY = date(2026, 11, 20)
SCHOOL = UUID(int=7)


def contexts(word: Word = str) -> Pages:
    """All these pages by a name of their own."""
    me = word("Annet van Rijswijk")
    again = finding(word).model_copy(update={"fact": "note:observation", "no_double": word("De ene is voor ouders.")})
    some = e.SchoolDoubles(
        school=SCHOOL, name=word("De Vliet"), as_of=DAY, findings=[finding(word)] * 3 + [again], may_rule=True
    )
    none = some.model_copy(update={"findings": [], "may_rule": False})
    reads = some.model_copy(update={"may_rule": False})
    return {
        "doubles": ("pages/doubles.html", {"me": me, "schools": [some], "problem": word("Schrijf erbij waarom.")}),
        "doubles-schools": ("pages/doubles.html", {"me": me, "schools": [reads, none], "problem": None}),
        "evidence": ("pages/evidence.html", {"me": me, "schools": [_used(word), _used(word, 8)]}),
    }


def _used(word: Word, number: int = 7) -> e.SchoolEvidence:
    facts = [fact(word), empty(word)]
    return e.SchoolEvidence(
        school=UUID(int=number), name=word("De Vliet"), as_of=DAY, facts=facts, doubles=[finding(word)]
    )


def finding(word: Word) -> e.DoubleFinding:
    """One finding with everything."""
    return e.DoubleFinding(
        school=SCHOOL, fact="absence", title=word("Verzuim per dagdeel: in ESIS en in Kindblad"),
        text=word("Staat bij 14 kinderen op twee plekken, 31 keer in twaalf maanden."),
        advice=word("Houd op dit in Kindblad te typen; het komt al uit ESIS."),
        why_leading=word("ESIS is leidend: dat is de leerlingadministratie."), lead="edexml", other="kindblad",
        lead_name=word("ESIS"), other_name="Kindblad", children=14, values=31, differing=2,
        groups=[e.GroupCount(name=word("6B"), children=8)] * 2, last_on=DAY,
    )  # fmt: skip


def fact(word: Word) -> e.FactEvidence:
    """Everything that can be known of a fact."""
    return e.FactEvidence(
        code="assessment:wellbeing", label=word("lijsten over welbevinden"), tile=word("Welbevinden"),
        summary=word("163 in twaalf maanden, uit SCOL."),
        periods=[e.PeriodCount(label=word("dit schooljaar, sinds 1 augustus 2026"), values=99)] * 2,
        places=[e.PlaceCount(name=word("SCOL"), is_typed=False, values=163, last_on=DAY)] * 2,
        filled=e.Filled(
            text=word("Gevuld voor 65 van de 80 kinderen (81%)."), children=65, whole=80,
            groups=[e.GroupShare(name=word("6B"), share="≥95%"), e.GroupShare(name=word("6C"), share=None)],
        ),
        reading=e.Reading(
            text=word("In twaalf maanden door niemand gelezen."), is_unread=True, since=DAY,
            roles=[e.RoleReads(role=word("leraar"), alone=3, among=412, last_on=DAY)] * 2,
        ),
        decisions=[e.DecisionCount(label=word("Afspraken"), count=8, meaning=word("binnen 14 dagen erna"))] * 2,
        doubles=[finding(word)],
    )  # fmt: skip


def empty(word: Word) -> e.FactEvidence:
    """A fact of which nothing is known."""
    return fact(word).model_copy(
        update={
            "periods": [], "places": [], "decisions": [], "doubles": [],
            "filled": e.Filled(text=word("Te weinig kinderen."), children=None, whole=4, groups=[]),
            "reading": e.Reading(text=word("Door niemand gelezen."), is_unread=False, since=DAY, roles=[]),
        }
    )  # fmt: skip
