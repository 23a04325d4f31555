"""The studiewijzer of groep 6B in the demo: three weeks shared, this week's proposal open, and two announcements."""

from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api import clock
from api.db import reading, writing
from models.account import Account
from models.group import ClassGroup
from models.message import Announcement
from models.queries import studyguide as read
from models.queries.scope import THIS_YEAR, GroupGrant
from models.rules.access import READS, Position
from models.rules.studyguide import Line, monday_of, propose
from models.studyguide import StudyLine, StudyWeek
from models.vocabulary import Role

GROUP, TEACHER, HEAD = "6B", "kim", "directie"
WEEKS_BACK = (3, 2, 1)
INTROS = {
    1: "Deze week begint ons project over water. Vraag thuis eens waar het water uit de kraan vandaan komt.",
    2: "We lezen deze weken elke dag een kwartier in een eigen boek. Een strip mag ook.",
}
FILM = "https://schooltv.nl/video-item/breuken-eerlijk-delen"
APPROACH = {
    "Rekenen": ("Eerst leggen of tekenen, dan pas de som opschrijven.", "samen nemen, verschil, ongeveer"),
    "Spelling": ("Zeg het woord hardop en hak het in stukken.", "klankgroep, regel"),
    "Begrijpend Lezen": ("Stop na elke alinea en zeg wat er stond.", "alinea, hoofdgedachte"),
}
NEWS = (
    (GROUP, "Gymschoenen", "Op dinsdag en donderdag hebben we gym. Wilt u gymschoenen meegeven?", -3, 18),
    ("", "Studiedag", "Op vrijdag 11 december zijn de kinderen vrij. De opvang is open.", -1, 20),
)


def plant(engine: sa.Engine, today: date) -> None:
    """Share the weeks before this one as their proposals stood, and put up the announcements."""
    with reading(engine) as connection:
        chosen = sa.select(ClassGroup.id, ClassGroup.school_id).where(
            ClassGroup.name.endswith(GROUP), ClassGroup.school_year_id.in_(THIS_YEAR)
        )
        group = connection.execute(chosen, {"today": today}).first()
        account = connection.scalar(sa.select(Account.id).where(Account.login == TEACHER))
        head = connection.scalar(sa.select(Account.id).where(Account.login == HEAD))
        if group is None or account is None:
            return
        grant = GroupGrant(group.id, group.school_id, Role.TEACHER, "demo", READS[Position.TEACHER])
        mondays = [monday_of(today) - timedelta(weeks=back) for back in WEEKS_BACK]
        weeks = {monday: propose(read.worked(connection, grant, monday, today), [], monday) for monday in mondays}
        objectives = {monday: read.objective_ids(connection, group.school_id, lines) for monday, lines in weeks.items()}
    place = {"school_id": group.school_id, "group_id": group.id}
    with writing(engine) as connection:
        for back, monday in zip(WEEKS_BACK, mondays, strict=True):
            shared = datetime.combine(monday, time(8, 5), clock.HERE).astimezone(UTC)
            week = {
                "uid": uuid7(),
                "starts_on": monday,
                "intro": INTROS.get(back, ""),
                "film": FILM if back == 1 else "",
            }
            week |= {"published_at": shared, "changed_at": shared, "account_id": account}
            made = connection.execute(sa.insert(StudyWeek).values(place | week))
            rows = [_line(line, objectives[monday]) for line in weeks[monday]]
            numbered = {"school_id": group.school_id, "study_week_id": made.inserted_primary_key[0]}  # type: ignore[index]
            for position, row in enumerate(rows):
                connection.execute(sa.insert(StudyLine).values(numbered | row | {"position": position}))
        for name, title, body, since, until in NEWS:
            days = {"shown_from": today + timedelta(days=since), "shown_until": today + timedelta(days=until)}
            where = {"school_id": group.school_id, "group_id": group.id if name else None}
            text = {"uid": uuid7(), "title": title, "body": body, "account_id": account if name else head}
            connection.execute(sa.insert(Announcement).values(where | text | days))


def _line(line: Line, objectives: dict[tuple[str, str], int]) -> dict[str, object]:
    approach, words = APPROACH.get(line.subject, ("", ""))
    return {
        "uid": uuid7(),
        "objective_id": objectives.get((line.subject.lower(), line.objective)),
        "subject": line.subject.lower(),
        "goal": line.goal,
        "approach": approach,
        "words": words,
        "at_home": line.at_home,
    }
