"""From canonical records to rows: compared with the ledger, gathered, and loaded stream by stream.

A batch is loaded in the order of `LOADERS`, so that groups are there before the children who sit in them.
"""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from connectors.canonical import (
    AbsenceRecord,
    AccountLinkRecord,
    AgreementRecord,
    AnnouncementRecord,
    AssessmentRecord,
    ContactRecord,
    GoalRecord,
    GroupRecord,
    GuardianRecord,
    NormBandRecord,
    NoteRecord,
    PupilRecord,
    Record,
    StaffRecord,
    SupportPointRecord,
)
from connectors.contract import Issue
from connectors.ledger import Ledger, Verdict
from connectors.load import accounts, dossier, family, news, results, roll, staff
from connectors.load.bulk import Writer
from connectors.load.delivery import Delivery, Item
from connectors.load.desk import Desk
from connectors.load.gone import Gone
from connectors.match import settle
from connectors.quarantine import Quarantine
from models.vocabulary import Severity

Load = Callable[[Desk, Sequence[Item]], None]

LOADERS: dict[str, Load] = {
    GroupRecord.stream: roll.load_groups,
    PupilRecord.stream: roll.load_pupils,
    StaffRecord.stream: staff.load_staff,
    AccountLinkRecord.stream: accounts.load_account_links,
    GuardianRecord.stream: family.load_guardians,
    ContactRecord.stream: news.load_contacts,
    AnnouncementRecord.stream: news.load_announcements,
    AssessmentRecord.stream: results.load_assessments,
    NormBandRecord.stream: results.load_norm_bands,
    NoteRecord.stream: dossier.load_notes,
    AbsenceRecord.stream: dossier.load_absences,
    GoalRecord.stream: dossier.load_goals,
    AgreementRecord.stream: dossier.load_agreements,
    SupportPointRecord.stream: dossier.load_support_points,
}
BATCH = 2000


class Loader:
    """Takes the records of one delivery, one by one; `counts` tells what became of them."""

    def __init__(self, connection: sa.Connection, delivery: Delivery) -> None:
        self.writer = Writer(connection)
        self.delivery = delivery
        self.desk = Desk(self.writer, delivery)
        self.gone = Gone(connection, delivery.school_id, delivery.source_id)
        self.ledger = Ledger(self.writer, delivery)
        self.quarantine = Quarantine(self.writer, delivery)
        self.counts = dict.fromkeys(Verdict, 0)
        self._waiting: dict[str, list[Item]] = {stream: [] for stream in LOADERS}
        self._verdicts: dict[int, Verdict] = {}
        self._size = 0

    @property
    def taken(self) -> int:
        """How many records were taken over or were there already."""
        return sum(self.counts[v] for v in (Verdict.CREATED, Verdict.UPDATED, Verdict.UNCHANGED))

    def add(self, record: Record, locator: str) -> None:
        """Take one record; nothing is written for one that is the same as before."""
        if self.gone.withholds(record, locator):
            return
        item = Item(record, record.stream, self.ledger.key(record), locator)
        verdict = self.ledger.judge(item)
        if verdict in (Verdict.CREATED, Verdict.UPDATED):
            self._waiting[item.stream].append(item)
            self._verdicts[id(item)] = verdict
            self._size += 1
            if self._size >= BATCH:
                self.flush()
        elif verdict is Verdict.UNCHANGED:
            self.counts[verdict] += 1
            self.quarantine.resolve(item.stream, item.record.key)
        elif verdict is Verdict.TWICE:
            item.refuse(
                "sleutel_dubbel",
                "Deze sleutel komt twee keer voor in het bestand, met verschillende inhoud; de eerste is overgenomen. "
                "Herstel het in het bronsysteem.",
            )
            self._refuse(item)

    def remark(self, issue: Issue, payload: dict[str, Any] | None = None) -> None:
        """Take an issue that the connector found; an error counts as a refused record."""
        if issue.severity == Severity.ERROR:
            self.counts[Verdict.REJECTED] += 1
            if issue.source_key:
                self.ledger.saw(issue.stream, issue.source_key)
        self.quarantine.add(issue, payload)

    def flush(self) -> None:
        """Load what was gathered."""
        for stream, items in self._waiting.items():
            if items:
                self._waiting[stream] = []
                LOADERS[stream](self.desk, items)
                self._finish(items)
                self.writer.flush()
        self._size = 0
        self._verdicts.clear()

    def settle(self) -> set[int]:
        """Match whoever is not linked yet; returns the source persons that now are."""
        return settle(self.desk.matcher, self.writer, self.delivery)

    def _finish(self, items: list[Item]) -> None:
        for item in items:
            if item.refusal:
                self._refuse(item)
            else:
                self.counts[self._verdicts[id(item)]] += 1
                self.quarantine.resolve(item.stream, item.record.key)
            for code, message in item.remarks:
                self.quarantine.add(Issue(code, message, item.locator, Severity.WARNING, item.stream, item.record.key))
        self.ledger.write(items)

    def _refuse(self, item: Item) -> None:
        code, message = item.refusal or ("", "")
        self.counts[Verdict.REJECTED] += 1
        payload = {"record": to_jsonable_python(item.record)}
        self.quarantine.add(Issue(code, message, item.locator, Severity.ERROR, item.stream, item.record.key), payload)
