"""The quiet middle: a child about whom nothing was written for weeks."""

from datetime import date, timedelta

from models.rules.signals import Signal
from models.rules.wording import day

QUIET_AFTER = timedelta(weeks=6)


def quiet_signal(name: str, latest_note_on: date | None, at_school_since: date | None, today: date) -> Signal | None:
    """Say that there have been no words about this child for six weeks; None when there were, or it is new here."""
    since = latest_note_on or at_school_since
    if since is not None and today - since < QUIET_AFTER:
        return None
    text = (
        f"Over {name} is niets opgeschreven sinds {day(latest_note_on, today)}."
        if latest_note_on
        else f"Over {name} is nog niets opgeschreven."
    )
    return Signal("quiet", "unknown", "niets opgeschreven", text, "notities, gesprekken en observaties in dit dossier",
                  "Geen nieuws kan goed nieuws zijn; één zin is genoeg.", 35)  # fmt: skip
