"""One item with all that is known of it: law, work, evidence from use, purposes, voices and decisions."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from api.schemas.evidence import FactEvidence
from api.schemas.registrations import AuditItem, DecisionLine, FactChoice, PurposeGroup, VoiceCount
from api.schemas.sheet import View
from api.security.access import Visit
from api.services.registrations.at import DECIDE, WORK, holds, page_for
from api.services.registrations.changing import OWN
from api.services.registrations.evidence import of_facts
from api.services.registrations.page import one
from api.services.registrations.purposes import purposes_of
from api.services.registrations.rounds import last_said, side_by_side
from api.services.registrations.ruling import EVIDENCE
from models.queries import registrations as read
from models.rules.registrations.facts import FACTS


class ItemDetail(View):
    """One item on the list of a school; `evidence` is empty for who may not have it."""

    id: UUID
    school: UUID
    item: AuditItem
    evidence: list[FactEvidence]
    facts: list[FactChoice]
    """What an item of the school's own may be tied to; of one of the catalogue there is no choice."""
    purposes: list[PurposeGroup]
    voices: list[VoiceCount]
    decisions: list[DecisionLine]
    may_work: bool
    may_decide: bool
    today: date
    review_on: date
    """What we propose as the day to look again: a year from now."""


def fact_choices(chosen: Collection[str] = ()) -> list[FactChoice]:
    """What Kindblad keeps, in words, to choose from."""
    return [FactChoice(code=code, label=fact.label, is_on=code in chosen) for code, fact in FACTS.items()]


def compose_detail(visit: Visit, uid: UUID) -> ItemDetail:
    """Compose one item for who may read the list."""
    state, item, key = one(visit, uid)
    said = last_said(visit.connection, state.school_id, key)
    may_see = state.evidence is not None and holds(visit, state.school_id, EVIDENCE.roles)
    return ItemDetail(
        id=uid,
        school=read.schools(visit.connection, [state.school_id])[0].uid,
        item=item.model_copy(update={"page": page_for(visit, item)}),
        evidence=of_facts(state.evidence, item.facts) if state.evidence and may_see else [],
        facts=fact_choices(item.facts) if item.code.startswith(OWN) else [],
        purposes=purposes_of(visit, state.school_id, key),
        voices=side_by_side(said) if said else [],
        decisions=list(reversed(state.decisions.get(key, []))),
        may_work=holds(visit, state.school_id, WORK.roles),
        may_decide=holds(visit, state.school_id, DECIDE.roles),
        today=visit.today,
        review_on=date(visit.today.year + 1, visit.today.month, min(visit.today.day, 28)),
    )
