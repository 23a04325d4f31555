"""What a parent disputes, beside where it stands on the sheet; for colleagues only."""

import sqlalchemy as sa

from api.schemas.sheet import DisputeLine
from models.queries.corrections import disputes_of
from models.queries.scope import Grant
from models.rules.access import Kind

PLACES = {
    Kind.RESULTS: "learning",
    Kind.CLASS_TESTS: "learning",
    Kind.PRACTICE: "practice",
    Kind.WELLBEING: "wellbeing",
    Kind.SUPPORT_PLAN: "support",
    Kind.IN_CLASS: "support",
    Kind.GOALS: "talent",
    Kind.PORTFOLIO: "talent",
    Kind.ATTENDANCE: "timeline",
}
"""Everything else stands at the head of the sheet."""


def disputes_about(connection: sa.Connection, grant: Grant) -> list[DisputeLine]:
    """List what is disputed about the child of this grant and was not corrected."""
    return [
        DisputeLine(
            id=row.uid,
            place=PLACES.get(Kind(row.kind), "head"),
            about=row.about,
            state=f"school: {row.answer.label}" if row.answer else "wacht op antwoord",
        )
        for row in disputes_of(connection, grant)
    ]
