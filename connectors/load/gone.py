"""Who left does not come back with an old file: records under the key of a child that left or was erased stay outside.

`gone_key` holds hashes of such keys (api/services/retention/erase.py writes them). Where nobody left there are none and
nothing here costs anything. A child that returned gets its keys back when a source uses them again.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from connectors.canonical import AccountLinkRecord, PupilRecord, Record
from connectors.contract import Issue
from connectors.load.people import SOURCE_PERSON
from models.person import Pupil
from models.provenance import Ledger, Source
from models.result import Assessment
from models.retention import Departure, GoneKey
from models.rules.retention import hidden
from models.school import School
from models.vocabulary import Severity, SourceKind

T_GONE = cast("sa.Table", GoneKey.__table__)
T_SOURCE = cast("sa.Table", Source.__table__)
T_LEDGER = cast("sa.Table", Ledger.__table__)
T_ASSESSMENT = cast("sa.Table", Assessment.__table__)
T_DEPARTURE = cast("sa.Table", Departure.__table__)

Place = tuple[int | None, str]
"""A source (None: the ECK iD, which is of no source) and the hash of a key in it."""


class Gone:
    """The keys of one school's children who are not there, during one delivery of one source."""

    def __init__(self, connection: sa.Connection, school_id: int, source_id: int) -> None:
        self._connection, self._source_id = connection, source_id
        self._away: set[Place] = set()
        self._erased: set[Place] = set()
        self._back: set[Place] = set()
        self._withheld = 0
        self._refused: list[str] = []
        self._salts: dict[int | None, UUID] = {}
        self._rolls: list[int] = []
        self._platforms: list[int] = []
        rows = connection.execute(_KEYS.where(T_GONE.c.school_id == school_id)).all()
        if rows:
            self._load(school_id, rows)

    @property
    def has_returned(self) -> bool:
        """Whether children came back whose keys a file of this source may name again."""
        return any(source == self._source_id or source in self._platforms for source, _ in self._back)

    def withholds(self, record: Record, locator: str) -> bool:
        """Tell whether a record must stay outside."""
        if not self._away:
            return False
        names = [(source, self._hidden(source, key)) for source, key in self._names(record)]
        if isinstance(record, PupilRecord):
            if self._erased.isdisjoint(names):
                return False
            self._refused.append(locator)
            return True
        is_away = not self._away.isdisjoint(names)
        self._withheld += is_away
        return is_away

    def admitted(self, keys: Collection[str]) -> set[str]:
        """Give those of a practice platform's keys whose answers may come in; a child that returned is known again."""
        if not self._away and not self._back:
            return set(keys)
        places = {key: (self._source_id, self._hidden(self._source_id, key)) for key in keys}
        for key, place in places.items():
            if place in self._back:
                self._rename(place, key)
        return {key for key, place in places.items() if place not in self._away}

    def welcome(self, records: Iterable[Record]) -> None:
        """Give children that came back, and their records, the keys again under which this source delivers them."""
        back = frozenset(self._back)
        for record in records:
            places = [((source, self._hidden(source, key)), key) for source, key in self._names(record)]
            found = [(place, key) for place, key in places if place in back and place[0] is not None]
            for place, key in found:
                if place in self._back:
                    self._rename(place, key)
            if found:
                old = self._hidden(self._source_id, record.key)
                same = (T_LEDGER.c.source_id == self._source_id, T_LEDGER.c.stream == record.stream)
                self._set_key(T_LEDGER, record.key, *same, T_LEDGER.c.source_key == old)
                mine = sa.select(SOURCE_PERSON.c.id).where(SOURCE_PERSON.c.source_id == self._source_id)
                tests = (T_ASSESSMENT.c.source_key == old, T_ASSESSMENT.c.source_person_id.in_(mine))
                self._set_key(T_ASSESSMENT, record.key, *tests)

    def remarks(self) -> Iterator[Issue]:
        """Say what stayed outside, without naming anyone."""
        if self._withheld:
            yield Issue(
                "kind_is_weg",
                f"{self._withheld} regels gaan over kinderen die van school zijn; ze zijn niet overgenomen. Is een "
                "kind terug, leg dat dan vast met `kindblad pupil return`.",
                "het bestand",
                Severity.WARNING,
            )
        for locator in self._refused:
            yield Issue(
                "sleutel_van_gewist_kind",
                "Deze sleutel was van een kind waarvan de gegevens zijn gewist; de regel is niet overgenomen. Is het "
                "een ander kind of een nieuwe inschrijving: `kindblad retention readmit`, en lees het bestand opnieuw.",
                locator,
                Severity.ERROR,
                PupilRecord.stream,
            )

    def _load(self, school_id: int, rows: Collection[Any]) -> None:
        sources = self._connection.execute(
            sa.select(T_SOURCE.c.id, T_SOURCE.c.uid, T_SOURCE.c.kind, T_SOURCE.c.leads_roll).where(
                T_SOURCE.c.school_id == school_id
            )
        ).all()
        self._salts = {row.id: row.uid for row in sources}
        self._salts[None] = self._connection.execute(sa.select(School.uid).where(School.id == school_id)).scalar_one()
        self._rolls = [row.id for row in sources if row.leads_roll]
        self._platforms = [row.id for row in sources if row.kind is SourceKind.PRACTICE]
        in_use = self._in_use(school_id)
        for source_id, hashed, is_known, is_away in rows:
            place = (source_id, hashed)
            if place in in_use:
                continue
            if is_known and not is_away:
                self._back.add(place)
            else:
                self._away.add(place)
                if not is_known:
                    self._erased.add(place)
        self._away -= self._back
        self._erased -= self._back

    def _in_use(self, school_id: int) -> set[Place]:
        """The keys that a source gave to another child, who is here."""
        s = SOURCE_PERSON
        here = s.c.pupil_id.not_in(sa.select(T_DEPARTURE.c.pupil_id).where(T_DEPARTURE.c.returned_on.is_(None)))
        rows = self._connection.execute(
            sa.select(s.c.source_id, s.c.source_key).where(
                s.c.school_id == school_id, here, s.c.source_key.not_like("~%")
            )
        )
        return {(source_id, self._hidden(source_id, key)) for source_id, key in rows}

    def _names(self, record: Record) -> Iterator[tuple[int | None, str]]:
        """Every key by which a record says which child it is about."""
        if isinstance(record, PupilRecord):
            yield self._source_id, record.key
        ref = getattr(record, "pupil", None)
        if ref is None:
            return
        yield self._source_id, ref.key
        if ref.is_las_key:
            yield from ((roll, ref.key) for roll in self._rolls)
        if ref.eckid:
            yield None, ref.eckid
        if isinstance(record, AccountLinkRecord):
            yield from ((platform, record.platform_key) for platform in self._platforms)

    def _rename(self, place: Place, key: str) -> None:
        self._back.discard(place)
        source_id, hashed = place
        s = SOURCE_PERSON
        self._set_key(s, key, s.c.source_id == source_id, s.c.source_key == hashed)
        same = (T_GONE.c.source_id == source_id, T_GONE.c.hashed == hashed)
        self._connection.execute(sa.delete(T_GONE).where(*same))

    def _set_key(self, table: sa.Table, key: str, *which: sa.ColumnElement[bool]) -> None:
        self._connection.execute(sa.update(table).where(*which).values(source_key=key))

    def _hidden(self, source_id: int | None, key: str) -> str:
        return hidden(self._salts[source_id], key)


_KEYS = sa.select(
    T_GONE.c.source_id,
    T_GONE.c.hashed,
    sa.exists().where(Pupil.uid == T_GONE.c.pupil_uid),
    sa.exists().where(
        Pupil.uid == T_GONE.c.pupil_uid, T_DEPARTURE.c.pupil_id == Pupil.id, T_DEPARTURE.c.returned_on.is_(None)
    ),
)
