"""Absence of the day as the route gives it: full, to read only, empty, overtaken."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from api.pages.absence import REASONS
from api.schemas import absence as a
from models.vocabulary import AbsencePart, AbsenceReason

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
DAY, MORNING, AFTERNOON = AbsencePart.DAY, AbsencePart.MORNING, AbsencePart.AFTERNOON
GROUP = UUID(int=78)
NAMES = ("Noor van der Ven", "Maximiliaan van den Oudenhoven-Groot", "Sem Bakker", "Zoë de Wit", "Ali El Amrani")


def contexts(word: Word = str) -> Pages:
    """These pages by a name of their own."""
    full = page(word)
    me = word("Kim de Bruijn")
    lost = a.Overtaken(
        id=full.pupils[0].id, name=word("Noor van der Ven"), now="ziek", author=word("Juf Ans"), wanted="dokter"
    )
    shown = {"me": me, "reasons": REASONS, "overtaken": []}
    return {
        "absence": ("pages/absence.html", shown | {"page": full}),
        "absence-overtaken": ("pages/absence.html", shown | {"page": full, "overtaken": [lost]}),
        "absence-to-read": ("pages/absence.html", shown | {"page": full.model_copy(update={"may_write": False})}),
        "absence-nobody": ("pages/absence.html", shown | {"page": full.model_copy(update={"pupils": []})}),
    }


def page(word: Word = str) -> a.AbsencePage:
    return a.AbsencePage(
        id=GROUP,
        group=word("6B"),
        day=date(2026, 11, 23),
        words="maandag 23 november 2026",
        before="vrijdag",
        days=[a.DayLink(day=date(2026, 11, 23), words="vandaag"), a.DayLink(day=date(2026, 11, 20), words="vr 20")],
        ground=word("groep 6B"),
        may_write=True,
        pupils=[_pupil(at, word) for at in range(28)],
    )


def _pupil(at: int, word: Word) -> a.PupilDay:
    ill, doctor = AbsenceReason.ILL, AbsenceReason.DOCTOR
    source = word("ESIS")
    marks: list[a.Mark] = []
    delivered: list[a.Delivered] = []
    parts = [DAY, MORNING, AFTERNOON]
    if at == 1:
        marks = [a.Mark(part=MORNING, reason=AbsenceReason.UNAUTHORISED)]
    elif at == 2:
        delivered, parts = [a.Delivered(part=DAY, reason=ill, source=source)], []
    elif at == 3:
        delivered, parts = [a.Delivered(part=MORNING, reason=doctor, source=source)], [AFTERNOON]
    elif at == 5:
        marks = [a.Mark(part=MORNING, reason=AbsenceReason.LATE), a.Mark(part=AFTERNOON, reason=doctor)]
    return a.PupilDay(
        id=UUID(int=at + 1),
        name=word(NAMES[at % len(NAMES)]),
        marks=marks,
        author=word("Juf Kim") if marks else "",
        delivered=delivered,
        parts=parts,
        seen=a.seen_of(marks),
        was_ill=at in (4, 7),
    )
