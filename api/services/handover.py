"""The handover to the next teacher: made from what is known, one page per child, strengths first.

The same reads serve a child and a whole group, so that a run of thirty pages costs as many as one. Nothing is typed for
it, and nothing of a smaller circle of readers is on it: paper goes its own way.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from api.clock import days
from api.schemas.handover import (
    DatedText,
    GroupHandover,
    Grown,
    HandoverPage,
    LastTalk,
    OpenAgreement,
    PointGroup,
)
from api.security.access import HANDING_OVER, READ, Visit
from api.services.points import ADDING
from api.services.sheet.learning import SubjectLine, growth_lines
from models.queries import carried, group_facts, points
from models.queries import handover as read
from models.queries.groups import group as group_of
from models.queries.results import taken_by, taken_in
from models.queries.scope import Grant, GroupGrant, NotFoundError, group_name
from models.queries.settings import settings_of
from models.queries.sheet import pupil_and_groups
from models.queries.whose import AnyGrant
from models.rules.access import Kind
from models.rules.brief import shortened
from models.rules.handing_over import school_year, since
from models.rules.names import display_name
from models.rules.purposes import USED, Purpose, picked
from models.rules.signals.about import About
from models.rules.signals.growing import growth_signal
from models.rules.wording import Child, age_in_words, short_day
from models.vocabulary import SUBJECTS, GoalAnswer, NoteKind, SupportKind

HANDOVER = "handover"
SCORE_DAYS = 400
STRENGTHS, GOALS, POINTS, AGREEMENTS, SAYS, SUBJECTS_SHOWN = 6, 3, 4, 5, 3, 8
"""At most so many of each on the page: it is one A4."""
LONG, SHORT = 260, 170
"""Letters of a text about the child, and of one line of a list."""


def compose_page(visit: Visit, grant: Grant) -> HandoverPage:
    """Compose the page of this child, for the teacher of the group, IB and directie."""
    _require(grant)
    pupil = pupil_and_groups(visit.connection, grant, visit.today)[0]
    version = pupil.newest_delivery_id or 0, pupil.revision
    kinds = grant.kinds & {Kind.RESULTS}
    scored_since = visit.today - timedelta(days=SCORE_DAYS)
    taken = {grant.pupil_id: taken_by(visit.connection, grant, kinds, scored_since)} if kinds else {}
    lines = growth_lines(visit.connection, grant, taken, {}, version)
    return _pages(visit, grant, [(grant.pupil_id, pupil)], lines, pupil.group_name)[0]


def compose_group(visit: Visit, grant: GroupGrant, action: str = READ) -> GroupHandover:
    """Compose the pages of all children of the group; a fixed number of reads. `action` is what the log says of it."""
    _require(grant)
    connection, today = visit.connection, visit.today
    group = group_of(connection, grant)
    pupils = [(row.id, row) for row in group_facts.pupils_in(connection, grant, today)]
    visit.log(HANDOVER, [pupil_id for pupil_id, _ in pupils], grant, action)
    kinds = grant.kinds & {Kind.RESULTS}
    taken = taken_in(connection, grant, kinds, today - timedelta(days=SCORE_DAYS), today) if kinds else {}
    lines = growth_lines(connection, grant, taken, {}, group_facts.version(connection, grant))
    pages = _pages(visit, grant, pupils, lines, group.name)
    return GroupHandover(
        id=group.uid,
        group=group_name(group.name),
        year=school_year(since(read.year_starts_on(connection, today), today)),
        on=today,
        ground=grant.ground,
        children=pages,
    )


def _require(grant: AnyGrant) -> None:
    """Only for who stands to these children as their teacher, IB'er or directie: a substitute has the card."""
    if grant.role not in HANDING_OVER or Kind.SUPPORT_PLAN not in grant.kinds:
        raise NotFoundError(getattr(grant, "pupil_id", None), grant.school_id)


