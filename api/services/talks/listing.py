"""The lists: talks of this reader to come and held, and what is needed to plan one about a group or a child."""

from collections.abc import Sequence
from datetime import date

from api import clock
from api.schemas.talks import Colleague, Planning, ProposalLine, TalkLine, TalkList, WishLine
from api.security.access import READ, Visit
from api.services.promised import promises
from api.services.talks.compose import state_of
from api.services.talks.planning import propose
from api.services.talks.rights import may_plan
from models.queries import talks as read
from models.queries.emergency import name_of
from models.queries.groups import group as group_of
from models.queries.groups import visible_groups
from models.queries.scope import Grant, GroupGrant, group_name
from models.queries.talk_content import colleagues
from models.queries.talks import FoundTalk
from models.rules.access import Kind
from models.rules.agenda import since_last
from models.rules.names import display_name, natural_order
from models.vocabulary import GroupKind, Role

STATES = {
    "planned": "gepland",
    "running": "nu bezig",
    "ended": "gehouden",
    "cancelled": "afgezegd",
}


def compose_list(visit: Visit) -> TalkList:
    """Compose the talks that this reader may read: to come, and held in the last year; each child is logged."""
    found = read.talks_for(visit.connection, visit.scope, _year_ago(visit.today))
    for talk in found:
        if isinstance(talk.grant, Grant):
            ground = talk.grant.ground_for(Kind.NOTES)
            visit.lines.append(visit.line("talk", talk.grant.pupil_id, talk.grant, READ, ground))
    mine = read.mine_to_do(visit.connection, found, visit.scope)
    lines = [_line(talk, mine) for talk in found]
    is_ib = any(held.role is Role.IB for held in visit.scope.held)
    groups = visible_groups(visit.connection, visit.scope) if is_ib else []
    home = [row for row in groups if row.kind is GroupKind.HOME]
    return TalkList(
        to_come=[line for line in lines if line.state in {"planned", "running"}],
        held=[line for line in reversed(lines) if line.state == "ended"],
        groups=[
            Colleague(id=row.uid, name=group_name(row.name))
            for row in sorted(home, key=lambda row: natural_order(group_name(row.name)))
        ],
        promises=promises(visit),
    )


def compose_group_planning(visit: Visit, grant: GroupGrant) -> Planning:
    """Compose the agenda that is proposed for a talk about a group, with why, for who plans it."""
    proposals, children, _ = propose(visit, grant)
    visit.log("talk", [child.id for child in children], grant)
    by_id = {child.id: child for child in children}
    group = group_of(visit.connection, grant)
    proposed = {proposal.child for proposal in proposals}
    found = read.talks_about(visit.connection, visit.scope, grant)
    return Planning(
        id=group.uid,
        about=f"groep {group_name(group.name)}",
        ground=grant.ground,
        may_plan=may_plan(visit, grant),
        may_wish=False,
        proposals=[
            ProposalLine(
                id=by_id[one.child].uid,
                name=display_name(by_id[one.child]),
                reasons=list(one.reasons),
                is_asked=one.is_asked,
            )
            for one in proposals
        ],
        others=[Colleague(id=child.uid, name=display_name(child)) for child in children if child.id not in proposed],
        **_who(visit, grant),
        talks=[_line(talk, {}) for talk in found],
        last=_last(found, visit.today),
    )


def compose_child_planning(visit: Visit, grant: Grant) -> Planning:
    """Compose what is wished and planned for one child, for who may wish or plan."""
    child = name_of(visit.connection, grant, visit.scope)
    found = read.talks_about(visit.connection, visit.scope, grant)
    plans = may_plan(visit, grant)
    return Planning(
        id=child.uid,
        about=display_name(child),
        ground=grant.ground,
        may_plan=plans,
        may_wish=Kind.NOTES in grant.writes,
        **(_who(visit, grant) if plans else {"colleagues": [], "chosen": []}),
        wishes=[
            WishLine(
                id=row.uid,
                by=row.by,
                body=row.body,
                on=clock.day_of(row.wished_at),
                is_mine=row.account_id == visit.scope.account_id,
            )
            for row in read.wishes_of(visit.connection, grant, visit.today)
        ],
        talks=[_line(talk, {}) for talk in found],
        last=_last(found, visit.today),
    )


def _who(visit: Visit, grant: Grant | GroupGrant) -> dict[str, list[Colleague] | list[object]]:
    rows = colleagues(visit.connection, grant, visit.today)
    taught = {row.uid for row in rows if row.teaches}
    return {
        "colleagues": [Colleague(id=row.uid, name=row.name) for row in rows],
        "chosen": [row.uid for row in rows if row.uid in taught or row.id == visit.scope.account_id],
    }


def _line(talk: FoundTalk, mine: dict[int, bool]) -> TalkLine:
    state = state_of(talk)
    writes_view = state == "planned" and mine.get(talk.id) is False
    return TalkLine(
        id=talk.row.uid,
        about=talk.about,
        group=talk.group,
        on=talk.row.planned_on,
        at=talk.row.planned_time,
        question=talk.row.question,
        state=state,
        state_text=STATES[state],
        to_do="schrijf uw blik" if writes_view else None,
    )


def _last(found: Sequence[FoundTalk], today: date) -> str | None:
    held = [talk.row.planned_on for talk in found if talk.row.ended_at is not None]
    return since_last(max(held), today, 0) if held else None


def _year_ago(today: date) -> date:
    return date(today.year - 1, today.month, min(today.day, 28))
