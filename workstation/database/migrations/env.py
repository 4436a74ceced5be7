"""Alembic's entry: runs the steps on the connection that `store.py` or a developer's command hands over."""

from __future__ import annotations

from alembic import context

from workstation.database.tables import metadata

connection = context.config.attributes.get("connection")
context.configure(
    connection=connection,
    url=None if connection is not None else "sqlite://",
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
