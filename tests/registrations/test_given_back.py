"""Hours given back since the start, against a computation that walks through every single day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.registrations.given_back import Ruled, is_back, since_start
from models.rules.registrations.hours import Spread

TODAY = date(2026, 11, 23)
DAYS = st.integers(0, 500).map(lambda ago: TODAY - timedelta(days=ago))
DAY = timedelta(days=1)


@st.composite
def told(draw: st.DrawFn) -> list[Ruled]:
    """Decisions in the order they were taken: to go, from a day before or after, or to stay after all."""
    found = []
    for on in sorted(draw(st.lists(DAYS, min_size=1, max_size=5))):
        later = draw(st.none() | st.integers(-60, 60))
        stops_on = None if later is None else on + timedelta(days=later)
        hours = draw(st.none() | st.tuples(st.integers(0, 400), st.integers(0, 400)))
        found.append(Ruled(on, stops_on, hours and Spread(float(min(hours)), float(max(hours)))))
    return found


def day_by_day(decisions: list[Ruled], came_in: list[date]) -> tuple[float, float]:
    """Walk through every day: who spoke last of it, did it come in that month, and what did it take before it went?"""
    low = high = 0.0
    day = min([TODAY, *(one.stops_on for one in decisions if one.stops_on)])
    while day < TODAY:
        for place in range(len(decisions) - 1, -1, -1):
            one = decisions[place]
            last = decisions[place + 1].on if place + 1 < len(decisions) else TODAY
            begun = place
            while begun and decisions[begun - 1].stops_on:
                begun -= 1
            said = [ruled.hours for ruled in decisions[begun : place + 1] if ruled.hours]
            if one.stops_on and said and one.stops_on <= day < last:
                heard = [on for on in came_in if one.stops_on <= on <= last]
                if not any((on.year, on.month) == (day.year, day.month) for on in heard):
                    low, high = low + said[0].low / 365, high + said[0].high / 365
                break
        day += DAY
    return low, high


@settings(deadline=None)  # a walk through 500 days
@given(told(), st.lists(DAYS, max_size=6))
def test_any_story_gives_back_what_a_walk_through_its_days_gives(decisions: list[Ruled], came_in: list[date]) -> None:
    found = since_start(decisions, came_in, TODAY) or Spread(0, 0)
    low, high = day_by_day(decisions, came_in)
    assert abs(found.low - low) < 1e-6
    assert abs(found.high - high) < 1e-6


def test_deciding_again_that_it_stays_away_loses_nothing() -> None:
    first = Ruled(date(2025, 11, 23), date(2025, 11, 23), Spread(100, 200))
    again = Ruled(date(2026, 10, 1), date(2026, 10, 1), None)
    assert since_start([first, again], [], TODAY) == Spread(100, 200)


def test_what_came_back_by_decision_keeps_what_it_gave_until_then() -> None:
    gone = Ruled(date(2025, 11, 23), date(2025, 11, 23), Spread(365, 365))
    back = Ruled(date(2025, 12, 3), None, Spread(365, 365))
    assert since_start([gone, back], [], TODAY) == Spread(10, 10)


def test_a_relapse_costs_its_month_and_not_what_came_in_before_the_stop() -> None:
    gone = Ruled(date(2026, 9, 10), date(2026, 9, 10), Spread(365, 365))
    assert since_start([gone], [], TODAY) == Spread(74, 74)
    assert since_start([gone], [date(2026, 9, 9)], TODAY) == Spread(74, 74)
    assert since_start([gone], [date(2026, 10, 6), date(2026, 10, 7)], TODAY) == Spread(43, 43)
    assert is_back([date(2026, 10, 7)], TODAY) is False
    assert is_back([date(2026, 11, 3)], TODAY) is True
