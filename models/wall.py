"""The second wall between schools, on PostgreSQL: a transaction says for which schools it works, and sees no other's.

The policies on the tables stand in `migrations.wall`. What is said here holds for one transaction only, so that a
pooled connection carries nothing over to the next request; who says nothing sees nothing. On SQLite there is no such
wall and all of this does nothing.
"""

from collections.abc import Iterable

import sqlalchemy as sa

SCHOOLS = "kindblad.schools"
ACCOUNT = "kindblad.account"
BEFORE_LOGIN = frozenset({"identity_provider", "external_identity", "sso_attempt", "class_door"})
"""Tables without a wall: they are asked before it is known who someone is; no word in them about a pupil."""

_SEE = sa.text(f"SELECT set_config('{SCHOOLS}', :schools, true)")
_ALL = sa.text(f"SELECT set_config('{SCHOOLS}', coalesce(string_agg(id::text, ','), ''), true) FROM school")  # noqa: S608
_OWN = sa.text(f"SELECT set_config('{ACCOUNT}', :account, true)")
_SESSION = (
    f"SELECT set_config('{ACCOUNT}', coalesce(max(account_id)::text, ''), true) FROM login_session "  # noqa: S608
    "WHERE token_hash = '\\x{token_hash}'::bytea; "
    f"SELECT set_config('{SCHOOLS}', coalesce(string_agg(DISTINCT school_id::text, ','), ''), true) FROM role_grant "
    f"WHERE account_id = nullif(current_setting('{ACCOUNT}'), '')::int"
)


def see(connection: sa.Connection, school_ids: Iterable[int]) -> None:
    """Work for these schools until the transaction ends."""
    if _is_walled(connection):
        connection.execute(_SEE, {"schools": ",".join(map(str, school_ids))})


def see_all(connection: sa.Connection) -> None:
    """Work for every school that there is now; for the command line and the tests."""
    if _is_walled(connection):
        connection.execute(_ALL)


def see_own(connection: sa.Connection, account_id: int) -> None:
    """Besides, see the roles of this account: before it is known at which schools it holds any."""
    if _is_walled(connection):
        connection.execute(_OWN, {"account": str(account_id)})


def see_as_session(connection: sa.Connection, token_hash: bytes) -> None:
    """Work for the schools where the account of this log-in session holds, or held, a role; for none without one."""
    if _is_walled(connection):
        # Two statements on one way to the server and back; what is filled in are hexadecimal digits.
        connection.exec_driver_sql(_SESSION.replace("{token_hash}", token_hash.hex())).close()


def copy_target(connection: sa.Connection, table: str, columns: str) -> tuple[str, str]:
    """Say into what to COPY rows for this table, and the statement that then brings them there, or "".

    PostgreSQL refuses COPY into a table with a policy; a table of this transaction's own has none.
    """
    if not connection.scalar(sa.select(sa.func.row_security_active(table))):
        return table, ""
    own = f"incoming_{table}"
    connection.exec_driver_sql(f"CREATE TEMP TABLE {own} ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA")  # noqa: S608
    move = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {own}"  # noqa: S608
    return own, f"{move}; DROP TABLE {own}"


def _is_walled(connection: sa.Connection) -> bool:
    return connection.dialect.name == "postgresql"
