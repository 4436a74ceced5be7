"""The schema's step for search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.search_bulk import rebuild
from workstation.database.search_trigrams import make_trigrams

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INDEXED = (
    ("number",),
    ("name_lo",),
    ("name_lo_turned",),
    ("name_latin",),
    ("name_latin_turned",),
    ("sound",),
    ("sound_turned",),
    ("birth_date", "name_lo"),
    ("village",),
    ("telephone",),
    ("household_number",),
    ("identity_number",),
)


def upgrade() -> None:
    op.create_table(
        "search_people",
        sa.Column("ordinal", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("name_lo", sa.String(400)),
        sa.Column("name_lo_turned", sa.String(400)),
        sa.Column("name_latin", sa.String(400)),
        sa.Column("name_latin_turned", sa.String(400)),
        sa.Column("sound", sa.String(400)),
        sa.Column("sound_turned", sa.String(400)),
        sa.Column("birth_date", sa.String(10)),
        sa.Column("village", sa.String(400)),
        sa.Column("telephone", sa.String(40)),
        sa.Column("household_number", sa.String(80)),
        sa.Column("identity_number", sa.String(20)),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_search_people_application_id"
        ),
        sa.PrimaryKeyConstraint("ordinal", name="pk_search_people"),
        sa.UniqueConstraint("application_id", name="uq_search_people_application_id"),
    )
    for columns in _INDEXED:
        op.create_index(f"ix_search_people_{columns[0]}", "search_people", list(columns))
    op.create_table(
        "search_words",
        sa.Column("word", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_search_words"),
    )
    op.create_table(
        "search_misspellings",
        sa.Column("shortened", sa.String(12), nullable=False),
        sa.Column("word", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["word"], ["search_words.word"], name="fk_search_misspellings_word"),
        sa.PrimaryKeyConstraint("shortened", "word", name="pk_search_misspellings"),
    )
    make_trigrams(op.get_bind())
    rebuild(op.get_bind())
