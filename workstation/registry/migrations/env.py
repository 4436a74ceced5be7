"""Alembic environment of the registry: runs on the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from workstation.registry.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
