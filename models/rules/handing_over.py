"""Which school year is handed over: the one that runs, and in the first weeks of a new one the year before it.

A new teacher reads in August what the last one left; after the autumn break the new year has words of its own. What is
older is not taken along, except what still holds (agreements that are open, what helps now).
"""

from datetime import date, timedelta

FIRST_WEEKS = timedelta(weeks=12)
"""From 1 August: to the autumn break, which lies between half October and the start of November."""


def since(year_starts_on: date, today: date) -> date:
    """Return the first day of what is handed over on `today`, in the school year that began on `year_starts_on`."""
    if today - year_starts_on < FIRST_WEEKS:
        return year_starts_on.replace(year=year_starts_on.year - 1)
    return year_starts_on


def school_year(first: date) -> str:
    """Name the school year that begins on this day: "2026-2027"."""
    return f"{first.year}-{first.year + 1}"
