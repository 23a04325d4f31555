"""Talks with parents and the child as JSON: what the pages show and take, for school and for a parent."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.schemas.meetings import (
    AtTheTable,
    ChildMeetings,
    LineId,
    Meeting,
    MeetingId,
    MovedMeeting,
    NewMeeting,
    NewRound,
    NewVoice,
    OwnMeetings,
    Planned,
    Round,
    SchoolVoice,
)
from api.security.access import MEETING, MEETINGS_OF_GROUP, OWN_MEETING, Visit, guarded
from api.services.meetings import compose, planning, table, voices
from models.queries.scope import Grant, GroupGrant
from models.vocabulary import TalkKind

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/groups/{uid}/meetings", response_model=Round)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(MEETINGS_OF_GROUP)
def round_of_group(visit: Visit, group: GroupGrant, kind: TalkKind = TalkKind.PARENTS) -> Response:
    """The talks with parents of a whole group: planned, and else an hour and guests that are proposed."""
    return _json(compose.compose_round(visit, group, kind))


@router.post("/groups/{uid}/meetings", status_code=201, response_model=Planned)  # noqa: FAST003 - see above
@guarded(MEETINGS_OF_GROUP)
def plan_round(visit: Visit, group: GroupGrant, wanted: NewRound) -> Response:
    """Plan a talk for each of these children: all of them or none."""
    return _json(Planned(planned=planning.plan_round(visit, group, wanted)), 201)


@router.get("/pupils/{uid}/meetings", response_model=ChildMeetings)  # noqa: FAST003 - see above
@guarded(MEETING)
def of_child(visit: Visit, grant: Grant) -> Response:
    """The talks with this child and its parents, to come and of the last year, and who can be asked."""
    return _json(compose.compose_child(visit, grant))


@router.post("/pupils/{uid}/meetings", status_code=201, response_model=MeetingId)  # noqa: FAST003 - see above
@guarded(MEETING)
def plan(visit: Visit, grant: Grant, wanted: NewMeeting) -> Response:
    """Plan one talk."""
    return _json(MeetingId(id=planning.plan(visit, grant, wanted)), 201)


@router.get("/pupils/{uid}/meetings/{talk_id}", response_model=Meeting)  # noqa: FAST003 - see above
@guarded(MEETING)
def meeting(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    """One talk with its voices, what was agreed and the child's goal."""
    return _json(compose.compose_meeting(visit, grant, talk_id))


@router.put("/pupils/{uid}/meetings/{talk_id}/voice", status_code=204)  # noqa: FAST003 - see above
@guarded(MEETING)
def save_voice(visit: Visit, grant: Grant, talk_id: UUID, voice: SchoolVoice) -> Response:
    """Keep what the teacher brings, or what the child says while the teacher types."""
    voices.save_for_school(visit, grant, talk_id, voice)
    return _done()


@router.put("/pupils/{uid}/meetings/{talk_id}/day", status_code=204)  # noqa: FAST003 - see above
@guarded(MEETING)
def move(visit: Visit, grant: Grant, talk_id: UUID, moved: MovedMeeting) -> Response:
    """Hold the talk on another day or hour."""
    planning.move(visit, grant, talk_id, moved.on, moved.at)
    return _done()


@router.post("/pupils/{uid}/meetings/{talk_id}/cancel", status_code=204)  # noqa: FAST003 - see above
@guarded(MEETING)
def cancel(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    """Call the talk off."""
    planning.cancel(visit, grant, talk_id)
    return _done()


@router.post("/pupils/{uid}/meetings/{talk_id}/start", status_code=204)  # noqa: FAST003 - see above
@guarded(MEETING)
def start(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    """Begin the talk; who sit at the table read each other's words."""
    planning.start(visit, grant, talk_id)
    return _done()


@router.post("/pupils/{uid}/meetings/{talk_id}/said", status_code=204)  # noqa: FAST003 - see above
@guarded(MEETING)
def say(visit: Visit, grant: Grant, talk_id: UUID, said: AtTheTable) -> Response:
    """Add what is agreed, or the child's own goal, while the talk runs."""
    table.add(visit, grant, talk_id, said)
    return _done()


@router.post("/pupils/{uid}/meetings/{talk_id}/said/remove", status_code=204)  # noqa: FAST003 - see above
@guarded(MEETING)
def take_back(visit: Visit, grant: Grant, talk_id: UUID, line: LineId) -> Response:
    """Take back an agreement of this talk, while it runs."""
    table.take_back(visit, grant, talk_id, line.id)
    return _done()


@router.post("/pupils/{uid}/meetings/{talk_id}/end", status_code=204)  # noqa: FAST003 - see above
@guarded(MEETING)
def end(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    """Finish the talk; nothing changes any more."""
    table.end(visit, grant, talk_id)
    return _done()


@router.get("/my-children/{uid}/meetings", response_model=OwnMeetings)  # noqa: FAST003 - see above
@guarded(OWN_MEETING)
def own_list(visit: Visit, grant: Grant) -> Response:
    """For a parent: the talks to which you are asked."""
    return _json(compose.compose_own_list(visit, grant))


@router.get("/my-children/{uid}/meetings/{talk_id}", response_model=Meeting)  # noqa: FAST003 - see above
@guarded(OWN_MEETING)
def own_meeting(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    """For a parent: one talk to which you are asked; of another parent no word before it began."""
    return _json(compose.compose_own(visit, grant, talk_id))


@router.put("/my-children/{uid}/meetings/{talk_id}/voice", status_code=204)  # noqa: FAST003 - see above
@guarded(OWN_MEETING)
def save_own_voice(visit: Visit, grant: Grant, talk_id: UUID, voice: NewVoice) -> Response:
    """For a parent: keep what you bring; school reads it once you are ready."""
    voices.save_as_parent(visit, grant, talk_id, voice)
    return _done()


def _json(content: BaseModel, status: int = 200) -> Response:
    return Response(content.model_dump_json(), status, media_type="application/json")


def _done() -> Response:
    return Response(status_code=204)
