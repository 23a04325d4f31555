"""Log in with a school account: providers of identities, who their subjects are here, and who is on the way."""

import sqlalchemy as sa
from alembic import op

from models import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity_provider",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("client_id", sa.String(length=255), nullable=False),
        sa.Column("client_secret", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("second_factor", sa.JSON(), nullable=False),
        sa.Column("required_claims", sa.JSON(), nullable=False),
        sa.Column("asks_email", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_identity_provider_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_provider")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_identity_provider_school_id_id")),
        sa.UniqueConstraint(
            "school_id", "issuer", "client_id", name=op.f("uq_identity_provider_school_id_issuer_client_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_identity_provider_uid")),
    )
    op.create_table(
        "external_identity",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", types.UtcDateTime(), nullable=False),
        sa.Column("linked_by", sa.String(length=100), nullable=False),
        sa.Column("used_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_external_identity_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "provider_id"],
            ["identity_provider.school_id", "identity_provider.id"],
            name=op.f("fk_external_identity_school_id_provider_id_identity_provider"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_external_identity_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_identity")),
        sa.UniqueConstraint("account_id", "provider_id", name=op.f("uq_external_identity_account_id_provider_id")),
        sa.UniqueConstraint("provider_id", "subject", name=op.f("uq_external_identity_provider_id_subject")),
    )
    op.create_table(
        "sso_attempt",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("back", sa.String(length=200), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "provider_id"],
            ["identity_provider.school_id", "identity_provider.id"],
            name=op.f("fk_sso_attempt_school_id_provider_id_identity_provider"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_sso_attempt_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sso_attempt")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_sso_attempt_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sso_attempt_token_hash")),
    )
    with op.batch_alter_table("sso_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sso_attempt_expires_at"), ["expires_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sso_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sso_attempt_expires_at"))

    op.drop_table("sso_attempt")
    op.drop_table("external_identity")
    op.drop_table("identity_provider")
