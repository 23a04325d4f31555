"""The quiet middle: a child about whom nothing was written for weeks."""

from datetime import date, timedelta

from models.rules.access import Kind
from models.rules.signals import Rule, Signal
from models.rules.signals.about import About
from models.rules.wording import day

QUIET = Rule(
    "quiet", "Niets opgeschreven", "de dag van de laatste notitie, observatie of bespreking",
    frozenset({Kind.OBSERVATIONS, Kind.NOTES}), 35, ("quiet_weeks",), rests=True,
)  # fmt: skip
RULES = (QUIET,)


def quiet_signal(about: About, latest_note_on: date | None) -> Signal | None:
    """Say that there have been no words about this child for weeks; None when there were, or it is new here."""
    since = latest_note_on or about.at_school_since
    if since is not None and about.today - since < timedelta(weeks=about.settings.quiet_weeks):
        return None
    name = about.child.name
    text = (
        f"Over {name} is niets opgeschreven sinds {day(latest_note_on, about.today)}."
        if latest_note_on
        else f"Over {name} is nog niets opgeschreven."
    )
    return QUIET.says(
        "unknown",
        "niets opgeschreven",
        text,
        basis="notities, gesprekken en observaties in dit dossier",
        doubt="Geen nieuws kan goed nieuws zijn; één zin is genoeg.",
        evidence=latest_note_on.isoformat() if latest_note_on else "nog niets",
    )
