"""Every text of the window has a Lao one that asks for the same facts, in the store's encoding."""

import ast
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from ui import fault_texts, message_texts
from ui.language import language, set_language, translate
from ui.preflight import texts as preflight_texts
from workstation.lao.encode import encode

UI = Path(__file__).resolve().parents[2] / "ui"
TRANSLATIONS = UI.parent / "resources" / "translations" / "lo"


@pytest.fixture(autouse=True)
def spoken_before() -> Iterator[None]:
    before = language()
    yield
    set_language(before)


def _texts_in(source: str) -> set[str]:
    """The literals given to _() in a module."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {
        part.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "_" and call.args
        for part in ast.walk(call.args[0])
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def _table_texts() -> set[str]:
    tables: tuple[Mapping[Any, tuple[str, ...]], ...] = (
        preflight_texts.TEXTS,
        message_texts.REFUSALS,
        fault_texts.DEVICES,
        fault_texts.PRINTER,
        fault_texts.PORTRAIT,
        fault_texts.REGISTRY,
    )
    spoken = {text for table in tables for texts in table.values() for text in texts if text}
    return spoken | set(message_texts.FIELD_FAULTS.values())


def _all_texts() -> set[str]:
    found = _table_texts()
    for module in UI.rglob("*.py"):
        found |= _texts_in(module.read_text(encoding="utf-8"))
    return found


def _names(text: str) -> set[str]:
    return {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_text_has_a_lao_one() -> None:
    set_language("lo")
    assert sorted(text for text in _all_texts() if translate(text) == text) == []


def test_lao_texts_ask_for_the_same_facts() -> None:
    set_language("lo")
    assert [text for text in _all_texts() if _names(text) != _names(translate(text))] == []


@pytest.mark.parametrize("part", sorted(TRANSLATIONS.glob("*.po")), ids=lambda path: path.name)
def test_lao_texts_are_in_the_one_encoding(part: Path) -> None:
    with part.open("rb") as file:
        catalogue = read_po(file, locale="lo", abort_invalid=True)
    wrong = [str(m.id) for m in catalogue if m.id and encode(str(m.string)) != str(m.string)]
    assert wrong == []


@pytest.mark.parametrize("part", sorted(TRANSLATIONS.glob("*.po")), ids=lambda path: path.name)
def test_no_catalogue_holds_a_text_that_nobody_says(part: Path) -> None:
    with part.open("rb") as file:
        held = {str(message.id) for message in read_po(file, locale="lo") if message.id}
    assert sorted(held - _all_texts()) == []


def test_no_text_has_two_translations() -> None:
    told: dict[str, set[str]] = {}
    for part in TRANSLATIONS.glob("*.po"):
        with part.open("rb") as file:
            for message in read_po(file, locale="lo"):
                if message.id:
                    told.setdefault(str(message.id), set()).add(str(message.string))
    assert {text: sorted(lao) for text, lao in told.items() if len(lao) > 1} == {}


def test_english_is_the_key_itself() -> None:
    set_language("en")
    assert translate("Print") == "Print"
    set_language("lo")
    assert translate("Print") != "Print"
    assert translate("A text that no catalogue has") == "A text that no catalogue has"


def test_there_are_two_languages() -> None:
    with pytest.raises(ValueError, match="fr"):
        set_language("fr")
