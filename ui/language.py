"""The language of the program: English texts are the keys, Lao comes from the catalogues in resources/translations.

Catalogues are gettext .po files, read directly (no compiled files that can be stale) and merged: each part of the
program keeps its own. Qt-free, because commands speak both languages too.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES: Mapping[str, str] = {"lo": "ລາວ", "en": "English"}

_current = "en"


@cache
def _lao() -> dict[str, str]:
    # A command that speaks English does not wait for it.
    from babel.messages.pofile import read_po

    texts: dict[str, str] = {}
    for part in sorted(files("resources").joinpath("translations/lo").iterdir(), key=lambda p: p.name):
        if part.name.endswith(".po"):
            catalogue = read_po(io.BytesIO(part.read_bytes()), locale="lo")
            texts.update({str(m.id): str(m.string) for m in catalogue if m.id and m.string})
    return texts


def set_language(code: str) -> None:
    """Speaks "lo" or "en" from now on; windows that are open retranslate themselves. ValueError for any other."""
    global _current
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code}")
    _current = code


def language() -> str:
    """The code of the language spoken now."""
    return _current


def translate(text: str) -> str:
    """`text` (English) in the language spoken now; the English text itself where a catalogue has none."""
    return _lao().get(text, text) if _current == "lo" else text


def lao(text: str) -> str:
    """`text` (English) in Lao, whatever is spoken now: what stands before the applicant."""
    return _lao().get(text, text)


_ = translate
