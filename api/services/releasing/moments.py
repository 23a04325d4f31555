"""What a group can be released: its test moments of the past year, and of one moment what parents would read of each.

Older results stay here when they were released once, since what can be read must be able to be taken back.
Who may release is who writes that kind of data by the matrix: the teacher of the group and the IB'er.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from api.schemas.releasing import ChildResults, GroupMoments, MomentLine, MomentResults, ResultLine
from api.security.access import Visit
from api.services.sheet.learning import growth_lines
from models.queries import groups
from models.queries import releasing as read
from models.queries.group_facts import pupils_in, version
from models.queries.prepared import Rows
from models.queries.results import KIND_OF_INSTRUMENT, Taken, taken_in
from models.queries.scope import GroupGrant, NotFoundError, group_name
from models.queries.settings import settings_of
from models.rules.access import Kind
from models.rules.explaining import explain, key_of
from models.rules.growth import State
from models.rules.moments import Moment, moment_of
from models.rules.names import display_name
from models.vocabulary import SUBJECTS, InstrumentKind

PAGE = "release"
KINDS = frozenset(KIND_OF_INSTRUMENT.values())
YEAR = timedelta(days=365)
TITLES = {
    InstrumentKind.TEST: "Toetsen",
    InstrumentKind.WELLBEING: "Welbevinden",
    InstrumentKind.OBSERVATION: "Observaties",
}


class Held(NamedTuple):
    """What was taken of the children of a group in the past year, or released before, by moment and by child."""

    pupils: Rows
    taken: Mapping[int, Sequence[Taken]]
    by_moment: Mapping[Moment, Mapping[int, Sequence[Taken]]]

    def last_of(self, moment: Moment) -> date:
        """The last day on which something of this moment was taken."""
        days: list[date] = [one.row.taken_on for taken in self.by_moment[moment].values() for one in taken]
        return max(days)


def kinds_of(grant: GroupGrant) -> frozenset[Kind]:
    """The kinds of results that this reader may release, or `NotFoundError` when there is none."""
    found = KINDS & grant.kinds & grant.writes
    if not found:
        raise NotFoundError(school_id=grant.school_id)
    return found


def held_in(connection: sa.Connection, grant: GroupGrant, today: date) -> Held:
    """Read what was taken; corrected results are not among it."""
    pupils = pupils_in(connection, grant, today)
    kinds, since = kinds_of(grant), today - YEAR
    ever = read.ever(connection, grant, today)
    taken = taken_in(connection, grant, kinds, min([since, *ever.values()]), today)
    by_moment: dict[Moment, dict[int, list[Taken]]] = defaultdict(lambda: defaultdict(list))
    for pupil in pupils:
        for one in taken.get(pupil.id, ()):
            if one.row.taken_on > since or one.row.id in ever:
                by_moment[_moment(one)][pupil.id].append(one)
    return Held(pupils, taken, by_moment)


def find(held: Held, grant: GroupGrant, code: str) -> Moment:
    """Find a moment by its code, or raise `NotFoundError`."""
    found = next((moment for moment in held.by_moment if moment.code == code), None)
    if found is None:
        raise NotFoundError(school_id=grant.school_id)
    return found


def compose_moments(visit: Visit, grant: GroupGrant) -> GroupMoments:
    """Compose the moments of a group, the newest first."""
    held = held_in(visit.connection, grant, visit.today)
    ids = [one.row.id for children in held.by_moment.values() for taken in children.values() for one in taken]
    released = {row.assessment_id: row for row in read.standing(visit.connection, grant, ids)}
    visit.log(PAGE, [pupil.id for pupil in held.pupils], grant)
    lines = [_line(moment, children, released) for moment, children in held.by_moment.items()]
    group = groups.group(visit.connection, grant)
    return GroupMoments(
        id=group.uid,
        name=group_name(group.name),
        ground=grant.ground,
        moments=sorted(lines, key=lambda line: (line.last, line.title), reverse=True),
    )


def compose_moment(visit: Visit, grant: GroupGrant, code: str, subject: str = "") -> MomentResults:
    """Compose what each child's parents read, or would read, of one moment; of one subject when that is asked."""
    connection, today = visit.connection, visit.today
    held = held_in(connection, grant, today)
    moment = find(held, grant, code)
    subjects = _subjects(held.by_moment[moment])
    wanted = subject if subject in subjects else ""
    visit.log(PAGE, [pupil.id for pupil in held.pupils], grant)
    children = [
        child.model_copy(update={"results": [one for one in child.results if wanted in {"", one.subject}]})
        for child in results_of(connection, grant, held, moment)
    ]
    shown = [result for child in children for result in child.results]
    waiting = sum(result.parents_from is None for result in shown)
    group = groups.group(connection, grant)
    return MomentResults(
        id=group.uid,
        name=group_name(group.name),
        ground=grant.ground,
        code=code,
        title=_title(moment),
        subjects=subjects,
        subject=wanted,
        children=[child for child in children if child.results],
        without=[display_name(pupil) for pupil in held.pupils if pupil.id not in held.by_moment[moment]],
        waiting=waiting,
        released=len(shown) - waiting,
        today=today,
        child_from=today,
        parents_from=today + timedelta(days=settings_of(connection, grant.school_id).child_first_days),
    )


