"""Mijn kind as its routes give it: full, new, with brothers and sisters, and who looked."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from api.schemas import my_child as m
from models.rules.own_growth import Way
from models.rules.own_work import Went
from models.vocabulary import AbsencePart, AbsenceReason, GoalAnswer, TalkKind

Word = Callable[[str], str]
WAYS: tuple[Way, ...] = ("up", "steady", "down", "unknown")
Pages = dict[str, tuple[str, dict[str, Any]]]
CHILD, GROUP = UUID(int=91), UUID(int=92)
TODAY, NOW = date(2026, 11, 22), datetime(2026, 11, 22, 8, 25, tzinfo=UTC)
LINKS = ("rapport", "portfolio", "toestemming", "klopt-niet", "kopie", "inzage")


def contexts(word: Word = str) -> Pages:
    """These pages by a name of their own."""
    full, new, looks = full_child(word), new_child(word), _looks(word)
    me: dict[str, Any] = {"me": word("Ouder van Noor"), "places": [("/voor-wie", "Wie mag wat zien")]}
    both = me | {"shown": m.MyChildren(children=[full, new])}
    one = me | {"links": LINKS, "siblings": True}
    pages: Pages = {
        "my-children": ("pages/my_children.html", both),
        "my-child": ("pages/my_child.html", one | {"child": full}),
        "my-child-new": ("pages/my_child.html", me | {"child": new, "links": (), "siblings": False}),
        "my-looks-before": ("pages/my_looks.html", me | {"child": full, "looks": None}),
        "my-looks": ("pages/my_looks.html", me | {"child": full, "looks": looks}),
    }
    return pages


def full_child(word: Word = str) -> m.MyChild:
    """A child of whom there is something to tell in every part."""
    results = [_result(word, number) for number in range(len(WAYS))]
    lines = [
        m.WorkLine(subject=word("Rekenen"), goal=word(f"Delen met rest {went.value}"), days=2, went=went)
        for went in Went
    ]
    effort = m.Effort(starts_on=date(2026, 11, 16), is_this_week=True, days=4, home_days=1, lines=lines)
    away = [
        m.AwayLine(day=date(2026, 11, 3 + number), part=part, reason=reason)
        for number, (part, reason) in enumerate(zip([*AbsencePart, *AbsencePart], AbsenceReason, strict=False))
    ]
    return new_child(word).model_copy(
        update={
            "id": CHILD,
            "teachers": [word("Kim de Bruijn")],
            "proud": [m.ProudLine(on=date(2026, 11, 9), body=word("Bouwde een brug van kranten."))],
            "effort": effort,
            "results": results,
            "wellbeing": [m.ReleasedResult(**_said(word, number)) for number in (11, 12)],
            "compares": True,
            "has_guide": True,
            "goals": [
                m.GoalOfChild(body=word("Ik wil tafels kennen"), stated_on=TODAY, answer=answer, answer_body=word("Ja"))
                for answer in (*GoalAnswer, None)
            ],
            "agreed": [
                m.AgreedLine(body=word("Werkkaart op tafel"), owner=word("Kim"), due_on=TODAY, done_on=None),
                m.AgreedLine(body=word("Samen lezen"), owner=None, due_on=None, done_on=TODAY),
                m.AgreedLine(body=word("Rustige plek"), owner=None, due_on=None, done_on=None),
            ],
            "helps": [word("Eerst samen de eerste som.")],
            "in_class": [word("Mag een koptelefoon op.")],
            "away": away,
            "talks": [
                m.TalkLine(id=UUID(int=n), kind=kind, on=TODAY, at=time(15, 15) if n else None, is_held=n == 2)
                for n, kind in enumerate(TalkKind)
            ],
        }
    )


def new_child(word: Word = str) -> m.MyChild:
    """A child of whom nothing was shared yet."""
    return m.MyChild(
        id=UUID(int=93),
        name=word("Noor de Boer"),
        given_name=word("Noor"),
        group=word("6B"),
        group_id=GROUP,
        teachers=[],
        today=TODAY,
        proud=[],
        effort=None,
        results=[],
        wellbeing=[],
        compares=False,
        has_guide=False,
        goals=[],
        agreed=[],
        helps=[],
        in_class=[],
        away=[],
        talks=[],
    )


def _result(word: Word, number: int) -> m.ReleasedTest:
    way: Way = WAYS[number % len(WAYS)]
    levels = (m.Level(value="II", highest="I", lowest="V"), m.Level(value="op niveau", highest=None, lowest=None), None)
    return m.ReleasedTest(
        **_said(word, number),
        way=way,
        since=None if way == "unknown" else date(2026, 1, 20),
        level=levels[number % len(levels)],
    )


def _said(word: Word, number: int) -> dict[str, Any]:
    return {
        "id": UUID(int=100 + number),
        "subject": word(f"Rekenen {number}"),
        "name": word("Rekenen 3.0"),
        "taken_on": date(2026, 6, 9),
        "explanation": word("Deze toets laat zien wat uw kind al kan."),
        "is_asked": number == 2,
    }


def _looks(word: Word) -> m.MyLooks:
    lines = [
        m.MyLook(on=TODAY, who=word("Kim"), role=role, what=[word("blad")], first=NOW, last=NOW, times=number)
        for number, role in enumerate((word("leraar"), None), 1)
    ]
    return m.MyLooks(id=CHILD, given_name=word("Noor"), since=date(2025, 11, 22), looks=lines)
