"""Every text of the counter pages has its Lao, with the same named values in it."""

import ast
import string
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from workstation.lao.encode import encode

ROOT = Path(__file__).resolve().parents[4]
ROOMS = ("intake", "review", "decision", "hand_over")


def _texts() -> Iterator[str]:
    for room in ROOMS:
        for source in (ROOT / "ui" / "stages" / room).glob("*.py"):
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                    assert isinstance(node.args[0], ast.Constant), f"{source.name}:{node.lineno}"
                    yield str(node.args[0].value)


@cache
def _catalogue() -> dict[str, str]:
    found: dict[str, str] = {}
    for part in (files("resources") / "translations" / "lo").iterdir():
        if part.name.endswith(".po"):
            with part.open("rb") as file:
                found |= {str(message.id): str(message.string) for message in read_po(file) if message.id}
    return found


def _values(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("text", sorted(set(_texts())))
def test_every_text_is_there_in_lao(text: str) -> None:
    lao = _catalogue()[text]
    assert lao
    assert _values(lao) == _values(text)
    assert lao == encode(lao), "not in the one encoding"


def test_the_forms_catalogue_holds_nothing_that_nobody_says() -> None:
    with (files("resources") / "translations" / "lo" / "forms.po").open("rb") as file:
        held = {str(message.id) for message in read_po(file) if message.id}
    spoken = "\n".join(source.read_text(encoding="utf-8") for source in (ROOT / "ui").rglob("*.py"))
    assert [text for text in held if text not in spoken] == []
