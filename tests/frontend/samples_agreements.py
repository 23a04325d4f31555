"""Agreements and goals at their fullest: what the pages are tried with."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from api.schemas.agreements import AgreementPage, AgreementsPage, GoalPage, OpenAgreement
from api.schemas.talks import Colleague

Word = Callable[[str], str]
DAY = date(2026, 11, 22)
AGREED = "Zegt na de pauze zelf met een kaartje hoe het buiten ging en of er nog iets moet worden uitgepraat"


def contexts(word: Word = str) -> dict[str, tuple[str, dict[str, Any]]]:
    """What is open with the form, one agreement open and closed, and a goal that waits and was answered."""
    child, name, ground = UUID(int=9), word("Mohammed-Amin el Khattabi-van den Heuvel"), word("groep 6B")
    listed = AgreementsPage(
        id=child,
        name=name,
        ground=ground,
        open=[
            OpenAgreement(
                id=UUID(int=at), body=word(AGREED), agreed_on=DAY, owner=word("Kim"), due_on=DAY, is_overdue=at == 1
            )
            for at in (1, 2)
        ],
        may_write=True,
        colleagues=[Colleague(id=UUID(int=at), name=word("Juf Kim")) for at in (3, 4)],
        me=UUID(int=4),
        today=DAY,
        new_id=UUID(int=5),
        signal=word("quiet|nog niets|"),
    )
    one = AgreementPage(
        id=UUID(int=1),
        about=child,
        about_text=name,
        is_of_group=False,
        ground=ground,
        body=word(AGREED),
        agreed_on=DAY,
        owner=word("Kim"),
        due_on=DAY,
        is_open=True,
        done_on=None,
        outcome_text=None,
        outcome_body=None,
        may_write=True,
    )
    ended = {"is_open": False, "done_on": DAY, "outcome_text": word("anders gegaan"), "outcome_body": word("Samen.")}
    goal = GoalPage(
        id=UUID(int=2),
        about=child,
        about_text=name,
        ground=ground,
        body=word("Ik wil leren hoe je een brug bouwt die niet omvalt"),
        stated_on=DAY,
        answer_text=None,
        answer_body=None,
        answered_on=None,
        may_write=True,
    )
    answered = {"answer_text": word("deels"), "answer_body": word("na de kerst"), "answered_on": DAY}
    me = {"me": "Juf Kim", "problem": None, "typed": ""}
    wrong = me | {"problem": word("Schrijf ook waarom."), "typed": word("na de kerst")}
    typed = {"body": word(AGREED), "due": DAY}
    return {
        "agreements": ("pages/agreements.html", wrong | {"page": listed, "typed": typed, "asks_names": True}),
        "agreements-none": (
            "pages/agreements.html",
            me | {"page": listed.model_copy(update={"open": [], "may_write": False}), "typed": {}},
        ),
        "agreement": ("pages/agreement.html", wrong | {"page": one}),
        "agreement-ended": ("pages/agreement.html", me | {"page": one.model_copy(update=ended)}),
        "agreement-read": ("pages/agreement.html", me | {"page": one.model_copy(update={"may_write": False})}),
        "goal": ("pages/goal.html", wrong | {"page": goal}),
        "goal-answered": ("pages/goal.html", me | {"page": goal.model_copy(update=answered)}),
    }
