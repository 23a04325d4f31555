"""Make a school year of practice answers: 560 pupils, ten million answers, and the school day after it.

The shape is that of a real class of twenty pupils in March 2015 (../shared/data/snappet), or where that file is not
there of a class drawn from its distributions. The class's weeks are set one after the other, 28 classes beside each
other; exercises are shared by four classes of a grade, and one in ten comes back three weeks later.
"""

import sys
from pathlib import Path

ANSWERS = 10_000_000
DAY = 51_000
CLASSES = 28
BLOCK_DAYS = 21
BLOCKS = 14
REAL = Path(__file__).parents[2] / "shared/data/snappet/work-tot-2015-03-24T1130Z.csv"

_REAL = """
CREATE TABLE class AS SELECT *, row_number() OVER (ORDER BY SubmittedAnswerId) AS number FROM read_csv('{file}',
  nullstr = '~', types = {{'Difficulty': 'VARCHAR', 'SubmitDateTime': 'TIMESTAMP'}})
"""
# 28,713 answers: 20 pupils, 16 school days, lessons from half past eight, 79 objectives of which a few a day.
_DRAWN = """
CREATE TABLE class AS
SELECT n + 1 AS SubmittedAnswerId,
  TIMESTAMP '2015-03-02 07:30:00' + INTERVAL (n // 1795 + 2 * (n // 8975)) DAY + INTERVAL (n % 1795 * 10) SECOND
    + INTERVAL (hash(n, 't') % 9000) MILLISECOND AS SubmitDateTime,
  (hash(n, 'c') % 1000 < 786)::INT AS Correct,
  CASE WHEN hash(n, 'p') % 100 < 45 THEN 0 WHEN hash(n, 'c') % 1000 < 786 THEN hash(n, 'q') % 11
    ELSE -(hash(n, 'q') % 25)::INT END AS Progress,
  40267 + hash(n, 'u') % 20 AS UserId, 300000 + hash(n, 'e') % 6200 AS ExerciseId,
  CASE WHEN hash(n, 'd') % 1000 < 38 THEN 'NULL' WHEN hash(n, 'd') % 1000 < 40 THEN '-200'
    ELSE round(100 + hash(n, 'd') % 30000 / 100.0, 7)::VARCHAR END AS Difficulty,
  CASE WHEN o < 56 THEN 'Rekenen' ELSE 'Spelling' END AS Subject,
  CASE WHEN o < 38 THEN 'Getallen' WHEN o < 56 THEN 'Meten' ELSE 'Taalverzorging' END AS Domain,
  'Leerdoel ' || o || CASE WHEN o % 3 = 0 THEN ', optellen en aftrekken tot honderd' ELSE ' tot en met twintig' END
    AS LearningObjective, n + 1 AS number
FROM (SELECT range AS n, (range // 1795 * 5 + hash(range, 'o') % 5) % 79 AS o FROM range(28713))
"""
_YEAR = """
CREATE TABLE exercise AS SELECT ExerciseId, row_number() OVER (ORDER BY hash(ExerciseId)) AS rank
  FROM (SELECT DISTINCT ExerciseId FROM class);
CREATE TABLE pupil AS SELECT UserId, row_number() OVER (ORDER BY UserId) - 1 AS rank
  FROM (SELECT DISTINCT UserId FROM class);
CREATE TABLE year AS
SELECT 100000000 + (b * {classes} + g) * 28713 + number AS SubmittedAnswerId,
  SubmitDateTime - INTERVAL 182 DAY + INTERVAL (b * {days}) DAY + INTERVAL (g * 137) MILLISECOND AS moment,
  Correct, Progress, 40000 + g * 20 + pupil.rank AS UserId,
  300000 + ((b - (exercise.rank % 10 = 0 AND b > 0)::INT) * 7 + g // 4) * 4892 + exercise.rank AS ExerciseId,
  Difficulty, Subject, Domain, LearningObjective
FROM class JOIN exercise USING (ExerciseId) JOIN pupil USING (UserId), range({blocks}) b(b), range({classes}) g(g)
ORDER BY moment, SubmittedAnswerId LIMIT {total}
"""
_COPY = """
COPY (SELECT SubmittedAnswerId, strftime(moment, '%Y-%m-%dT%H:%M:%S.%g') AS SubmitDateTime,
  * EXCLUDE (SubmittedAnswerId, moment) FROM year LIMIT {limit} OFFSET {offset}) TO '{file}' (HEADER)
"""


def files(folder: Path, answers: int = ANSWERS) -> tuple[Path, Path]:
    """Say where the files of the year and of the day after it stand."""
    return folder / f"year-{answers}.csv", folder / f"day-after-{answers}.csv"


def make(folder: Path, answers: int = ANSWERS) -> None:
    """Make both files when they are not there yet (some 20 seconds)."""
    import duckdb

    year, day = files(folder, answers)
    if year.exists() and day.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"temp_directory": str(folder), "memory_limit": "4GB"}) as connection:
        connection.execute(_REAL.format(file=REAL) if REAL.exists() else _DRAWN)
        total = answers + DAY
        for statement in _YEAR.format(classes=CLASSES, days=BLOCK_DAYS, blocks=BLOCKS, total=total).split(";"):
            connection.execute(statement)
        connection.execute(_COPY.format(limit=DAY, offset=answers, file=day))
        connection.execute(_COPY.format(limit=answers, offset=0, file=year))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
