"""What each voice prepares: three short fields of the same size, for the child, a parent or the teacher.

Until the talk begins; then what lies on the table stays as it is.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from api.problem import ForPeopleError
from api.schemas.meetings import MOST_IN_A_FIELD, NewVoice, SchoolVoice
from api.security.access import Visit
from api.services.meetings.rights import log_written, require_writing, to_come
from models.queries import meetings as read
from models.queries.custody import guardian_ids_of
from models.queries.scope import Grant, NotFoundError
from models.talk import TalkVoice
from models.vocabulary import Speaker


def save_for_school(visit: Visit, grant: Grant, uid: UUID, voice: SchoolVoice) -> None:
    """Keep what the teacher brings, or what the child says while the teacher types."""
    require_writing(grant)
    row = read.meeting(visit.connection, grant, uid, visit.today)
    if voice.speaker is Speaker.PARENT:
        raise ForPeopleError("Wat een ouder wil zeggen, schrijft die ouder zelf.")
    _save(visit, grant, row, voice, TalkVoice.speaker == voice.speaker)


def save_as_parent(visit: Visit, grant: Grant, uid: UUID, voice: NewVoice) -> None:
    """Keep what this guardian brings to a talk to which they are asked."""
    row = read.own_meeting(visit.connection, grant, visit.scope, uid)
    mine = guardian_ids_of(visit.connection, visit.scope)
    _save(visit, grant, row, voice, TalkVoice.guardian_id.in_(mine))


def save_as_child(visit: Visit, grant: Grant, voice: NewVoice) -> None:
    """Keep what the child that is logged in brings to its next talk; `NotFoundError` when there is none."""
    row = read.child_meeting(visit.connection, grant, visit.today)
    if row is None:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    _save(visit, grant, row, voice, TalkVoice.speaker == Speaker.CHILD)


def _save(visit: Visit, grant: Grant, row: Any, voice: NewVoice, whose: Any) -> None:
    typed = {name: " ".join(getattr(voice, name).split()) for name in ("goes_well", "is_hard", "wish")}
    if any(len(text) > MOST_IN_A_FIELD for text in typed.values()):
        raise ForPeopleError(f"Schrijf per vak hooguit {MOST_IN_A_FIELD} tekens.")
    if voice.is_ready and not any(typed.values()):
        raise ForPeopleError("Schrijf eerst iets op; een van de drie vakken is genoeg.")
    with to_come(visit, row) as connection:
        kept = typed | {"account_id": visit.scope.account_id, "ready_at": visit.now if voice.is_ready else None}
        mine = (TalkVoice.talk_id == row.id, TalkVoice.school_id == grant.school_id, whose)
        connection.execute(sa.update(TalkVoice).where(*mine).values(kept))
    log_written(visit, grant)
