"""The agenda of a talk: who is wished first, then who has a signal, then who was not talked about for long."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.agenda import Facts, Wish, agenda, since_last
from models.rules.signals import Sign, Signal

TODAY = date(2026, 11, 22)
CHILDREN = ("Aya", "Daan", "Noor", "Sem")
WEEKS = 26


def signal(text: str, sign: Sign = "down") -> Signal:
    return Signal("rule", sign, "", text, "gezien", "twijfel", 5)


def names(facts: dict[str, Facts], *planned: str) -> list[str]:
    return [one.child for one in agenda(CHILDREN, facts, TODAY, WEEKS, planned)]


def test_every_child_on_it_comes_with_its_reasons_in_sentences() -> None:
    known = Facts([Wish("Juf Kim", "Zij is stil.")], [signal("Rekenen groeit minder.")], TODAY - timedelta(weeks=30))

    (one,) = agenda(["Noor"], {"Noor": known}, TODAY, WEEKS)

    assert one.is_asked
    assert one.reasons == (
        "Juf Kim wil dit bespreken: Zij is stil.",
        "Rekenen groeit minder.",
        "Laatst besproken op 26 apr 2026, 30 weken geleden.",
    )


def test_wishes_come_first_then_signals_then_who_was_not_talked_about() -> None:
    recent = TODAY - timedelta(days=3)
    facts = {
        "Aya": Facts(talked_on=recent),
        "Daan": Facts(signals=[signal("Hij loopt vast.")], talked_on=recent),
        "Sem": Facts(wishes=[Wish("Juf Kim", "")], talked_on=recent),
    }

    assert names(facts) == ["Sem", "Daan", "Noor"]
    assert names(facts, "Sem", "Noor") == ["Daan"]


def test_good_news_alone_is_no_reason_for_a_talk() -> None:
    assert names({name: Facts(signals=[signal("Gaat goed.", "up")], talked_on=TODAY) for name in CHILDREN}) == []


def test_the_time_since_the_last_talk_counts_from_the_schools_own_number_of_weeks() -> None:
    assert since_last(None, TODAY, WEEKS) == "Nog niet besproken."
    assert since_last(TODAY - timedelta(weeks=26, days=-1), TODAY, WEEKS) is None
    assert since_last(TODAY - timedelta(weeks=26), TODAY, WEEKS) is not None


FACTS = st.builds(
    Facts,
    st.lists(st.builds(Wish, st.just("Juf Kim"), st.just("Graag")), max_size=2),
    st.lists(st.sampled_from([signal("a"), signal("b", "attention"), signal("c", "up")]), max_size=4),
    st.none() | st.dates(TODAY - timedelta(weeks=80), TODAY),
)


@given(st.fixed_dictionaries(dict.fromkeys(CHILDREN, FACTS)), st.sampled_from(CHILDREN))
def test_one_more_reason_never_puts_a_child_later_and_the_rule_is_pure(facts: dict[str, Facts], child: str) -> None:
    before = names(facts)
    known = facts[child]
    more = [
        Facts([*known.wishes, Wish("Juf Kim", "Nog iets")], known.signals, known.talked_on),
        Facts(known.wishes, [*known.signals, signal("z")], known.talked_on),
        Facts(known.wishes, known.signals, None),
    ]

    assert names(facts) == before
    for changed in more:
        after = names(facts | {child: changed})
        assert child in after
        assert child not in before or after.index(child) <= before.index(child)
