"""In which decisions a fact can have been used: counted by a rule that is told with the count, never guessed."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from api.schemas.evidence import DecisionCount
from api.services.registrations.use import Use, bounds
from models.queries.evidence import Rows
from models.rules.registrations.facts import FACTS, Fact
from models.vocabulary import SignalReply

WITHIN = timedelta(days=14)
DECISIONS = {
    "agreement": "Afspraken",
    "talk": "Besprekingen",
    "instruction_level": "Indelingen in een instructiegroep",
}
"""Facts that are themselves a decision about a child."""
AFTER = (
    f"gemaakt binnen {WITHIN.days} dagen na een nieuwe waarde bij hetzelfde kind; of zij ervan uitgingen, weten we niet"
)

Days = dict[int, list[date]]
"""Per child the days of a fact, in order."""


def count_decisions(
    use: Use, answers: Rows, released: Mapping[str, int], reported: Mapping[str, int]
) -> dict[str, list[DecisionCount]]:
    """Count for every fact the decisions of the last twelve months that came soon after it, answers to signals, and
    what of it parents were given to read: by itself and in a report.
    """
    days = _days(use)
    since = bounds(use.today)[1]
    made = {
        code: [(pupil, day) for pupil, on in days[code].items() for day in on if day >= since] for code in DECISIONS
    }
    return {
        code: [
            *_after(fact, days, made),
            *_signals(fact, answers),
            *_shared(released.get(code, 0), reported.get(code, 0)),
        ]
        for code, fact in FACTS.items()
    }


def _days(use: Use) -> dict[str, Days]:
    found: dict[str, Days] = defaultdict(lambda: defaultdict(list))
    for value in use.values:
        if value.day <= use.today:
            found[value.fact][value.pupil_id].append(value.day)
    for of_fact in found.values():
        for on in of_fact.values():
            on.sort()
    return found


def _after(fact: Fact, days: dict[str, Days], made: dict[str, list[tuple[int, date]]]) -> Iterable[DecisionCount]:
    if not fact.is_dated:
        return
    mine = days[fact.code]
    for code, label in DECISIONS.items():
        count = sum(follows(day, mine.get(pupil, [])) for pupil, day in made[code])
        yield DecisionCount(label=label, count=count, meaning=AFTER)


def follows(day: date, values: list[date]) -> bool:
    """Whether the last of these days (in order) up to `day` was at most `WITHIN` before it."""
    place = bisect_right(values, day)
    return place > 0 and day - values[place - 1] <= WITHIN


def _signals(fact: Fact, answers: Rows) -> Iterable[DecisionCount]:
    if not fact.signals:
        return
    replies: Counter[SignalReply] = Counter()
    for row in answers:
        if row.rule.startswith(fact.signals):
            replies[SignalReply(row.reply)] += row.times
    parts = ", ".join(f"{reply.label} {replies[reply]}" for reply in SignalReply if replies[reply])
    meaning = "antwoorden op een signaal dat op dit gegeven rust" + (f": {parts}" if parts else "")
    yield DecisionCount(label="Antwoorden op signalen", count=replies.total(), meaning=meaning)


def _shared(released: int, reported: int) -> Iterable[DecisionCount]:
    if released:
        yield DecisionCount(label="Vrijgegeven aan ouders", count=released, meaning="met een zin uitleg erbij")
    if reported:
        yield DecisionCount(label="Rapporten aan ouders", count=reported, meaning="vrijgegeven, met dit erin")
