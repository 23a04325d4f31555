"""How a name is written and sorted: the prefix before the name on screen, the significant part first in a list."""

import re
from typing import Any


def display_name(person: Any) -> str:
    """Return "Noor van der Ven" for anything with given_name, prefix and family_name (each may be missing)."""
    first = person.given_name or getattr(person, "first_names", None)
    return " ".join(part for part in (first, person.prefix, person.family_name) if part) or "naam onbekend"


def sort_name(person: Any) -> str:
    """Return "Ven, Noor van der" (NEN 1888: the prefix does not sort)."""
    given = " ".join(part for part in (person.given_name, person.prefix) if part)
    return ", ".join(part for part in (person.family_name, given) if part) or "naam onbekend"


def initials(person: Any) -> str:
    """Return "N.v.d.V." for a list that says as little as it can."""
    parts = [person.given_name or getattr(person, "first_names", None), *(person.prefix or "").split()]
    return "".join(f"{part[0]}." for part in (*parts, person.family_name) if part) or "?"


def natural_order(name: str) -> list[tuple[str, str]]:
    """Return what to sort names of groups by: groep 2 before groep 10."""
    return [(part.zfill(3), part) for part in re.findall(r"\d+|\D+", name)]
