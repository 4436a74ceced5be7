"""Tables of signing in: attempts counted for each user name and station, and what an operator's access is bound to."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, String, Table

from workstation.database.tables import metadata

sign_in_counts = Table(
    "sign_in_counts",
    metadata,
    Column("subject", String(48), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("wait_seconds", Integer, nullable=False),
    Column("boot", String(36), nullable=False),
    Column("running", Float, nullable=False),
)

operator_access = Table(
    "operator_access",
    metadata,
    Column("operator_id", String(36), ForeignKey("operators.id"), primary_key=True),
    Column("must_change", Boolean, nullable=False),
    Column("valid_until", String(10)),
)
