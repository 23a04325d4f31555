"""A child logs in with pictures."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BEFORE = ("password", "passkey", "sso", "invitation")
SINCE = (*BEFORE, "pictures")


def upgrade() -> None:
    _allow(SINCE)


def downgrade() -> None:
    # The older schema has no word for how these sessions began.
    op.execute("DELETE FROM login_session WHERE method = 'pictures'")
    _allow(BEFORE)


def _allow(methods: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{method}'" for method in methods)
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_login_session_loginmethod"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_login_session_loginmethod"), f"method IN ({listed})")
