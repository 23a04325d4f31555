"""Which sentences are the seven of Vandaag: the weightiest, each of another child, good news among them."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from api.schemas.sheet import Sign
from api.schemas.today import Attention, ChildLink
from api.services.today.attention import AT_MOST, GOOD, sort_out


def said(child: int, sign: Sign, number: int = 0) -> Attention:
    return Attention(
        child=ChildLink(id=UUID(int=child), name=f"Kind{child}"), rule="rule", key=f"{child} {sign} {number}",
        sign=sign, subject="", text=f"Kind{child}", basis="", doubt="", source="", acts=[], group_id=UUID(int=0),
    )  # fmt: skip


def test_good_news_has_two_of_the_seven_though_it_weighs_less() -> None:
    found = [said(child, "down") for child in range(9)] + [said(child, "up") for child in range(10, 14)]

    chosen, smaller = sort_out(found)

    assert [one.key for one in chosen] == [f"{child} down 0" for child in range(5)] + ["10 up 0", "11 up 0"]
    assert len(smaller) == 6


def test_a_child_has_one_sentence_among_the_seven() -> None:
    chosen, smaller = sort_out([said(1, "down"), said(1, "attention"), said(2, "attention"), said(1, "up")])

    assert [one.key for one in chosen] == ["1 down 0", "2 attention 0"]
    assert [one.key for one in smaller] == ["1 attention 0", "1 up 0"]


signs = st.sampled_from(("up", "down", "attention", "unknown"))


@given(drawn=st.lists(st.tuples(st.integers(0, 12), signs), max_size=60))
def test_nothing_is_lost_said_twice_or_more_than_seven(drawn: list[tuple[int, Sign]]) -> None:
    found = [said(child, sign, number) for number, (child, sign) in enumerate(drawn)]

    chosen, smaller = sort_out(found)

    assert sorted(one.key for one in [*chosen, *smaller]) == sorted(one.key for one in found)
    children = {one.child.id for one in found}
    assert len(chosen) == min(AT_MOST, len(children)) == len({one.child.id for one in chosen})
    first = {child: next(one for one in found if one.child.id == child) for child in children}
    good = sum(one.sign == "up" for one in first.values())
    assert sum(one.sign == "up" for one in chosen) >= min(GOOD, good)
