"""Pages of how long what is kept, what goes, and the school in figures, as the routes give them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from api.schemas import figures as f
from api.schemas import retention as r
from models.vocabulary import Destination, HoldReason

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
NOW = datetime(2026, 11, 22, 8, 25, tzinfo=UTC)
DAY = date(2026, 11, 22)


def contexts(word: Word = str) -> Pages:
    """All these pages by a name of their own."""
    me = word("Annet van Rijswijk")
    choices = {"destinations": list(Destination), "reasons": list(HoldReason), "today": DAY}
    full = _school(word, 1)
    second = _school(word, 2).model_copy(update={"plan": _plan(word, may_approve=False)})
    calm = full.model_copy(
        update={"overdue": None, "plan": None, "doubtful": [], "returned": [], "away": [], "holds": [], "proof": []}
    )
    table = _table(word)
    figures = f.SchoolFigures(school=word("De Vliet"), tables=[table], remark=word("Vijf of minder: niet getoond."))
    too_few = figures.model_copy(update={"tables": []})
    rule = r.RuleLine(
        label=word("toetsen"), what=word("alle metingen van het leerlingvolgsysteem"), period=word("2 jaar"),
        start=word("na uitschrijving"), ground=word("Voor het onderwijs aan het kind (AVG, artikel 6)."),
        status=word("gangbare termijn"), own=[word("De Vliet: 1 jaar")],
    )  # fmt: skip
    return {
        "periods": ("pages/periods.html", {"me": me, "rules": [rule] * 4, "may_decide": True}),
        "periods-for-readers": ("pages/periods.html", {"me": me, "rules": [rule], "may_decide": False}),
        "keeping": ("pages/keeping.html", choices | {"me": me, "schools": [full], "problem": word("Kies een dag.")}),
        "keeping-schools": ("pages/keeping.html", choices | {"me": me, "schools": [full, second], "problem": None}),
        "keeping-calm": ("pages/keeping.html", choices | {"me": me, "schools": [calm], "problem": None}),
        "figures": ("pages/figures.html", {"me": me, "schools": [figures]}),
        "figures-schools": ("pages/figures.html", {"me": me, "schools": [figures, too_few]}),
    }


def _plan(word: Word, *, may_approve: bool) -> r.PlanView:
    gone = r.ClassLine(label=word("toetsen"), rows=41, since=DAY)
    child = r.ChildLine(
        id=UUID(int=1), name=word("Sem Bakker"), left_on=DAY, destination=word("naar een andere school"),
        classes=[gone] * 2,
    )  # fmt: skip
    return r.PlanView(
        digest="a1b2", as_of=DAY, made_by=word("Annet van Rijswijk"), made_at=NOW, status="wacht op akkoord",
        is_approved=False, approved_by=word("Marjan Hofstede"), may_approve=may_approve, children=[child] * 3,
        practice_before=DAY, practice_rows=1,
    )  # fmt: skip


def _school(word: Word, number: int) -> r.SchoolKeeping:
    leaver = r.Leaver(id=UUID(int=2), name=word("Sem Bakker"), last_day=DAY, remark=word("staat er niet meer in"))
    hold = r.HoldLine(id=UUID(int=3), name=word("Sem Bakker"), reason=word("klacht"), ends_on=DAY, placed_by=word("A"))
    return r.SchoolKeeping(
        id=number, name=word("De Vliet"), overdue=word("Een plan wacht langer dan een maand."),
        plan=_plan(word, may_approve=True), doubtful=[leaver] * 2, doubtful_count=5, returned=[leaver], away=[leaver],
        holds=[hold], proof=[r.ProofLine(at=NOW, text=word("4 kinderen, 812 regels"))], is_head=True,
    )  # fmt: skip


def _table(word: Word) -> f.FigureTable:
    columns = [word("Groep"), "kinderen", "boven eigen lijn", "in eigen lijn", "onder eigen lijn"]
    rows = [f.FigureRow(name=word(f"{at}A"), values=["28", "12%", None, "20%"]) for at in range(1, 9)]
    total = f.FigureRow(name="De school", values=["224", "12%", "68%", "20%"])
    return f.FigureTable(title=word("Groei in toetsen"), columns=columns, rows=rows, total=total, basis=word("Cito"))
