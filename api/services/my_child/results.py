"""What was released of a child's tests and lists: each with its sentence, a test beside the child's own last one."""

from typing import Any

from api.schemas.my_child import Level, ReleasedResult, ReleasedTest
from api.security.access import Visit
from models.queries import my_child as read
from models.queries.prepared import Rows
from models.queries.scope import Grant
from models.rules.own_growth import LADDERS, Shown, ladder, ways
from models.vocabulary import SUBJECTS, InstrumentKind, Measure


def results_of(visit: Visit, grant: Grant, released: Rows, *, compares: bool) -> list[ReleasedTest]:
    """Compose the released tests, newest first, each with how it went beside the released one before it.

    `compares` is whether the school shows parents the level among others too.
    """
    scores = read.scores(visit.connection, grant, visit.scope)
    since = ways(
        Shown(
            id=row.assessment_id,
            line=(row.subject or row.name, row.comparable_group),
            taken_on=row.taken_on,
            value=row.value_num,
            low=row.ci_low,
            high=row.ci_high,
        )
        for row in scores
        if row.measure is Measure.SKILL and row.value_num is not None
    )
    levels = _levels(scores) if compares else {}
    return [
        ReleasedTest(
            **_said(row),
            way=found.way if (found := since.get(row.assessment_id)) else "unknown",
            since=found.day if found else None,
            level=levels.get(row.assessment_id),
        )
        for row in released
        if row.kind is InstrumentKind.TEST
    ]


def _levels(scores: Rows) -> dict[int, Level]:
    """Return the level of each test as delivered; of two ladders I-V goes before A-E."""
    found: dict[int, Level] = {}
    for row in scores:
        if row.measure is not Measure.LEVEL:
            continue
        steps = ladder(row.value_raw)
        known = found.get(row.assessment_id)
        if known is None or (steps == LADDERS[0] and known.highest != steps[0]):
            found[row.assessment_id] = Level(
                value=row.value_raw, highest=steps[0] if steps else None, lowest=steps[-1] if steps else None
            )
    return found


def wellbeing_of(released: Rows) -> list[ReleasedResult]:
    """Compose what was released of lists and observations, newest first: the sentence and nothing else."""
    return [ReleasedResult(**_said(row)) for row in released if row.kind is not InstrumentKind.TEST]


def _said(row: Any) -> dict[str, Any]:
    subject = row.subject or row.name
    return {
        "id": row.uid,
        "subject": SUBJECTS.get(subject, subject),
        "name": row.name,
        "taken_on": row.taken_on,
        "explanation": row.explanation,
        "is_asked": row.is_asked,
    }
