"""One talk as an object: to prepare, at the table, and as the report; page, print and JSON share it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.schemas.sheet import Sheet
from api.schemas.talks import (
    AgreementSaid,
    ChildSaid,
    Colleague,
    Participant,
    PointSaid,
    State,
    TablePane,
    TalkPage,
    ViewLine,
)
from api.security.access import Visit
from api.services.sheet import compose_sheet
from api.services.talks.planning import may_begin
from api.services.talks.rights import may_plan, may_write
from api.services.talks.table import grant_of
from models.queries import talk_content, talks
from models.queries.group_facts import pupils_in
from models.queries.scope import Grant, GroupGrant
from models.queries.talks import FoundTalk
from models.rules.access import Kind
from models.rules.names import display_name
from models.vocabulary import SupportKind


def state_of(talk: FoundTalk) -> State:
    """Say in one word how far a talk is."""
    if talk.row.cancelled_at is not None:
        return "cancelled"
    if talk.row.ended_at is not None:
        return "ended"
    return "running" if talk.row.started_at is not None else "planned"


def compose_talk(visit: Visit, talk: FoundTalk) -> TalkPage:
    """Compose a talk as this reader may know it; each child of whom it tells is a line in the access log."""
    row, grant, state = talk.row, talk.grant, state_of(talk)
    people = talks.views_of(visit.connection, talk, visit.scope)
    me = next((one for one in people if one.account_id == visit.scope.account_id), None)
    is_open = bool(people) and bool(people[0].is_open)
    names = _members(visit, grant) if isinstance(grant, GroupGrant) else {}
    whole, children = _said(visit, talk, names)
    is_to_come = talk.is_to_come
    plans, writes = may_plan(visit, grant), may_write(grant)
    asks_who = (plans and is_to_come) or (writes and talk.is_running)
    return TalkPage(
        id=row.uid,
        about=talk.about,
        child_id=talk.child_uid,
        group_id=talk.group_uid,
        group=talk.group,
        state=state,
        on=row.planned_on,
        at=row.planned_time,
        question=row.question,
        planned_by=talk_content.planner_of(visit.connection, talk),
        started_at=row.started_at,
        ended_at=row.ended_at,
        participants=[
            Participant(
                id=one.uid,
                name=one.name,
                is_me=one is me,
                is_ready=one.ready_at is not None,
                may_leave=not one.has_text and one.ready_at is None,
            )
            for one in people
        ],
        mine=_view(me) if me is not None else None,
        views=[_view(one) for one in people] if is_open else None,
        sees=row.sees,
        child_says=row.child_says,
        version=row.version,
        said=whole,
        children=children,
        earlier=earlier(visit, talk, grant),
        ground=grant.ground,
        today=visit.today,
        may_plan=plans and is_to_come,
        may_begin=is_to_come and may_begin(visit, talk),
        may_write=writes and talk.is_running,
        may_write_view=me is not None and is_to_come and not is_open and Kind.NOTES in grant.writes,
        colleagues=_colleagues(visit, grant) if asks_who else [],
        members=[Colleague(id=uid, name=name) for uid, name in names.values()] if talk.is_running else [],
    )


def compose_pane(visit: Visit, talk: FoundTalk, child: UUID) -> TablePane:
    """Compose what is said of one child of the group in a group's talk; another child is not found."""
    grant = grant_of(visit, talk, child)
    assert isinstance(grant, Grant)  # noqa: S101 - a child was named
    names = _members(visit, talk.grant) if isinstance(talk.grant, GroupGrant) else {}
    name = names[grant.pupil_id][1] if names else talk.about
    _, children = _said(visit, talk, names)
    said = next((one for one in children if one.id == child), _nothing(child, name))
    return TablePane(id=child, name=name, said=said, earlier=earlier(visit, talk, grant))


def sheet_beside(visit: Visit, talk: FoundTalk, child: UUID | None = None) -> Sheet | None:
    """The sheet of the child the talk is about, or of the child of the group that was opened."""
    grant = grant_of(visit, talk, child)
    if not isinstance(grant, Grant):
        return None
    if grant is not talk.grant:
        visit.log("sheet", [grant.pupil_id], grant)
    return compose_sheet(visit.connection, grant, visit.today, visit.now)


