"""Talks with parents and reports in the demo: one to come with voices for Noor, one held, a round begun, a report."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api import clock
from api.db import reading, writing
from models.account import Account, RoleGrant
from models.group import ClassGroup, GroupMembership
from models.person import Guardianship, Pupil, SourcePerson
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, THIS_YEAR
from models.report_card import ReportCard
from models.rules.report_blocks import Block
from models.support import Agreement
from models.talk import Talk, TalkVoice
from models.vocabulary import Role, Speaker, TalkKind

GROUP, TEACHER, PARENT = "6B", "kim", "ouder"
TITLE = "Rapport zomer 2025-2026"
VOICES = {
    Speaker.CHILD: (
        "Ik durf nu hardop te lezen.",
        "Klokkijken, dat snap ik niet zo.",
        "Een keer voordoen.",
    ),
    Speaker.PARENT: ("Ze vertelt weer over school.", "Zondagavond slaapt ze slecht in.", "Weten hoe we thuis helpen."),
    Speaker.TEACHER: ("Noor helpt anderen geduldig.", "Zelf beginnen aan iets nieuws.", "Samen één ding oefenen."),
}
EFFORT = "Je begint vaker zelf en vraagt om hulp voor je vastloopt. Dat is gegroeid dit jaar."
WORDS = "Noor, wat een jaar. Je legde anderen geduldig iets uit en hield vol als het moeilijk werd."
OWN_WORDS = "Ik ben trots op mijn spreekbeurt over vulkanen."
CHILDREN = (
    sa.select(Pupil.id, Pupil.given_name)
    .join(SourcePerson, SourcePerson.pupil_id == Pupil.id)
    .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
    .where(GroupMembership.group_id == sa.bindparam("group"), ON_THE_ROLL, IN_GROUP_TODAY)
    .order_by(Pupil.id)
    .distinct()
)


def plant(engine: sa.Engine, today: date) -> None:
    """Write down what the pages would have made; nothing when there is no such group, teacher or parent."""
    with reading(engine) as connection:
        chosen = sa.select(ClassGroup.id, ClassGroup.school_id).where(
            ClassGroup.name.endswith(GROUP), ClassGroup.school_year_id.in_(THIS_YEAR)
        )
        group = connection.execute(chosen, {"today": today}).first()
        kim = connection.scalar(sa.select(Account.id).where(Account.login == TEACHER))
        guardian = connection.scalar(
            sa.select(RoleGrant.guardian_id)
            .join(Account, Account.id == RoleGrant.account_id)
            .where(Account.login == PARENT, RoleGrant.role == Role.PARENT)
        )
        if group is None or kim is None or guardian is None:
            return
        children = connection.execute(CHILDREN, {"today": today, "group": group.id}).all()
        theirs = set(connection.scalars(sa.select(Guardianship.pupil_id).where(Guardianship.guardian_id == guardian)))
    noor = next((row.id for row in children if row.id in theirs), None)
    if noor is None:
        return
    by = {"school_id": group.school_id}
    with writing(engine) as connection:
        desk = _Desk(connection, by, kim, today)
        desk.talk(noor, TalkKind.PARENTS, today + timedelta(days=8), time(15, 30), guardian, VOICES)
        held = desk.talk(noor, TalkKind.REPORT, today - timedelta(days=150), time(15, 0), guardian, VOICES, held=True)
        agreed = {"body": "Thuis: samen klokkijken bij het eten.", "agreed_on": today - timedelta(days=150)}
        done = {"done_on": today - timedelta(days=120), "account_id": kim}
        connection.execute(sa.insert(Agreement).values(**by, pupil_id=noor, talk_id=held, **agreed, **done))
        desk.report(noor, group.id)
        for row in [row for row in children if row.id != noor][:3]:
            desk.talk(row.id, TalkKind.CHILD, today + timedelta(days=4), None, None, {})


class _Desk:
    """Where the demo school writes: one transaction, one school, the day of the demo."""

    def __init__(self, connection: sa.Connection, by: dict[str, int], kim: int, today: date) -> None:
        self.connection, self.by, self.kim, self.today = connection, by, kim, today

    def talk(
        self,
        child: int,
        kind: TalkKind,
        on: date,
        at: time | None,
        guardian: int | None,
        voices: dict[Speaker, tuple[str, str, str]],
        *,
        held: bool = False,
    ) -> int:
        planned: dict[str, Any] = {"uid": uuid7(), "pupil_id": child, "kind": kind, "planned_by": self.kim}
        planned |= {"planned_on": on, "planned_time": at}
        if held:
            planned |= {"started_at": _at(on, 15), "ended_at": _at(on, 16)}
        made = self.connection.execute(sa.insert(Talk).values(**self.by, **planned))
        talk = int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0
        for speaker in Speaker:
            if speaker is Speaker.PARENT and guardian is None:
                continue
            goes_well, is_hard, wish = voices.get(speaker, ("", "", ""))
            row: dict[str, Any] = {"speaker": speaker, "guardian_id": guardian if speaker is Speaker.PARENT else None}
            row |= {"goes_well": goes_well, "is_hard": is_hard, "wish": wish}
            ready = {"ready_at": _at(min(on, self.today), 8) if goes_well else None}
            self.connection.execute(sa.insert(TalkVoice).values(**self.by, talk_id=talk, **row, **ready))
        return talk

    def report(self, child: int, group: int) -> None:
        blocks = {Block.EFFORT: EFFORT, Block.CHILD_WORDS: OWN_WORDS, Block.WORDS: WORDS}
        content = {
            "blocks": [{"block": one.value, "label": one.label, "lines": [text]} for one, text in blocks.items()]
        }
        since = self.today - timedelta(days=140)
        released = {"parents_from": since, "released_at": _at(since, 9), "changed_at": _at(since, 9)}
        said: dict[str, Any] = {"effort": EFFORT, "words": WORDS, "child_words": OWN_WORDS, "account_id": self.kim}
        whose = {"uid": uuid7(), "pupil_id": child, "group_id": group, "title": TITLE}
        self.connection.execute(sa.insert(ReportCard).values(**self.by, **whose, **said, **released, content=content))


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour, 5), clock.HERE).astimezone(UTC)
