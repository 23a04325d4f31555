"""Pages about what a school registers, as the routes give them; made from the catalogue itself."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from api.schemas import registrations as r
from api.services.registrations.detail import ItemDetail, fact_choices
from api.services.registrations.items import State, compose_item
from models.catalogue import catalogue
from models.vocabulary import Cadence, Counted, Doer, Ruling, Stakeholder, Voice

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
NOW = datetime(2026, 11, 22, 8, 25, tzinfo=UTC)
DAY = date(2026, 11, 22)
UID = UUID(int=77)


def contexts(word: Word = str) -> Pages:
    """All these pages by a name of their own."""
    me = word("Annet van Rijswijk")
    page = _page(word)
    school = SimpleNamespace(uid=UID, name=word("De Vliet"))
    lines = [
        r.RoundLine(id=UID, title=word("Wat kan weg?"), closes_on=DAY, is_open=not at, items=40) for at in range(2)
    ]
    empty = page.model_copy(
        update={"items": [], "choices": [r.Choice(code="alles", label="alles", count=0, is_on=True)]}
    )
    log = r.DecisionPage(school=UID, name=word("De Vliet"), as_of=DAY, lines=[_decision(word)] * 2)
    round_ = _round(word)
    groups = _purposes(word)
    return {
        "registrations": ("pages/registrations.html", {"me": me, "page": page, "problem": None}),
        "registrations-empty": ("pages/registrations.html", {"me": me, "page": empty, "problem": None}),
        "registrations-schema": ("pages/registrations_schema.html", {"me": me, "page": page, "paper": "a3"}),
        "registrations-rest": (
            "pages/registrations_rest.html",
            {"me": me, "school": UID, "items": page.items, "facts": fact_choices()},
        ),
        "registrations-purposes": (
            "pages/registrations_purposes.html",
            {"me": me, "school": school, "groups": groups, "may_decide": True},
        ),
        "registration": (
            "pages/registration.html",
            {"me": me, "page": _detail(word), "problem": word("Kies een dag.")},
        ),
        "registration-rounds": (
            "pages/registration_rounds.html",
            {"me": me, "school": school, "rounds": lines, "items": page.items, "today": DAY, "may_decide": True},
        ),
        "registration-round": (
            "pages/registration_round.html",
            {"me": me, "page": round_, "address": "https://kindblad.school.example"},
        ),
        "registration-ballot": (
            "pages/registration_ballot.html",
            {"ballot": _ballot(word), "action": "/meepraten/lijst"},
        ),
        "registration-door": (
            "pages/registration_door.html",
            {"problem": word("Deze code kennen we niet."), "under_way": word("Wat kan weg?")},
        ),
        "registration-thanks": ("pages/registration_thanks.html", {"ballot": _ballot(word)}),
        "registration-log": ("pages/registration_log.html", {"me": me, "page": log, "only_gone": False}),
        "registration-inspection": ("pages/registration_log.html", {"me": me, "page": log, "only_gone": True}),
        "registration-follow": ("pages/registration_follow.html", {"me": me, "page": _follow(word)}),
        "registration-wishes": ("pages/registration_wishes.html", {"me": me, "page": _wishes(word)}),
    }


def _items(word: Word) -> list[r.AuditItem]:
    state = State(1, DAY, [], {}, {}, {}, [])
    chosen = (
        "aanwezigheid",
        "leerlingvolgsysteem",
        "groepsplan",
        "medisch",
        "incidenten",
        "leraarvragenlijst",
        "opp-duo",
    )
    made = [compose_item(catalogue().items[code], None, state) for code in chosen]
    own = made[2].model_copy(
        update={"name": word("Logboek leesplan"), "what": word("wat er gelezen is"), "standing": None}
    )
    return [
        item.model_copy(
            update={
                "id": UID,
                "work": [_work(word)] if at % 2 else [],
                "decision": _decision(word) if at == 2 else None,
            }
        )
        for at, item in enumerate([*made, own])
    ]


def _work(word: Word) -> r.WorkLine:
    return r.WorkLine(
        id=UID, doer=Doer.TEACHER, who="leraar", system=word("ESIS"), times=2, cadence=Cadence.WEEK, amount=28,
        counted=Counted.GROUP, low=3, high=6, runs=2, often="2 keer per week, 28 groepen",
        each="3 tot 6 minuten per keer, 2 keer gemeten", hours="112 tot 224 uur", hours_low=112, hours_high=224,
    )  # fmt: skip


def _decision(word: Word) -> r.DecisionLine:
    return r.DecisionLine(
        id=UID, item=UID, name=word("Groepsplan"), ruling=Ruling.GO, ruling_text="weg",
        reason=word("Niemand leest het."),
        stays=word("Zicht op vorderingen."), grounds=word("niet verplicht"), stops_on=DAY, review_on=DAY, is_due=True,
        by=word("Annet van Rijswijk"), decided_at=NOW, decided_on=DAY, hours="112 tot 224 uur",
    )  # fmt: skip


def _page(word: Word) -> r.AuditPage:
    codes = ("alles", "moet", "wens", "weg", "uitzoeken")
    return r.AuditPage(
        school=UID, name=word("De Vliet"), others=[r.LinkRef(name=word("De Duin"), address="/registraties?school=1")],
        choices=[r.Choice(code=code, label=code, count=8, is_on=not at) for at, code in enumerate(codes)],
        chosen="alles",
        items=_items(word), sums=[r.RoleSum(who="leraar", a_year="448 tot 896 uur", a_week="11 tot 22 uur")],
        total="448 tot 896 uur", total_week="11 tot 22 uur", unknown=4, given_back="112 tot 224 uur",
        published=[r.PublishedLine(text="5,7 uur per week: administratie (AOb, 2017)", certainty="gelezen")],
        as_of=DAY, may_work=True, may_decide=True,
        open_rounds=[r.LinkRef(name=word("Wat kan weg?"), address="/registraties/stem/1")], doubles=2, due=1,
    )  # fmt: skip


def _purposes(word: Word) -> list[r.PurposeGroup]:
    def lines(first: int) -> list[r.PurposeLine]:
        body = word("blij naar school en blij thuis")
        return [r.PurposeLine(id=UUID(int=first + at), body=body, is_served=not at) for at in range(2)]

    return [
        r.PurposeGroup(stakeholder=one, label=one.label, lines=lines(100 * at)) for at, one in enumerate(Stakeholder)
    ]


def _voices(word: Word) -> list[r.VoiceCount]:
    return [
        r.VoiceCount(
            voice=voice, label=voice.label, must=at, wish=1, go=2, unclear=0, words="wens 1, weg 2",
            reasons=[word("weg: dit kost me elke week een middag")] if at else [],
        )
        for at, voice in enumerate(Voice)
    ]  # fmt: skip


def _detail(word: Word) -> ItemDetail:
    return ItemDetail(
        id=UID, school=UID, item=_items(word)[3], evidence=[],
        facts=fact_choices(["note:observation"]), purposes=_purposes(word), voices=_voices(word),
        decisions=[_decision(word)], may_work=True, may_decide=True, today=DAY, review_on=date(2027, 11, 22),
    )  # fmt: skip


def _round(word: Word) -> r.RoundPage:
    row = r.OpinionRow(
        item=UID, name=word("Groepsplan"), advice="weg", decided="", voices=_voices(word), is_divided=True
    )
    return r.RoundPage(
        school=UID, name=word("De Vliet"), id=UID, title=word("Wat kan weg?"), question=word("Denk aan de bedoeling."),
        closes_on=DAY, is_open=True, rows=[row, row.model_copy(update={"is_divided": False, "decided": "weg"})],
        voices=[voice.label for voice in Voice], codes=[r.CodeLine(label="MR en ouders", seats=6, taken=2)],
        may_decide=True, my_voice="directie", made=["K7QF-9MTA-WW3E"] * 3, made_for="MR en ouders",
    )  # fmt: skip


def _ballot(word: Word) -> r.Ballot:
    items = [
        r.BallotItem(
            id=UUID(int=at), name=word("Groepsplan"), what=word("Document per groep"), standing="niet verplicht",
            stays=word("Zicht op vorderingen."), hours="112 tot 224 uur", ruling=Ruling.GO if at else None,
            is_asked=at == 2,
            because=word("kost veel tijd"),
        )
        for at in range(3)
    ]  # fmt: skip
    return r.Ballot(
        school=word("De Vliet"), title=word("Wat kan weg?"), question=word("Denk aan de bedoeling."),
        voice="MR en ouders", closes_on=DAY, is_open=True, items=items, done=2,
    )  # fmt: skip


def _follow(word: Word) -> r.FollowPage:
    steps = [
        r.StepLine(
            id=UID, body=word("Niet meer invullen in ESIS."), due_on=DAY, is_late=not at,
            done_at=NOW if at else None, done_by=word("Annet") if at else "",
        )
        for at in range(2)
    ]  # fmt: skip
    line = r.WatchLine(
        item=UID, name=word("Groepsplan"), stops_on=DAY, hours="112 tot 224 uur", so_far="10 tot 20 uur",
        is_listed=False, stays=word("Zicht op vorderingen."),
        steps=steps, still=word("Komt nog binnen: notities uit ESIS (3 keer)."), is_still=True,
    )  # fmt: skip
    return r.FollowPage(
        school=UID, name=word("De Vliet"), lines=[line], a_year="112 tot 224 uur", so_far="10 tot 20 uur", since=DAY,
        may_decide=True,
    )  # fmt: skip


def _wishes(word: Word) -> r.WishPage:
    line = r.WishLine(
        name=word("Verzuim"),
        wish=word("Op één plek."),
        hours="10 tot 20 uur",
        covered=word("Neemt het over."),
        page=r.LinkRef(name="Kies een groep", address="/groepen"),
    )
    return r.WishPage(school=UID, name=word("De Vliet"), as_of=DAY, wishes=[line] * 2, gone=[line])
