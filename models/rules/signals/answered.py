"""Whether a signal was answered: then it stays away until there is new evidence."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

from models.rules.settings import Settings
from models.rules.signals import Signal, SignalKey
from models.rules.signals.registry import RULES


def asks(signal: Signal) -> bool:
    """Whether a signal asks for anything: good news and what is steady can be left as it is."""
    return signal.sign in {"attention", "down", "unknown"}


Answer = TypeVar("Answer")


def answer_to(key: SignalKey, answers: Mapping[SignalKey, Answer]) -> Answer | None:
    """Find the answer to this very signal; None when there is none."""
    if not RULES[key.rule].piles_up:
        return answers.get(key)
    later = [each for each in answers if each[:2] == key[:2] and each.evidence >= key.evidence]
    return answers[max(later)] if later else None


def is_answered(signal: Signal, answered_on: Mapping[SignalKey, date], today: date, settings: Settings) -> bool:
    """Tell whether this very signal was answered; the latest answer counts.

    A rule that looks at a window that moves along has new evidence once that window has moved on.
    """
    on = answer_to(signal.key, answered_on)
    if on is None:
        return False
    return not RULES[signal.rule].rests or today < on + timedelta(weeks=settings.rest_weeks)
