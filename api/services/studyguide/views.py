"""From kept rows to the objects of the studiewijzer, the same for parents and for who writes."""

from collections.abc import Iterable
from datetime import date, timedelta

from api.problem import ForPeopleError
from api.schemas.studyguide import StudyLineView, WeekLink
from models.queries.prepared import Rows
from models.rules.links import host_of
from models.rules.studyguide import Line, monday_of, parse_week, week_code, week_number
from models.vocabulary import MONTHS

AHEAD = timedelta(weeks=4)
"""How far ahead a week can be written."""


def asked_week(code: str, today: date) -> date:
    """Return the Monday of the week that is asked for; in the weekend the week that comes is this week."""
    if not code:
        return monday_of(today + timedelta(days=2)) if today.weekday() > FRIDAY else monday_of(today)
    try:
        return parse_week(code)
    except ValueError:
        raise ForPeopleError("Dit is geen week. Schrijf een week als 2026-W48.") from None


def week_words(monday: date) -> str:
    """Say "week 48, 23 tot en met 27 november"."""
    friday = monday + timedelta(days=FRIDAY)
    first = f"{monday.day}" if monday.month == friday.month else f"{monday.day} {MONTHS[monday.month - 1]}"
    return f"week {week_number(monday)}, {first} tot en met {friday.day} {MONTHS[friday.month - 1]}"


def line_views(lines: Iterable[Line]) -> list[StudyLineView]:
    """Give lines with the site of each link; a link that is no https link any more is not shown."""
    return [
        StudyLineView(
            subject=line.subject,
            goal=line.goal,
            approach=line.approach,
            words=line.words,
            at_home=line.at_home,
            link=line.link,
            host=host_of(line.link) if line.link else "",
            why=line.why,
            objective=line.objective,
        )
        for line in lines
    ]


def week_links(rows: Rows, here: date) -> list[WeekLink]:
    """List the weeks there are, newest first."""
    return [
        WeekLink(
            code=week_code(row.starts_on),
            words=week_words(row.starts_on),
            number=week_number(row.starts_on),
            first=row.starts_on,
            last=row.starts_on + timedelta(days=FRIDAY),
            is_here=row.starts_on == here,
            is_published=row.published_at is not None,
        )
        for row in rows
    ]


FRIDAY = 4
