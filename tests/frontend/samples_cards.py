"""The substitute card, the handover and the view of the school, at their fullest: what the pages are tried with."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from api.schemas import handover as h
from api.schemas import points as p
from api.schemas import school_view as v
from api.schemas import substitute as c
from models.rules.brief import Told, fitting, shortened
from models.vocabulary import SupportKind

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
DAY = date(2026, 11, 23)
GROUP = UUID(int=77)
NAMES = ("Noor", "Zoë", "Mohammed-Amin", "Daan", "Fenna-Sophie", "Lio", "Alexandra", "Sem", "Yara", "Guus")
SAFETY = (
    "Noten en pinda's: bij zwelling of benauwdheid de EpiPen uit het rode etui in de la van het bureau, daarna 112 en "
    "vader bellen. Nooit alleen laten, rechtop laten zitten, tweede pen na tien minuten als het niet zakt."
)
IN_CLASS = "Mag met een koptelefoon werken en krijgt bij toetsen een derde meer tijd en een voorleesstem"
HELPS = "Eerst een voorbeeld samen doen en dan pas alleen; na tien minuten even langslopen en zeggen wat goed gaat"
AGREED = "Zegt na de pauze zelf met een kaartje hoe het buiten ging en of er nog iets moet worden uitgepraat"
LONG = "Werkte met de werkkaart vijf van de zes zinnen zelf uit en legde daarna aan een ander kind uit waarom dat zo is"


def card(many: int = 34, told: int = 34, word: Word = str) -> c.SubstituteCard:
    """A card of `many` children, of `told` of whom everything is known; sized by the rule that the service asks."""
    names = [f"{NAMES[at % len(NAMES)]} {chr(65 + at // len(NAMES))}." for at in range(many)]
    texts = [word(text) for text in (SAFETY, IN_CLASS, HELPS, AGREED)]
    levels = [("intensief", ", ".join(names[:7])), ("verdiept", ", ".join(names[9:14]))]
    groups = [
        c.CardGroups(subject=word(subject), levels=levels)
        for subject in ("Rekenen", "Spelling", "Technisch lezen")
    ]  # fmt: skip
    beside = sum(2 * (1 + len(text) // 95) for each in groups for _, text in each.levels)
    step = fitting([Told(name, texts[:1], texts[1:]) if at < told else Told(name, [], []) for at, name in enumerate(names)], beside)  # noqa: E501 # fmt: skip

    def text(at: int, number: int, longest: int) -> str | None:
        return shortened(texts[number], longest) if at < told else None

    return c.SubstituteCard(
        id=GROUP, group=word("6B"), on=DAY, valid="maandag 23 november 2026", ground="invaller groep 6B",
        children=[
            c.CardChild(
                id=UUID(int=at + 9), name=word(name), today="ziek" if at % 11 == 0 else None, is_absent=at % 11 == 0,
                safety=text(at, 0, step.vital), in_class=text(at, 1, step.other), helps=text(at, 2, step.other),
                agreed=text(at, 3, step.other),
            )
            for at, name in enumerate(names)
        ],
        absent=[f"{word(name)} (ziek)" for name in names[::11]],
        birthdays=[f"{word(name)} (vandaag 10)" for name in names[3:4]],
        agreed=[word("Na de grote pauze een kwartier stil lezen; wie klaar is pakt de weektaak")], groups=groups,
        call=[
            c.CallLine(what="eigen leraar", names=word("Kim de Bruijn en Marloes van den Heuvel")),
            c.CallLine(what="collega", names=word("Piet Smit (groep 6A) en Yusuf Demir (groep 7A)")),
            c.CallLine(what="IB", names=word("Annet van Rijswijk")), c.CallLine(what="directie", names=word("Sam Bos")),
        ],
        size=step.size,
    )  # fmt: skip


def page_of(name: str, word: Word = str) -> h.HandoverPage:
    """The page of a child of whom everything is known, as long as the service lets it be."""
    body = shortened(f"{LONG}. {LONG}", 170)

    def dated(number: int, by: str) -> list[h.DatedText]:
        return [h.DatedText(on=DAY, body=word(body), by=word(by)) for _ in range(number)]

    kinds = ("wat helpt", "wat het in de klas betekent", "wat het moeilijk maakt")
    return h.HandoverPage(
        id=UUID(int=9), name=word(name), given_name=word("Noor"), age="9 jaar en 7 maanden", group=word("groep 6B"),
        year="2026-2027", on=DAY, ground="groep 6B", strengths=dated(6, "Kim de Bruijn"),
        goals=dated(3, "school: doen we"),
        points=[h.PointGroup(what=kind, bodies=[word(body)] * 4) for kind in kinds],
        growth=[
            h.Grown(subject=word(subject), sign="steady", latest="II, M6 (Cito)",
                    text=word(f"{subject} ligt twee metingen onder haar eigen lijn (IV, was II)."))
            for subject in ("Rekenen", "Spelling", "Begrijpend lezen", "Technisch lezen", "Woordenschat", "Taal") * 2
        ][:8],
        groups=[word("Rekenen: intensief"), word("Spelling: verdiept"), word("Technisch lezen: basis")],
        agreements=[h.OpenAgreement(body=word(body), who_and_when=word("Kim, vóór 1 dec"))] * 5,
        says=dated(3, "kindgesprek"),
        talk=h.LastTalk(on=DAY, question=word(body), outcome=word(shortened(f"{LONG}. {LONG}. {LONG}", 260))),
        is_quiet=False,
    )  # fmt: skip


def quiet(word: Word = str) -> h.HandoverPage:
    """A child of whom nothing was written yet."""
    nothing: dict[str, Sequence[Any]] = dict.fromkeys(
        ("strengths", "goals", "points", "growth", "groups", "agreements", "says"), ()
    )
    return page_of("Lio", word).model_copy(update={**{key: list(each) for key, each in nothing.items()}, "talk": None, "is_quiet": True})  # noqa: E501 # fmt: skip


def school(word: Word = str) -> v.SchoolView:
    """Sixteen groups and six subjects; the youngest have no tests."""
    cell = v.SubjectCell(along=14, below=3, known=17, text="14 van 17", stalls=False)
    stuck = v.SubjectCell(along=9, below=8, known=17, text="9 van 17", stalls=True)
    empty = v.SubjectCell(along=None, below=None, known=None, text="", stalls=False)
    return v.SchoolView(
        school=word("De Vliet"),
        subjects=["Rekenen", "Spelling", "Begrijpend lezen", "Technisch lezen", "Woordenschat", "Taal"],
        groups=[
            v.GroupRow(
                id=UUID(int=at + 1), group=word(f"{at // 2 + 1}{'AB'[at % 2]}"), children=24,
                subjects=[empty] * 6 if at < 4 else [cell, stuck if at == 9 else cell, cell, cell, cell, empty],
                talks_planned=2, talks_done=at, agreements_open=7, agreements_overdue=at % 3,
            )
            for at in range(16)
        ],
        stalls=[word("Spelling in groep 5B: 8 kinderen liggen onder de eigen lijn, van 17 van wie er een is.")],
        totals=["32 gesprekken gepland", "120 gesprekken gehouden dit schooljaar", "112 afspraken lopen"],
        is_hidden=False,
    )  # fmt: skip


def contexts(word: Word = str) -> Pages:
    """All these pages by a name of their own."""
    me = word("Kim de Bruijn")
    shown, seen = {"may_give": True, "to_paper": True}, {"may_give": False, "to_paper": False}
    wrong = {"problem": word("Schrijf één zin."), "typed": {"body": word("a"), "kind": "helps"}, "asks_names": True}
    few = school(word).model_copy(update={"groups": [], "stalls": []})
    run = h.GroupHandover(
        id=GROUP, group=word("6B"), year="2026-2027", on=DAY, ground="groep 6B",
        children=[page_of(f"Noor van der Ven {at}", word) for at in range(3)] + [quiet(word)],
    )  # fmt: skip
    standing_in = c.StandingIn(
        id=GROUP, group=word("6B"), on=DAY, valid="maandag 23 november 2026",
        colleagues=[
            c.StandIn(id=UUID(int=at), name=word("Piet Smit"), known_as=word("leraar groep 6A"), has_it=at == 0)
            for at in range(5)
        ],
    )  # fmt: skip
    adding = {"helps": "wat helpt", "hinders": "wat het moeilijk maakt", "in_class": "wat het in de klas betekent"}
    points = p.PointsPage(
        id=UUID(int=9), name=word("Noor van der Ven"), ground="groep 6B", may_add=adding,
        points=[
            p.PointLine(id=UUID(int=at), kind=kind, kind_text=word(adding[kind]), body=word(HELPS), observed_on=DAY,
                        author=word("Kim"), may_end=at < 2)
            for at, kind in enumerate(SupportKind)
        ],
    )  # fmt: skip
    none = points.model_copy(update={"points": []})
    return {
        "card": ("pages/substitute_card.html", {"me": me, "card": card(word=word)} | shown),
        "card-usual": ("pages/substitute_card.html", {"me": me, "card": card(28, 9, word)} | shown),
        "card-seen": ("pages/substitute_card.html", {"me": me, "card": card(28, 9, word)} | seen),
        "card-empty": ("pages/substitute_card.html", {"me": me, "card": card(0, 0, word)} | shown),
        "standing-in": ("pages/standing_in.html", {"me": me, "page": standing_in}),
        "handover": ("pages/handover.html", {"me": me, "pages": [page_of("Noor van der Ven", word)], "group": None}),
        "handover-quiet": ("pages/handover.html", {"me": me, "pages": [quiet(word)], "group": None}),
        "handover-run": ("pages/handover.html", {"me": me, "pages": run.children, "group": run}),
        "handover-group": ("pages/handover_group.html", {"me": me, "page": run}),
        "school": ("pages/school_view.html", {"me": me, "schools": [school(word)]}),
        "school-two": ("pages/school_view.html", {"me": me, "schools": [school(word), few]}),
        "school-none": ("pages/school_view.html", {"me": me, "schools": []}),
        "points": ("pages/points.html", {"me": me, "page": points, "problem": None, "typed": {}}),
        "points-none": ("pages/points.html", {"me": me, "page": none} | wrong),
    }  # fmt: skip
