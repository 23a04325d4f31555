"""In which instruction groups the demo school works: what was proposed some weeks ago, and what the teacher changed."""

from datetime import date, timedelta

import sqlalchemy as sa

from api import clock
from api.db import reading, writing
from api.services.group.placing import propose
from api.services.signals.known import known_in
from models.account import Account
from models.group import ClassGroup, InstructionPlacement
from models.queries.scope import THIS_YEAR, GroupGrant
from models.rules.access import READS, Position
from models.vocabulary import InstructionLevel, Role

GROUP, TEACHER = "6B", "kim"
SUBJECTS = ("rekenen", "spelling")
BEGUN, CHANGED = 24, 5
"""Days ago."""
OWN = "Werkt hier rustiger; over drie weken kijken we opnieuw."


def plant(engine: sa.Engine, today: date) -> None:
    """Place the children of groep 6B for two subjects; one of them moved since, with the teacher's own reason."""
    with reading(engine) as connection:
        chosen = sa.select(ClassGroup.id, ClassGroup.school_id).where(
            ClassGroup.name.endswith(GROUP), ClassGroup.school_year_id.in_(THIS_YEAR)
        )
        group = connection.execute(chosen, {"today": today}).first()
        account = connection.scalar(sa.select(Account.id).where(Account.login == TEACHER))
        if group is None or account is None:
            return
        grant = GroupGrant(group.id, group.school_id, Role.TEACHER, "demo", READS[Position.TEACHER])
        known = known_in(connection, grant, today, clock.now())
    begun, changed = today - timedelta(days=BEGUN), today - timedelta(days=CHANGED)
    by = {"school_id": group.school_id, "group_id": group.id, "account_id": account}
    rows = [
        {"pupil_id": pupil.row.id, "subject": subject, "level": found.level, "reason": found.reason}
        for subject in SUBJECTS
        for pupil in known
        if (found := propose(pupil, subject))
    ]
    moved = next((row for row in rows if row["level"] is InstructionLevel.BASIC), None)
    with writing(engine) as connection:
        for row in rows:
            until = changed - timedelta(days=1) if row is moved else None
            dates = {"starts_on": begun, "ends_on": until, "is_own_choice": False}
            connection.execute(sa.insert(InstructionPlacement).values(**by, **row, **dates))
        if moved:
            own = {"level": InstructionLevel.INTENSIVE, "reason": OWN, "is_own_choice": True, "starts_on": changed}
            connection.execute(sa.insert(InstructionPlacement).values(**by | moved | own))
