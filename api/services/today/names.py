"""How the children of a day are called on one page: by the given name, with more where two have the same."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from api.schemas.today import ChildLink
from models.rules.names import display_name


class Names:
    """The children by id; asked for a name it gives a `ChildLink`."""

    def __init__(self, rows: Iterable[Any]) -> None:
        known = {row.id: row for row in rows}
        alike = Counter(_given(row) for row in known.values())
        self._links: Mapping[int, ChildLink] = {
            row.id: ChildLink(id=row.uid, name=_given(row) if alike[_given(row)] == 1 else _longer(row))
            for row in known.values()
        }

    def __getitem__(self, pupil_id: int) -> ChildLink:
        return self._links[pupil_id]

    def __contains__(self, pupil_id: object) -> bool:
        return pupil_id in self._links

    def find(self, pupil_id: int | None) -> ChildLink | None:
        """The link of a child, or None for who is not here."""
        return self._links.get(pupil_id) if pupil_id is not None else None

    def of(self, pupil_ids: Iterable[int]) -> list[ChildLink]:
        """The links of these children, in order of name."""
        return sorted((self._links[pupil_id] for pupil_id in pupil_ids), key=lambda link: link.name)


def _given(row: Any) -> str:
    return row.given_name or display_name(row)


def _longer(row: Any) -> str:
    """Return "Noor v.d.V.", for who has a namesake in the group."""
    infix = "".join(f"{part[0]}." for part in (row.prefix or "").split())
    return f"{_given(row)} {infix}{(row.family_name or '')[:1]}.".strip()
