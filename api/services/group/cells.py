"""What stands in the cells of a group's grid, from the facts and the rules of the sheet: both say the same."""

from api.schemas.group import AgreementsCell, FeelingCell, LevelCell, PracticeCell
from api.schemas.sheet import Sign
from api.services.sheet.learning import LETTERS, STATES, SubjectLine
from api.services.sheet.sentences import Known, practice_said
from models.rules.wording import short_day
from models.vocabulary import SUBJECTS, Measure, Respondent

WORDS = {"above": "boven", "in": "in lijn", "below": "onder", "unknown": "–"}
HABITS = {"practice_faithful": "trouw", "practice_regular": "regelmatig", "practice_seldom": "weinig"}
STOPPED = "niet"
CODES = {name: code for code, name in SUBJECTS.items()}


def code_of(line: SubjectLine) -> str:
    """The code of a subject, by which its instruction groups are found."""
    return CODES.get(line.name, line.name)


def scale_of(line: SubjectLine) -> str:
    """Of which scale the latest level is, as people write it; empty without a level."""
    last = line.measured[-1].taken
    for score, scale in last.scores:
        if scale.measure is Measure.LEVEL and not score.part and score.value_raw == line.level:
            return LETTERS.get(scale.code, str(scale.code).replace("-", "–"))
    return ""


def level_cell(line: SubjectLine) -> LevelCell:
    sign, text = STATES[line.growth.state]
    return LevelCell(
        level=line.level, sign=sign, word=WORDS[line.growth.state], state_text=text, taken_on=line.latest_on
    )


def practice_cell(known: Known) -> PracticeCell | None:
    """Return what the tile counts with the word of the sheet's sentence; None for a child that does not practise."""
    cells = known.cells
    if not cells.answers and not cells.school_days:
        return None
    habit = practice_said(known)
    sign: Sign = habit.sign if habit else "unknown"
    word = HABITS.get(habit.rule, STOPPED if not cells.answers else "minder") if habit else "–"
    days = len(cells.practised & cells.school_days)
    return PracticeCell(days=days, school_days=len(cells.school_days), sign=sign, word=word)


def feeling_cell(known: Known) -> FeelingCell | None:
    """Return in which direction the teacher's newest lists moved; None without a list that can move."""
    ways = [
        (name, way)
        for each in known.lists
        if each.respondent == Respondent.TEACHER and not each.phases
        for name, way in each.directions.items()
    ]
    if not ways:
        return None
    lower = [name for name, way in ways if way == "down"]
    higher = [name for name, way in ways if way == "up"]
    sign, word = _direction(bool(lower), bool(higher), any(way != "unknown" for _, way in ways))
    return FeelingCell(sign=sign, word=word, parts=lower + higher)


def _direction(lower: bool, higher: bool, compared: bool) -> tuple[Sign, str]:  # noqa: FBT001
    if not compared:
        return "unknown", "–"
    if lower:
        return "down", "wisselend" if higher else "lager"
    return ("up", "hoger") if higher else ("steady", "gelijk")


def agreements_cell(known: Known) -> AgreementsCell:
    """Count what is still open and name the day that comes first."""
    lines = [line for line in known.promises.agreements if line.state != "done"]
    overdue = sum(line.state == "overdue" for line in lines)
    nearest = min((line.due_on for line in lines if line.due_on), default=None)
    text = f"{len(lines)}" if lines else ""
    if overdue:
        text = f"{len(lines)} · over tijd" if len(lines) == overdue else f"{len(lines)} · {overdue} over tijd"
    elif nearest:
        text = f"{len(lines)} · {short_day(nearest)}"
    return AgreementsCell(open=len(lines), overdue=overdue, nearest=nearest, text=text)


def phases_of(known: Known) -> dict[str, str]:
    """The newest age phase of each line that a young child was observed on, as delivered."""
    found: dict[str, str] = {}
    for each in known.lists:
        if each.respondent == Respondent.TEACHER and each.phases:
            found |= {row.name: row.latest_text for row in each.view.rows if row.latest_text}
    return found


def stuck_at(known: Known, subject: str) -> tuple[str, ...]:
    """The objectives of a subject at which the child is stuck, as the tile says it."""
    names = {subject.casefold(), SUBJECTS.get(subject, subject).casefold()}
    return tuple(
        each.name for each in known.cells.objectives if each.state == "stuck" and each.subject.casefold() in names
    )
