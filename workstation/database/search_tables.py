"""Tables of the search: comparable keys for each application, and the words of names with their misspellings."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from workstation.database.tables import metadata

# Keys are folded (workstation.lao.fold), sounds are sound keys; words are parted by one space. Each name stands in
# both orders, so that a surname alone and "surname given name" are prefixes too. None where there is nothing.
search_people = Table(
    "search_people",
    metadata,
    Column("ordinal", Integer, primary_key=True, autoincrement=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, unique=True),
    Column("number", String(40), nullable=False),
    Column("name_lo", String(400)),
    Column("name_lo_turned", String(400)),
    Column("name_latin", String(400)),
    Column("name_latin_turned", String(400)),
    Column("sound", String(400)),
    Column("sound_turned", String(400)),
    Column("birth_date", String(10)),
    Column("village", String(400)),
    Column("telephone", String(40)),
    Column("household_number", String(80)),
    Column("identity_number", String(20)),
)
INDEXED = (
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
for _columns in INDEXED:
    Index(f"ix_search_people_{_columns[0]}", *(search_people.c[name] for name in _columns))

search_words = Table(
    "search_words",
    metadata,
    Column("word", String(120), primary_key=True),
)

# What is left of a word's beginning when up to two of its letters are taken out: two words within two edits of each
# other share at least one of these (symmetric deletion).
search_misspellings = Table(
    "search_misspellings",
    metadata,
    Column("shortened", String(12), primary_key=True),
    Column("word", String(120), ForeignKey("search_words.word"), primary_key=True),
)
