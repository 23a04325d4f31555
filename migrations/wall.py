"""Row-level security on PostgreSQL, for migrations: who works for a school sees the rows of that school only.

A migration that makes a table with a `school_id` calls `protect("its_name")` after it; a test names the one that
forgot. FORCE, because the owner of a table passes by a policy otherwise. On SQLite these do nothing.
"""

import sqlalchemy as sa
from alembic import op

from models.wall import ACCOUNT, SCHOOLS

# In a SELECT of its own, so that it is worked out once per statement and not once per row.
OURS = f"school_id = ANY ((SELECT string_to_array(nullif(current_setting('{SCHOOLS}', true), ''), ',')::int[])::int[])"
OWN = f"account_id = (SELECT nullif(current_setting('{ACCOUNT}', true), '')::int)"


def protect(*tables: str) -> None:
    """Show and accept only rows of the schools that the transaction works for."""
    for table in tables:
        _policy(table, "school", f"USING ({OURS}) WITH CHECK ({OURS})")


def protect_roles() -> None:
    """Protect the roles, of which someone may see their own before it is known at which schools those are."""
    protect("role_grant")
    _policy("role_grant", "own", f"FOR SELECT USING ({OWN})")


def protect_log() -> None:
    """Protect the access log, to which everyone may add: a refusal is a line of the school that was asked for."""
    _policy("access_log", "school", f"USING (school_id IS NULL OR {OURS}) WITH CHECK (true)")


def unprotect(*tables: str) -> None:
    """Take the wall away again, for a downgrade."""
    if op.get_context().dialect.name == "postgresql":
        for table in tables:
            for policy in ("school", "own"):
                op.execute(f"DROP POLICY IF EXISTS {policy} ON {table}")
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")


def grant_application(connection: sa.Connection, role: str) -> None:
    """Let the role under which the application runs use the tables: read and change rows, only add to the access log.

    Whoever calls this owns the tables. It can be called again; what a role may too much is taken back.
    """
    name = connection.dialect.identifier_preparer.quote(role)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, DELETE ON access_log FROM {name}",
        f"REVOKE INSERT, DELETE ON access_log_head FROM {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON access_log_anchor, alembic_version FROM {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
    ):
        connection.exec_driver_sql(statement)


def _policy(table: str, name: str, terms: str) -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {name} ON {table} {terms}")
