"""What the copy holds: no table about a child is forgotten, and a name of someone else is noticed."""

import pytest

from models.base import Base
from models.queries.copying import EXTRAS
from models.queries.owned import PUPIL, owned
from models.rules.copying import LEFT_OUT, PARTS, SUBJECTS, WHO, Names, names_in

NAMES = Names(children=frozenset({"Daan", "Zoë", "Bo", "Roos"}), parents=frozenset({"Karin"}), own=frozenset({"Noor"}))


def test_every_table_about_a_child_is_in_its_copy_or_says_why_not() -> None:
    """A new table: add it to PARTS of models/rules/copying.py, or to LEFT_OUT with the reason for parents."""
    parts = [part.table for part in PARTS]

    assert len(parts) == len(set(parts))
    assert not {*parts} & LEFT_OUT.keys()
    assert {*parts, *LEFT_OUT} == {table.name for table in owned(PUPIL)}
    assert all(len(reason) > 10 for reason in LEFT_OUT.values())
    assert {part.subject for part in PARTS} == {*SUBJECTS}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.table)
def test_a_part_names_columns_that_are_there(part: object) -> None:
    from models.rules.copying import Part

    assert isinstance(part, Part)
    table = Base.metadata.tables[part.table]
    known = {*table.c.keys(), *EXTRAS.get(part.table, ()), WHO, "source", "file", "disputed"}
    assert {*part.columns} <= known
    assert part.order in known
    assert not part.own or part.own in table.c


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.table)
def test_what_names_a_guardian_comes_back_to_that_guardian_only(part: object) -> None:
    from models.rules.copying import Part

    assert isinstance(part, Part)
    if "guardian_id" in Base.metadata.tables[part.table].c and part.table not in {
        "source_person",
        "role_grant",
        "talk_voice",
    }:
        assert part.own == "guardian_id"


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Noor speelde met Daan.", "een ander kind"),
        ("Gebeld met Karin over Zoë", "een ander kind en een andere ouder"),
        ("Zij plukte een roos voor Noor.", ""),
        ("Bo is te kort om een naam te zijn.", ""),
        ("", ""),
    ],
)
def test_a_name_of_someone_else_is_noticed(text: str, whom: str) -> None:
    assert names_in([text], NAMES) == whom
