"""Words for what a delivery did and for what speaks for and against a proposal; the command line has the same."""

COUNTED = {
    "created": "nieuw",
    "updated": "gewijzigd",
    "unchanged": "ongewijzigd",
    "vanished": "niet meer geleverd",
    "rejected": "in quarantaine",
}
TRAITS = {"birth_date": "geboortedatum", "surname": "achternaam", "given_name": "roepnaam", "group": "groep"}
FOUND = {"equal": "gelijk", "part": "deels gelijk", "swapped": "dag en maand verwisseld", "different": "anders"}
CONTRADICTIONS = {
    "key_reused": "dezelfde sleutel, maar een andere achternaam en geboortedatum: is de sleutel opnieuw uitgegeven?",
    "birth_date_changed": "de bron geeft nu een andere geboortedatum",
    "keys_disagree": "de sleutels wijzen naar verschillende kinderen",
}


def said_name(delivered: dict[str, str | None]) -> str:
    """Give the name that a source says; empty when it says none."""
    return " ".join(part for key in ("given_name", "prefix", "family_name") if (part := delivered.get(key)))
