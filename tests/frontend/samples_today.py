"""Vandaag and what hangs on it, as the routes give it: the fullest day of a class, and a day on which nothing is."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from api.pages.places import Place
from api.schemas import today as t
from api.schemas.sheet import Sign, SourceLine
from models.vocabulary import TalkKind

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
TODAY = date(2026, 11, 23)
GROUP = UUID(int=70)
NAMES = ("Yusuf", "Noor", "Milan", "Fatima", "Sem", "Liv", "Amir", "Eva", "Daan", "Aya", "Jayden", "Noa")
SAID: tuple[tuple[Sign, str, str, str], ...] = (
    ("attention", "loopt vast", "loopt vast bij “Breuken vergelijken”, en de groep gaat door.", "12 van 25 goed"),
    ("down", "spelling", "ligt met spelling twee metingen onder haar eigen lijn (IV, was II).", "6 metingen van Cito"),
    ("down", "een taak uitvoeren", "scoort bij een taak uitvoeren lager dan in het voorjaar.", "SCOL, 8 onderdelen"),
    ("attention", "te laat", "kwam drie maandagen te laat.", "27 oktober, 3 en 17 november"),
    ("attention", "oefent weinig", "oefent weinig: drie van de 18 schooldagen.", "op 3 van de 18 schooldagen"),
    ("up", "begrijpend lezen", "sprong met begrijpend lezen van IV naar II.", "5 metingen van Cito"),
    ("up", "zette door", "zette door: zes dagen aan hetzelfde doel, en nu lukt het.", "44 van 50 goed"),
)
DOUBT = "Noor was toen 13 schooldagen ziek. Of de afname was onrustig, de toetsversie anders, de tijd thuis roerig."


def contexts(word: Word = str) -> Pages:
    """These pages by a name of their own."""
    me = word("Kim de Bruijn")
    top = [
        Place("/vandaag", "Vandaag", is_here=True),
        Place(f"/groep/{GROUP}", word("Groep 6B"), is_here=False),
        Place("/bespreking", "Bespreking", is_here=False),
        Place("/registraties", "Registraties", is_here=False),
    ]
    full = fullest(word)
    table = full.instructions[0]
    return {
        "today": ("pages/today.html", {"me": me, "top": top, "day": full}),
        "quiet-day": ("pages/today.html", {"me": me, "top": top, "day": calm(full)}),
        "instruction": ("pages/instruction.html", {"me": me, "top": top, "table": table}),
    }


def fullest(word: Word = str) -> t.Today:
    """All that a day can hold, at its longest: its first three parts must still fit a laptop."""
    children = [t.ChildLink(id=UUID(int=at + 1), name=word(name)) for at, name in enumerate(NAMES)]
    said = [_said(word, children[at], *what) for at, what in enumerate(SAID)]
    table = t.InstructionTable(
        id=UUID(int=90), group_id=GROUP, group=word("6B"), title=word("Getallenlijn tot 1000"), planned_on=TODAY,
        when="vandaag", is_held=False, children=children[:4], may_change=True,
    )  # fmt: skip
    held = table.model_copy(update={"id": UUID(int=91), "title": word("Tafels van 7 en 8"), "is_held": True})
    return t.Today(
        today=TODAY, day_text="maandag 23 november", is_own=True, children=28, ground=word("groep 6B"),
        groups=[t.GroupChip(id=GROUP, name=word("6B"), is_shown=True), _plus(word)],
        attention=said, smaller=[_said(word, children[8], *SAID[1]), _said(word, children[9], *SAID[5])],
        talks=[
            t.DueTalk(id=UUID(int=50 + at), kind=kind, at=when, child=child, text=word(text))
            for at, (when, child, text, kind) in enumerate(
                (("12:15", children[6], "kindgesprek", TalkKind.CHILD),
                 ("15:30", children[2], "met de ouders en de IB’er", TalkKind.DISCUSSION),
                 (None, None, "groepsbespreking 6B", TalkKind.DISCUSSION))
            )
        ],
        wishes=[
            t.DueWish(child=children[3], by=word("Fatima"), about=word("Rekenen 3.0"), body=word("Graag deze week.")),
            t.DueWish(child=children[4], by=word("Hans"), about=None, body=""),
        ],
        agreements=[_agreement(word, at, children[at]) for at in range(7)],
        goals=[
            t.DueGoal(
                id=UUID(int=40 + at), child=children[4 + at], body=word("Ik wil proefjes doen met water en zand."),
                waits="wacht negen dagen", may_answer=True,
            )
            for at in range(3)
        ],
        birthdays=[
            t.Kept(child=children[5], text="wordt vandaag 10"), t.Kept(child=children[9], text="werd zaterdag 9"),
        ],
        absent=[
            t.AbsentChild(child=child, text=text)
            for child, text in zip(children[6:10], ("ziek", "ziek", "dokter (ochtend)", "te laat"), strict=True)
        ],
        attendance=[t.GroupChip(id=GROUP, name=word("6B"), is_shown=True)],
        instructions=[table, held], since="sinds vrijdag 15:20",
        news=[
            t.News(source=word("Cito"), text=word("begrijpend lezen en spelling van 26 kinderen")),
            t.News(source=word("SCOL"), text="54 lijsten over 27 kinderen"),
            t.News(source="Dossier", text="3 notities van anderen"),
            t.News(source=word("Snappet"), text="1.318 antwoorden van 24 kinderen"),
        ],
        work=[_work(word, children)], remark="Oefentijd is geen inzet: werk op papier ziet het platform niet.",
        quiet=children[7:10], quiet_text="zes weken",
        sources=[
            SourceLine(label=word("ESIS"), received_at=None, age="vanmorgen 06:10", is_stale=False),
            SourceLine(label=word("Snappet"), received_at=None, age="3 november", is_stale=True),
        ],
    )  # fmt: skip


def calm(full: t.Today) -> t.Today:
    """A day on which nothing is to be told."""
    nothing: dict[str, Any] = {
        name: []
        for name in ("attention", "smaller", "talks", "agreements", "goals", "birthdays", "absent", "instructions",
                     "news", "work", "quiet", "sources")
    }  # fmt: skip
    return full.model_copy(update=nothing | {"groups": full.groups[:1]})


def _plus(word: Word) -> t.GroupChip:
    return t.GroupChip(id=UUID(int=71), name=word("Plusgroep"), is_shown=False)


def _said(word: Word, child: t.ChildLink, sign: Sign, subject: str, text: str, basis: str) -> t.Attention:
    acts: list[t.Act] = ["note"] if sign == "up" else ["note", "talk", "seen"]
    return t.Attention(
        child=child, rule="rule", key=word("rule|evidence|topic"), sign=sign, subject=subject,
        text=f"{child.name} {word(text)}", basis=word(basis), doubt=DOUBT, source=word("Cito"), acts=acts,
        group_id=GROUP,
        instruction=t.InstructionRequest(subject=word("Rekenen"), objective=word("Breuken"), children=[child.id] * 2)
        if sign == "attention"
        else None,
    )  # fmt: skip


def _agreement(word: Word, at: int, child: t.ChildLink) -> t.DueAgreement:
    return t.DueAgreement(
        id=UUID(int=60 + at), child=child, body=word("Werkwoordkaart maken en doorlopen voor het dictee"),
        owner=word("Kim"), when="over tijd, vóór 12 nov" if at < 2 else "vóór dinsdag", is_overdue=at < 2,
        is_mine=True, may_answer=True,
    )  # fmt: skip


def _work(word: Word, children: list[t.ChildLink]) -> t.ClassWork:
    names = (
        "Getallenlijn tot 1000",
        "Breuken vergelijken",
        "Werkwoord tegenwoordige tijd",
        "Klokkijken",
        "Geld",
        "Tijd",
    )
    return t.ClassWork(
        group_id=GROUP, group=word("6B"), day=date(2026, 11, 20), day_text="vrijdag 20 november",
        source=word("Snappet"), children=24, answers=1318, may_plan=True,
        objectives=[
            t.ObjectiveDay(
                subject=word("Rekenen"), name=word(name), answers=240 - at, children=12, first_answers=90,
                first_correct=55, can=children[4:9], busy=children[9:11], stuck=children[: 4 - at] if at < 4 else [],
                hard_start=children[11:] if at == 1 else [], instruction_planned=at == 0,
            )
            for at, name in enumerate(names)
        ],
    )  # fmt: skip
