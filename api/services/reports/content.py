"""What stands in a report, gathered for one child or a whole group in a fixed number of queries.

Only what parents may read on the day of the report, as sentences: no figure, no level, nothing unreleased.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.schemas.reports import ReportBlock
from api.security.access import Visit
from models.queries import report_cards as read
from models.queries.handover import year_starts_on
from models.queries.whose import AnyGrant
from models.rules.report_blocks import DEFAULT, Block, known
from models.vocabulary import AbsenceReason


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the children of a grant, by child."""

    results: Sequence[Any]
    goals: Sequence[Any]
    absences: Mapping[int, Mapping[AbsenceReason, int]]
    pieces: Sequence[Any]


def blocks_of(visit: Visit, school_id: int) -> list[Block]:
    """The blocks of this school's reports, in their order."""
    codes = read.form_of(visit.connection, school_id)
    return known(codes) if codes is not None else list(DEFAULT)


def gather(visit: Visit, grant: AnyGrant, on: date) -> Facts:
    """Read what a report of the day `on` may tell of the child, or of each child of the group."""
    since = year_starts_on(visit.connection, visit.today)
    return Facts(
        results=read.released_results(visit.connection, grant, on, since, visit.today),
        goals=read.goals_in(visit.connection, grant, since, visit.today),
        absences=read.absences_in(visit.connection, grant, since, visit.today),
        pieces=read.pieces_in(visit.connection, grant, since, visit.scope),
    )


def compose(blocks: Sequence[Block], facts: Facts, card: Any) -> list[ReportBlock]:
    """Compose the blocks of one report; a block of which nothing is known is left out."""
    lines = {block: _lines(block, facts, card) for block in blocks}
    return [ReportBlock(block=block, label=block.label, lines=lines[block]) for block in blocks if lines[block]]


def _lines(block: Block, facts: Facts, card: Any) -> list[str]:
    child = card.pupil_id
    match block:
        case Block.EFFORT:
            return _typed(card.effort)
        case Block.WORDS:
            return _typed(card.words)
        case Block.CHILD_WORDS:
            return _typed(card.child_words)
        case Block.GOALS:
            mine = [one for one in facts.goals if one.pupil_id == child]
            return [f"{one.body} ({one.judgement.label})" if one.judgement else one.body for one in mine]
        case Block.PIECE:
            found = [one for one in facts.pieces if one.pupil_id == child and one.id == card.piece_id]
            return [text for one in found for text in (one.title, one.body) if text]
        case Block.WELLBEING | Block.RESULTS:
            return [
                result_line(one)
                for one in facts.results
                if one.pupil_id == child and (one.kind in read.IS_WELLBEING) == (block is Block.WELLBEING)
            ]
        case Block.ATTENDANCE:
            return [attendance(facts.absences.get(child, {}))]


def result_line(row: Any) -> str:
    """Say what a report tells of one released result: the name of the test and its sentence."""
    return f"{row.name}: {row.explanation}"


def attendance(days: Mapping[AbsenceReason, int]) -> str:
    """Say in one sentence on how many days a child was not there this school year, or late."""
    away = [f"{count} {'dag' if count == 1 else 'dagen'} {WHY[why]}" for why, count in days.items() if why in WHY]
    late = days.get(AbsenceReason.LATE, 0)
    said = f"Je was er {', '.join(away)} niet" if away else "Je was er dit schooljaar elke dag"
    return f"{said}{f' en kwam {late} keer te laat' if late else ''}."


WHY = {
    AbsenceReason.ILL: "door ziekte",
    AbsenceReason.DOCTOR: "voor de dokter of tandarts",
    AbsenceReason.LEAVE: "met verlof",
    AbsenceReason.UNAUTHORISED: "zonder dat school wist waarom",
}


def _typed(text: str) -> list[str]:
    return [part.strip() for part in text.splitlines() if part.strip()]