def earlier(visit: Visit, talk: FoundTalk, grant: Grant | GroupGrant) -> list[AgreementSaid]:
    """What was agreed the time before: of this child, or of the group as a whole."""
    if Kind.SUPPORT_PLAN not in grant.kinds:
        return []
    return [_agreement(row) for row in talk_content.agreed_before(visit.connection, talk, grant, visit.today)]


def _members(visit: Visit, grant: GroupGrant) -> dict[int, tuple[UUID, str]]:
    rows = pupils_in(visit.connection, grant, visit.today)
    visit.log("talk", [row.id for row in rows], grant)
    return {row.id: (row.uid, display_name(row)) for row in rows}


def _said(visit: Visit, talk: FoundTalk, names: dict[int, tuple[UUID, str]]) -> tuple[ChildSaid, list[ChildSaid]]:
    """Sort what was said by whom it is about: the talk's child or group, and the children of the group."""
    agenda = talk_content.agenda_of(visit.connection, talk, visit.today)
    points: Sequence[Any] = []
    agreed: Sequence[Any] = []
    if Kind.SUPPORT_PLAN in talk.grant.kinds:
        points = talk_content.points_in(visit.connection, talk, visit.today)
        agreed = talk_content.agreements_in(visit.connection, talk, visit.today)
    about = talk.grant.pupil_id if isinstance(talk.grant, Grant) else None
    gone = {row.pupil_id for row in (*points, *agreed) if row.pupil_id is not None} - names.keys() - {about}
    known = {row.pupil_id: (row.uid, display_name(row)) for row in agenda} | names
    known |= {row.id: (row.uid, display_name(row)) for row in talk_content.named(visit.connection, talk, gone)}
    if about is None and (left := known.keys() - names.keys()):
        visit.log("talk", left, talk.grant)

    def of(pupil_id: int | None, uid: UUID | None, name: str) -> ChildSaid:
        mine = [row for row in points if row.pupil_id == pupil_id]
        return ChildSaid(
            id=uid,
            name=name,
            asked=[words for row in agenda if row.pupil_id == pupil_id and (words := _asked(talk, row))],
            helps=[_point(row) for row in mine if row.kind is SupportKind.HELPS],
            hinders=[_point(row) for row in mine if row.kind is SupportKind.HINDERS],
            agreements=[_agreement(row) for row in agreed if row.pupil_id == pupil_id],
        )

    whole = of(about, talk.child_uid, talk.about)
    if about is not None:
        return whole, []
    spoken = {row.pupil_id for row in (*agenda, *points, *agreed)}
    return whole, [of(pupil_id, *known[pupil_id]) for pupil_id in known if pupil_id in spoken]


def _asked(talk: FoundTalk, row: Any) -> str:
    """Say what was wished and by whom; what planning itself put on the agenda (after the talk was made) nobody said."""
    if row.wish > talk.row.uid:
        return str(row.body)
    return f"{row.by}: {row.body}" if row.body else str(row.by)


def _nothing(child: UUID, name: str) -> ChildSaid:
    return ChildSaid(id=child, name=name, asked=[], helps=[], hinders=[], agreements=[])


def _view(row: Any) -> ViewLine:
    return ViewLine(
        by=row.name, strengths=row.strengths, concerns=row.concerns, wish=row.wish, is_ready=row.ready_at is not None
    )


def _point(row: Any) -> PointSaid:
    return PointSaid(id=row.uid, kind=row.kind, body=row.body)


def _agreement(row: Any) -> AgreementSaid:
    return AgreementSaid(
        id=row.uid,
        body=row.body,
        owner=row.owner,
        due_on=row.due_on,
        agreed_on=row.agreed_on,
        outcome=row.outcome,
        outcome_text=row.outcome.label if row.outcome else "gedaan" if row.done_on else None,
        outcome_body=row.outcome_body,
    )


def _colleagues(visit: Visit, grant: Grant | GroupGrant) -> list[Colleague]:
    rows = talk_content.colleagues(visit.connection, grant, visit.today)
    return [Colleague(id=row.uid, name=row.name) for row in rows]
