"""What every rule is told: the child, the day, the settings of the school, and what is known that weakens a signal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.rules.schooldays import days_away
from models.rules.settings import DEFAULTS, Settings
from models.rules.wording import Child, day, plural
from models.vocabulary import AbsenceReason

MUCH = 5
"""School days ill from which on it is said beside a signal about that period."""


@dataclass(frozen=True, slots=True)
class About:
    """Of whom a rule speaks; `absences` are anything with day, part and reason."""

    child: Child
    today: date
    settings: Settings = DEFAULTS
    absences: Sequence[Any] = ()
    at_school_since: date | None = None

    def doubt(self, usual: str, since: date, until: date) -> str:
        """Say what would make a signal about this period untrue: what is known of it first, then what often is."""
        return " ".join([*self._known(since, until), usual])

    def _known(self, since: date, until: date) -> list[str]:
        found: list[str] = []
        ill = 0
        if self.absences:
            ill = int(days_away(a for a in self.absences if a.reason is AbsenceReason.ILL and since <= a.day <= until))
        if ill >= MUCH:
            weeks, rest = divmod(ill, 5)
            long = plural(ill, "schooldag", "schooldagen") if rest else plural(weeks, "week", "weken")
            found.append(f"{self.child.name} was in deze periode {long} ziek.")
        if self.at_school_since is not None and since < self.at_school_since <= until:
            found.append(f"{self.child.name} is hier pas sinds {day(self.at_school_since, self.today)}.")
        return found

    def weeks_ago(self, weeks: int) -> date:
        """The first day of the last so many weeks."""
        return self.today - timedelta(weeks=weeks) + timedelta(days=1)
