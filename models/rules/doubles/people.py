"""Who a child is and who its parents are, in more than one administration.

Compared with what leads the roll only, and only for a child whose link is certain: twins share a family name, a day of
birth and two parents, and are two children.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from models.rules.doubles import Double, Entry, paired
from models.rules.matching import Traits, compare, normalise, surname_parts
from models.vocabulary import Relation

DIFFERENT = {"different", "swapped"}
GROUP, PARENTS = frozenset({"groep", "groepen", "stamgroep"}), frozenset({Relation.FATHER, Relation.MOTHER})


@dataclass(frozen=True, slots=True)
class ChildEntry(Entry):
    """Name and birth date (fact "identity") as one place has them."""

    traits: Traits


@dataclass(frozen=True, slots=True)
class GroupEntry(Entry):
    """In which groups a place says that a child is (fact "group"): one name, or all names of a year in the roll."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class GuardianEntry(Entry):
    """One parent of a child with how to reach them."""

    given_name: str
    family_name: str
    relation: Relation
    email: str = ""
    phone: str = ""


def same_children(entries: Iterable[ChildEntry]) -> list[Double]:
    """Find the children whose name or birth date stands in two places."""
    return paired((entry for entry in entries if _says_something(entry.traits)), _compare_children, 0)


def _says_something(traits: Traits) -> bool:
    return bool(traits.birth_date or traits.family_name)


def _compare_children(one: ChildEntry, two: ChildEntry, gap: int) -> bool | None:  # noqa: ARG001
    evidence = compare(one.traits, two.traits)
    lines = (evidence.birth_date, evidence.surname, evidence.given_name)
    if all(line == "unknown" for line in lines):
        return None
    return any(line in DIFFERENT for line in lines)


def same_groups(entries: Iterable[GroupEntry]) -> list[Double]:
    """Find the children whose group stands in two places; "Groep 6B" and "6b" are one name."""
    return paired((entry for entry in entries if entry.names), _compare_groups, 0)


def _compare_groups(one: GroupEntry, two: GroupEntry, gap: int) -> bool | None:  # noqa: ARG001
    return {plain_group(name) for name in one.names}.isdisjoint({plain_group(name) for name in two.names})


def plain_group(name: str) -> str:
    """The name of a group without "groep", capitals and signs: "Groep 6-B" is "6b"."""
    return "".join(word for word in normalise(name).split() if word not in GROUP)


def same_guardians(entries: Iterable[GuardianEntry]) -> list[Double]:
    """Find the parents whose address or number stands in two places."""
    return paired((entry for entry in entries if entry.email or entry.phone), _compare_guardians, 0)


def _compare_guardians(one: GuardianEntry, two: GuardianEntry, gap: int) -> bool | None:  # noqa: ARG001
    if {one.relation, two.relation} == PARENTS:
        return None
    email, phone = _same(_email(one), _email(two)), _same(plain_phone(one.phone), plain_phone(two.phone))
    first, second = normalise(one.given_name), normalise(two.given_name)
    if not surname_parts(one.family_name) & surname_parts(two.family_name):
        return None
    is_certain = first == second and one.relation == two.relation
    if not is_certain and not ((email or phone) and _may_be_one(first, second)):
        return None
    return email is False or phone is False


def _may_be_one(first: str, second: str) -> bool:
    """Whether two given names can be of one person: "jan" and "j", "jan" and "jan willem", or one is not known."""
    if not first or not second:
        return True
    one, two = first.split(maxsplit=1)[0], second.split(maxsplit=1)[0]
    return one == two or (min(len(one), len(two)) == 1 and one[0] == two[0])


def _same(one: str, two: str) -> bool | None:
    return one == two if one and two else None


def _email(entry: GuardianEntry) -> str:
    return entry.email.strip().casefold()


def plain_phone(number: str) -> str:
    """The last nine digits: +31 6 12345678, 06-12345678 and 0612345678 are one number."""
    return "".join(c for c in number if c.isdigit())[-9:]