def _pages(
    visit: Visit,
    grant: AnyGrant,
    pupils: Sequence[tuple[int, Any]],
    lines: Mapping[int, Sequence[SubjectLine]],
    group: str | None,
) -> list[HandoverPage]:
    connection, today, kinds = visit.connection, visit.today, grant.kinds
    this_year = read.year_starts_on(connection, today)
    first = since(this_year, today)
    notes = _by_child(read.notes_of(connection, grant, first, today))
    goals = _by_child(read.goals_of(connection, grant, first, today) if Kind.GOALS in kinds else [])
    talks = _by_child(read.talks_of(connection, grant, days(first, first)[0], today) if Kind.NOTES in kinds else [])
    helping = _by_child(picked(points.points_of(connection, grant, today), Purpose.HANDOVER, kinds))
    agreed = _by_child(carried.agreements_of(connection, grant, today))
    settings = settings_of(connection, grant.school_id)
    placed = _by_child(
        carried.placements_of(connection, grant, today)
        if first == this_year
        else read.placements_left_in(connection, grant, first, today)
    )

    def page(pupil_id: int, pupil: Any) -> HandoverPage:
        child = Child(pupil.given_name or display_name(pupil), pupil.sex)
        good = [row for row in notes[pupil_id] if row.kind != NoteKind.PUPIL_TALK]
        talk = next(iter(talks[pupil_id]), None)
        born_on = pupil.birth_date if Kind.IDENTITY in kinds else None
        return HandoverPage(
            id=pupil.uid,
            name=display_name(pupil),
            given_name=child.name,
            age=age_in_words(born_on, today) if born_on else None,
            group=f"groep {group_name(group)}" if group else None,
            year=school_year(first),
            on=today,
            ground=grant.ground,
            strengths=[_dated(row.observed_on, row.body, row.author) for row in _talents_first(good)[:STRENGTHS]],
            goals=[_goal(row) for row in goals[pupil_id][:GOALS]],
            points=_points(helping[pupil_id]),
            growth=[_grown(About(child, today, settings), line) for line in lines.get(pupil_id, [])[:SUBJECTS_SHOWN]],
            groups=[
                f"{SUBJECTS.get(row.subject, row.subject)}: {settings.level_name(row.level)}"
                for row in placed[pupil_id]
            ],
            agreements=[_agreement(row) for row in agreed[pupil_id][:AGREEMENTS]],
            says=_says(notes[pupil_id], talk)[:SAYS],
            talk=_talk(talk) if talk and talk.sees else None,
            is_quiet=not good and Kind.PORTFOLIO in kinds,
        )

    return [page(pupil_id, pupil) for pupil_id, pupil in pupils]


def _by_child(rows: Sequence[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.pupil_id is not None:
            found[row.pupil_id].append(row)
    return found


def _talents_first(rows: Sequence[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.kind != NoteKind.TALENT)


def _dated(on: date, body: str, by: str | None = None) -> DatedText:
    return DatedText(on=on, body=shortened(body, SHORT), by=by)


def _goal(row: Any) -> DatedText:
    answer = f"school: {GoalAnswer(row.answer).label}" if row.answer else "nog geen antwoord van school"
    return DatedText(on=row.stated_on, body=shortened(row.body, SHORT), by=answer)


def _points(rows: Sequence[Any]) -> list[PointGroup]:
    bodies: dict[SupportKind, list[str]] = defaultdict(list)
    for row in rows:
        bodies[SupportKind(row.kind)].append(shortened(row.body, SHORT))
    order: Callable[[SupportKind], int] = USED[Purpose.HANDOVER].index
    return [PointGroup(what=ADDING[kind], bodies=bodies[kind][:POINTS]) for kind in sorted(bodies, key=order)]


def _grown(about: About, line: SubjectLine) -> Grown:
    signal = growth_signal(
        about, line.name, line.growth, [each.taken.row.taken_on for each in line.measured], line.provider
    )
    level = f"{line.level}, " if line.level else ""
    return Grown(
        subject=line.name,
        sign=signal.sign if signal else "unknown",
        text=signal.text if signal else f"{line.name}: nog te weinig metingen voor een eigen lijn.",
        latest=f"{level}{line.places[-1][1]} ({line.provider})",
    )


def _agreement(row: Any) -> OpenAgreement:
    parts = [row.owner, f"vóór {short_day(row.due_on)}" if row.due_on else None]
    return OpenAgreement(
        body=shortened(row.body, SHORT), who_and_when=", ".join(part for part in parts if part) or None
    )


def _says(notes: Sequence[Any], talk: Any) -> list[DatedText]:
    """What the child said in the last talk, and in talks with the child itself."""
    said = [_dated(talk.planned_on, _bare(talk.child_says), "bespreking")] if talk and talk.child_says else []
    return said + [
        _dated(row.observed_on, _bare(row.body), "kindgesprek") for row in notes if row.kind == NoteKind.PUPIL_TALK
    ]


def _bare(said: str) -> str:
    """Return someone's words without the marks around them: the page sets its own."""
    return said.strip().strip("“”\"'").strip()


def _talk(row: Any) -> LastTalk:
    return LastTalk(on=row.planned_on, question=shortened(row.question, SHORT), outcome=shortened(row.sees, LONG))
