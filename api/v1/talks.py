"""Talks about a child or a group as JSON: what the pages show and take."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.schemas.talks import (
    ItemId,
    Moved,
    NewTalk,
    NewView,
    NewWish,
    Outcome,
    Participants,
    Planning,
    Said,
    Saved,
    TableText,
    TalkId,
    TalkList,
    TalkPage,
)
from api.security.access import TALK, TALK_ABOUT_CHILD, TALK_ABOUT_GROUP, TALKS, Visit, guarded
from api.services.talks import compose, listing, planning, table, views
from models.queries.scope import Grant, GroupGrant
from models.queries.talks import FoundTalk

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/talks", response_model=TalkList)
@guarded(TALKS)
def talks(visit: Visit) -> Response:
    """The talks that you may read: to come, and held in the last year."""
    return _json(listing.compose_list(visit))


@router.get("/groups/{uid}/talks", response_model=Planning)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(TALK_ABOUT_GROUP)
def of_group(visit: Visit, group: GroupGrant) -> Response:
    """The proposed agenda of a talk about this group, each child with its reasons, and earlier talks."""
    return _json(listing.compose_group_planning(visit, group))


@router.post("/groups/{uid}/talks", status_code=201, response_model=TalkId)  # noqa: FAST003 - see above
@guarded(TALK_ABOUT_GROUP)
def plan_for_group(visit: Visit, group: GroupGrant, talk: NewTalk) -> Response:
    """Plan a talk about this group and some of its children."""
    return _json(TalkId(id=planning.plan(visit, group, talk)), 201)


@router.get("/pupils/{uid}/talks", response_model=Planning)  # noqa: FAST003 - see above
@guarded(TALK_ABOUT_CHILD)
def of_child(visit: Visit, grant: Grant) -> Response:
    """What is wished, planned and held about this child."""
    return _json(listing.compose_child_planning(visit, grant))


@router.post("/pupils/{uid}/talks", status_code=201, response_model=TalkId)  # noqa: FAST003 - see above
@guarded(TALK_ABOUT_CHILD)
def plan_for_child(visit: Visit, grant: Grant, talk: NewTalk) -> Response:
    """Plan a talk about this child."""
    return _json(TalkId(id=planning.plan(visit, grant, talk)), 201)


@router.post("/pupils/{uid}/talk-wishes", status_code=201, response_model=TalkId)  # noqa: FAST003 - see above
@guarded(TALK_ABOUT_CHILD)
def wish(visit: Visit, grant: Grant, wish: NewWish) -> Response:
    """Ask that this child be talked about."""
    return _json(TalkId(id=planning.wish(visit, grant, wish.body, wish.signal)), 201)


@router.post("/pupils/{uid}/talk-wishes/withdraw", status_code=204)  # noqa: FAST003 - see above
@guarded(TALK_ABOUT_CHILD)
def withdraw(visit: Visit, grant: Grant, wish: ItemId) -> Response:
    """Take back your own wish."""
    planning.withdraw(visit, grant, wish.id)
    return _done()


@router.get("/talks/{talk_id}", response_model=TalkPage)  # noqa: FAST003 - the guard turns the id into a talk
@guarded(TALK)
def talk(visit: Visit, talk: FoundTalk) -> Response:
    """One talk as it stands; when it has ended this is the report."""
    return _json(compose.compose_talk(visit, talk))


@router.put("/talks/{talk_id}/view", status_code=204)  # noqa: FAST003 - see above
@guarded(TALK)
def save_view(visit: Visit, talk: FoundTalk, view: NewView) -> Response:
    """Keep what you think beforehand; others see it once all are ready or the talk begins."""
    views.save(visit, talk, view)
    return _done()


@router.put("/talks/{talk_id}/day", status_code=204)  # noqa: FAST003 - see above
@guarded(TALK)
def move(visit: Visit, talk: FoundTalk, moved: Moved) -> Response:
    """Hold the talk on another day."""
    planning.move(visit, talk, moved.on, moved.at)
    return _done()


@router.put("/talks/{talk_id}/participants", status_code=204)  # noqa: FAST003 - see above
@guarded(TALK)
def take_part(visit: Visit, talk: FoundTalk, who: Participants) -> Response:
    """Say who takes part; nobody is taken off who wrote something already."""
    planning.take_part(visit, talk, who.participants)
    return _done()


@router.post("/talks/{talk_id}/cancel", status_code=204)  # noqa: FAST003 - see above
@guarded(TALK)
def cancel(visit: Visit, talk: FoundTalk) -> Response:
    """Call the talk off."""
    planning.cancel(visit, talk)
    return _done()


@router.post("/talks/{talk_id}/start", status_code=204)  # noqa: FAST003 - see above
@guarded(TALK)
def start(visit: Visit, talk: FoundTalk) -> Response:
    """Begin the talk; all views can be read from now on."""
    planning.start(visit, talk)
    return _done()


@router.put("/talks/{talk_id}/table", response_model=Saved)  # noqa: FAST003 - see above
@guarded(TALK)
def save_text(visit: Visit, talk: FoundTalk, text: TableText) -> Response:
    """Keep what is seen and what the child says itself, while the talk runs."""
    return _json(Saved(version=table.save_text(visit, talk, text)))


@router.post("/talks/{talk_id}/said", status_code=204)  # noqa: FAST003 - see above
@guarded(TALK)
def say(visit: Visit, talk: FoundTalk, said: Said) -> Response:
    """Add what helps, what hinders, or what is agreed, while the talk runs."""
    table.save(visit, talk, None, said)
    return _done()


@router.post("/talks/{talk_id}/said/remove", status_code=204)  # noqa: FAST003 - see above
@guarded(TALK)
def take_back(visit: Visit, talk: FoundTalk, line: ItemId) -> Response:
    """Take back a line of this talk, while it runs."""
    table.take_back(visit, talk, line.id)
    return _done()


@router.post("/talks/{talk_id}/earlier", status_code=204)  # noqa: FAST003 - see above
@guarded(TALK)
def close(visit: Visit, talk: FoundTalk, outcome: Outcome) -> Response:
    """Say how an agreement of an earlier talk ended."""
    table.close(visit, talk, outcome)
    return _done()


@router.post("/talks/{talk_id}/end", status_code=204)  # noqa: FAST003 - see above
@guarded(TALK)
def end(visit: Visit, talk: FoundTalk) -> Response:
    """Finish the talk: the report is ready and nothing changes any more."""
    table.end(visit, talk)
    return _done()


def _json(content: BaseModel, status: int = 200) -> Response:
    return Response(content.model_dump_json(), status, media_type="application/json")


def _done() -> Response:
    return Response(status_code=204)
