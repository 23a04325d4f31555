"""Talks as the routes give them: the lists, planning, prepared, at the table, and the report."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from api.schemas import talks as t
from api.schemas.sheet import Sheet
from models.vocabulary import AgreementOutcome, SupportKind

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
TODAY = date(2026, 11, 23)
CHILD, GROUP, TALK = UUID(int=9), UUID(int=70), UUID(int=900)
STATES: tuple[tuple[t.State, str], ...] = (
    ("running", "nu bezig"), ("planned", "gepland"), ("ended", "gehouden"), ("cancelled", "afgezegd")
)  # fmt: skip


def contexts(sheet: Sheet, word: Word = str) -> Pages:
    """These pages by a name of their own."""
    me = word("Annet van Rijswijk")
    lines = [_line(word, at) for at in range(4)]
    people = [t.Colleague(id=UUID(int=at), name=word(name)) for at, name in enumerate(("Kim", "Annet"))]
    promised = t.Promise(id=UUID(int=50), child=CHILD, name=word("Noor van der Ven"), group=word("groep 6B"),
                         body=word("Ouders bellen"), when="over tijd, vóór 12 nov", is_overdue=True)  # fmt: skip
    listed = t.TalkList(to_come=lines[:2], held=lines[2:3] * 14, groups=people, promises=[promised] * 9)
    group = t.Planning(
        id=GROUP, about=word("groep 6B"), ground=word("IB"), may_plan=True, may_wish=False,
        proposals=[
            t.ProposalLine(id=UUID(int=30 + at), name=word("Noor van der Ven"), is_asked=not at, reasons=[
                word("Kim de Bruijn wil dit bespreken: Noor klapt dicht bij rekenen."),
                word("Noor ligt met rekenen twee metingen onder haar eigen lijn."),
            ])
            for at in range(3)
        ],
        others=[t.Colleague(id=UUID(int=40), name=word("Sem"))], colleagues=people, chosen=[people[0].id],
        talks=lines, last=word("Laatst besproken op 12 mrt 2026."),
    )  # fmt: skip
    wishes = [t.WishLine(id=UUID(int=at), by=word("Kim"), body=word("Rust"), on=TODAY, is_mine=not at) for at in (0, 1)]
    child = group.model_copy(
        update={"id": CHILD, "about": word("Noor van der Ven"), "may_wish": True, "wishes": wishes, "proposals": []}
    )
    reader = child.model_copy(update={"may_plan": False, "may_wish": False, "wishes": [], "talks": [], "last": None})
    planned, running = _talk(word, "planned"), _talk(word, "running")
    of_group = {"child_id": None, "about": word("groep 6B"), "children": [_said(word, CHILD), _said(word, GROUP, 0)]}
    prepared: dict[str, Any] = {"me": me, "sheet": sheet, "said": t.Said(), "outcomes": list(AgreementOutcome)}
    prepared |= dict.fromkeys(("pane", "problem", "typed", "text"))
    text = t.TableText(version=1, sees=word("Noor tekent de som"), child_says="")
    lost: dict[str, Any] = {"text": text, "said": t.Said(helps="Tekenen"), "problem": word("Intussen schreef iemand.")}
    pane = t.TablePane(id=CHILD, name=word("Noor"), said=_said(word, CHILD), earlier=running.earlier)
    groups: dict[str, Any] = {"page": group, "problem": None, "today": TODAY, "me": me}
    return {
        "talks": ("pages/talks.html", {"me": me, "page": listed}),
        "talks-none": ("pages/talks.html", {"me": me, "page": t.TalkList(to_come=[], held=[], groups=[], promises=[])}),
        "talk-group": ("pages/talk_group.html", groups),
        "talk-child": ("pages/talk_child.html", groups | {"page": child, "signal": word("a|b"), "typed": word("Rust")}),
        "talk-child-reader": ("pages/talk_child.html", groups | {"page": reader, "signal": "", "typed": ""}),
        "talk-planned": ("pages/talk.html", prepared | {"talk": planned}),
        "talk-planned-group": (
            "pages/talk.html",
            prepared | {"talk": planned.model_copy(update=of_group), "sheet": None},
        ),
        "talk-running": ("pages/talk.html", prepared | {"talk": running}),
        "talk-meanwhile": ("pages/talk.html", prepared | lost | {"talk": running}),
        "talk-running-group": (
            "pages/talk.html",
            prepared | {"talk": running.model_copy(update=of_group), "sheet": None},
        ),
        "talk-pane": ("pages/talk.html", prepared | {"talk": running.model_copy(update=of_group), "pane": pane}),
        "talk-report": ("pages/talk_report.html", {"me": me, "talk": _talk(word, "ended")}),
        "talk-report-group": (
            "pages/talk_report.html",
            {"me": me, "talk": _talk(word, "ended").model_copy(update=of_group)},
        ),
    }


def _line(word: Word, at: int) -> t.TalkLine:
    state, text = STATES[at]
    return t.TalkLine(
        id=UUID(int=900 + at), about=word("Noor van der Ven"), group=word("6B"), on=TODAY, at=time(14, 30),
        question=word("Hoe helpen we bij rekenen?"), state=state, state_text=text,
        to_do="schrijf uw blik" if state == "planned" else None,
    )  # fmt: skip


def _said(word: Word, child: UUID | None, number: int = 1) -> t.ChildSaid:
    return t.ChildSaid(
        id=child, name=word("Noor van der Ven"), asked=[word("Kim: klapt dicht")],
        helps=[_point(word, SupportKind.HELPS)] * number, hinders=[_point(word, SupportKind.HINDERS)] * number,
        agreements=[_agreement(word, None)] * number,
    )  # fmt: skip


def _point(word: Word, kind: SupportKind) -> t.PointSaid:
    return t.PointSaid(id=UUID(int=500 + len(kind)), kind=kind, body=word("Eerst samen een voorbeeld doen"))


def _agreement(word: Word, outcome: AgreementOutcome | None) -> t.AgreementSaid:
    return t.AgreementSaid(
        id=UUID(int=600), body=word("Elke dag vijf minuten tafels"), owner=word("Kim"), due_on=TODAY, agreed_on=TODAY,
        outcome=outcome, outcome_text=outcome.label if outcome else None,
        outcome_body=word("Lukte") if outcome else None,
    )  # fmt: skip


def _talk(word: Word, state: t.State) -> t.TalkPage:
    begun = datetime(2026, 11, 23, 13, 30, tzinfo=UTC) if state != "planned" else None
    view = t.ViewLine(
        by=word("Kim"), strengths=word("Helpt anderen"), concerns=word("Klapt dicht"), wish=word("Rust"), is_ready=False
    )
    people = [
        t.Participant(id=UUID(int=at), name=word("Kim"), is_me=not at, is_ready=bool(at), may_leave=bool(at))
        for at in (0, 1)
    ]
    return t.TalkPage(
        id=TALK, about=word("Noor van der Ven"), child_id=CHILD, group_id=GROUP, group=word("6B"), state=state,
        on=TODAY, at=time(14, 30), question=word("Hoe helpen we?"), planned_by=word("Annet"), started_at=begun,
        ended_at=begun if state == "ended" else None, participants=people, mine=view,
        views=[view, view.model_copy(update={"strengths": "", "concerns": "", "wish": ""})] if begun else None,
        sees=word("Ze telt op haar vingers."), child_says=word("Ik snap het als jij het voordoet."), version=3,
        said=_said(word, CHILD), children=[],
        earlier=[_agreement(word, None), _agreement(word, AgreementOutcome.OTHERWISE)], ground=word("IB"), today=TODAY,
        may_plan=state == "planned", may_write=state == "running", may_write_view=state == "planned",
        may_begin=state == "planned", colleagues=[t.Colleague(id=UUID(int=at), name=word("Kim")) for at in (0, 1, 2)],
        members=[t.Colleague(id=UUID(int=77), name=word("Sem"))],
    )  # fmt: skip
