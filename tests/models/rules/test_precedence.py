"""Where sources disagree: one is shown, the others stay visible."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.precedence import Claim, choose

THEN = datetime(2026, 10, 1, tzinfo=UTC)


def claim(source: str, value: str | None, *, leads: bool = False, days: int = 0) -> Claim[str]:
    return Claim(source, leads, THEN + timedelta(days=days), value)


def test_the_roll_goes_before_newer_words_and_the_loser_stays_visible() -> None:
    choice = choose([claim("Snappet", "6A", days=30), claim("ESIS", "6B", leads=True)])

    assert choice.value == "6B"
    assert [(other.source, other.value) for other in choice.others] == [("Snappet", "6A")]


def test_who_says_the_same_is_no_other() -> None:
    assert choose([claim("ESIS", "6B", leads=True), claim("Cito", "6B")]).others == ()


def test_who_says_nothing_never_wins() -> None:
    choice = choose([claim("ESIS", None, leads=True), claim("Cito", "6A"), claim("Snappet", "6B", days=1)])

    assert choice.value == "6B"
    assert [other.value for other in choice.others] == ["6A"]
    assert choose([claim("ESIS", None)]).value is None


CLAIMS = st.lists(
    st.builds(
        Claim,
        st.sampled_from("abc"),
        st.booleans(),
        st.datetimes(timezones=st.just(UTC)),
        st.sampled_from(["x", "y", None]),
    ),
    max_size=6,
    unique_by=lambda one: (one.source, one.leads_roll, one.said_at),
)


@given(CLAIMS, st.randoms())
def test_the_order_in_which_sources_are_asked_makes_no_difference(claims: list[Claim[str]], random: object) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert choose(shuffled) == choose(claims)
