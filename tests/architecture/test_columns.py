"""Every column says what kind of personal data it is, every table how long it is kept, and no row crosses schools."""

from models import Base
from models.vocabulary import DataClass, Retention

TABLES = Base.metadata.sorted_tables


def test_every_column_has_its_class_of_personal_data() -> None:
    columns = [column for table in TABLES for column in table.columns]

    assert [str(column) for column in columns if not isinstance(column.info.get("data"), DataClass)] == []


def test_every_table_states_how_long_it_is_kept() -> None:
    classes = [mapper.class_ for mapper in Base.registry.mappers]

    assert {table.name for table in TABLES} == {kept.__tablename__ for kept in classes}
    assert [kept for kept in classes if not isinstance(getattr(kept, "__retention__", None), Retention)] == []


def test_a_row_refers_only_to_rows_of_its_own_school() -> None:
    keys = [key for table in TABLES for key in table.foreign_key_constraints if "school_id" in key.referred_table.c]

    assert keys
    assert [key.name for key in keys if "school_id" not in key.column_keys] == []


def test_a_table_that_speaks_of_a_person_names_the_school() -> None:
    people = {"pupil", "source_person", "guardian", "staff"}
    speaking = [t for t in TABLES if people & {key.referred_table.name for key in t.foreign_key_constraints}]

    assert speaking
    assert [table.name for table in speaking if "school_id" not in table.columns] == []
