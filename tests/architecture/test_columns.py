"""Every column says what kind of personal data it is, every table how long it is kept, and no row crosses schools."""

import pytest
import sqlalchemy as sa

from models import Base
from models.vocabulary import DataClass, Retention

TABLES = Base.metadata.sorted_tables


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_column_has_its_class_of_personal_data(table: sa.Table) -> None:
    unclassified = [column.name for column in table.columns if not isinstance(column.info.get("data"), DataClass)]

    assert unclassified == []


@pytest.mark.parametrize("mapper", Base.registry.mappers, ids=lambda mapper: str(mapper.class_.__tablename__))
def test_every_table_states_how_long_it_is_kept(mapper: sa.orm.Mapper[Base]) -> None:
    assert isinstance(mapper.class_.__retention__, Retention)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_row_refers_only_to_rows_of_its_own_school(table: sa.Table) -> None:
    for key in table.foreign_key_constraints:
        if "school_id" in key.referred_table.columns:
            assert "school_id" in key.column_keys, f"{table.name}.{key.column_keys} can point into another school"


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_table_that_speaks_of_a_pupil_names_the_school(table: sa.Table) -> None:
    if any(name in table.columns for name in ("pupil_id", "candidate_id")):
        assert "school_id" in table.columns
