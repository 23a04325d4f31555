"""Pages of Bronnen, as the routes give them: full and empty, a file that goes in and files that do not."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from api.schemas import sources as s

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
NOW = datetime(2026, 11, 22, 7, 40, tzinfo=UTC)
ID = UUID(int=7)


def contexts(word: Word = str) -> Pages:
    """All these pages by a name of their own."""
    me = word("Wilma Kleijn")
    kinds = [s.KindOption(code="edexml", label="Leerlingadministratie"), s.KindOption(code="table:scol", label="SCOL")]
    good = s.Tried(
        id=ID, school_id=1, school="99KB00", file_name=word("scol.csv"), by=word("Wilma Kleijn"), at=NOW, kind=kinds[1],
        text="1.949 nieuw, 4 in quarantaine", changes=True, rejected=4, dropped_sensitive=2,
        remarks=[
            s.Remark(message=word("Dit leerlingnummer kennen we nog niet."), is_error=True, count=1204,
                     places=["regel 12", "regel 40"]),
            s.Remark(message=word("De codering is geraden."), is_error=False, count=1, places=[]),
        ],
    )  # fmt: skip
    same = good.model_copy(update={"changes": False, "text": "Precies dit bestand is al ingelezen.", "remarks": []})
    strange = good.model_copy(update={"refused": word("Er ontbreken 40 kinderen."), "needs_confirmation": True})
    unknown = good.model_copy(update={"kind": None, "refused": word("Dit bestand herkennen we niet.")})
    either = good.model_copy(update={"kind": None, "choices": kinds})
    full = _school(word, good)
    empty = s.SourcesOfSchool(id=ID, name=word("Duin"), sources=[], waiting=[], issues=0, proposals=0, history=[])
    page = {"me": me, "kinds": kinds, "problem": ""}
    aside, nothing = {"overgenomen": None, "terzijde": 2}, {"overgenomen": 0, "terzijde": None}
    file = {"me": me, "choices": kinds, "may_confirm": False}
    return {
        "sources": ("pages/sources.html", page | {"schools": [full], "taken": full.history[0]}),
        "sources-schools": ("pages/sources.html", page | {"schools": [empty, full], "taken": None}),
        "sources-problem": ("pages/sources.html", page | {"schools": [full], "taken": None, "problem": word("Kies.")}),
        "source-file": ("pages/source_file.html", file | {"tried": good}),
        "source-file-same": ("pages/source_file.html", file | {"tried": same}),
        "source-file-strange": ("pages/source_file.html", file | {"tried": strange, "may_confirm": True}),
        "source-file-for-directie": ("pages/source_file.html", file | {"tried": strange}),
        "source-file-unknown": ("pages/source_file.html", file | {"tried": unknown}),
        "source-file-either": ("pages/source_file.html", file | {"tried": either}),
        "quarantine": ("pages/quarantine.html", {"me": me, "done": aside, "waiting": [_issue(word)] * 3}),
        "quarantine-empty": ("pages/quarantine.html", {"me": me, "done": nothing, "waiting": []}),
        "who": ("pages/who.html", {"me": me, "problem": word("Al beantwoord."), "proposals": _proposals(word)}),
        "who-empty": ("pages/who.html", {"me": me, "problem": "", "proposals": []}),
    }  # fmt: skip


def _school(word: Word, tried: s.Tried) -> s.SourcesOfSchool:
    source = s.SourceState(
        school="99KB00", code="edexml", label=word("ESIS"), leads_roll=True, last_delivery=NOW, age="vanmorgen 07:40",
        is_stale=False, deliveries=3, pupils=1702, unlinked=0, open_issues=0,
    )  # fmt: skip
    behind = source.model_copy(
        update={"label": word("Snappet"), "leads_roll": False, "is_stale": True, "unlinked": 2, "open_issues": 41}
    )
    line = s.DeliveryLine(
        id=ID, source=word("ESIS"), file_name=word("edexml.xml"), received_at=NOW, by=word("Wilma"), text="3 nieuw"
    )
    return s.SourcesOfSchool(
        id=ID, name=word("De Vliet"), sources=[source, behind], waiting=[tried], issues=41, proposals=2,
        history=[line] * 9,
    )  # fmt: skip


def _issue(word: Word) -> s.WaitingIssues:
    return s.WaitingIssues(
        school="99KB00", source="scol", source_label=word("SCOL"), code="leerling_onbekend",
        message=word("Dit leerlingnummer kennen we nog niet."), count=12, places=["regel 12", "regel 13"],
        file_name=word("scol.csv"), received_at=NOW,
    )  # fmt: skip


def _proposals(word: Word) -> list[s.Proposal]:
    like = [s.Likeness(trait="geboortedatum", found="gelijk"), s.Likeness(trait="achternaam", found="deels gelijk")]
    one = s.Proposal(
        id=ID, source=word("Snappet"), said=word("Noor Ven, sleutel 17"), candidate=word("Noor van der Ven"),
        likeness=like, warning=word("de bron geeft nu een andere geboortedatum"), is_complete=True,
    )  # fmt: skip
    return [one, one, one.model_copy(update={"candidate": None, "likeness": [], "warning": "", "is_complete": False})]
