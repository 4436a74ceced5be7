"""One sheet for each widget with all its states beside one another, in every appearance."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.gallery.album import Album
from ui.gallery.bars import BAR_SHEETS
from ui.gallery.parts import PART_SHEETS
from ui.gallery.samples import focused
from ui.language import LANGUAGES, set_language
from ui.palettes import PALETTES
from ui.widgets.text import Text

WIDTH = 1240
_NO_LIMIT = 16777215  # Qt's QWIDGETSIZE_MAX: the widget takes what room there is
State = tuple[str, QWidget]
# In every appearance only these: what they are made of is in all the others.
EVERY_APPEARANCE = ("buttons", "fields", "choices", "badges", "rail", "strip", "table")


def draw_sheets(album: Album) -> None:
    """Every sheet in both languages; the most telling ones also dark and in high contrast."""
    for appearance in PALETTES:
        _appear(appearance)
        for code in LANGUAGES:
            set_language(code)
            for name, states in {**PART_SHEETS, **BAR_SHEETS}.items():
                if appearance == "light" or name in EVERY_APPEARANCE:
                    suffix = "" if appearance == "light" else f"-{appearance}"
                    _draw(album, f"widget-{name}{suffix}", code, states)
    _appear("light")


def _appear(name: str) -> None:
    theme.choose(name)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply_theme(application)


def _draw(album: Album, name: str, language: str, states: Callable[[], Iterable[State]]) -> None:
    sheet = make_sheet(name, states())
    sheet.show()
    sheet.activateWindow()
    QApplication.processEvents()
    album.keep(name, language, sheet.grab().toImage())
    sheet.hide()
    sheet.deleteLater()
    # Where no event loop runs, what is to be deleted later waits for one, and each change of the appearance would
    # style it again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_sheet(name: str, states: Iterable[State]) -> QWidget:
    """A page with the states one below the other: what it is called at the left, the widget at the right."""
    sheet = QFrame()
    sheet.setProperty("surface", "ground")
    sheet.setFixedWidth(WIDTH)
    grid = QGridLayout()
    grid.setColumnMinimumWidth(0, 170)
    grid.setColumnStretch(1, 1)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(14)
    for line, (state, widget) in enumerate(states):
        label = QLabel(state)
        label.setProperty("role", "secondary")
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        if widget.property("wants_focus"):
            widget = focused(widget)
        fixed = widget.maximumWidth() < _NO_LIMIT or (isinstance(widget, QLabel) and not widget.wordWrap())
        if fixed:
            grid.addWidget(widget, line, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        else:
            grid.addWidget(widget, line, 1)
    column = QVBoxLayout(sheet)
    column.setContentsMargins(24, 16, 24, 24)
    column.setSpacing(16)
    column.addWidget(Text(name, "title"))
    column.addLayout(grid)
    column.addStretch(1)
    return sheet
