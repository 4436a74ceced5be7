"""The schema's step for roles: print operators, stock keepers and auditors sign in too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
