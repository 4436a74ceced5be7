"""The schema's step for roles and approvals: print operators, stock keepers and auditors sign in too; approvals by a
second person elsewhere have keys and requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_BEFORE = "('clerk', 'supervisor', 'administrator')"
_ROLES = "('clerk', 'supervisor', 'print_operator', 'stock_keeper', 'administrator', 'auditor')"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _rewrite_check_on_sqlite()
    else:
        op.drop_constraint(op.f("ck_operators_role_known"), "operators", type_="check")
        op.create_check_constraint(op.f("ck_operators_role_known"), "operators", f"role IN {_ROLES}")
    op.create_table(
        "approval_keys",
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.id"], name=op.f("fk_approval_keys_operator_id")),
        sa.PrimaryKeyConstraint("operator_id", name=op.f("pk_approval_keys")),
    )
    op.create_table(
        "approvers",
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("office_code", sa.String(length=8), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("trusted_at", UtcTime(), nullable=False),
        sa.Column("trusted_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.id"], name=op.f("fk_approvers_operator_id")),
        sa.ForeignKeyConstraint(["trusted_by"], ["operators.id"], name=op.f("fk_approvers_trusted_by")),
        sa.PrimaryKeyConstraint("operator_id", name=op.f("pk_approvers")),
    )
    op.create_table(
        "approval_requests",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("approval", sa.LargeBinary(), nullable=True),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_approval_requests_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_requests")),
    )
    op.create_index(op.f("ix_approval_requests_application_id"), "approval_requests", ["application_id"])


def _rewrite_check_on_sqlite() -> None:
    """Every table refers to the operators, so theirs cannot be made anew while foreign keys are watched; a check
    alone is changed in the schema's own text (sqlite.org/lang_altertable.html, section 7)."""
    bind = op.get_bind()
    version = bind.execute(sa.text("PRAGMA schema_version")).scalar_one()
    bind.execute(sa.text("PRAGMA writable_schema = ON"))
    bind.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :roles)"
            " WHERE type = 'table' AND name = 'operators'"
        ),
        {"before": f"role IN {_BEFORE}", "roles": f"role IN {_ROLES}"},
    )
    bind.execute(sa.text(f"PRAGMA schema_version = {int(version) + 1}"))
    bind.execute(sa.text("PRAGMA writable_schema = OFF"))
    held = bind.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'operators'")).scalar_one()
    if _ROLES not in held:
        raise RuntimeError("the check of the operators' roles is not the one that was expected")
