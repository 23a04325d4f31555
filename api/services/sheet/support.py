"""The tile Ondersteuning en afspraken, and the child's own goals."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from api.schemas.sheet import AgreementLine, GoalLine, Support, SupportLine
from models.queries.prepared import Rows
from models.rules.access import Kind
from models.rules.purposes import READ_AS, Purpose, picked
from models.rules.wording import short_day
from models.vocabulary import AgreementOutcome, GoalAnswer, SupportKind

KINDS_OF_DATA = frozenset({Kind.IN_CLASS, Kind.SUPPORT_PLAN, Kind.GOALS})
"""What `support_of` reads, see `kind_of`."""


@dataclass(frozen=True, slots=True)
class Promises:
    """What helps and hinders, what was agreed, and the child's goals, newest first."""

    points: list[SupportLine]
    agreements: list[AgreementLine]
    goals: list[GoalLine]

    @property
    def overdue(self) -> list[tuple[str, str | None, date]]:
        """Agreements over time: (what, who, due on)."""
        return [
            (line.body, line.owner, line.due_on) for line in self.agreements if line.state == "overdue" and line.due_on
        ]

    @property
    def unanswered(self) -> tuple[str, date] | None:
        """The newest goal when school has not answered it yet."""
        goal = self.goals[0] if self.goals else None
        return (goal.body, goal.stated_on) if goal and goal.answer_text is None else None

    def tile(self) -> Support:
        """Return the tile; when there is nothing it says so."""
        remark = None if self.points or self.agreements else "Niets bijzonders afgesproken."
        return Support(points=self.points, agreements=self.agreements, remark=remark)


def kind_of(row: Any) -> Kind:
    """Which kind of data a row of `support_of` is."""
    if row.what == "goal":
        return Kind.GOALS
    return READ_AS[SupportKind(row.kind)] if row.what == "point" else Kind.SUPPORT_PLAN


def promises(rows: Rows, today: date) -> Promises:
    """Sort the rows into points, agreements (overdue first, done last) and goals."""
    points = [
        SupportLine(
            kind=row.kind, kind_text=SupportKind(row.kind).label, body=row.body, observed_on=row.on, author=row.person
        )
        for row in rows
        if row.what == "point"
    ]
    goals = [
        GoalLine(
            body=row.body,
            stated_on=row.on,
            answer_text=GoalAnswer(row.kind).label if row.kind else None,
            answer_body=row.note,
            answered_on=row.done,
        )
        for row in rows
        if row.what == "goal"
    ]
    agreements = [_agreement(row, today) for row in rows if row.what == "agreement"]
    order = {"overdue": 0, "open": 1, "done": 2}
    return Promises(
        picked(points, Purpose.SHEET, KINDS_OF_DATA),
        sorted(agreements, key=lambda line: (order[line.state], line.due_on or date.max)),
        goals,
    )


def _agreement(row: Any, today: date) -> AgreementLine:
    if row.done is not None:
        how = AgreementOutcome(row.kind).label if row.kind else AgreementOutcome.DONE.label
        state, text = "done", f"{how} {short_day(row.done)}{f': {row.note}' if row.note else ''}"
    elif row.due is not None and row.due < today:
        state, text = "overdue", f"over tijd, vóór {short_day(row.due)}"
    else:
        state, text = "open", f"vóór {short_day(row.due)}" if row.due else "open"
    return AgreementLine(
        body=row.body,
        agreed_on=row.on,
        owner=row.person,
        due_on=row.due,
        done_on=row.done,
        state=state,
        state_text=text,
    )
