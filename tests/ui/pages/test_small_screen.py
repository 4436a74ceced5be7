"""At 200 % on a screen of 1366 x 768 the window has half the room: entries keep their height and can be scrolled to."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from ui import theme
from ui.background import Background
from ui.language import LANGUAGES, set_language
from ui.sign_in.first_start import FirstStartPage
from ui.window import Window

HALF = (683, 384)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_start_is_not_crushed(qapp: QApplication, qtbot: QtBot, tmp_path: Path, code: str) -> None:
    theme.apply_theme(qapp)
    set_language(code)
    lanes, window = Background(), Window()
    qtbot.addWidget(window)
    page = FirstStartPage(tmp_path, lanes)
    try:
        window.resize(*HALF)
        window.show_screen(page)
        window.show()
        page.open()
        qtbot.wait(50)
        entries = [
            widget
            for kind in (QLineEdit, QComboBox)
            for widget in page.findChildren(kind)
            if widget.isVisibleTo(page)
        ]
        assert len(entries) >= 6
        assert [entry.objectName() for entry in entries if entry.height() < 38] == []
        scroll = page.findChild(QScrollArea)
        assert scroll is not None
        assert scroll.verticalScrollBar().maximum() > 0
        assert scroll.horizontalScrollBar().maximum() == 0, "wider than the window"
    finally:
        lanes.close()
        window.keys.close()
        set_language("en")
