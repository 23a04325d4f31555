"""The child's own pages, the portfolio, consent and the class door, as their routes give them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from api.schemas.door import DoorChild, DoorName, DoorPage, PicturesPage
from api.schemas.own import OwnGoalLine, OwnPage, Proud, Told
from api.schemas.portfolio import ConsentPage, OwnGoal, Piece, PortfolioPage, Said
from models.rules import pictures as rules
from models.vocabulary import ConsentPurpose, GoalJudgement, PieceKind

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
CHILD, TODAY = UUID(int=9), date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def contexts(word: Word = str) -> Pages:
    """These pages by a name of their own."""
    me, full = {"me": word("Juf Kim")}, portfolio(word)
    empty = full.model_copy(update={"pieces": [], "goals": [], "may_write": False, "consent": {}})
    more: dict[str, Any] = {"kinds": list(PieceKind), "problem": None, "typed": {}}
    wrong = more | {"problem": word("Geef het een naam."), "typed": {"title": word("x"), "body": word("y")}}
    held = {"pictures": rules.PICTURES, "address": "school.example/klas", "problem": None}
    step = {"code": word("K7QF9M"), "who": "x", "before": "sun", "step": 1, "steps": rules.LENGTH}
    own_more = {"problem": None, "typed": word("zwemmen"), "judgements": list(GoalJudgement)}
    chosen = {"pictures": rules.PICTURES, "problem": None}
    return {
        "portfolio": ("pages/portfolio.html", me | wrong | {"page": full}),
        "portfolio-to-read": ("pages/portfolio.html", me | more | {"page": empty_but_named(empty, word)}),
        "portfolio-parent": ("pages/portfolio_parent.html", me | {"portfolio": full}),
        "consent": ("pages/consent.html", me | {"consent": consent(word), "is_kept": True}),
        "own": ("pages/own.html", me | own_more | {"page": own(word)}),
        "own-empty": (
            "pages/own.html",
            me | own_more | {"page": own(word).model_copy(update={"goals": [], "pieces": [], "proud": []})},
        ),
        "own-portfolio": ("pages/own_portfolio.html", me | wrong | {"page": full}),
        "class-code": ("pages/class_code.html", {"problem": word("Dat klopte niet.")}),
        "class-names": (
            "pages/class_names.html",
            {"code": "K7QF9M", "names": [DoorName(id=UUID(int=n), name=word("Noor")) for n in range(4)]},
        ),
        "class-pictures": ("pages/class_pictures.html", step | {"pictures": rules.PICTURES}),
        "class-door": ("pages/class_door.html", me | held | {"page": door(word)}),
        "class-door-off": (
            "pages/class_door.html",
            me | held | {"page": door(word).model_copy(update={"is_allowed": False})},
        ),
        "pictures": ("pages/pictures.html", me | chosen | {"page": pictures(word)}),
    }


def empty_but_named(page: PortfolioPage, word: Word) -> PortfolioPage:
    return page.model_copy(update={"name": word("Noor")})


def portfolio(word: Word) -> PortfolioPage:
    is_tidy = word("x") == "x"  # in the hostile pages any image would be an attack that worked
    common: dict[str, Any] = {"made_on": TODAY, "may_remove": True, "goal": word("Ik wil hoger springen")}
    return PortfolioPage(
        id=CHILD,
        name=word("Noor Prins"),
        ground=word("groep 6B"),
        pieces=[
            Piece(
                id=UUID(int=100 + number),
                kind=kind,
                kind_text=kind.label,
                title=word("Mijn kasteel van klei, met een brug die echt omhoog kan"),
                body=word("Samen met opa gemaakt, drie weken lang."),
                link="https://video.example/kasteel" if kind is PieceKind.FILM and is_tidy else "",
                is_outside_school=True,
                has_image=is_tidy and kind is PieceKind.PHOTO,
                is_hidden=kind is PieceKind.DRAWING,
                **common,
            )
            for number, kind in enumerate(PieceKind)
        ],
        goals=[OwnGoal(id=UUID(int=200), body=word("Ik wil hoger springen"))],
        may_write=True,
        may_show_images=is_tidy,
        consent={purpose.value: "nog niet gevraagd" for purpose in ConsentPurpose},
        today=TODAY,
    )


def consent(word: Word) -> ConsentPage:
    said = (True, False, None)
    return ConsentPage(
        id=CHILD,
        name=word("Noor Prins"),
        purposes=[
            Said(purpose=purpose, text=purpose.label, is_given=given, said_on=None if given is None else TODAY)
            for purpose, given in zip(ConsentPurpose, said, strict=True)
        ],
    )


def own(word: Word) -> OwnPage:
    return OwnPage(
        id=CHILD,
        name=word("Noor"),
        group=UUID(int=81),
        goals=[
            OwnGoalLine(
                id=UUID(int=300 + number),
                body=word("Ik wil leren hoe je een stripverhaal maakt"),
                stated_on=TODAY,
                answer_text="deels" if number else None,
                answer_body=word("op vrijdag na de pauze") if number else None,
                judgement_text="bijna" if number == 2 else None,
                judgement_body=word("nog één bladzijde") if number == 2 else None,
            )
            for number in range(3)
        ],
        pieces=portfolio(word).pieces,
        more_pieces=2,
        proud=[Proud(on=TODAY, body=word("Ze legt het rustig uit aan een ander."))],
        told=[
            Told(
                id=UUID(int=400), name=word("Rekenen 3.0"), on=TODAY, body=word("Je kent nu alle tafels. Knap gedaan.")
            ),
            Told(id=UUID(int=401), name=word("SCOL"), on=TODAY, body=word("Je schreef dat je graag samenwerkt.")),
        ],
    )


def door(word: Word) -> DoorPage:
    return DoorPage(
        id=UUID(int=70),
        name=word("6B"),
        is_allowed=True,
        ends_at=NOW,
        code="K7QF9M",
        children=[
            DoorChild(id=UUID(int=1), name=word("Noor"), has_pictures=True, pictures=["sun", "fish", "sun"]),
            DoorChild(id=UUID(int=2), name=word("Daan"), has_pictures=True, pictures=[]),
            DoorChild(id=UUID(int=3), name=word("Zoë"), has_pictures=False, pictures=[]),
        ],
        without=1,
    )


def pictures(word: Word) -> PicturesPage:
    return PicturesPage(id=CHILD, name=word("Noor"), has_pictures=True, made=["sun", "fish", "sun"])
