"""Absence in the last weeks: many days, often late, or each time the same day of the week."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from models.rules.access import Kind
from models.rules.schooldays import Spell, days_away, spells
from models.rules.signals import Rule, Signal
from models.rules.signals.about import About
from models.rules.wording import capital, number
from models.vocabulary import AbsenceReason

NEEDS = frozenset({Kind.ATTENDANCE})
MANY = Rule(
    "absence_many", "Veel weg", "de dagen en dagdelen waarop het kind er niet was, met welke reden ook", NEEDS, 62,
    ("absence_days", "absence_weeks"),
)  # fmt: skip
LATE = Rule("late_often", "Vaak te laat", "de keren dat het kind te laat kwam", NEEDS, 58,
            ("late_times", "absence_weeks"), rests=True)  # fmt: skip
WEEKDAY = Rule("absence_weekday", "Steeds op dezelfde dag", "de weekdagen van kort verzuim en te laat komen", NEEDS, 61,
               ("same_weekday", "absence_weeks"))  # fmt: skip
RULES = (MANY, LATE, WEEKDAY)

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
SHORT = 2
"""School days of the longest spell that can be a pattern of the week; longer is an illness or leave."""
NO_PATTERN = "Een griep of een begrafenis is geen patroon; de reden staat in de tijdlijn."
NOT_ALONE = "Een kind brengt zichzelf vaak niet; vraag eerst thuis."
REGULAR = "Het kan een vaste behandeling of een afspraak met school zijn."


def absence_signals(about: About) -> list[Signal]:
    """Say what stands out in the absence of the last weeks; empty when nothing does."""
    if not about.absences:
        return []
    since = about.weeks_ago(about.settings.absence_weeks)
    recent = [each for each in about.absences if since <= each.day <= about.today]
    # A spell that began before these weeks keeps its first day, so that the same illness is not news again.
    away = [spell for spell in spells(about.absences) if spell.end >= since]
    return [
        signal for signal in (_many(about, recent, away), _late(about, recent), _weekday(about, recent, away)) if signal
    ]


def _many(about: About, recent: Sequence[Any], away: Sequence[Spell]) -> Signal | None:
    days, weeks = days_away(recent), about.settings.absence_weeks
    if days < about.settings.absence_days:
        return None
    count = f"{days:g}".replace(".", ",")
    times = f"{number(len(away))} keer" if len(away) > 1 else "één keer"
    return MANY.says(
        "attention",
        f"miste {count} schooldagen",
        f"{capital(about.child.they)} miste {count} schooldagen in {weeks} weken.",
        basis=f"verzuim van de laatste {weeks} weken: {count} dagen weg, {times}",
        doubt=about.doubt(NO_PATTERN, about.weeks_ago(weeks), about.today),
        evidence=f"sinds {away[-1].start}",
    )


def _late(about: About, recent: Sequence[Any]) -> Signal | None:
    times, weeks = sum(1 for each in recent if each.reason == AbsenceReason.LATE), about.settings.absence_weeks
    if times < about.settings.late_times:
        return None
    return LATE.says(
        "attention",
        "te laat",
        f"{capital(about.child.they)} kwam {number(times)} keer te laat in {weeks} weken.",
        basis=f"verzuim van de laatste {weeks} weken: {times} keer te laat",
        doubt=NOT_ALONE,
        evidence="te laat",
    )


def _weekday(about: About, recent: Sequence[Any], away: Sequence[Spell]) -> Signal | None:
    short = {on for spell in away if spell.days <= SHORT for on in (spell.start, spell.end)}
    late = {each.day for each in recent if each.reason == AbsenceReason.LATE}
    days = Counter(on.weekday() for on in short | late)
    if not days:
        return None
    weekday, times = min(days.items(), key=lambda each: (-each[1], each[0]))
    if times < about.settings.same_weekday:
        return None
    name, weeks = WEEKDAYS[weekday], about.settings.absence_weeks
    was, came = ({on for on in found if on.weekday() == weekday} for found in (short, late))
    how = ("was", "weg of te laat") if was and came else ("was", "weg") if was else ("kwam", "te laat")
    return WEEKDAY.says(
        "attention",
        f"op een {name}",
        f"{capital(about.child.they)} {how[0]} {number(times)} keer {how[1]} op een {name} in {weeks} weken.",
        basis=f"kort verzuim en te laat komen van de laatste {weeks} weken, {number(len(short | late))} keer",
        doubt=REGULAR,
        topic=name,
        evidence=max(was | came).isoformat(),
    )
