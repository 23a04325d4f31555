"""The studiewijzer and announcements as their routes give them: to read, to write, empty, with a problem."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from api.problem import ForPeopleError
from api.schemas import announcements as n
from api.schemas import studyguide as s
from models.rules.own_work import Went

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
GROUP = UUID(int=81)


def contexts(word: Word = str) -> Pages:
    """These pages by a name of their own."""
    me = {"me": word("Kim de Bruijn")}
    full, edited, news = _page(word), _editor(word), _news(word)
    parent = full.model_copy(update={"is_staff": False})
    empty = full.model_copy(update={"week": None, "work": [], "weeks": []})
    shown = me | {"lines": edited.lines, "problem": None, "asks_names": False, "shared": True}
    wrong = shown | {"problem": ForPeopleError(word("De link kan zo niet.")), "asks_names": True, "shared": False}
    typed = {"title": word("Kop"), "body": word("Tekst"), "group": "", "shown_from": "", "shown_until": ""}
    read = edited.model_copy(update={"may_write": False})
    return {
        "study-week": ("pages/study_week.html", me | {"page": parent}),
        "study-week-staff": ("pages/study_week.html", me | {"page": full}),
        "study-week-empty": ("pages/study_week.html", me | {"page": empty}),
        "study-editor": ("pages/study_editor.html", shown | {"page": edited}),
        "study-editor-wrong": ("pages/study_editor.html", wrong | {"page": edited}),
        "study-editor-to-read": ("pages/study_editor.html", shown | {"page": read}),
        "study-editor-nothing": (
            "pages/study_editor.html",
            shown | {"lines": [], "page": read.model_copy(update={"lines": []})},
        ),
        "announcements": ("pages/announcements.html", me | {"page": news, "problem": None, "form": typed}),
        "announcements-wrong": (
            "pages/announcements.html",
            me | {"page": news, "problem": wrong["problem"], "form": typed},
        ),
        "announcements-parent": (
            "pages/announcements.html",
            me | {"page": news.model_copy(update={"may_write": False}), "problem": None, "form": typed},
        ),
        "announcements-none": (
            "pages/announcements.html",
            me | {"page": news.model_copy(update={"announcements": []}), "problem": None, "form": typed},
        ),
    }


def _line(word: Word, number: int) -> s.StudyLineView:
    return s.StudyLineView(
        subject=word("rekenen"),
        goal=word("Breuken vergelijken met dezelfde noemer en daarna met een andere"),
        approach=word("met strookjes van papier, eerst leggen en dan pas rekenen"),
        words=word("teller, noemer, gelijkwaardig"),
        at_home=word("Snijd een appel of een boterham. Welk deel eet jij, welk deel ik?"),
        link="https://schooltv.nl/video/breuken" if number % 2 else "",
        host="schooltv.nl" if number % 2 else "",
        why=word("nieuw, 21 kinderen werkten eraan"),
        objective=word("Breuken vergelijken"),
    )


def _weeks(word: Word) -> list[s.WeekLink]:
    return [
        s.WeekLink(
            code=f"2026-W{week}",
            words=word(f"week {week}"),
            number=week,
            first=date(2026, 11, 23),
            last=date(2026, 11, 27),
            is_here=week == 48,
            is_published=week < 48,
        )
        for week in range(48, 40, -1)
    ]


def _page(word: Word) -> s.StudyPage:
    return s.StudyPage(
        id=GROUP,
        group=word("6B"),
        week=s.StudyWeekView(
            code="2026-W48",
            words=word("week 48, 23 tot en met 27 november"),
            number=48,
            first=date(2026, 11, 23),
            last=date(2026, 11, 27),
            intro=word("Deze week begint het project over water."),
            film="https://youtube.com/watch?v=1",
            film_host="youtube.com",
            lines=[_line(word, number) for number in range(7)],
        ),
        work=[
            s.OwnWork(
                id=UUID(int=9),
                name=word("Noor van der Ven"),
                called=word("Noor"),
                days=4,
                home_days=1,
                answers=132,
                goals=[_goal(word, went) for went in Went],
                more=2,
            ),
            s.OwnWork(id=UUID(int=10), name=word("Sem van der Ven"), called=word("Sem")),
        ],
        weeks=_weeks(word),
        is_staff=True,
    )


def _goal(word: Word, went: Went) -> s.GoalWorkView:
    return s.GoalWorkView(subject=word("Rekenen"), goal=word("Breuken vergelijken"), answers=40, days=1, went=went)


def _editor(word: Word) -> s.EditorPage:
    return s.EditorPage(
        id=GROUP,
        group=word("6B"),
        code="2026-W48",
        words=word("week 48, 23 tot en met 27 november"),
        state="published",
        state_text=word("ouders zien deze week sinds 23 nov 08:10"),
        from_text=word("Een voorstel uit het oefenplatform."),
        may_write=True,
        intro=word("Deze week begint het project over water."),
        film="https://youtube.com/watch?v=1",
        film_host="youtube.com",
        shows_practice=True,
        lines=[_line(word, number) for number in range(7)],
        seen="2026-11-23T08:10:00+00:00",
        weeks=_weeks(word),
        can_copy=True,
        ground=word("groep 6B"),
    )


def _news(word: Word) -> n.AnnouncementsPage:
    line = n.AnnouncementLine(
        id=UUID(int=11),
        group=word("6B"),
        title=word("Schoenen voor de gymles"),
        body=word("Wilt u gymschoenen meegeven?\nDank u wel."),
        shown_from=date(2026, 11, 23),
        shown_until=date(2026, 12, 7),
        author=word("Kim de Bruijn"),
        may_end=True,
    )
    school = line.model_copy(update={"id": UUID(int=12), "group": "", "author": "", "may_end": False})
    return n.AnnouncementsPage(
        announcements=[line, school],
        groups=[n.GroupChoice(id=GROUP, name=word("6B"))],
        may_write=True,
        may_write_to_school=True,
        until=date(2026, 12, 7),
    )
