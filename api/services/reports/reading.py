"""Reading reports: the list of a group, one report for school as it is now, and for parents as it was released."""

from datetime import date
from typing import Any
from uuid import UUID

from api.schemas.reports import CardLine, Choice, GroupReports, OwnReportLine, OwnReports, Report, ReportBlock
from api.security.access import Visit
from api.services.reports.content import blocks_of, compose, gather, result_line
from api.services.reports.writing import PAGE, may_write
from models.queries import report_cards as read
from models.queries.group_facts import pupils_in
from models.queries.groups import group as group_of
from models.queries.meetings import child_of
from models.queries.portfolio import consents
from models.queries.scope import Grant, GroupGrant, group_name
from models.rules.access import Kind
from models.rules.consent import Allowed
from models.rules.names import display_name
from models.rules.report_blocks import Block
from models.vocabulary import ConsentPurpose

HIDDEN_WITHOUT = {
    Block.ATTENDANCE: Kind.ATTENDANCE,
    Block.PIECE: Kind.PORTFOLIO,
    Block.GOALS: Kind.GOALS,
}
"""Blocks that only they read who read this kind of data; of results and well-being the report has what was released."""
RELEASED = {Block.RESULTS, Block.WELLBEING}
AT_SCHOOL = {Block.WELLBEING: Kind.WELLBEING}
"""The same for who works at school, whose right does not come from a release."""


def compose_group(visit: Visit, group: GroupGrant, title: str = "") -> GroupReports:
    """Compose the list in which the words of a group's reports are written, one child after another."""
    read.require_group(group)
    children = pupils_in(visit.connection, group, visit.today)
    visit.log(PAGE, [child.id for child in children], group)
    rows = read.titles_of(visit.connection, group, visit.today)
    titles = [row.title for row in rows]
    unfinished = [row.title for row in rows if row.begun > row.released]
    title = " ".join(title.split())[:100] or next(iter(unfinished), usual_title(visit.today))
    cards = read.cards_of(visit.connection, group, title, visit.today)
    pieces = gather(visit, group, visit.today).pieces if Kind.PORTFOLIO in group.kinds else []
    row = group_of(visit.connection, group)
    return GroupReports(
        id=row.uid,
        name=group_name(row.name),
        ground=group.ground,
        title=title,
        titles=titles,
        lines=[_line(child, cards.get(child.id), pieces) for child in children],
        may_write=may_write(group),
        today=visit.today,
    )


def compose_report(visit: Visit, grant: Grant, uid: UUID) -> Report:
    """Compose one report for who works at school: as it was released, else as it would be now."""
    card = read.card(visit.connection, grant, uid)
    if card.content is not None:
        blocks = _with_consent(visit, grant, _frozen(card))
        return _report(visit, grant, card, _for(grant, blocks, HIDDEN_WITHOUT | AT_SCHOOL))
    blocks = compose(blocks_of(visit, grant.school_id), gather(visit, grant, visit.today), card)
    return _report(visit, grant, card, _for(grant, blocks, HIDDEN_WITHOUT | AT_SCHOOL))


def compose_own(visit: Visit, grant: Grant, uid: UUID) -> Report:
    """Compose one report for a parent or the child: as it was on the day of release.

    But for what they may not read any more: a result that was withdrawn or corrected, and a piece without consent.
    """
    card = read.released_card(visit.connection, grant, uid, visit.today)
    blocks = _still_told(visit, grant, _with_consent(visit, grant, _frozen(card)))
    return _report(visit, grant, card, _for(grant, blocks, HIDDEN_WITHOUT))


def own_reports(visit: Visit, grant: Grant) -> OwnReports:
    """List the reports that a parent or the child may read today, the newest first."""
    rows = read.released_cards(visit.connection, grant, visit.today)
    return OwnReports(reports=[OwnReportLine(id=row.uid, title=row.title, on=row.parents_from) for row in rows])


def usual_title(today: date) -> str:
    """Return "Rapport winter 2026-2027", "Rapport voorjaar …" or "Rapport zomer …"."""
    first = today.year if today.month >= 8 else today.year - 1
    season = "winter" if today.month in {8, 9, 10, 11, 12, 1, 2} else "voorjaar" if today.month <= 4 else "zomer"
    return f"Rapport {season} {first}-{first + 1}"


def _line(child: Any, card: Any, pieces: Any) -> CardLine:
    mine = [piece for piece in pieces if piece.pupil_id == child.id]
    return CardLine(
        id=child.uid,
        name=display_name(child),
        report=card.uid if card else None,
        effort=card.effort if card else "",
        words=card.words if card else "",
        child_words=card.child_words if card else "",
        piece=next((piece.uid for piece in mine if card and piece.id == card.piece_id), None),
        pieces=[Choice(id=piece.uid, name=piece.title) for piece in mine],
        parents_from=card.parents_from if card else None,
    )


def _for(grant: Grant, blocks: list[ReportBlock], needs: dict[Block, Kind]) -> list[ReportBlock]:
    return [one for one in blocks if needs.get(one.block) in {None, *grant.kinds}]


def _with_consent(visit: Visit, grant: Grant, blocks: list[ReportBlock]) -> list[ReportBlock]:
    """Leave out the piece unless the parents allow it now: what they take back is gone from every report."""
    if all(one.block is not Block.PIECE for one in blocks):
        return blocks
    may = consents(visit.connection, grant, visit.scope)[ConsentPurpose.REPORT] is Allowed.YES
    return [one for one in blocks if may or one.block is not Block.PIECE]


def _still_told(visit: Visit, grant: Grant, blocks: list[ReportBlock]) -> list[ReportBlock]:
    told = {result_line(row) for row in read.told(visit.connection, grant, visit.today)}
    kept = [
        one.model_copy(update={"lines": [line for line in one.lines if line in told]}) if one.block in RELEASED else one
        for one in blocks
    ]
    return [one for one in kept if one.lines]


def _frozen(card: Any) -> list[ReportBlock]:
    return [ReportBlock.model_validate(one) for one in card.content["blocks"]]


def _report(visit: Visit, grant: Grant, card: Any, blocks: list[ReportBlock]) -> Report:
    child = child_of(visit.connection, grant)
    return Report(
        id=card.uid,
        child=child.uid,
        name=display_name(child),
        group=group_name(card.group_name),
        title=card.title,
        parents_from=card.parents_from,
        blocks=blocks,
        ground=grant.ground,
    )
