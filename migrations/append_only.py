"""Guards for migrations: the database itself refuses to change or remove a line of the access log, or a decision.

Of the log only lines up to the anchor may go, which `models.queries.log.drop_prefix` sets first. SQLite drops triggers
when Alembic rebuilds the table, so a migration that alters `access_log` calls `unguard` before and `guard` after it.
"""

from alembic import op

REFUSAL = "het inzagelog kan niet worden gewijzigd"
BEYOND_TERM = "OLD.id <= (SELECT coalesce(max(number), 0) FROM access_log_anchor)"

SQLITE = (
    f"""CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log WHEN NOT ({BEYOND_TERM})
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION access_log_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END$$""",
    """CREATE TRIGGER access_log_no_update BEFORE UPDATE OR TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION access_log_refuse()""",
    f"""CREATE FUNCTION access_log_keep() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN IF {BEYOND_TERM} THEN RETURN OLD; END IF;
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END$$""",
    """CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log
    FOR EACH ROW EXECUTE FUNCTION access_log_keep()""",
)


def guard() -> None:
    """Make the log append-only."""
    for statement in SQLITE if op.get_context().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def unguard() -> None:
    """Take the guard away, for a migration that alters the table."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TRIGGER access_log_no_update")
        op.execute("DROP TRIGGER access_log_no_delete")
    else:
        op.execute("DROP FUNCTION access_log_refuse() CASCADE")
        op.execute("DROP FUNCTION access_log_keep() CASCADE")


def only_added(table: str, refusal: str) -> None:
    """Let the database refuse to change or remove any row of this table, now and later."""
    if op.get_context().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"""CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
                BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
            )
        return
    op.execute(
        f"""CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END$$"""
    )
    op.execute(
        f"""CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"""
    )
    op.execute(
        f"""CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"""
    )


def no_longer(table: str) -> None:
    """Take that away again before the table is dropped; SQLite drops its triggers with it."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {table}_refuse() CASCADE")
