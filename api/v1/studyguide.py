"""The studiewijzer as JSON: a week as parents read it, and as the teacher writes it."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.schemas.studyguide import EditorPage, NewWeek, SavedWeek, StudyPage, WeekCode
from api.security.access import STUDY_WEEKS, STUDYGUIDE, Visit, guarded
from api.services.studyguide import writing_week
from api.services.studyguide.reading_week import compose_study_page
from models.queries.scope import GroupGrant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/groups/{uid}/study-guide", response_model=StudyPage)
@guarded(STUDYGUIDE)
def study_page(visit: Visit, uid: UUID, week: str = "") -> Response:
    """The published week of a group ("2026-W48"; empty: this week), with what the reader's own child worked at."""
    return Response(compose_study_page(visit, uid, week).model_dump_json(), media_type="application/json")


@router.get("/groups/{uid}/study-guide/draft", response_model=EditorPage)  # noqa: FAST003 - the guard makes it a grant
@guarded(STUDY_WEEKS)
def draft(visit: Visit, group: GroupGrant, week: str = "", start: str = "") -> Response:
    """The week as it is kept, or a proposal; `start` is "voorstel" or "vorige" to begin anew."""
    shown = writing_week.compose_editor(visit, group, week, start)
    return Response(shown.model_dump_json(), media_type="application/json")


@router.post("/groups/{uid}/study-guide", response_model=SavedWeek)  # noqa: FAST003 - see above
@guarded(STUDY_WEEKS)
def save(visit: Visit, group: GroupGrant, wanted: NewWeek) -> Response:
    """Keep a week as a whole; what is not sent is gone from it."""
    return Response(writing_week.save(visit, group, wanted).model_dump_json(), media_type="application/json")


@router.post("/groups/{uid}/study-guide/withdraw", status_code=204)  # noqa: FAST003 - see above
@guarded(STUDY_WEEKS)
def take_back(visit: Visit, group: GroupGrant, wanted: WeekCode) -> Response:
    """Hide a published week from parents again."""
    writing_week.take_back(visit, group, wanted.week)
    return Response(status_code=204)
