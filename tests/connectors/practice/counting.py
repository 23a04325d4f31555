"""What the totals must be, counted again in plain Python without any of the importer's code."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
COLUMNS = (
    "SubmittedAnswerId",
    "SubmitDateTime",
    "Correct",
    "Progress",
    "UserId",
    "ExerciseId",
    "Difficulty",
    "Subject",
    "Domain",
    "LearningObjective",
)
Key = tuple[str, date, str, str, str]


@dataclass(frozen=True)
class Answer:
    """One answer as a platform writes it."""

    id: int
    at: str = "2015-03-24T09:30:00.000"
    correct: str = "1"
    progress: str = "0"
    user: str = "40268"
    exercise: int = 1
    difficulty: str = "12.5"
    subject: str = "Rekenen"
    domain: str = "Getallen"
    objective: str = "tafels"

    def fields(self) -> tuple[str, ...]:
        return (
            str(self.id),
            self.at,
            self.correct,
            self.progress,
            self.user,
            str(self.exercise),
            self.difficulty,
            self.subject,
            self.domain,
            self.objective,
        )

    def but(self, **changes: str | int) -> "Answer":
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Cell:
    answers: int
    correct: int
    first_answers: int
    first_correct: int
    progress_sum: int
    progress_n: int
    no_difficulty: int
    uncalibrated: int
    home_answers: int
    first_second: int
    last_second: int


def count(answers: Iterable[Answer]) -> dict[Key, Cell]:
    """Count the cells of the set of distinct answer ids."""
    distinct = sorted({answer.id: answer for answer in answers}.values(), key=lambda a: (_moment(a), a.id))
    tried: set[tuple[str, int]] = set()
    cells: dict[Key, list[tuple[Answer, bool, datetime]]] = {}
    for answer in distinct:
        local = _moment(answer).astimezone(AMSTERDAM)
        first = (answer.user, answer.exercise) not in tried
        tried.add((answer.user, answer.exercise))
        texts = (answer.subject.strip(), answer.domain.strip(), answer.objective.strip())
        cells.setdefault((answer.user, local.date(), *texts), []).append((answer, first, local))
    return {key: _cell(rows) for key, rows in cells.items()}


def _cell(rows: Sequence[tuple[Answer, bool, datetime]]) -> Cell:
    seconds = [local.hour * 3600 + local.minute * 60 + local.second for _, _, local in rows]
    right = [answer.correct.lower() in {"1", "true"} for answer, _, _ in rows]
    return Cell(
        answers=len(rows),
        correct=sum(right),
        first_answers=sum(first for _, first, _ in rows),
        first_correct=sum(first and good for (_, first, _), good in zip(rows, right, strict=True)),
        progress_sum=sum(int(answer.progress) for answer, _, _ in rows),
        progress_n=sum(answer.progress != "0" for answer, _, _ in rows),
        no_difficulty=sum(answer.difficulty == "NULL" for answer, _, _ in rows),
        uncalibrated=sum(answer.difficulty == "-200" for answer, _, _ in rows),
        home_answers=sum(_at_home(local) for _, _, local in rows),
        first_second=min(seconds),
        last_second=max(seconds),
    )


def _at_home(local: datetime) -> bool:
    return local.isoweekday() > 5 or not time(8) <= local.time() < time(15, 30)


def _moment(answer: Answer) -> datetime:
    text = answer.at.strip().removesuffix("Z")
    whole, _, fraction = text.partition(".")
    moment = datetime.fromisoformat(whole).replace(tzinfo=UTC)
    return moment + timedelta(milliseconds=int(fraction.ljust(3, "0")[:3] or 0))


def read(path: Path) -> list[Answer]:
    """Read the class file with Python's own csv."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Answer(
            int(row["SubmittedAnswerId"]),
            row["SubmitDateTime"],
            row["Correct"],
            row["Progress"],
            row["UserId"],
            int(row["ExerciseId"]),
            row["Difficulty"],
            row["Subject"],
            row["Domain"],
            row["LearningObjective"],
        )
        for row in rows
    ]


def as_csv(answers: Iterable[Answer], *, delimiter: str = ",", columns: Sequence[str] = COLUMNS) -> str:
    """Write answers in any order of columns; a column that is not ours gets some text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    for answer in answers:
        values = dict(zip(COLUMNS, answer.fields(), strict=True))
        writer.writerow([values.get(column, 'iets, "anders"') for column in columns])
    return out.getvalue()


def as_json(answers: Iterable[Answer]) -> str:
    """Write answers as the platform's own JSON: whole numbers bare, difficulty as text."""
    whole = {"SubmittedAnswerId", "Progress", "ExerciseId", "UserId"}
    return json.dumps(
        [
            {
                column: int(value) if column in whole or (column == "Correct" and value in {"0", "1"}) else value
                for column, value in zip(COLUMNS, answer.fields(), strict=True)
            }
            for answer in answers
        ],
        indent=1,
        ensure_ascii=False,
    )
