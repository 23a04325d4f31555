"""Answers on the practice platform for the last school weeks, one CSV a week in the columns of a Snappet-like export.

Answer ids come from the day and the child. What a child is stuck on, and since when it stopped, moves with today.
Progress is given on first answers only, and not on all of those; a repeat and an uncalibrated exercise give 0.
`Difficulty` is a number, "-200" (not calibrated) or "NULL". Times are UTC; school time is 8:30-14:30 in Amsterdam.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from math import exp
from pathlib import Path
from random import Random
from typing import NamedTuple

from demo.ability import SCALES, standing
from demo.absences import absences
from demo.calendar import school_weeks, school_year, utc_offset, year_days
from demo.objectives import OBJECTIVES, Objective
from demo.people import Pupil
from demo.school import School

WEEKS = 5
HEADER = (
    "SubmittedAnswerId,SubmitDateTime,Correct,Progress,UserId,ExerciseId,Difficulty,Subject,Domain,LearningObjective"
)
FIRST_DAY = date(2020, 1, 1)
ABSENT_PARTS = {"dag": (0, 24 * 60), "ochtend": (0, 12 * 60), "middag": (12 * 60, 24 * 60)}
SCALE_OF = {"Rekenen": SCALES[0], "Spelling": SCALES[1], "Begrijpend Lezen": SCALES[2]}
SCHOOL_SLOTS = (8 * 60 + 50, 10 * 60 + 35, 13 * 60 + 5)
SHORT_DAY_ENDS = 12 * 60 + 15
LONGEST = 30
EXERCISES, WEEK_EXERCISES, AT_HOME = 3200, 400, 160  # per objective, per week of eight, where those for home begin


class Stretch(NamedTuple):
    """A while on one objective: from a minute of the day, so many answers."""

    minute: int
    objective: Objective
    answers: int
    home: bool
    stuck: bool


class Worker(NamedTuple):
    """How a child works: share of school days, home evenings, when it stopped, what it is stuck on."""

    user: int
    daily: float
    home: float
    until: date
    stuck_on: str | None
    pace: float
    speed: float
    strength: dict[str, float]


def user_id(pupil: Pupil) -> int:
    return 40_000 + pupil.number


def practising(school: School, weeks: list[list[date]]) -> list[Pupil]:
    """The children who have an account: groups 3-8 in the school year of one of the weeks."""
    years = {school_year(day) for week in weeks for day in week}
    return [pupil for pupil in school.pupils if any(pupil.places.get(year, (0, ""))[0] >= 3 for year in years)]


def _worker(school: School, pupil: Pupil) -> Worker:
    rng = school.rng("worker", pupil.number)
    told = pupil.character
    daily = rng.choices((0.95, 0.85, 0.6), (60, 32, 8))[0]
    home = rng.choices((0.0, 0.12, 0.35), (80, 14, 6))[0]
    stopped = rng.random() < 0.02 and not told
    stuck = None
    grade = pupil.places[school.year][0]
    if grade >= 3 and rng.random() < 0.06 and not told:
        stuck = rng.choice(_met(grade, "Rekenen", school.today, 4)[:2]).name
    return Worker(
        user_id(pupil),
        0.95 if told and told.faithful else daily,
        0.2 if told and told.home else home,
        school.today - timedelta(days=rng.randrange(13, 24) if stopped else 1),
        told.stuck if told else stuck,
        rng.uniform(0.75, 1.25),
        rng.uniform(0.8, 1.35),
        {subject: standing(pupil, scale, school.seed)[max(0, 2 * grade - 6)] for subject, scale in SCALE_OF.items()},
    )


@cache
def _week_of_year(day: date) -> int:
    days = year_days(school_year(day))
    return sum(other <= day for other in days) // 5


def _met(grade: int, subject: str, day: date, count: int) -> list[Objective]:
    """The objectives that a grade works on in a school week, the newest last; at first with some of the year before."""
    found = OBJECTIVES[grade][subject]
    newest = min(len(found) - 1, _week_of_year(day) * len(found) // 32)
    learned = [*OBJECTIVES.get(grade - 1, {}).get(subject, []), *found[: newest + 1]]
    return learned[-count:]


def _stretches(rng: Random, worker: Worker, grade: int, day: date) -> list[Stretch]:
    """What a child does on the platform on a school day."""
    short = day.weekday() == 2
    minutes = [minute for minute in SCHOOL_SLOTS if not short or minute < SHORT_DAY_ENDS - 60]
    maths = _met(grade, "Rekenen", day, 4)
    spelling = _met(grade, "Spelling", day, 2)
    plan: list[Objective] = [maths[-1], rng.choice(maths), rng.choice(spelling)]
    if day.weekday() in (1, 3):
        plan.append(OBJECTIVES[grade]["Begrijpend Lezen"][0])
    known = [*OBJECTIVES[grade]["Rekenen"], *OBJECTIVES[grade]["Spelling"]]
    stuck = next((objective for objective in known if objective.name == worker.stuck_on), None)
    if stuck:
        plan.insert(1, stuck)
    found: list[Stretch] = []
    for at, objective in enumerate(dict.fromkeys(plan)):
        minute = minutes[min(at // 2, len(minutes) - 1)] + 20 * (at % 2) + rng.randrange(5)
        answers = min(LONGEST, round(rng.uniform(9, 22) * worker.pace))
        found.append(Stretch(minute, objective, answers, False, objective is stuck))
    return found


@cache
def difficulty(exercise: int, base: float) -> tuple[float, str]:
    """(distance from what is usual for the objective, the difficulty as the file has it) of an exercise."""
    spin = (exercise * 2_654_435_761 % 2**32) / 2**32
    if spin < 0.035:
        return 0.0, "NULL"
    if spin < 0.039:
        return 0.0, "-200"
    distance = (spin - 0.5) * 2.2
    return distance, f"{base + 55 * distance:.7f}"


def _answers(
    school: School, pupil: Pupil, worker: Worker, day: date, away: dict[date, tuple[str, str]]
) -> Iterator[str]:
    """The lines of one child on one day."""
    grade = pupil.places.get(school_year(day), (0, ""))[0]
    if grade < 3 or not pupil.at_school(day) or day > worker.until:
        return
    rng = Random(f"{school.seed}/practice/{pupil.number}/{day}")
    gone = ABSENT_PARTS[away[day][0]] if day in away else (0, 0)
    if day in away and away[day][1] == "te laat":
        gone = (0, 9 * 60)
    stretches: list[Stretch] = []
    if day.weekday() < 5 and rng.random() < worker.daily:
        stretches = [s for s in _stretches(rng, worker, grade, day) if not gone[0] <= s.minute < gone[1]]
    if rng.random() < worker.home and (not gone[1]):
        minute = rng.randrange(16 * 60 + 30, 19 * 60 + 30) if day.weekday() < 5 else rng.randrange(9 * 60 + 30, 17 * 60)
        objective = rng.choice(_met(grade, rng.choice(("Rekenen", "Spelling")), day, 2))
        stretches.append(Stretch(minute, objective, rng.randrange(10, 20), True, False))
    yield from _lines(rng, pupil, worker, day, stretches)


def _lines(rng: Random, pupil: Pupil, worker: Worker, day: date, stretches: list[Stretch]) -> Iterator[str]:
    """The lines of the given stretches; a wrong answer is often tried again at the end of its stretch."""
    number = ((day - FIRST_DAY).days * 2000 + pupil.number) * 128
    week, shift = (day.toordinal() - 1) // 7 % 8, utc_offset(day) * 3_600_000
    draw = rng.random
    for stretch in stretches:
        objective = stretch.objective
        first = objective.number * EXERCISES + week * WEEK_EXERCISES + day.weekday() * LONGEST
        first += AT_HOME if stretch.home else 0
        lead = -1.0 if stretch.stuck else 1.45 + 0.75 * worker.strength[objective.subject]
        name = f'"{objective.name}"' if "," in objective.name else objective.name
        tail = f",{objective.subject},{objective.domain},{name}\n"
        clock = stretch.minute * 60_000 + int(draw() * 90_000) - shift
        again: list[int] = []
        for at in range(stretch.answers):
            repeat = bool(again) and at >= stretch.answers * 0.75
            exercise = again.pop(0) if repeat else first + at
            distance, shown = difficulty(exercise, objective.base)
            clock += int((6_000 + draw() * 26_000) * worker.speed)
            right = draw() < 1 / (1 + exp(distance - lead))
            progress = 0
            if not repeat and draw() > 0.34 and shown not in ("NULL", "-200"):
                progress = 1 + int(draw() * draw() * 16) if right else -3 - int(draw() * draw() * 40)
            if not right and not repeat:
                again.append(exercise)
            minutes, millis = divmod(clock, 60_000)
            number += 1
            yield (
                f"{number},{day}T{minutes // 60:02d}:{minutes % 60:02d}:{millis / 1000:06.3f},{right:d},{progress},"
                f"{worker.user},{exercise},{shown}{tail}"
            )


def write_weeks(school: School, folder: Path) -> list[Path]:
    """Write one file per school week, oldest first; the weekend belongs to the week before it."""
    weeks = school_weeks(school.today, WEEKS)
    children = [(pupil, _worker(school, pupil), absences(school, pupil)) for pupil in practising(school, weeks)]
    paths: list[Path] = []
    for week in weeks:
        monday = week[0] - timedelta(days=week[0].weekday())
        extra = (monday + timedelta(days=5), monday + timedelta(days=6))
        days = [*week, *(day for day in extra if day < school.today)]
        path = folder / f"snappet-{monday}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(HEADER + "\n")
            for day in days:
                for pupil, worker, away in children:
                    file.writelines(_answers(school, pupil, worker, day, away))
        paths.append(path)
    return paths
