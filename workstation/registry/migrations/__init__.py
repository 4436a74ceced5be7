"""The registry's database revisions (Alembic)."""
