"""A wall between schools on PostgreSQL: row-level security on every table with rows of a school."""

from migrations.wall import protect, protect_log, protect_roles, unprotect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = (
    "absence",
    "agreement",
    "assessment",
    "assessment_score",
    "class_group",
    "custody_record",
    "delivery",
    "departure",
    "emergency_access",
    "emergency_card",
    "enrolment",
    "goal",
    "gone_key",
    "group_membership",
    "guardian",
    "guardianship",
    "information_request",
    "issue",
    "learning_objective",
    "ledger",
    "match_proposal",
    "norm_band",
    "note",
    "person_identifier",
    "practice_cell",
    "practice_first",
    "practice_seen",
    "pupil",
    "retention_choice",
    "retention_hold",
    "retention_plan",
    "retention_receipt",
    "source",
    "source_person",
    "staff",
    "staff_assignment",
    "support_point",
)


def upgrade() -> None:
    protect(*TABLES)
    protect_roles()
    protect_log()


def downgrade() -> None:
    unprotect(*TABLES, "role_grant", "access_log")
