"""What is looked at before a week is shown to all parents of a group: links, and names of children."""

import re
from collections.abc import Iterable

from api.problem import ForPeopleError
from api.security.access import Visit
from models.queries import group_facts
from models.queries.scope import GroupGrant
from models.rules.links import https_link
from models.rules.wording import listing


class NamedError(ForPeopleError):
    """A name of a child of the group stands in the text; the writer may say that it is meant otherwise."""


def checked_link(text: str, what: str) -> str:
    """Return the link, or raise `ForPeopleError` that says of what it is and what is wrong with it."""
    try:
        return https_link(text)
    except ValueError as wrong:
        raise ForPeopleError(f"De link bij {what} kan zo niet. {wrong}") from None


def check_names(visit: Visit, grant: GroupGrant, texts: Iterable[str]) -> None:
    """Raise `NamedError` when a child of the group is called by name: all parents of the group read this."""
    names = {row.given_name for row in group_facts.pupils_in(visit.connection, grant, visit.today) if row.given_name}
    found = named_in(names, texts)
    if found:
        raise NamedError(
            f"Er staat ‘{listing(found)}’ in de tekst, en zo heet een kind in de groep. Alle ouders lezen dit. "
            "Bedoelt u iets anders, zet dan het vinkje en bewaar nog eens."
        )


def named_in(names: Iterable[str], texts: Iterable[str]) -> list[str]:
    """List the names that stand in these texts as a word of their own, with a capital as a name has."""
    words = {word for text in texts for word in re.findall(r"\w+(?:[-'’]\w+)*", text)}
    return sorted(name for name in names if name in words or set(name.split()) <= words)
