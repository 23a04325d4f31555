"""Instruments, scales and norm groups: reference data that all schools of a database share, made when first met."""

import sqlalchemy as sa

from connectors.canonical import InstrumentRef, ScaleRef
from connectors.load.bulk import find_or_create
from models.result import Instrument, NormGroup, Scale


class Catalogue:
    """Instruments, scales and norm groups, each looked up once; shared by all schools of a database."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._instruments: dict[InstrumentRef, int] = {}
        self._scales: dict[ScaleRef, int] = {}
        self._norm_groups: dict[tuple[str, str], int] = {}

    def instrument(self, ref: InstrumentRef) -> int:
        """Give the id of a test or list."""
        found = self._instruments.get(ref)
        if found is None:
            key = {"provider": ref.provider, "code": ref.code, "version": ref.version}
            found = find_or_create(self._connection, Instrument, key, name=ref.name, kind=ref.kind, subject=ref.subject)
            self._instruments[ref] = found
        return found

    def scale(self, ref: ScaleRef) -> int:
        """Give the id of a scale of one owner."""
        found = self._scales.get(ref)
        if found is None:
            key = {"code": ref.code, "owner": ref.owner, "version": ref.version}
            other = {"measure": ref.measure, "is_ordinal": ref.is_ordinal, "comparable_group": ref.comparable_group}
            found = find_or_create(self._connection, Scale, key, **other, low=ref.low, high=ref.high)
            self._scales[ref] = found
        return found

    def norm_group(self, owner: str, code: str) -> int:
        """Give the id of "compared with whom"."""
        found = self._norm_groups.get((owner, code))
        if found is None:
            found = find_or_create(self._connection, NormGroup, {"owner": owner, "code": code})
            self._norm_groups[owner, code] = found
        return found
