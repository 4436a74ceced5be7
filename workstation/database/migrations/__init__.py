"""The station's schema, step by step (Alembic); a landed step is never changed."""
