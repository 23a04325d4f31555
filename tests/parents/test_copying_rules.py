"""What the copy holds: no table about a child is forgotten, and a name of someone else is noticed."""

import pytest

from models.base import Base
from models.queries.copying import EXTRAS
from models.queries.owned import PUPIL, owned
from models.rules.copying import AS_WORDS, LEFT_OUT, PARTS, SUBJECTS, WHO, Names, Part, names_in
from models.vocabulary import DataClass

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
def test_a_part_names_columns_that_are_there(part: Part) -> None:
    table = Base.metadata.tables[part.table]
    known = {*table.c.keys(), *EXTRAS.get(part.table, ()), WHO, "source", "file", "disputed", "told"}
    assert {*part.columns} <= known
    assert part.order in known
    assert not part.own or part.own in table.c


OF_NO_CHILD = {DataClass.TECHNICAL, DataClass.TRACE, DataClass.REFERENCE, DataClass.ACCOUNT, DataClass.SECRET}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.table)
def test_no_column_about_the_child_is_forgotten(part: Part) -> None:
    """A new column: add it to its part in models/rules/copying.py, or to AS_WORDS when it is there in another form."""
    columns = [column for column in Base.metadata.tables[part.table].c if column.info["data"] not in OF_NO_CHILD]
    missing = {f"{part.table}.{column.name}" for column in columns if column.name not in part.columns}

    assert {name for name in missing - AS_WORDS if name.partition(".")[2] != part.own} == set()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.table)
def test_what_names_a_guardian_comes_back_to_that_guardian_only(part: Part) -> None:
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
