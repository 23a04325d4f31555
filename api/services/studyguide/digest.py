"""The weekly message: made ready when a week is published, for each guardian with custody and an address.

Its text holds the name of the group and the goals, and nothing of a child; the teacher's greeting is not in it.
The same week is never made ready twice for one guardian, and what went out stays as it was.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.security.access import Visit
from api.services.studyguide.views import week_words
from api.services.studyguide.whole import named_in
from frontend.formatting import called
from models.message import Message, MessageCopy
from models.queries import group_facts
from models.queries import messages as read
from models.queries import studyguide as weeks
from models.queries.scope import GroupGrant, group_name
from models.rules.studyguide import Line, week_code
from models.rules.wording import capital
from models.vocabulary import MessageKind


def prepare(connection: sa.Connection, visit: Visit, grant: GroupGrant, monday: date, lines: Sequence[Line]) -> int:
    """Make the message of this week ready, or bring one that nobody has yet up to date; returns how many are added."""
    group = weeks.group(connection, weeks.staff_reader(grant))
    names = {row.given_name for row in group_facts.pupils_in(connection, grant, visit.today) if row.given_name}
    unnamed = [line for line in lines if not named_in(names, (line.subject, line.goal, line.at_home))]
    link = f"{visit.kit.settings.public_url}/studiewijzer/{group.uid}?week={week_code(monday)}"
    subject, body = text_of(group_name(group.name), monday, unnamed, link if visit.kit.settings.public_url else "")
    key = key_of(grant, monday)
    known = read.message(connection, grant.school_id, key)
    copies = read.copies_of(connection, grant.school_id, known.id) if known else []
    if known is None:
        row = {"uid": uuid7(), "school_id": grant.school_id, "group_id": grant.group_id, "kind": MessageKind.DIGEST}
        row |= {"key": key, "subject": subject, "body": body, "account_id": visit.scope.account_id}
        made = connection.execute(sa.insert(Message).values(row | {"made_at": visit.now}))
        message_id = made.inserted_primary_key[0]  # type: ignore[index]
    else:
        message_id = known.id
        if not any(copy.sent_at for copy in copies):
            connection.execute(sa.update(Message).where(Message.id == message_id).values(subject=subject, body=body))
    have = {copy.guardian_id for copy in copies}
    added = [each for each in read.recipients(connection, grant, visit.today, visit.now) if each not in have]
    rows = [{"school_id": grant.school_id, "message_id": message_id, "guardian_id": each} for each in added]
    if rows:
        connection.execute(sa.insert(MessageCopy), rows)
    return len(added)


def take_back(connection: sa.Connection, grant: GroupGrant, monday: date) -> None:
    """Let no copy go out that has not yet; what went out is remembered, so that nobody gets the week twice."""
    known = read.message(connection, grant.school_id, key_of(grant, monday))
    if known is None:
        return
    waiting = sa.delete(MessageCopy).where(MessageCopy.message_id == known.id, read.WAITS)
    connection.execute(waiting)
    if not read.copies_of(connection, grant.school_id, known.id):
        connection.execute(sa.delete(Message).where(Message.id == known.id))


def key_of(grant: GroupGrant, monday: date) -> str:
    """Name the message of a week of a group."""
    return f"studiewijzer:{grant.group_id}:{week_code(monday)}"


def text_of(group: str, monday: date, lines: Sequence[Line], link: str) -> tuple[str, str]:
    """Write the subject and the text of the message; names nobody."""
    name = called(group)
    said = [f"Dit leert {name} in {week_words(monday)}.", ""]
    for line in lines:
        said.append(f"{capital(line.subject)}: {line.goal}")
        said += [f"  Thuis, vijf minuten: {line.at_home}"] if line.at_home else []
        said.append("")
    said += [f"Meer lezen: {link}", ""] if link else []
    said.append("U krijgt dit bericht van school omdat uw kind in deze groep zit. Antwoorden kan niet op dit bericht.")
    return f"Studiewijzer {name}, {week_words(monday).partition(',')[0]}", "\n".join(said)
