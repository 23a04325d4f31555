"""The hash of a code or of a browser's token is unique within its school, as every key is."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("registration_code", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_registration_code_code_hash"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_registration_code_school_id_code_hash"), ["school_id", "code_hash"]
        )

    with op.batch_alter_table("registration_voice", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_registration_voice_token_hash"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_registration_voice_school_id_token_hash"), ["school_id", "token_hash"]
        )


def downgrade() -> None:
    with op.batch_alter_table("registration_voice", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_registration_voice_school_id_token_hash"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_registration_voice_token_hash"), ["token_hash"])

    with op.batch_alter_table("registration_code", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_registration_code_school_id_code_hash"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_registration_code_code_hash"), ["code_hash"])
