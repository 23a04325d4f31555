"""Going through the access log: every month directie looks at what stands out, and says with name and date that it did.

A log that nobody looks at protects no child (HagaZiekenhuis was fined for that, though the logs were there).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from api import clock
from api.db import writing
from api.schemas.emergency import Notice
from api.schemas.looks import Alarm, LogReview, ReviewLine, Total
from api.security.access import Visit
from frontend.formatting import clock as at_clock
from frontend.formatting import long_day, plural
from models.audit import AccessLogReview
from models.queries import looks as read
from models.queries.asked import schools_led
from models.queries.scope import AnyRow, NotFoundError
from models.rules.alarms import IN_A_DAY, IN_SHORT, MANY_FILES, MANY_REASONS, Burst, bursts
from models.vocabulary import Role

EVERY = timedelta(days=31)
EARLIER = 12


def compose_reviews(visit: Visit) -> list[LogReview]:
    """Compose what each school that the reader leads has to go through; that the log was read is a line of its own."""
    return [_review(visit, school_id) for school_id in sorted(schools_led(visit.scope))]


def mark(visit: Visit, school_id: int, through: int, remark: str) -> None:
    """Note that the reader went through the log up to a line; raises `NotFoundError` at a school they do not lead."""
    if school_id not in schools_led(visit.scope):
        raise NotFoundError
    visit.kit.log.write([_line(visit, school_id, "wrote")])
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.insert(AccessLogReview).values(
                school_id=school_id,
                through=min(through, read.newest(connection)),
                reviewed_at=visit.now,
                reviewed_by=visit.signed_in.name,
                remark=remark.strip() or None,
            )
        )


def notices(visit: Visit) -> list[Notice]:
    """Tell directie where they begin what stands out in the log, and that a month has gone by without looking."""
    found = []
    for school_id in schools_led(visit.scope):
        since, after, _ = _since(visit, school_id)
        if visit.now > since + EVERY:
            text = f"Het inzagelog is nog niet bekeken; dat had vóór {long_day(clock.day_of(since + EVERY))} gemoeten."
            found.append(Notice(text=text, link="/inzage", is_urgent=True))
        if alarms := _alarms(visit, school_id, after):
            text = f"{plural(len(alarms), 'melding', 'meldingen')} in het inzagelog: bekijk of het klopt."
            found.append(Notice(text=text, link="/inzage", is_urgent=True))
    return found


def _review(visit: Visit, school_id: int) -> LogReview:
    visit.lines.append(_line(visit, school_id, "read"))
    since, after, earlier = _since(visit, school_id)
    return LogReview(
        school_id=school_id,
        school=read.school(visit.connection, school_id).name,
        since=since,
        due=clock.day_of(since + EVERY),
        is_late=visit.now > since + EVERY,
        through=read.newest(visit.connection),
        alarms=_alarms(visit, school_id, after),
        totals=_totals(read.totals(visit.connection, school_id, after)),
        earlier=[ReviewLine(at=row.reviewed_at, by=row.reviewed_by, remark=row.remark) for row in earlier[:EARLIER]],
    )


def _since(visit: Visit, school_id: int) -> tuple[datetime, int, list[AnyRow]]:
    """From which moment and line on there is something to go through: the last time, or when the school came."""
    earlier = list(read.reviews(visit.connection, school_id))
    if earlier:
        return earlier[0].reviewed_at, earlier[0].through, earlier
    return read.school(visit.connection, school_id).created_at, 0, []


def _alarms(visit: Visit, school_id: int, after: int) -> list[Alarm]:
    files = bursts(read.busy(visit.connection, school_id, after, MANY_FILES, read.TEN_MINUTES), MANY_FILES, IN_SHORT)
    opened = read.busy(visit.connection, school_id, after, MANY_REASONS, read.DAY)
    reasons = bursts(opened, MANY_REASONS, IN_A_DAY)
    names = read.names_of(visit.connection, [burst.account_id for burst in (*files, *reasons)])
    told = [(burst, f"zag {burst.children} kinderen tussen {_period(burst)}") for burst in files]
    told += [
        (burst, f"opende met reden iets van {burst.children} kinderen tussen {_period(burst)}") for burst in reasons
    ]
    found = [Alarm(who=names.get(burst.account_id, "?"), text=text, at=burst.first) for burst, text in told]
    return sorted(found, key=lambda alarm: alarm.at, reverse=True)


def _period(burst: Burst) -> str:
    return f"{at_clock(burst.first)} en {at_clock(burst.last)}"


def _totals(rows: Sequence[AnyRow]) -> list[Total]:
    """Bring the actions of an account together, who saw most children first; without an account are commands."""
    found: dict[int | None, Total] = {}
    for row in rows:
        name = row.display_name or ("Een account dat er niet meer is" if row.account_id else "Beheer van het systeem")
        total = found.setdefault(row.account_id, Total(who=name, children=0, lines=0, opened=0, refused=0))
        if row.action == read.REFUSED:
            total = total.model_copy(update={"refused": row.lines})
        else:
            opened = total.opened + (row.lines if row.action == read.OPENED else 0)
            children = max(total.children, row.children)
            total = total.model_copy(update={"lines": total.lines + row.lines, "opened": opened, "children": children})
        found[row.account_id] = total
    return sorted(found.values(), key=lambda total: total.children, reverse=True)


def _line(visit: Visit, school_id: int, action: str) -> dict[str, object]:
    return {
        "at": visit.now,
        "school_id": school_id,
        "account_id": visit.scope.account_id,
        "role": Role.HEAD,
        "kind": "access_log",
        "action": action,
        "ground": "directie",
    }
