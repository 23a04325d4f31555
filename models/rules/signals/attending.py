"""Absence in the last weeks."""

from models.rules.signals import Signal
from models.rules.wording import Child, capital, plural

MANY_DAYS = 4
MANY_LATE = 4


def absence_signal(child: Child, days: float, late: int, weeks: int) -> Signal | None:
    """Say that a child missed many school days or was often late in the last `weeks`; None when it did not.

    `days` counts whole days, a part of a day as a half, whatever the reason.
    """
    basis = f"verzuim van de laatste {weeks} weken: {days:g} dagen weg, {late} keer te laat".replace(".", ",")
    if days >= MANY_DAYS:
        count = f"{days:g}".replace(".", ",")
        text = f"{capital(child.they)} miste {count} schooldagen in {weeks} weken."
        return Signal("absence_many", "attention", f"miste {count} schooldagen", text, basis,
                      "Een griep of een begrafenis is geen patroon; de reden staat in de tijdlijn.", 62)  # fmt: skip
    if late >= MANY_LATE:
        text = f"{capital(child.they)} kwam {plural(late, 'keer', 'keer')} te laat in {weeks} weken."
        return Signal("late_often", "attention", "te laat", text, basis,
                      "Een kind brengt zichzelf vaak niet; vraag eerst thuis.", 58)  # fmt: skip
    return None
