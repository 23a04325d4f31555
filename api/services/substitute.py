"""The substitute card: one A4 per group, for today only, with what someone needs who has never seen these children.

It is made from what was already written for others (`models.rules.purposes`); nothing is typed for it, nothing of it is
kept. Each child on it is a line in the access log, and a print is another one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api.schemas.substitute import CallLine, CardChild, CardGroups, SubstituteCard
from api.security.access import READ, Visit
from frontend.formatting import long_day, weekday
from models.queries import carried, group_facts, points
from models.queries import groups as read
from models.queries.scope import GroupGrant, NotFoundError, group_name
from models.queries.settings import settings_of
from models.queries.sheet import teachers_of
from models.rules.access import Kind
from models.rules.birthdays import birthday
from models.rules.brief import Step, Told, fitting, shortened
from models.rules.names import display_name, natural_order
from models.rules.purposes import Purpose, picked
from models.rules.settings import Settings
from models.rules.wording import listing
from models.vocabulary import SUBJECTS, AbsencePart, AbsenceReason, InstructionLevel, Role, SupportKind

CARD = "substitute_card"
LETTERS_BESIDE = 95
"""Letters on a line over the whole width of the page, for what stands above the children."""
NEEDED = frozenset({Kind.IN_CLASS, Kind.EMERGENCY_CARD})
"""Who may not read these has nothing to do with the card: the office knows names and absence only."""


def compose_card(visit: Visit, grant: GroupGrant, action: str = READ) -> SubstituteCard:
    """Compose the card of this group for today; a fixed number of reads. `action` is what the log says of it."""
    if not grant.kinds >= NEEDED:
        raise NotFoundError(school_id=grant.school_id)
    connection, today = visit.connection, visit.today
    group = read.group(connection, grant)
    pupils = group_facts.pupils_in(connection, grant, today)
    visit.log(CARD, [row.id for row in pupils], grant, action)
    names = _names(pupils)
    pupils = sorted(pupils, key=lambda row: (names[row.id].casefold(), row.id))
    told = _told(visit, grant)
    may_plan = Kind.SUPPORT_PLAN in grant.kinds
    settings = settings_of(connection, grant.school_id)
    levels = _groups(carried.placements_of(connection, grant, today), names, settings) if may_plan else []
    of_group = told.pop(None, {}).get("agreed", [])
    beside = _beside([*of_group, *(text for each in levels for _, text in each.levels)])
    step = fitting([_one(names[row.id], told.get(row.id, {})) for row in pupils], beside)
    absent = _absent(visit, grant)
    jarig = {row.id: text for row in pupils if (text := _birthday(row, grant, today))}
    return SubstituteCard(
        id=group.uid,
        group=group_name(group.name),
        on=today,
        valid=valid_on(today),
        ground=grant.ground,
        children=[_child(row, names, told.get(row.id, {}), step, absent.get(row.id), jarig) for row in pupils],
        absent=[f"{names[row.id]} ({absent[row.id]})" for row in pupils if row.id in absent],
        birthdays=[f"{names[row.id]} ({jarig[row.id]})" for row in pupils if row.id in jarig],
        agreed=[shortened(text, step.vital) for text in of_group],
        groups=levels,
        call=_call(visit, grant, pupils),
        size=step.size,
    )


def valid_on(day: date) -> str:
    """Say for which day something is: "maandag 23 november 2026"."""
    return f"{weekday(day)} {long_day(day)}"


def _names(pupils: Sequence[Any]) -> dict[int, str]:
    """Call each child by its first name, and by its whole name where two in the group have the same."""
    firsts = {row.id: row.given_name or display_name(row) for row in pupils}
    twice = {name for name, times in Counter(firsts.values()).items() if times > 1}
    return {row.id: display_name(row) if firsts[row.id] in twice else firsts[row.id] for row in pupils}


def _told(visit: Visit, grant: GroupGrant) -> dict[int | None, dict[str, list[str]]]:
    """Bring together what there is to tell of each child, and of the whole group (None)."""
    found: dict[int | None, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pupil_id, body in carried.emergency_cards_in(visit.connection, grant, visit.today).items():
        found[pupil_id]["safety"].append(body)
    for point in picked(points.points_of(visit.connection, grant, visit.today), Purpose.SUBSTITUTE, grant.kinds):
        found[point.pupil_id]["in_class" if point.kind == SupportKind.IN_CLASS else "helps"].append(point.body)
    if Kind.SUPPORT_PLAN in grant.kinds:
        for row in carried.agreements_of(visit.connection, grant, visit.today):
            if row.due_on is None or row.due_on >= visit.today:  # what is over time is the teacher's own to settle
                found[row.pupil_id]["agreed"].append(row.body)
    return found


def _one(name: str, told: Mapping[str, list[str]]) -> Told:
    other = [_joined(told[key]) for key in ("in_class", "helps", "agreed") if told.get(key)]
    return Told(name, [_joined(told["safety"])] if told.get("safety") else [], other)


def _child(
    row: Any,
    names: Mapping[int, str],
    told: Mapping[str, list[str]],
    step: Step,
    absent: str | None,
    jarig: Mapping[int, str],
) -> CardChild:
    def text(key: str, longest: int) -> str | None:
        return shortened(_joined(told[key]), longest) if told.get(key) else None

    return CardChild(
        id=row.uid,
        name=names[row.id],
        today=", ".join(word for word in (absent, jarig.get(row.id)) if word) or None,
        is_absent=bool(absent) and absent != AbsenceReason.LATE.label,
        safety=text("safety", step.vital),
        in_class=text("in_class", step.other),
        helps=text("helps", step.other),
        agreed=text("agreed", step.other),
    )


def _joined(texts: Sequence[str]) -> str:
    return "; ".join(text.strip().rstrip(".;") for text in texts)


def _beside(texts: Sequence[str]) -> int:
    """Count in lines of a column what stands above the children: each line of the page is two of them."""
    return sum(2 * (1 + len(text) // LETTERS_BESIDE) for text in texts)


def _absent(visit: Visit, grant: GroupGrant) -> dict[int, str]:
    if Kind.ATTENDANCE not in grant.kinds:
        return {}
    found: dict[int, list[str]] = defaultdict(list)
    for row in carried.absent_in(visit.connection, grant, visit.today):
        part = "" if row.part == AbsencePart.DAY or row.reason == AbsenceReason.LATE else f", {row.part.label}"
        found[row.pupil_id].append(f"{row.reason.label}{part}")
    return {pupil_id: "; ".join(dict.fromkeys(texts)) for pupil_id, texts in found.items()}


def _birthday(row: Any, grant: GroupGrant, today: date) -> str | None:
    if Kind.IDENTITY not in grant.kinds or row.birth_date is None:
        return None
    kept = birthday(row.birth_date, today)
    if kept is None:
        return None
    if kept.on == today:
        return f"vandaag {kept.age}"
    return f"{weekday(kept.on)} {kept.age} {'geworden' if kept.on < today else ''}".rstrip()


def _groups(rows: Sequence[Any], names: Mapping[int, str], settings: Settings) -> list[CardGroups]:
    """Name the smaller instruction groups of each subject; all others work with the group."""
    found: dict[str, dict[InstructionLevel, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.level != InstructionLevel.BASIC and row.pupil_id in names:
            found[row.subject][row.level].append(names[row.pupil_id])
    return [
        CardGroups(
            subject=SUBJECTS.get(subject, subject),
            levels=[
                (settings.level_name(level), ", ".join(sorted(levels[level])))
                for level in InstructionLevel
                if level in levels
            ],
        )
        for subject, levels in sorted(found.items(), key=lambda item: [*SUBJECTS, item[0]].index(item[0]))
    ]


def _call(visit: Visit, grant: GroupGrant, pupils: Sequence[Any]) -> list[CallLine]:
    """Say whom to ask: who stands before this group otherwise, who is next door, IB and directie."""
    rows = carried.colleagues_of(visit.connection, grant, visit.today)
    own = [row.name for row in rows if row.group_id == grant.group_id]
    if not own:
        known = teachers_of(visit.connection, grant.school_id, grant.group_id, visit.today)
        own = list(dict.fromkeys(display_name(row) for row in known))
    grades = {row.grade for row in pupils if row.grade}
    beside = [row for row in rows if row.role is Role.TEACHER and row.group_id != grant.group_id]
    beside = [row for row in beside if row.grade in grades] or sorted(beside, key=lambda row: natural_order(row.group))
    lines = {
        "eigen leraar": own,
        "collega": [f"{row.name} (groep {group_name(row.group)})" for row in beside[:2]],
        "IB": [row.name for row in rows if row.role is Role.IB],
        "directie": [row.name for row in rows if row.role is Role.HEAD],
    }
    return [CallLine(what=what, names=listing(list(dict.fromkeys(found)))) for what, found in lines.items() if found]
