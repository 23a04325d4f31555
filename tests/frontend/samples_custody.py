"""Pages of custody, contact, requests, the emergency card and access for a reason, as the routes give them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from api.schemas.custody import (
    ContactLine,
    ContactPage,
    CustodyLine,
    CustodyPage,
    Extract,
    GuardianCustody,
    RequestLine,
)
from api.schemas.emergency import EmergencyNumber, EmergencyPage, KindChoice, Notice, ReasonPage, UseLine
from api.schemas.people import PupilLink
from api.schemas.sheet import Sheet
from api.services.requests import OFFERED
from models.vocabulary import Custody, CustodyEvidence, EmergencyReason, RefusalGround

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
NOW = datetime(2026, 11, 22, 8, 25, tzinfo=UTC)
DAY = date(2026, 11, 22)
CHILD, OTHER = UUID(int=9), UUID(int=12)


def notices(word: Word) -> list[Notice]:
    """What waits for directie, with one that is late."""
    return [
        Notice(
            text=word("Noodjournaal: 2 inzages staan nog niet in het logboek."), link="/nood/journaal", is_urgent=True
        ),
        Notice(text=word("1 verzoek van een ouder zonder gezag wacht op uw besluit."), link="/verzoeken"),
    ]


def contexts(sheet: Sheet, word: Word = str) -> Pages:
    """All these pages by a name of their own."""
    me = word("Kim de Bruijn")
    child = PupilLink(id=CHILD, name=word("Noor van der Ven"), sort_name="", group=word("6B"))
    custody = CustodyPage(
        id=CHILD, name=word("Noor van der Ven"), version=2, ground="administratie",
        guardians=[_guardian(word, at) for at in range(2)], requests=[_request(word)],
    )  # fmt: skip
    contact = ContactPage(
        id=CHILD, name=word("Noor van der Ven"), ground="directie", is_own=False,
        guardians=[
            ContactLine(
                name=word("Dennis van der Ven"), relation="vader", custody="gezag", secret=True,
                phone=word("06-00627441"), email=word("ouder64@ouders.example"),
            ),
            ContactLine(name=word("Bianca Spaans"), relation="moeder"),
        ],
    )  # fmt: skip
    card = EmergencyPage(
        id=CHILD, name=word("Noor van der Ven"), group=word("6B"), ground=word("reden 1"), is_open=True, can_write=True,
        body=word("Bij benauwdheid: blauwe pufje, twee keer. Na vijf minuten niet beter: 112."),
        written=word("Marjan de Wit, 12 nov 15:20"), version=1, hidden=1,
        numbers=[EmergencyNumber(name=word("Bianca Spaans"), relation="moeder", phone=word("06-00306009"))] * 2,
    )  # fmt: skip
    closed = card.model_copy(update={"is_open": False, "can_write": False, "numbers": []})
    reason = ReasonPage(
        id=CHILD, name=word("Noor van der Ven"), group=word("6B"), is_urgent=True, needs_password=True,
        kinds=[KindChoice(value="wellbeing", label="welbevinden"), KindChoice(value="notes", label="notities")],
    )  # fmt: skip
    mine = _use(word, is_late=False)
    line = {"at": NOW, "account_id": 7, "pupil_id": 9, "ground": word("met reden")}
    wrong = word("Schrijf in een paar woorden waarom.")
    lists = {"choices": list(Custody), "evidences": list(CustodyEvidence), "today": DAY, "problem": word("Gewijzigd.")}
    asked = {"offered": list(OFFERED), "grounds": list(RefusalGround), "problem": word("Kies een grond.")}
    granted = _request(word).model_copy(
        update={"is_open": False, "can_be_opened": True, "kinds": [word("verzuim")], "decision": word("grond"),
                "reason": word("Omdat het mag.")}
    )  # fmt: skip
    extract = Extract(request=granted, school=word("De Vliet"), sheet=sheet, opened_at=NOW, absences=3)
    return {
        "custody": ("pages/custody.html", {"me": me, "custody": custody} | lists),
        "contact": ("pages/contact.html", {"me": me, "contact": contact}),
        "contact-own": ("pages/contact.html", {"me": me, "contact": contact.model_copy(update={"is_own": True})}),
        "requests": ("pages/requests.html", {"me": me, "requests": [_request(word), granted], "copies": []}),
        "request": ("pages/request.html", {"me": me, "request": _request(word)} | asked),
        "request-decided": ("pages/request.html", {"me": me, "request": granted} | asked),
        "extract": ("pages/extract.html", {"me": me, "extract": extract}),
        "emergency": ("pages/emergency.html", {"me": me, "sought": word("no"), "found": [child] * 3}),
        "emergency-none": ("pages/emergency.html", {"me": me, "sought": word("xx"), "found": []}),
        "emergency-card": ("pages/emergency_card.html", {"me": me, "card": card, "problem": word("Gewijzigd.")}),
        "emergency-closed": ("pages/emergency_card.html", {"me": me, "card": closed, "problem": None}),
        "emergency-journal": ("pages/emergency_journal.html", {"me": me, "lines": [line] * 2}),
        "reasons": (
            "pages/reasons.html",
            {"me": me, "name": word("Noor"), "home": word("6B"), "found": [child], "opened": [mine]},
        ),
        "reason": (
            "pages/reason.html", {"me": me, "child": reason, "reasons": list(EmergencyReason), "problem": wrong}
        ),
        "reason-uses": (
            "pages/reason_uses.html",
            {"me": me, "uses": [_use(word, is_late=True), _use(word, is_late=False)], "problem": wrong},
        ),
        "start-notices": (
            "pages/start.html",
            {"me": me, "groups": [], "children": [], "notices": notices(word), "without_custody": [word("De Vliet")],
             "has_task": True},
        ),
    }  # fmt: skip


def _guardian(word: Word, at: int) -> GuardianCustody:
    return GuardianCustody(
        id=UUID(int=20 + at), name=word("Bianca Spaans"), relation="moeder", custody="gezag", has_custody=not at,
        since=word("sinds 3 november 2026"), proof=word("uitspraak van de rechter, Els, 3 nov 12:00"), is_proven=not at,
        planned=word("Vanaf 1 januari 2027: geen gezag."), contradiction=word("Het bestand zegt: geen gezag."),
        is_secret=bool(at),
        history=[
            CustodyLine(since=word("3 nov"), text="gezag", proof="rechter", recorded=word("Els"), remark=word("C/09"))
        ],
    )  # fmt: skip


def _request(word: Word) -> RequestLine:
    return RequestLine(
        id=OTHER, pupil_id=CHILD, pupil=word("Sem Bakker"), guardian=word("Sander Bakker"),
        question=word("Hoe gaat het met rekenen?"), asked_on=DAY, due_on=DAY, is_late=True,
        state=word("wacht op besluit"), is_open=True, can_be_opened=False, kinds=[],
    )  # fmt: skip


def _use(word: Word, *, is_late: bool) -> UseLine:
    return UseLine(
        id=OTHER, who=word("Marloes Blom"), child=word("Noor van der Ven"), child_id=CHILD, kind="noodkaart",
        reason="er is nu iets aan de hand", explanation=word("Viel op het plein."), opened_at=NOW, ends_at=NOW,
        is_open=not is_late, is_late=is_late, can_judge=is_late, verdict=None if is_late else word("in orde, Annet"),
    )  # fmt: skip
