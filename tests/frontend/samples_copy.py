"""Accounts of parents with their letters, copies and corrections, as the routes give them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from api.schemas.copies import CopyItem, CopyLine, CopyPage, CopyReview
from api.schemas.corrections import CorrectionLine, CorrectionPage, MyCorrections, Thing
from api.schemas.parents import ParentAccounts, ParentLetter, ParentLine
from api.schemas.sheet import GroupLink
from models.vocabulary import CorrectionAnswer

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
NOW = datetime(2026, 11, 22, 8, 25, tzinfo=UTC)
CHILD, OTHER = UUID(int=9), UUID(int=12)


def contexts(word: Word) -> Pages:
    """Give each page of this ground with every kind of line on it."""
    parents = ParentAccounts(
        id=CHILD,
        name=word("6B"),
        of_group=True,
        parents=[
            _parent(word, "nog geen account", has_account=False),
            _parent(word, "brief gemaakt, de code geldt tot en met 6 december 2026", has_letter=True),
            _parent(word, "logt in, laatst gezien op 12 november 2026", has_begun=True),
            _parent(word, "geen gezag: geen account", has_custody=False, has_account=False),
        ],
        without_account=1,
        not_begun=1,
        ground="administratie",
    )
    letter = ParentLetter(
        name=word("Sanne de Boer"),
        children=[word("Noor"), word("Sam")],
        groups=["6B", "3A"],
        school=word("De Vliet"),
        login="boer.4821",
        code="K7QF-9MTA-22XY",
        expires_at=NOW,
        address="https://kindblad.example",
    )
    groups = [GroupLink(id=CHILD, name=word("6B"), members=28)]
    accounts: Pages = {
        "parents": ("pages/parents.html", {"groups": groups}),
        "parents_of": ("pages/parents_of.html", {"accounts": parents, "said": ""}),
        "parents_of_child": (
            "pages/parents_of.html",
            {
                "accounts": parents.model_copy(update={"of_group": False}),
                "said": word("Niemand heeft een brief nodig."),
            },
        ),
        "parent_letters": ("pages/parent_letters.html", {"letters": [letter, letter]}),
    }
    return accounts | _copies(word) | _corrections(word)


def line(word: Word, **more: Any) -> CopyLine:
    """One request for a copy; open unless said otherwise."""
    standing: dict[str, Any] = {"is_late": False, "is_open": True, "is_ready": False, "state": word("gevraagd")} | more
    return CopyLine(
        id=OTHER,
        pupil_id=CHILD,
        pupil=word("Noor van der Ven"),
        asked_at=NOW,
        due_on=date(2026, 12, 22),
        **({"guardian": word("Sanne de Boer")} | standing),
    )


def _copies(word: Word) -> Pages:
    decided = line(word, is_open=False, is_ready=True, ends_at=NOW, left_out=2, reason=word("Dat gaat over een ander."))
    review = CopyReview(
        request=line(word, is_late=True),
        items=[
            _item(word, "a", ""),
            _item(word, "b", "others", speaks_of="een ander kind"),
            _item(word, "c", "?", is_shielded=True),
        ],
        grounds={"others": "er staat iets in over iemand anders", "child": "het belang van uw kind"},
        counts={"Verzuim": 12, "Uitslagen": 80},
    )
    return {
        "copy_request": ("pages/copy_request.html", {"request": line(word), "problem": ""}),
        "copy_decided": ("pages/copy_request.html", {"request": decided, "problem": word("Al besloten.")}),
        "copy_review": (
            "pages/copy_review.html",
            {"review": review, "problem": word("Kies eerst."), "kept": {"a": "child"}, "reason": word("Daarom.")},
        ),
    }


def _corrections(word: Word) -> Pages:
    waits = _disputed(word)
    answered = _disputed(word, is_open=False, answer=word("niet gewijzigd"), answer_body=word("Wij vroegen het Noor."))
    things = [
        Thing(key="birth", kind="identity", group="Gegevens", words=word("Geboren op 1 mei 2017")),
        Thing(key="goal:1", kind="goals", group="Doelen", words=word("Ik wil voorlezen.")),
    ]
    mine = MyCorrections(id=CHILD, name=word("Noor"), things=things, chosen="goal:1", lines=[waits, answered])
    own = {
        "may_ask": True,
        "requests": [
            line(word, guardian=None),
            line(word, guardian=None, is_open=False, is_ready=True, ends_at=NOW, left_out=1, reason=word("Daarom.")),
            line(word, guardian=None, is_open=False, ends_at=NOW),
        ],
    }
    copies = CopyPage(id=CHILD, name=word("Noor"), **own)
    page = CorrectionPage(line=waits, may_answer=True, ground="IB")
    answers = list(CorrectionAnswer)
    return {
        "my_copy": ("pages/my_copy.html", {"copies": copies, "problem": word("Nog niet.")}),
        "my_corrections": ("pages/my_corrections.html", {"mine": mine, "problem": word("Kies."), "body": word("Nee.")}),
        "corrections": ("pages/corrections.html", {"lines": [waits, answered]}),
        "corrections-none": ("pages/corrections.html", {"lines": [waits]}),
        "correction": ("pages/correction.html", {"shown": page, "answers": answers, "problem": word("Schrijf.")}),
        "correction-answered": (
            "pages/correction.html",
            {"shown": page.model_copy(update={"line": answered}), "answers": answers, "problem": ""},
        ),
        "correction-teacher": (
            "pages/correction.html",
            {"shown": page.model_copy(update={"may_answer": False}), "answers": answers, "problem": ""},
        ),
    }


def _disputed(word: Word, **more: Any) -> CorrectionLine:
    standing: dict[str, Any] = {"is_open": True, "is_late": True} | more
    return CorrectionLine(
        id=OTHER,
        pupil_id=CHILD,
        pupil=word("Noor van der Ven"),
        guardian=word("Sanne de Boer"),
        about=word("Ik wil voorlezen."),
        kind="eigen doelen",
        body=word("Dat zei Noor niet."),
        asked_at=NOW,
        due_on=date(2026, 12, 22),
        answered_at=None if standing["is_open"] else NOW,
        **standing,
    )


def _item(word: Word, key: str, ground: str, **more: Any) -> CopyItem:
    standing: dict[str, Any] = {"speaks_of": "", "is_shielded": False} | more
    return CopyItem(
        key=key,
        title="Notities en observaties",
        when="12 november 2026",
        who=word("Kim"),
        text=word("Noor las voor aan de kleuters."),
        ground=ground,
        **standing,
    )


def _parent(word: Word, state: str, **more: bool) -> ParentLine:
    standing = {"has_custody": True, "has_account": True, "has_begun": False, "has_letter": False} | more
    return ParentLine(
        id=OTHER, name=word("Sanne de Boer"), children=[word("Noor")], child_id=CHILD, state=word(state), **standing
    )
