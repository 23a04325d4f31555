"""Records that could not be taken over, kept with a reason and a remedy until they can, or until a person lets go.

An issue is known by source, stream and key (or its place in the file): the same trouble in the next file is the same
issue, and a record that comes in repaired closes it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from connectors.contract import Issue
from connectors.load.bulk import Insert, Writer
from connectors.load.delivery import Delivery
from models.provenance import Issue as IssueRow
from models.vocabulary import IssueStatus

NEW_ISSUE = Insert(
    IssueRow,
    "id",
    "uid",
    "school_id",
    "delivery_id",
    "source_id",
    "severity",
    "status",
    "code",
    "stream",
    "source_key",
    "locator",
    "message",
    "payload",
)
T_ISSUE = cast("sa.Table", IssueRow.__table__)
SHOWN = 1000


@dataclass(slots=True)
class Open:
    """An issue that stands open."""

    id: int
    code: str
    severity: str
    locator: str


class Quarantine:
    """The open issues of one source, and what this delivery adds to them; `issues` are those of this delivery."""

    def __init__(self, writer: Writer, delivery: Delivery) -> None:
        self.issues: list[Issue] = []
        self._writer = writer
        self._delivery = delivery
        self._open: dict[tuple[str, str], list[Open]] = {}
        self._of_delivery: set[int] = set()
        self._load()

    def add(self, issue: Issue, payload: dict[str, Any] | None = None) -> None:
        """Keep an issue; one that stands open already moves to this delivery."""
        if len(self.issues) < SHOWN:
            self.issues.append(issue)
        known = self._open.setdefault(self._place(issue.stream, issue.source_key, issue.locator), [])
        delivery = self._delivery
        for old in known:
            if old.code == issue.code:
                values = {"delivery_id": delivery.id, "locator": issue.locator, "message": issue.message}
                self._writer.change(IssueRow, old.id, **values, payload=payload)
                self._of_delivery.add(old.id)
                return
        issue_id = self._writer.new_id(IssueRow)
        known.append(Open(issue_id, issue.code, issue.severity, issue.locator))
        self._of_delivery.add(issue_id)
        whose = (issue_id, uuid7(), delivery.school_id, delivery.id, delivery.source_id)
        what = (issue.severity, IssueStatus.OPEN, issue.code, issue.stream, issue.source_key)
        self._writer.add(NEW_ISSUE, (*whose, *what, issue.locator, issue.message, payload))

    def resolve(self, stream: str, source_key: str) -> None:
        """Close what stood open about a record that has now been taken over."""
        if not self._open:
            return
        known = self._open.get((stream, source_key), [])
        for old in [old for old in known if old.id not in self._of_delivery]:
            known.remove(old)
            self._writer.change(IssueRow, old.id, status=IssueStatus.RESOLVED, decided_at=self._delivery.received_at)

    def resolve_remarks(self) -> None:
        """Close what was said of an earlier file as a whole and is not said of this one."""
        for (stream, key), known in self._open.items():
            for old in known:
                if not stream and key.startswith("\n") and old.id not in self._of_delivery:
                    closed = {"status": IssueStatus.RESOLVED, "decided_at": self._delivery.received_at}
                    self._writer.change(IssueRow, old.id, **closed)

    def _load(self) -> None:
        t = T_ISSUE
        rows = self._writer.connection.execute(
            sa.select(t.c.stream, t.c.source_key, t.c.id, t.c.code, t.c.severity, t.c.locator).where(
                t.c.source_id == self._delivery.source_id, t.c.status == IssueStatus.OPEN
            )
        )
        for stream, key, *rest in rows:
            issue = Open(*rest)
            self._open.setdefault(self._place(stream, key, issue.locator), []).append(issue)

    @staticmethod
    def _place(stream: str, source_key: str, locator: str) -> tuple[str, str]:
        return (stream, source_key) if source_key else (stream, f"\n{locator}")


def dismiss(connection: sa.Connection, issue_ids: list[int], who: str, when: datetime) -> int:
    """Lay open issues aside without taking them over; returns how many."""
    statement = sa.update(T_ISSUE).where(T_ISSUE.c.id.in_(issue_ids), T_ISSUE.c.status == IssueStatus.OPEN)
    done = connection.execute(statement.values(status=IssueStatus.DISMISSED, decided_by=who, decided_at=when))
    return done.rowcount
