"""The way to every page that is not about one child or group: in the bar or the foot of each page, for who may open it.

What someone needs every day stands in the bar (`TOP`), the rest in the foot (`PLACES`); a page is in one of the two.
"""

from typing import NamedTuple

from api.security import sessions
from api.security.access import Visit, readers_of
from frontend.formatting import called
from models.queries.scope import own_groups
from models.rules.wording import capital

TOP = {
    "/vandaag": "Vandaag",
    "/groepen": "Groepen",
    "/bespreking": "Bespreking",
    "/school": "School",
    "/registraties": "Registraties",
    "/bronnen": "Bronnen",
}
"""In the order of the bar; one whose route is not there is not shown."""
PLACES = {
    "/mijn-kind": "Mijn kind",
    "/nood": "Noodkaart",
    "/berichten": "Berichten",
    "/reden": "Openen met reden",
    "/cijfers": "Cijfers",
    "/verzoeken": "Verzoeken",
    "/betwist": "Betwist door ouders",
    "/reden/gebruikt": "Geopend met reden",
    "/inzage": "Inzagelog",
    "/bewaren": "Bewaren en wissen",
    "/beheer/accounts": "Accounts",
    "/beheer/ouders": "Accounts van ouders",
    "/beheer/rapport": "Rapport",
    "/beheer/uitleg": "Uitleg bij uitslagen",
    "/beheer/instellingen": "Instellingen",
    "/voor-wie": "Wie mag wat zien",
    "/bewaartermijnen": "Bewaartermijnen",
}
"""In the order of the foot; what a class needs first comes first."""
BY_NAME = 2
"""Groups of one's own that stand in the bar by name; with more there is a list."""


class Place(NamedTuple):
    """A link in the bar; `is_here` when the page that is shown is this one, or under it."""

    path: str
    name: str
    is_here: bool


def places_for(visit: Visit) -> list[tuple[str, str]]:
    """List the address and the name of the pages in the foot that this reader may open."""
    return _open(visit, PLACES)


def top_for(visit: Visit) -> list[Place]:
    """List what stands in the bar for this reader; a parent or a child has no bar."""
    roles = visit.scope.roles
    if not roles - sessions.FAMILY:
        return []
    here = visit.request.url.path
    found: list[tuple[str, str]] = []
    for path, name in _open(visit, TOP):
        own = own_groups(visit.scope) if path == "/groepen" else {}
        by_name = 0 < len(own) <= BY_NAME
        found += [(f"/groep/{uid}", capital(called(own[uid][0]))) for uid in own] if by_name else [(path, name)]
    return [Place(path, name, here == path or here.startswith(f"{path}/")) for path, name in found]


def _open(visit: Visit, places: dict[str, str]) -> list[tuple[str, str]]:
    rules = readers_of(visit.request.app)
    roles = visit.scope.roles
    return [(path, name) for path, name in places.items() if path in rules and roles & rules[path].roles]
