"""The next record of custody: never a change of an earlier one, and never two that are both the next."""

from collections.abc import Iterable
from datetime import date, datetime, time

import sqlalchemy as sa

from api.clock import HERE
from api.db import writing
from api.problem import ForPeopleError
from frontend.formatting import long_day
from models.custody import CustodyRecord
from models.queries.scope import AnyRow
from models.rules.custody import Recorded, in_force
from models.vocabulary import Custody, CustodyEvidence


class ChangedMeanwhileError(ForPeopleError):
    """Someone else changed custody of this child between looking and saving."""


def append(  # noqa: PLR0913 - the columns of a record
    engine: sa.Engine,
    *,
    school_id: int,
    pupil_id: int,
    guardian_id: int,
    seen: int,
    custody: Custody,
    evidence: CustodyEvidence,
    starts_at: datetime,
    remark: str,
    now: datetime,
    by: str,
) -> None:
    """Add the record after version `seen` of this child; raises `ChangedMeanwhileError` when that is not the newest."""
    values = {
        "school_id": school_id,
        "pupil_id": pupil_id,
        "guardian_id": guardian_id,
        "version": seen + 1,
        "custody": custody,
        "starts_at": starts_at,
        "evidence": evidence,
        "remark": remark.strip() or None,
        "recorded_at": now,
        "recorded_by": by,
    }
    try:
        with writing(engine) as connection:
            newest = sa.select(sa.func.coalesce(sa.func.max(CustodyRecord.version), 0))
            if connection.scalars(newest.where(CustodyRecord.pupil_id == pupil_id)).one() != seen:
                raise _changed()
            connection.execute(sa.insert(CustodyRecord).values(values))
    except sa.exc.IntegrityError as both:
        raise _changed() from both


def start_of(since: date | None, records: Iterable[AnyRow], now: datetime) -> datetime:
    """Return when a change begins: at the start of that day here, or now; not before what holds now."""
    starts_at = now if since is None else datetime.combine(since, time(), HERE)
    current = in_force(map(recorded, records), now)
    if current is not None and starts_at < current.starts_at:
        raise ForPeopleError(
            f"Wat nu geldt, begon op {in_words(current.starts_at)}; een wijziging kan niet eerder beginnen. "
            "Kies dezelfde dag om het te verbeteren, of een latere."
        )
    return starts_at


def recorded(row: AnyRow) -> Recorded:
    """Take from a row what the rules look at."""
    return Recorded(row.version, row.custody, row.starts_at, row.evidence)


def in_words(moment: datetime) -> str:
    """Write a moment as a day, with the time of day only where it is not the start of that day."""
    here = moment.astimezone(HERE)
    return long_day(here.date()) if here.time() == time() else f"{long_day(here.date())} om {here:%H:%M}"


def _changed() -> ChangedMeanwhileError:
    return ChangedMeanwhileError(
        "Iemand anders heeft het gezag over dit kind intussen gewijzigd. Uw wijziging is niet bewaard; kijk wat er nu "
        "staat en doe het zo nodig opnieuw."
    )
