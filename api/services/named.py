"""A question before a text that parents read names another child of the group: asked once, never refused."""

from api.problem import ForPeopleError
from api.security.access import Visit
from api.services.studyguide.whole import named_in
from models.queries.own import mates
from models.queries.scope import Grant
from models.rules.wording import listing


class NamedError(ForPeopleError):
    """Another child is called by name; a person may say that it is meant so."""


def ask_about_names(visit: Visit, grant: Grant, text: str) -> None:
    """Raise `NamedError` when a child who is in a group with this child is called by name."""
    found = named_in(mates(visit.connection, grant, visit.today), [text])
    if found:
        raise NamedError(
            f"Er staat ‘{listing(found)}’ in, en zo heet een ander kind in de groep. De ouders van dit kind lezen mee. "
            "Is het goed zo, zet dan het vinkje en bewaar nog eens. Of schrijf bijvoorbeeld “een maatje”."
        )
