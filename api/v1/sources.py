"""Bronnen as JSON: when each source delivered, and what waits for a person. Files go in by page or command line."""

from fastapi import APIRouter, Response
from pydantic import TypeAdapter

from api.schemas.sources import Proposal, SourcesOfSchool, WaitingIssues
from api.security.access import SOURCES, Visit, guarded
from api.services.sources import deciding
from api.services.sources.overview import compose_sources

router = APIRouter(prefix="/api/v1", tags=["v1"])

SCHOOLS = TypeAdapter(list[SourcesOfSchool])
ISSUES = TypeAdapter(list[WaitingIssues])
PROPOSALS = TypeAdapter(list[Proposal])


@router.get("/sources", response_model=list[SourcesOfSchool])
@guarded(SOURCES)
def sources(visit: Visit) -> Response:
    """Each school's sources with their last delivery, files that were tried, what waits, and what came in lately."""
    return Response(SCHOOLS.dump_json(compose_sources(visit)), media_type="application/json")


@router.get("/sources/quarantine", response_model=list[WaitingIssues])
@guarded(SOURCES)
def quarantine(visit: Visit) -> Response:
    """What was not taken over, brought together by reason."""
    return Response(ISSUES.dump_json(deciding.compose_quarantine(visit)), media_type="application/json")


@router.get("/sources/proposals", response_model=list[Proposal])
@guarded(SOURCES)
def proposals(visit: Visit) -> Response:
    """The questions whether a source's child is a child of ours; each child of ours that is named is logged."""
    return Response(PROPOSALS.dump_json(deciding.compose_proposals(visit)), media_type="application/json")
