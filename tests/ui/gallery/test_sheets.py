"""Every sheet of the gallery is drawn in both languages, nothing on it is empty, and the index names all pictures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.gallery.album import Album, write_index
from ui.gallery.bars import BAR_SHEETS
from ui.gallery.parts import PART_SHEETS
from ui.gallery.sheets import EVERY_APPEARANCE, draw_sheets
from ui.language import LANGUAGES, language, set_language
from ui.palettes import PALETTES


@pytest.fixture
def drawn(qapp: QApplication, tmp_path: Path) -> Iterator[Path]:
    before = language()
    theme.apply_theme(qapp)
    draw_sheets(Album(tmp_path, 1))
    yield tmp_path
    set_language(before)
    theme.choose("light")
    theme.apply_theme(qapp)


def colours(path: Path) -> set[int]:
    image = QImage(str(path))
    return {image.pixel(x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)}


def test_all_sheets(drawn: Path) -> None:
    names = {**PART_SHEETS, **BAR_SHEETS}
    wanted = {f"widget-{name}.{code}.1x.png" for name in names for code in LANGUAGES}
    wanted |= {
        f"widget-{name}-{appearance}.{code}.1x.png"
        for name in EVERY_APPEARANCE
        for appearance in PALETTES
        if appearance != "light"
        for code in LANGUAGES
    }
    pictures = {path.name for path in drawn.glob("*.png")}
    assert pictures == wanted
    assert [name for name in sorted(pictures) if len(colours(drawn / name)) < 8] == []
    for code, other in (("lo", "en"), ("en", "lo")):
        for name in names:
            one, two = (drawn / f"widget-{name}.{spoken}.1x.png" for spoken in (code, other))
            assert name == "icons" or one.read_bytes() != two.read_bytes(), f"{name} is the same in both"
    light, dark = (QImage(str(drawn / f"widget-badges{kind}.en.1x.png")) for kind in ("", "-dark"))
    assert light.pixelColor(2, 2).lightness() > 200
    assert dark.pixelColor(2, 2).lightness() < 60
    assert write_index(drawn) == len(wanted)
    index = (drawn / "index.html").read_text(encoding="utf-8")
    assert all(name in index for name in wanted)