def results_of(connection: sa.Connection, grant: GroupGrant, held: Held, moment: Moment) -> list[ChildResults]:
    """What was taken of each child at this moment, with the sentence that was given or that we propose."""
    chosen = held.by_moment[moment]
    subjects = _subjects(chosen)
    states = _states(connection, grant, held, moment)
    own = {row.key: row.body for row in read.own_sentences(connection, grant.school_id)}
    ids = [one.row.id for taken in chosen.values() for one in taken]
    standing = {row.assessment_id: row for row in read.standing(connection, grant, ids)}
    return [
        ChildResults(
            id=pupil.uid,
            name=display_name(pupil),
            given_name=_given(pupil),
            results=[
                _result(one, pupil, states, own, standing)
                for one in sorted(chosen[pupil.id], key=lambda one: subjects.index(_subject(one)))
            ],
        )
        for pupil in held.pupils
        if pupil.id in chosen
    ]


def _moment(one: Taken) -> Moment:
    return moment_of(one.instrument.kind, one.row.moment or one.row.test_level, one.row.taken_on)


def _title(moment: Moment) -> str:
    return f"{TITLES[moment.kind]} {moment.words}"


def _subject(one: Taken) -> str:
    subject = one.instrument.subject
    return SUBJECTS.get(subject, subject) if subject else str(one.instrument.name)


def _subjects(chosen: Mapping[int, Sequence[Taken]]) -> list[str]:
    """In the order of a sheet, then by alphabet."""
    found = {_subject(one) for taken in chosen.values() for one in taken}
    known = [subject for subject in SUBJECTS.values() if subject in found]
    return [*known, *sorted(found - set(known))]


def _given(pupil: Any) -> str:
    return pupil.given_name or display_name(pupil)


def _line(moment: Moment, chosen: Mapping[int, Sequence[Taken]], released: Mapping[int, Any]) -> MomentLine:
    all_of_it = [one for taken in chosen.values() for one in taken]
    days = [one.row.taken_on for one in all_of_it]
    told = [released[one.row.id] for one in all_of_it if one.row.id in released]
    return MomentLine(
        code=moment.code,
        title=_title(moment),
        subjects=_subjects(chosen),
        first=min(days),
        last=max(days),
        children=len(chosen),
        results=len(all_of_it),
        released=len(told),
        child_from=max((row.child_from for row in told), default=None),
        parents_from=max((row.parents_from for row in told), default=None),
    )


def _states(connection: sa.Connection, grant: GroupGrant, held: Held, moment: Moment) -> dict[int, State]:
    """How each child grew at the test by its number, by the line that it had then; later tests do not count."""
    if moment.kind is not InstrumentKind.TEST:
        return {}
    last = held.last_of(moment)
    until = {pupil: [one for one in taken if one.row.taken_on <= last] for pupil, taken in held.taken.items()}
    lines = growth_lines(connection, grant, until, {}, version(connection, grant))
    return {line.measured[-1].taken.row.id: line.growth.state for of_child in lines.values() for line in of_child}


def _result(
    one: Taken, pupil: Any, states: Mapping[int, State], own: Mapping[str, str], standing: Mapping[int, Any]
) -> ResultLine:
    row = standing.get(one.row.id)
    key = key_of(one.instrument.kind, states.get(one.row.id, "unknown"))
    return ResultLine(
        result=one.row.id,
        subject=_subject(one),
        name=one.instrument.name,
        taken_on=one.row.taken_on,
        sentence=row.explanation if row else explain(key, own, _given(pupil), _subject(one)),
        child_from=row.child_from if row else None,
        parents_from=row.parents_from if row else None,
        by=row.person if row else None,
    )
