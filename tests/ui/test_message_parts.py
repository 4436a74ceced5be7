"""Every sentence for a fault has its three parts, in both languages: what happened, what is kept, what to do next."""

from collections.abc import Iterator, Mapping

import pytest

from ui import fault_texts, message_texts
from ui.language import language, set_language, translate
from ui.message_texts import Texts

TABLES: dict[str, Mapping[str, Texts]] = {
    "refusals": {reason.value: texts for reason, texts in message_texts.REFUSALS.items()},
    "devices": fault_texts.DEVICES,
    "printer": fault_texts.PRINTER,
    "portrait": fault_texts.PORTRAIT,
    "registry": fault_texts.REGISTRY,
}
PARTS = ("what happened", "what is kept", "what to do next")


@pytest.fixture(autouse=True)
def spoken_before() -> Iterator[None]:
    before = language()
    yield
    set_language(before)


@pytest.mark.parametrize("code", ["en", "lo"])
@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_left_unsaid(table: str, code: str) -> None:
    set_language(code)
    unsaid = [
        f"{name}: {part}"
        for name, texts in TABLES[table].items()
        for part, text in zip(PARTS, texts, strict=True)
        if not translate(text).strip()
    ]
    assert unsaid == []


@pytest.mark.parametrize("table", TABLES)
def test_each_part_is_a_sentence(table: str) -> None:
    wrong = [text for texts in TABLES[table].values() for text in texts if not text.endswith((".", "?"))]
    assert wrong == []
