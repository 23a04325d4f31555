"""Whether a signal was answered: then it stays away until there is new evidence."""

from collections.abc import Mapping
from datetime import date, timedelta

from models.rules.settings import Settings
from models.rules.signals import Signal, SignalKey
from models.rules.signals.registry import RULES


def asks(signal: Signal) -> bool:
    """Whether a signal asks for anything: good news and what is steady can be left as it is."""
    return signal.sign in {"attention", "down", "unknown"}


def is_answered(signal: Signal, answered_on: Mapping[SignalKey, date], today: date, settings: Settings) -> bool:
    """Tell whether this very signal was answered; the latest answer counts.

    A rule that looks at a window that moves along has new evidence once that window has moved on.
    """
    on = answered_on.get(signal.key)
    if on is None:
        return False
    return not RULES[signal.rule].rests or today < on + timedelta(weeks=settings.rest_weeks)
