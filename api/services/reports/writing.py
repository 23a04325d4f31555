"""Writing the words of a report and releasing reports; what was released changes no more."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.reports import BlockLine, FormPage, NewForm, NewRelease, NewReports, NewWords, Released
from api.security.access import Visit
from api.services.reports.content import blocks_of, compose, gather
from models.queries import report_cards as read
from models.queries.group_facts import pupils_in
from models.queries.scope import GroupGrant, NotFoundError
from models.queries.whose import AnyGrant, take_turns
from models.report_card import ReportCard, ReportForm
from models.rules.access import Kind
from models.rules.names import display_name
from models.rules.report_blocks import Block
from models.vocabulary import Role

WROTE = "wrote"
PAGE = "report_card"
WRITERS = frozenset({Role.TEACHER, Role.IB})
FORMERS = (Role.HEAD, Role.IB)
TEXTS = ("effort", "words", "child_words")
FURTHEST = timedelta(days=200)


def may_write(grant: AnyGrant) -> bool:
    """Tell whether this reader writes reports: the teacher of the child and the IB'er."""
    return grant.role in WRITERS and Kind.RESULTS in grant.kinds & grant.writes


def form_page(visit: Visit) -> FormPage:
    """The blocks of the school's report with their place."""
    chosen = blocks_of(visit, _school(visit))
    order = [*chosen, *(block for block in Block if block not in chosen)]
    return FormPage(
        lines=[
            BlockLine(block=block, label=block.label, place=at if block in chosen else 0)
            for at, block in enumerate(order, 1)
        ],
        may_write=True,
    )


def save_form(visit: Visit, form: NewForm) -> None:
    """Keep which blocks a report has and in which order; reports that were released keep theirs."""
    blocks = [block.value for block in dict.fromkeys(form.blocks)]
    school = _school(visit)
    kept = {"blocks": blocks, "account_id": visit.scope.account_id, "changed_at": visit.now}
    with writing(visit.kit.engine) as connection:
        changed = connection.execute(sa.update(ReportForm).where(ReportForm.school_id == school).values(kept))
        if changed.rowcount == 0:
            connection.execute(sa.insert(ReportForm).values(school_id=school, **kept))


def save(visit: Visit, group: GroupGrant, new: NewReports) -> int:
    """Keep the words of these children; gives how many changed. A released report is left as it is."""
    _require(group)
    children = {child.uid: child.id for child in pupils_in(visit.connection, group, visit.today)}
    title = " ".join(new.title.split())
    if not title:
        raise ForPeopleError("Geef het rapport een naam, zoals “Rapport winter 2026-2027”.")
    if any(one.child not in children for one in new.words):
        raise ForPeopleError("Een kind op deze lijst zit niet meer in de groep. Laad de bladzijde opnieuw.")
    pieces = {(row.pupil_id, row.uid): row.id for row in gather(visit, group, visit.today).pieces}
    by = {"account_id": visit.scope.account_id, "changed_at": visit.now}
    written: list[int] = []
    with writing(visit.kit.engine) as connection:
        take_turns(connection, group)
        cards = read.cards_of(connection, group, title, visit.today)
        for one in new.words:
            child = children[one.child]
            whose = {"school_id": group.school_id, "group_id": group.group_id, "pupil_id": child, "title": title}
            typed = _typed(one, child, pieces) | by
            if _write(connection, cards.get(child), whose, typed):
                written.append(child)
    visit.log(PAGE, written, group, WROTE)
    return len(written)


def release(visit: Visit, group: GroupGrant, new: NewRelease) -> Released:
    """Release the reports with this title that have the teacher's words: as they are now, from that day on."""
    _require(group)
    if not visit.today <= new.parents_from <= visit.today + FURTHEST:
        raise ForPeopleError("Kies vandaag of een latere dag in dit schooljaar.")
    children = pupils_in(visit.connection, group, visit.today)
    blocks, facts = blocks_of(visit, group.school_id), gather(visit, group, new.parents_from)
    with writing(visit.kit.engine) as connection:
        take_turns(connection, group)
        cards = read.cards_of(connection, group, " ".join(new.title.split()), visit.today)
        ready = [card for card in cards.values() if card.released_at is None and (card.words or card.effort)]
        if not ready:
            raise ForPeopleError("Er is geen rapport met woorden dat nog vrij te geven is. Schrijf en bewaar eerst.")
        for card in ready:
            content = {"blocks": [one.model_dump(mode="json") for one in compose(blocks, facts, card)]}
            frozen = {"content": content, "parents_from": new.parents_from, "released_at": visit.now}
            connection.execute(sa.update(ReportCard).where(ReportCard.id == card.id).values(frozen))
    done = {card.pupil_id for card in ready} | {card.pupil_id for card in cards.values() if card.released_at}
    visit.log(PAGE, [card.pupil_id for card in ready], group, WROTE)
    return Released(released=len(ready), waiting=[display_name(one) for one in children if one.id not in done])


def _typed(new: NewWords, child: int, pieces: dict[tuple[int, UUID], int]) -> dict[str, Any]:
    if new.piece is not None and (child, new.piece) not in pieces:
        raise ForPeopleError("Dit stuk mag (nu) niet in het rapport: de ouders gaven er geen toestemming voor.")
    return {
        **{name: getattr(new, name).strip() for name in TEXTS},
        "piece_id": pieces[child, new.piece] if new.piece else None,
    }


def _write(connection: sa.Connection, card: Any, whose: dict[str, Any], typed: dict[str, Any]) -> bool:
    """Make or change one report; false when there is nothing to write, or it was released."""
    if card is None:
        if not any(typed[name] for name in (*TEXTS, "piece_id")):
            return False
        connection.execute(sa.insert(ReportCard).values(uid=uuid7(), **whose, **typed))
        return True
    if card.released_at is not None or all(getattr(card, name) == typed[name] for name in (*TEXTS, "piece_id")):
        return False
    connection.execute(sa.update(ReportCard).where(ReportCard.id == card.id).values(typed))
    return True


def _require(grant: AnyGrant) -> None:
    if not may_write(grant):
        raise NotFoundError(school_id=grant.school_id)


def _school(visit: Visit) -> int:
    return next(held.school_id for held in visit.scope.held if held.role in FORMERS)
