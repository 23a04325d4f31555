"""What waits for a person: records in quarantine, and whether a source's child is a child of ours."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.sources import Likeness, Proposal, WaitingIssues
from api.security.access import READ, Visit
from api.services.sources.overview import schools_kept
from api.services.sources.words import CONTRADICTIONS, FOUND, TRAITS, said_name
from connectors import match_decide
from connectors.load.retry import retry as try_again
from connectors.match_decide import Decision, NoSuchProposal
from connectors.quarantine import dismiss as lay_aside
from frontend.formatting import long_day
from models.queries import identity, provenance
from models.queries.scope import AnyRow, NotFoundError, grant_for
from models.rules.access import Kind
from models.rules.names import display_name
from models.vocabulary import Severity

WROTE = "wrote"
PLACES, SHOWN = 5, 50
GONE = "Deze vraag is al beantwoord, of er is nog geen kind om uit te kiezen."
NO_SUCH_CHILD = "Dat leerlingnummer staat nu niet in de leerlingadministratie van deze school."

Place = tuple[str, str, str, str]
"""A school, a source of it, and the code and message of what went wrong."""


def compose_quarantine(visit: Visit) -> list[WaitingIssues]:
    """Bring together what was not taken over for the same reason, most records first; no word about a child."""
    found = _waiting(visit)
    return [
        WaitingIssues(
            school=school,
            source=source,
            source_label=rows[0].source_label,
            code=code,
            message=message,
            count=len(rows),
            places=[row.locator for row in rows if row.locator][:PLACES],
            file_name=rows[0].file_name,
            received_at=rows[0].received_at,
        )
        for (school, source, code, message), rows in sorted(found.items(), key=lambda each: -len(each[1]))
    ]


def retry(visit: Visit, place: Place) -> int:
    """Try the records again that stand in quarantine for one reason; returns how many were taken over."""
    with writing(visit.kit.engine) as connection:
        return try_again(connection, _ids(visit, place), place[0], visit.now)


def dismiss(visit: Visit, place: Place) -> int:
    """Lay them aside: they do not come in, and nobody has to look at them again; returns how many."""
    with writing(visit.kit.engine) as connection:
        return lay_aside(connection, _ids(visit, place), visit.signed_in.name, visit.now)


def compose_proposals(visit: Visit) -> list[Proposal]:
    """List the questions who is who, the likeliest first; each child of ours that is named is a line in the log."""
    rows = identity.open_proposals(visit.connection, schools_kept(visit))[:SHOWN]
    for row in rows:
        _log(visit, row.school_id, row.candidate_id, READ)
    return [_proposal(row) for row in rows]


def same(visit: Visit, uid: UUID) -> None:
    """Yes, this is the same child; raises `ForPeopleError` when that question is no longer there."""
    _decide(visit, uid, match_decide.accept)


def other(visit: Visit, uid: UUID) -> None:
    """No, this is another child; raises `ForPeopleError` as `same` does."""
    _decide(visit, uid, match_decide.reject)


def by_hand(visit: Visit, uid: UUID, key: str) -> None:
    """It is the child with this leerlingnummer; raises `ForPeopleError` when the school has none such today."""
    row = _open(visit, uid)
    with writing(visit.kit.engine) as connection:
        pupil_id = identity.pupil_by_las_key(connection, [row.school_id], key.strip())
        if pupil_id is None:
            raise ForPeopleError(NO_SUCH_CHILD)
        match_decide.link(connection, row.source_person_id, pupil_id, _decision(visit))
    _log(visit, row.school_id, pupil_id, WROTE)


def all_complete(visit: Visit) -> None:
    """Link everyone with the same birth date, the same whole name and one child to choose from."""
    rows = [row for row in identity.open_proposals(visit.connection, schools_kept(visit)) if _is_complete(row)]
    for row in rows:
        _decide(visit, row.uid, match_decide.accept)


def _decide(visit: Visit, uid: UUID, decide: Callable[[sa.Connection, UUID, Decision], int]) -> None:
    row = _open(visit, uid)
    try:
        with writing(visit.kit.engine) as connection:
            decide(connection, uid, _decision(visit))
    except NoSuchProposal:
        raise ForPeopleError(GONE) from None
    _log(visit, row.school_id, row.candidate_id, WROTE)


def _open(visit: Visit, uid: UUID) -> AnyRow:
    found = identity.open_proposals(visit.connection, schools_kept(visit))
    row = next((row for row in found if row.uid == uid), None)
    if row is None:
        raise ForPeopleError(GONE)
    return row


def _decision(visit: Visit) -> Decision:
    return Decision(visit.signed_in.name, visit.now)


def _log(visit: Visit, school_id: int, pupil_id: int | None, action: str) -> None:
    if pupil_id is not None:
        grant = grant_for(visit.scope, pupil_id, school_id, {})
        visit.log(Kind.IDENTITY.value, [pupil_id], grant, action)


def _proposal(row: AnyRow) -> Proposal:
    said = row.evidence.get("delivered", {})
    born = date.fromisoformat(said["birth_date"]) if said.get("birth_date") else None
    parts = (_child(said_name(said) or "een kind zonder naam", born), said.get("group"), f"sleutel {row.source_key}")
    has_candidate = row.candidate_id is not None
    return Proposal(
        id=row.uid,
        source=row.source_label,
        said=", ".join(part for part in parts if part),
        candidate=_child(display_name(row), row.birth_date) if has_candidate else None,
        likeness=[
            Likeness(trait=words, found=FOUND[row.evidence[trait]])
            for trait, words in TRAITS.items()
            if has_candidate and row.evidence.get(trait) in FOUND
        ],
        warning=CONTRADICTIONS.get(row.contradiction, "") if row.contradiction else "",
        is_complete=_is_complete(row),
    )


def _child(name: str, born: date | None) -> str:
    return f"{name}, geboren {long_day(born)}" if born else name


def _is_complete(row: AnyRow) -> bool:
    return bool(row.evidence.get("complete")) and row.candidates == 1 and not row.contradiction


def _waiting(visit: Visit) -> dict[Place, list[AnyRow]]:
    found: dict[Place, list[AnyRow]] = defaultdict(list)
    for row in provenance.open_issues(visit.connection, schools_kept(visit)):
        if row.severity is Severity.ERROR:
            found[row.school, row.source, row.code, row.message].append(row)
    return found


def _ids(visit: Visit, place: Place) -> list[int]:
    rows = _waiting(visit).get(place)
    if rows is None:
        raise NotFoundError
    return [row.id for row in rows]
