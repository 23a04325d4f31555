"""Pages of who may see what, who can see one child, and who looked, as the routes give them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from api.schemas import access as a
from api.schemas import looks as k

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
NOW = datetime(2026, 11, 22, 8, 25, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 8, 52, tzinfo=UTC)
DAY = date(2026, 11, 22)
CHILD = UUID(int=9)
CELLS = (("read", "lezen"), ("write", "schrijven"), ("none", "niet"), ("reason", "met reden"))
POSITIONS = ("leerkracht", "duo", "invaller", "IB’er", "directie", "administratie", "beheerder", "bestuurder", "ouder")


def contexts(word: Word = str) -> Pages:
    """All these pages by a name of their own."""
    me = word("Kim de Bruijn")
    looks = k.Looks(
        id=CHILD, name=word("Noor van der Ven"), school=word("De Vliet"), since=DAY, until=DAY,
        days=[k.Day(on=DAY, glances=[_glance(word, at) for at in range(4)])],
    )  # fmt: skip
    none = looks.model_copy(update={"days": []})
    review = _review(word)
    calm = review.model_copy(
        update={"school_id": 2, "is_late": False, "alarms": [], "totals": [], "earlier": []},
    )
    return {
        "voor-wie": ("pages/voor_wie.html", {"me": me, "matrix": _matrix(word)}),
        "wie": ("pages/wie.html", {"me": me, "who": _who(word)}),
        "looks": ("pages/looks.html", {"me": me, "looks": looks, "may_extract": True}),
        "looks-none": ("pages/looks.html", {"me": me, "looks": none, "may_extract": False}),
        "looks-extract": ("pages/looks_extract.html", {"me": me, "looks": looks}),
        "log-review": ("pages/log_review.html", {"me": me, "reviews": [review, calm]}),
        "log-review-calm": ("pages/log_review.html", {"me": me, "reviews": [calm]}),
    }


def _glance(word: Word, at: int) -> k.Glance:
    return k.Glance(
        who=word("Marloes Blom"), role=word("leraar") if at else None, ground=word("met reden"),
        what=[word("noodkaart"), word("verzuim")], first=NOW, last=LATER if at else NOW, times=at + 1,
        was_refused=at == 3,
    )  # fmt: skip


def _review(word: Word) -> k.LogReview:
    return k.LogReview(
        school_id=1, school=word("De Vliet"), since=NOW, due=DAY, is_late=True, through=9,
        alarms=[k.Alarm(who=word("Sam Bouazza"), text=word("keek op één dag naar 31 kinderen"), at=NOW)] * 2,
        totals=[k.Total(who=word("Kim de Bruijn"), children=at + 1, lines=40, opened=at, refused=at) for at in (0, 1)],
        earlier=[k.ReviewLine(at=NOW, by=word("Annet van Rijswijk"), remark=word("Geen vragen."))] * 2,
    )  # fmt: skip


def _matrix(word: Word) -> a.AccessMatrix:
    columns = [
        a.MatrixColumn(position=f"p{at}", label=label, is_yours=not at)
        for at, label in enumerate((*POSITIONS, "andere ouder", "ouder zonder gezag", "kind"))
    ]
    rows = [
        a.MatrixRow(
            kind=f"soort{at}", label=word("citaat en doelen van het kind"), kept=word("tot 2 jaar na uitschrijving"),
            ground=word("Wie het kind les geeft, heeft dit nodig (AVG, artikel 6)."),
            cells=[
                a.MatrixCell(position=column.position, cell=cell, text=text, remark=word("alleen eigen groep"))
                for column, (cell, text) in zip(columns, CELLS * 3, strict=True)
            ],
        )
        for at in range(3)
    ]  # fmt: skip
    unkept = rows[0].model_copy(update={"kept": ""})
    return a.AccessMatrix(columns=columns, themes=[a.MatrixTheme(title="Het blad", rows=[*rows, unkept])])


def _who(word: Word) -> a.WhoCanSee:
    readers = [
        a.Reader(name=word("Kim de Bruijn"), ground=word("groep 6B")),
        a.Reader(name=word("Noor zelf")),
    ]
    parts = [
        a.ReadersOfKinds(kinds=[word("toetsen"), word("oefenen")], readers=readers * 6, with_reason=readers[:1]),
        a.ReadersOfKinds(kinds=[word("noodkaart")], readers=[], with_reason=[]),
    ]
    return a.WhoCanSee(id=CHILD, name=word("Noor van der Ven"), parts=parts)
