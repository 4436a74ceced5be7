"""A Lao text is either word for word a published term of the glossary, or marked for review by a native reader."""

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

RESOURCES = Path(str(files("resources")))
MARK = "native review"


def published() -> set[str]:
    """The glossary's terms that come from forms, interfaces or dictionaries, not from memory."""
    with (RESOURCES / "data" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return {row["lo"].strip() for row in csv.DictReader(file) if row["status"] != "memory"}


def bare(text: str) -> str:
    """Without its named values and its full stop."""
    return re.sub(r"\s*\{[a-z_]*\}\s*", "", text).strip().rstrip(".")


def test_the_glossary_tells_where_its_terms_come_from() -> None:
    terms = published()
    assert "ກະຊວງປ້ອງກັນຄວາມສະຫງົບ" in terms
    assert "ພິມບັດ" not in terms, "a term from memory counts as published"


@pytest.mark.parametrize(
    "part", sorted((RESOURCES / "translations" / "lo").glob("*.po")), ids=lambda path: path.name
)
def test_what_is_not_published_is_marked(part: Path) -> None:
    terms = published()
    with part.open("rb") as file:
        catalogue = read_po(file, locale="lo", abort_invalid=True)
    unmarked = [
        str(message.id)
        for message in catalogue
        if message.id
        and not any(MARK in comment for comment in message.user_comments)
        and bare(str(message.string)) not in terms
    ]
    assert unmarked == []
