"""The guard on the access log, for migrations: the database itself refuses to change or remove a line.

Only lines up to the anchor may go, which `models.queries.log.drop_prefix` sets first. SQLite drops triggers when
Alembic rebuilds the table, so a migration that alters `access_log` calls `unguard` before and `guard` after it.
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
