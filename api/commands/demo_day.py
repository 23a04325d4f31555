"""What the demo school typed itself for the teacher's day: talks held and to come, views, wishes, agreements.

All about groep 6B and told from the day of the demo; the rows are those that the pages would have made.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from api import clock
from api.db import reading, writing
from models.account import Account
from models.group import ClassGroup, GroupMembership
from models.person import Pupil, SourcePerson
from models.queries import school as schools
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, THIS_YEAR
from models.support import Agreement, SupportPoint
from models.talk import Talk, TalkView, TalkWish
from models.vocabulary import AgreementOutcome, SupportKind

GROUP = "6B"
HELD, SOON = 26, 3
"""Days ago that the last talks were held, and days until the next one."""


def plant(engine: sa.Engine, brin: str, today: date) -> None:
    """Write down the talks of groep 6B; nothing when there is no such group."""
    with reading(engine) as connection:
        school = schools.by_key(connection, brin)
        accounts = {row.login: row.id for row in connection.execute(sa.select(Account.login, Account.id))}
        group = connection.scalar(_GROUP, {"today": today})
        children = connection.execute(_CHILDREN, {"today": today, "group": group}).all() if group else []
    if school is None or group is None or len(children) < len(WISHES):
        return
    first = next((row.id for row in children if row.given_name == "Noor"), children[0].id)
    others = [row.id for row in children if row.id != first]
    by = {"school_id": school.id}
    with writing(engine) as connection:
        _Desk(connection, by, accounts, today).write(group, first, others)


_GROUP = sa.select(ClassGroup.id).where(ClassGroup.name.endswith(GROUP), ClassGroup.school_year_id.in_(THIS_YEAR))
_CHILDREN = (
    sa.select(Pupil.id, Pupil.given_name)
    .join(SourcePerson, SourcePerson.pupil_id == Pupil.id)
    .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
    .where(GroupMembership.group_id == sa.bindparam("group"), ON_THE_ROLL, IN_GROUP_TODAY)
    .order_by(Pupil.id)
    .distinct()
)
VIEWS = {
    "kim": (
        "Ze legt andere kinderen geduldig iets uit en houdt vol als iets moeilijk is.",
        "Bij een nieuwe som wacht ze af tot iemand begint.",
        "Dat ze zelf durft te beginnen.",
    ),
    "ib": (
        "Leest veel en vertelt er graag over.",
        "Haar rekenen groeit minder dan we van haar gewend zijn.",
        "Eén aanpak, in de klas en thuis.",
    ),
}
WISHES = (
    "Sinds de herfst speelt dit kind vaak alleen. Wat zien anderen?",
    "Klaar voor meer uitdaging bij rekenen? Ik twijfel.",
)


class _Desk:
    """Where the demo school writes: one transaction, one school, the day of the demo."""

    def __init__(self, connection: sa.Connection, by: dict[str, int], accounts: dict[str, int], today: date) -> None:
        self.connection, self.by, self.accounts, self.today = connection, by, accounts, today

    def write(self, group: int, first: int, others: list[int]) -> None:
        held = self.today - timedelta(days=HELD)
        done = self.talk(held, time(15, 15), "Hoe helpen we bij rekenen?", pupil_id=first, **_spoken(held))
        for login, (strengths, concerns, wish) in VIEWS.items():
            self.view(done, login, _at(held, 8), strengths=strengths, concerns=concerns, wish=wish)
        about = {"pupil_id": first, "talk_id": done}
        self.point(SupportKind.HELPS, "Eerst samen één voorbeeld maken, dan zelf.", held, **about)
        self.point(SupportKind.HINDERS, "Werken met de klok erbij: dan raadt ze.", held, **about)
        self.agree("Elke dag vijf minuten de tafels, met een maatje.", "kim", held, held + timedelta(days=28), **about)
        self.agree(
            "Thuis vertellen hoe we de getallenlijn uitleggen.", "kim", held, held + timedelta(days=10), **about,
            done_on=held + timedelta(days=7), outcome=AgreementOutcome.DONE, outcome_body="Moeder oefent mee.",
        )  # fmt: skip
        together = self.talk(
            held + timedelta(days=2), time(15, 0), "Wie heeft iets extra’s nodig tot de kerst?", group_id=group,
            **_spoken(held + timedelta(days=2), "Een fijne groep, die na de pauze traag op gang komt.", ""),
        )  # fmt: skip
        for login in ("kim", "ib"):
            self.view(together, login, _at(held, 9), strengths="Ze helpen elkaar uit zichzelf.")
        self.wish(others[0], "ib", "Nog niet besproken.", held, talk_id=together, closed_at=_at(held, 15))
        self.point(SupportKind.HELPS, "Een vaste plek vooraan.", held, pupil_id=others[0], talk_id=together)
        self.agree("Na de pauze eerst vijf minuten stil lezen.", "kim", held, None, group_id=group, talk_id=together)
        soon = self.talk(
            self.today + timedelta(days=SOON), time(14, 30), "Vervolg op de afspraken over rekenen", pupil_id=first
        )
        self.view(soon, "kim", _at(self.today, 7), strengths=VIEWS["kim"][0], concerns="Ze vergeet de tafels weer.")
        self.view(soon, "ib", None)
        for child, body in zip(others[1:], WISHES, strict=False):
            self.wish(child, "kim", body, self.today - timedelta(days=2))

    def talk(self, on: date, at: time, question: str, **more: Any) -> int:
        planned = {"planned_on": on, "planned_time": at, "question": question, "planned_by": self.accounts["ib"]}
        made = self.connection.execute(sa.insert(Talk).values(**self.by, **planned, **more))
        return int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0

    def view(self, talk: int, login: str, ready_at: datetime | None, **texts: str) -> None:
        row = {"talk_id": talk, "account_id": self.accounts[login], "ready_at": ready_at}
        self.connection.execute(sa.insert(TalkView).values(**self.by, **row, **texts))

    def point(self, kind: SupportKind, body: str, on: date, **about: int) -> None:
        row = {"kind": kind, "body": body, "observed_on": on, "account_id": self.accounts["kim"]}
        self.connection.execute(sa.insert(SupportPoint).values(**self.by, **row, **about))

    def agree(self, body: str, owner: str, on: date, due: date | None, **more: Any) -> None:
        row = {"body": body, "agreed_on": on, "due_on": due, "owner_account_id": self.accounts[owner]}
        self.connection.execute(sa.insert(Agreement).values(**self.by, **row, account_id=self.accounts["ib"], **more))

    def wish(self, child: int, login: str, body: str, on: date, **more: Any) -> None:
        row = {"pupil_id": child, "body": body, "account_id": self.accounts[login], "wished_at": _at(on, 15)}
        self.connection.execute(sa.insert(TalkWish).values(**self.by, **row, **more))


def _spoken(
    on: date,
    sees: str = "Ze begint pas als ze het voorbeeld kent. Met een maatje durft ze meer. Het verschil zit in de tafels.",
    child_says: str = "“Ik snap het wel als juf het een keer voordoet. Alleen de klok maakt me zenuwachtig.”",
) -> dict[str, Any]:
    return {"started_at": _at(on, 14), "ended_at": _at(on, 15), "sees": sees, "child_says": child_says, "version": 4}


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour, 5), clock.HERE).astimezone(UTC)
