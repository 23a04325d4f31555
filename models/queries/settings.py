"""What a school set to its own hand; read once per process until the next change of the school."""

import sqlalchemy as sa

from models.account import Account
from models.queries.memory import Version, remembered
from models.queries.prepared import Prepared, Rows
from models.queries.sheet import SCHOOL
from models.rules.settings import Settings, settings_from
from models.school import School, SchoolSetting

_CHOSEN = Prepared(
    sa.select(SchoolSetting.name, SchoolSetting.value, SchoolSetting.changed_at, Account.display_name.label("person"))
    .join(Account, Account.id == SchoolSetting.account_id)
    .where(SchoolSetting.school_id == SCHOOL)
)
_REVISION = Prepared(sa.select(School.revision).where(School.id == SCHOOL))


def chosen_of(connection: sa.Connection, school_id: int) -> Rows:
    """What the school chose, with who and when; a setting that is not there is as we propose it."""
    return _CHOSEN.rows(connection, school_id=school_id)


def settings_of(connection: sa.Connection, school_id: int, version: Version | None = None) -> Settings:
    """The settings of a school; one query when the caller does not know the school's version, none when it does.

    Who changes one calls `models.queries.memory.forget`.
    """
    revision = version[1] if version else _REVISION.rows(connection, school_id=school_id)[0].revision

    def read() -> Settings:
        return settings_from({row.name: row.value for row in chosen_of(connection, school_id)})

    return remembered(connection, ("settings", school_id, revision), read)
