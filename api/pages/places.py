"""The way to every page that is not about one child or group: in the foot of each page, for who may open it."""

from functools import lru_cache

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from api.security.access import Access, Visit

PLACES = {
    "/nood": "Noodkaart",
    "/reden": "Openen met reden",
    "/cijfers": "Cijfers",
    "/verzoeken": "Verzoeken",
    "/reden/gebruikt": "Geopend met reden",
    "/inzage": "Inzagelog",
    "/bewaren": "Bewaren en wissen",
    "/beheer/accounts": "Accounts",
    "/voor-wie": "Wie mag wat zien",
    "/bewaartermijnen": "Bewaartermijnen",
}
"""In the order of the foot; what a class needs first comes first."""


def places_for(visit: Visit) -> list[tuple[str, str]]:
    """List the address and the name of the pages that this reader may open."""
    rules = _rules(visit.request.app)
    roles = visit.signed_in.scope.roles
    return [(path, name) for path, name in PLACES.items() if roles & rules[path].roles]


@lru_cache(maxsize=1)
def _rules(app: FastAPI) -> dict[str, Access]:
    return {
        str(route.path): route.endpoint.access  # type: ignore[union-attr]
        for route in iter_route_contexts(app.routes)
        if route.path in PLACES and "GET" in (route.methods or ())
    }
