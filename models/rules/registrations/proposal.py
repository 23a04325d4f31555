"""What we would propose for an item, and why: a sentence per reason. A proposal decides nothing; directie does.

What the law asks is never proposed to go, whatever else is known. Not knowing is said and is no reason to stop.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.catalogue import Item
from models.rules.wording import listing
from models.vocabulary import Certainty, Ruling, Standing

STANDINGS = {
    Standing.REQUIRED: "De wet vraagt dit.",
    Standing.FREE_FORM: "De wet vraagt dit, maar schrijft de vorm niet voor: het mag korter of anders.",
    Standing.OPTIONAL: "De wet vraagt dit niet; de school kiest zelf.",
    Standing.BARRED: "Hier geldt een verbod of een hoge drempel: alleen bewaren wat echt nodig is.",
}
OLD = "De wettekst die wij lazen is ouder; kijk het artikel na voor u hierop bouwt."
UNSURE = {
    Certainty.SECOND_HAND: "Dit weten wij uit de tweede hand.",
    Certainty.UNVERIFIED: "Niet nagegaan: wij vonden hier geen bron voor.",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an item at one school; `standing` None for an item of its own.

    `unread` is True when nobody read it in twelve months, None when that is not known. `serves` are purposes that
    someone named; `is_weighed` whether anyone held this item against the purposes.
    """

    standing: Standing | None = None
    unread: bool | None = None
    doubles: int = 0
    used: int = 0
    serves: Sequence[str] = ()
    is_weighed: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A ruling with its reasons, the weightiest first."""

    ruling: Ruling
    reasons: tuple[str, ...]


def propose(item: Item | None, known: Known) -> Proposal:
    """Weigh what the law says, whether it is used, and what the school is for."""
    standing = known.standing
    reasons = [STANDINGS[standing]] if standing else ["Dit is een eigen onderdeel van de school."]
    if item is not None:
        reasons += [f"Vaak gehoord: {item.myth}"] if item.myth else []
        reasons += [UNSURE[item.certainty]] if item.certainty in UNSURE else []
        reasons += [OLD] if item.certainty is Certainty.READ_OLD and is_asked(standing) else []
        reasons += [
            f"{bill.name} ({bill.number}) loopt nog. {bill.effect}" for bill in item.bills if not bill.passed_from
        ]
    reasons += _use(known)
    return Proposal(_ruling(item, known), tuple(reasons))


def is_asked(standing: Standing | None) -> bool:
    """Whether the law asks for it, in whatever form."""
    return standing in {Standing.REQUIRED, Standing.FREE_FORM}


def _ruling(item: Item | None, known: Known) -> Ruling:
    if item is not None and (item.start in {Ruling.MUST, Ruling.UNCLEAR} or is_asked(known.standing)):
        return item.start if item.start is Ruling.UNCLEAR else Ruling.MUST
    if known.unread or (known.is_weighed and not known.serves):
        return Ruling.GO
    if known.serves:
        return Ruling.GO if known.standing is Standing.BARRED else Ruling.WISH
    return item.start if item is not None else Ruling.UNCLEAR


def _use(known: Known) -> list[str]:
    found = []
    if known.unread:
        found.append("In twaalf maanden door niemand gelezen.")
    if known.doubles:
        found.append("Staat op meer dan één plek: op één daarvan kan het typen stoppen.")
    if known.used:
        found.append(f"Besluiten die kort op een nieuwe waarde volgden: {known.used}.")
    if known.serves:
        found.append(f"Helpt bij wat de school wil: {listing(list(known.serves))}.")
    elif known.is_weighed:
        found.append("Helpt bij geen van de doelen die de school noemde.")
    return found
