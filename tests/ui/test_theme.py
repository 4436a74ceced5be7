"""The appearances: every text is readable on its ground, and another appearance reaches what is shown."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.palettes import PALETTES, Palette
from ui.widgets.badge import Badge


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    theme.choose("light")
    theme.apply_theme(qapp)
    yield
    theme.choose("light")
    theme.apply_theme(qapp)


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#17212B", "#F4F6F8") == pytest.approx(15.0, abs=0.1)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())
def test_every_text_is_readable(palette: Palette) -> None:
    pairs = {
        (ink, ground)
        for ink in (palette.text, palette.secondary, palette.action)
        for ground in (palette.ground, palette.surface)
    }
    pairs |= {(palette.text, palette.selection), (palette.on_action, palette.action)}
    pairs |= set(palette.states.values())
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())
def test_edges_and_focus_are_seen(palette: Palette) -> None:
    assert contrast(palette.border, palette.surface) >= 3
    assert contrast(palette.action, palette.surface) >= 3
    assert contrast(palette.action, palette.edge) >= 1.4


def test_high_contrast_is_higher() -> None:
    inks = PALETTES["contrast"].states
    assert all(contrast(*pair) >= 7 for pair in inks.values())


def middle(widget: QWidget, at: QPoint) -> QColor:
    image: QImage = widget.grab().toImage()
    return image.pixelColor(at)


def test_another_appearance_reaches_what_is_shown(qtbot: QtBot, qapp: QApplication) -> None:
    badge = Badge("good", "", "Good")
    badge.resize(120, 30)
    qtbot.addWidget(badge)
    badge.show()
    corner = QPoint(60, 3)
    assert middle(badge, corner).name().upper() == PALETTES["light"].states["good"][1]
    theme.choose("dark")
    theme.apply_theme(qapp)
    assert theme.appearance() == "dark"
    assert middle(badge, corner).name().upper() == PALETTES["dark"].states["good"][1]


def test_a_chosen_radio_button_is_round(qtbot: QtBot) -> None:
    button = QRadioButton("One")
    qtbot.addWidget(button)
    button.setStyleSheet("QRadioButton { background: white; }")
    button.setChecked(True)
    button.show()
    button.clearFocus()
    image = button.grab().toImage()
    ink = [
        (x, y)
        for x in range(24)
        for y in range(image.height())
        if image.pixelColor(x, y).name().upper() == theme.ACTION
    ]
    left, right = min(x for x, _ in ink), max(x for x, _ in ink)
    top, bottom = min(y for _, y in ink), max(y for _, y in ink)
    assert right - left == bottom - top
    for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
        near = [(x + dx, y + dy) for dx in (-2, -1, 0, 1, 2) for dy in (-2, -1, 0, 1, 2)]
        assert not set(near) & set(ink), "a corner of the mark is filled"
    centre = ((left + right) // 2, (top + bottom) // 2)
    assert centre in ink


def test_no_such_appearance() -> None:
    with pytest.raises(KeyError):
        theme.choose("sepia")
