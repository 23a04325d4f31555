"""What the demo school says of its own registrations: a list with hours, a round that closed, and two decisions.

All of it goes through the services of the pages, as if each of these people had been there on that day.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from starlette.requests import Request

from api import clock
from api.commands import demo_registrations_words as words
from api.db import reading
from api.schemas.registrations import NewDecision, NewOpinion, NewWork
from api.security import codes, sessions
from api.security.access import Kit, Visit
from api.security.access_log import AccessLogWriter
from api.services.registrations import changing, deciding, guests, purposes, rounds, voting
from models.account import Account
from models.group import ClassGroup
from models.queries import registrations as read
from models.queries import school as schools
from models.queries.scope import THIS_YEAR, Held, Scope
from models.vocabulary import Counted, Leftover, Role, Ruling, Voice

if TYPE_CHECKING:
    from api.settings import Settings

ROLES = {
    "directie": Role.HEAD,
    "ib": Role.IB,
    "kim": Role.TEACHER,
    "sam": Role.TEACHER,
    "kleuters": Role.TEACHER,
    "bestuur": Role.BOARD,
}
BEGUN, ASKED, CLOSED, DECIDED, STOPPED = 44, 38, 24, 21, 14
"""Days ago."""
YEAR = timedelta(days=365)


def plant(engine: sa.Engine, settings: "Settings", brin: str, today: date) -> None:
    """Let the people of the demo school make their list, speak, and decide."""
    with reading(engine) as connection:
        school = schools.by_key(connection, brin)
        accounts = {row.login: row.id for row in connection.execute(sa.select(Account.login, Account.id))}
        chosen = sa.select(sa.func.count()).select_from(ClassGroup).where(ClassGroup.school_year_id.in_(THIS_YEAR))
        groups = connection.scalar(chosen, {"today": today}) or 0
    if school is not None:
        kit = Kit(settings, engine, AccessLogWriter(engine, settings.log_heads))
        desk = _School(kit, school.id, accounts)
        desk.make_list(groups)
        desk.ask()
        desk.decide(today)


class _School:
    """The demo school and its people; each thing done is a visit of its own, on the day that it was done."""

    def __init__(self, kit: Kit, school_id: int, accounts: dict[str, int]) -> None:
        self.kit, self.school_id, self.accounts = kit, school_id, accounts

    @contextmanager
    def visit(self, login: str, ago: int, cookie: str = "") -> Iterator[Visit]:
        now = clock.now() - timedelta(days=ago)
        request = Request({"type": "http", "headers": [(b"cookie", cookie.encode())]})
        who = None
        if login:
            scope = Scope(self.accounts[login], clock.day_of(now), (Held(ROLES[login], self.school_id),), now)
            who = sessions.SignedIn(0, now, login, login, scope)
        with reading(self.kit.engine) as connection:
            yield Visit(request, self.kit, connection, now, who)

    @property
    def items(self) -> dict[str, UUID]:
        with reading(self.kit.engine) as connection:
            return {row.code: row.uid for row in read.items(connection, self.school_id)}

    def make_list(self, groups: int) -> None:
        with self.visit("directie", BEGUN) as visit:
            changing.start(visit, None)
            changing.turn_on(visit, None, words.MORE)
        with self.visit("kim", BEGUN) as visit:
            own = changing.add_own(visit, None, *words.OWN)
        items = self.items
        for login, code, work in words.WORK:
            amount = groups if work["counted"] is Counted.GROUP else 1
            with self.visit(login, BEGUN - 2) as visit:
                changing.add_work(visit, items[code], NewWork(**work, amount=amount))
        with self.visit("kim", BEGUN - 2) as visit:
            timed = changing.add_work(visit, own, NewWork(**words.OWN_WORK))
        for seconds in words.RUNS:
            with self.visit("kim", BEGUN - 3) as visit:
                changing.measured(visit, own, timed, seconds)
        with self.visit("directie", BEGUN - 2) as visit:
            by_words = {
                line.body: line.id for group in purposes.compose_purposes(visit, None)[1] for line in group.lines
            }
            for code, served in words.SERVES.items():
                changing.serve(visit, items[code], [by_words[body] for body in served])

    def ask(self) -> None:
        items = self.items
        asked = [items[code] for code in words.ASKED]
        with self.visit("directie", ASKED) as visit:
            last = visit.today + timedelta(days=ASKED - CLOSED)
            ronde = rounds.open_round(visit, None, words.TITLE, words.QUESTION, last, asked)
        for login, said in words.SAID.items():
            with self.visit(login, ASKED - 4) as visit:
                voting.vote(visit, ronde, _opinions(items, said))
        with self.visit("directie", ASKED) as visit:
            (code,) = rounds.make_codes(visit, ronde, Voice.COUNCIL, len(words.COUNCIL))
        for said in words.COUNCIL:
            with self.visit("", ASKED - 6) as visit:
                found = read.code_row(visit.connection, codes.digest(self.kit.settings, rounds.CODE, code))
                token = guests.seat(visit, found)
                name = guests.cookie_name(visit)
            with self.visit("", ASKED - 6, f"{name}={token}") as visit:
                guests.vote(visit, _opinions(items, said))
        with self.visit("directie", CLOSED) as visit:
            rounds.close(visit, ronde)

    def decide(self, today: date) -> None:
        items = self.items
        stops_on = today - timedelta(days=STOPPED)
        stop: dict[str, Any] = {"stops_on": stops_on, "leftover": Leftover.KEEP}
        for code, ruling, reason in words.DECIDED:
            more = stop if ruling is Ruling.GO else {}
            with self.visit("directie", DECIDED) as visit:
                made = NewDecision(
                    ruling=ruling, reason=reason, review_on=today - timedelta(days=DECIDED) + YEAR, **more
                )
                deciding.decide(visit, items[code], made)
        with reading(self.kit.engine) as connection:
            first, *_ = read.steps(connection, self.school_id)
        with self.visit("directie", STOPPED) as visit:
            deciding.tick(visit, first.uid)


def _opinions(items: dict[str, UUID], said: Iterable[tuple[str, Ruling, str]]) -> list[NewOpinion]:
    return [NewOpinion(item=items[code], ruling=ruling, because=because) for code, ruling, because in said]
