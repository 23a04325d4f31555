"""Vrijgeven as the routes give it: the moments of a group, one moment half released, and the library of sentences."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from api.schemas import releasing as r
from models.rules.explaining import SENTENCES, WHEN, explain

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
TODAY = date(2026, 11, 23)
GROUP = UUID(int=70)
NAMES = ("Noor van der Ven", "Fatima El Amrani", "Daan de Vries-van den Heuvel")
SUBJECTS = ("Rekenen", "Begrijpend lezen")


def contexts(word: Word = str) -> Pages:
    """These pages by a name of their own."""
    me = word("Kim de Bruijn")
    moments = r.GroupMoments(
        id=GROUP, name=word("6B"), ground="groep 6B",
        moments=[
            _line("test-E-2026", "Toetsen eind 2026", [word(each) for each in SUBJECTS], 56, 30),
            _line("wellbeing-10-2026", "Welbevinden oktober 2026", [word("SCOL")], 28, 0),
            _line("test-M-2026", "Toetsen midden 2026", [word(each) for each in SUBJECTS], 56, 56),
        ],
    )  # fmt: skip
    library = {"me": me, "page": _library(word), "problem": None, "key": ""}
    half = {"me": me, "page": _moment(word), "problem": "", "typed": None}
    return {
        "release": ("pages/release.html", {"me": me, "page": moments}),
        "release-moment": ("pages/release_moment.html", half),
        "explanations": ("pages/explanations.html", library),
    }


def _line(code: str, title: str, subjects: list[str], results: int, released: int) -> r.MomentLine:
    first = TODAY - timedelta(days=160)
    return r.MomentLine(
        code=code, title=title, subjects=subjects, first=first, last=first + timedelta(days=9),
        children=28, results=results, released=released, child_from=TODAY if released else None,
        parents_from=TODAY + timedelta(days=2) if released else None,
    )  # fmt: skip


def _moment(word: Word) -> r.MomentResults:
    children = [
        r.ChildResults(
            id=UUID(int=at + 1), name=word(name), given_name=word(name.split()[0]),
            results=[_result(word, at, number, name.split()[0], subject) for number, subject in enumerate(SUBJECTS)],
        )
        for at, name in enumerate(NAMES)
    ]  # fmt: skip
    return r.MomentResults(
        id=GROUP, name=word("6B"), ground="groep 6B", code="test-E-2026", title="Toetsen eind 2026",
        subjects=[word(subject) for subject in SUBJECTS], subject="", children=children, without=[word("Sem Bakker")],
        waiting=4, released=2, today=TODAY, child_from=TODAY, parents_from=TODAY + timedelta(days=2),
    )  # fmt: skip


def _result(word: Word, at: int, number: int, name: str, subject: str) -> r.ResultLine:
    is_free = at == 1
    key = ("test.in", "test.below")[number]
    return r.ResultLine(
        result=10 * at + number, subject=word(subject), name=word(f"{subject} 3.0"),
        taken_on=TODAY - timedelta(days=160),
        sentence=word(explain(key, {}, name, subject)), child_from=TODAY if is_free else None,
        parents_from=TODAY + timedelta(days=2) if is_free else None, by=word("Kim") if is_free else None,
    )  # fmt: skip


def _library(word: Word) -> r.Library:
    own = {"test.in": word("{naam} groeit bij {vak} lekker door.")}
    return r.Library(
        lines=[
            r.ExplanationLine(
                key=key, when=WHEN[key], ours=ours, own=own.get(key, ""),
                changed_at=datetime(2026, 11, 2, 9, tzinfo=UTC) if key in own else None,
                changed_by=word("Ina") if key in own else None,
            )
            for key, ours in SENTENCES.items()
        ]
    )  # fmt: skip
