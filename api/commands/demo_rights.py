"""What parents of the demo school asked: one says that something is not right, one asks for a copy of everything."""

from datetime import date, timedelta
from uuid import uuid4

import sqlalchemy as sa

from api import clock
from api.db import writing
from api.services.requests import month_later
from models.account import Account, RoleGrant
from models.copy_request import CopyRequest
from models.correction import CorrectionRequest
from models.person import Guardianship
from models.rules.access import Kind
from models.support import Goal
from models.vocabulary import Role

DISPUTES, ASKS = "ouder", "vader"
DAYS_AGO = 6
SAYS = "Dit heeft mijn kind anders gezegd: het wil het alleen proberen met een vriend erbij."


def plant(engine: sa.Engine, today: date) -> None:
    """Let one parent dispute a goal of their child and another ask for a copy, some days ago; both wait."""
    asked_at = clock.now() - timedelta(days=DAYS_AGO)
    with writing(engine) as connection:
        for login in (DISPUTES, ASKS):
            bond = connection.execute(
                sa.select(RoleGrant.account_id, Guardianship.school_id, Guardianship.pupil_id, Guardianship.guardian_id)
                .join(Account, Account.id == RoleGrant.account_id)
                .join(Guardianship, Guardianship.guardian_id == RoleGrant.guardian_id)
                .where(Account.login == login, RoleGrant.role == Role.PARENT)
                .order_by(Guardianship.pupil_id)
            ).first()
            if bond is None:
                continue
            by = {**bond._asdict(), "uid": uuid4(), "asked_at": asked_at}
            if login == ASKS:
                due = month_later(today - timedelta(days=DAYS_AGO))
                connection.execute(sa.insert(CopyRequest).values(**by, due_on=due))
            else:
                goal = connection.execute(
                    sa.select(Goal.uid, Goal.body).where(Goal.pupil_id == bond.pupil_id).order_by(Goal.id.desc())
                ).first()
                about = (Kind.GOALS, goal.body[:300], goal.uid) if goal else (Kind.PLACEMENT, "De groep", None)
                thing = dict(zip(("kind", "about", "about_uid"), about, strict=True))
                connection.execute(sa.insert(CorrectionRequest).values(**by, **thing, body=SAYS))
