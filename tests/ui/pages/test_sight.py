"""On every page, on a small screen at 100 % and at 200 %: nothing is cut, covered or tiny, and no Lao mark is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.sight import cut_marks, cut_words, out_of_bounds, overlapping, tiny, told, unbroken
from tests.ui.pages.walk import PAGES, shown
from tests.ui.stages.counter_office import Counter, counter, room
from ui.widgets.text import Text
from ui.window import Window
from ui.workplace import Workplace

__all__ = ["counter", "room"]
# How often a page is looked at until its layout rests: counted, as one look takes seconds on a loaded machine.
LOOKS = 15
# 1366 x 768 with a task bar; at 200 % the window has half of it.
FULL, HALF = (1366, 728), (683, 384)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.keys.close()


@pytest.mark.parametrize("page", PAGES)
def test_a_page(page: str, counter: Counter, window: Window, qtbot: QtBot) -> None:
    window.resize(*FULL)
    faults: list[str] = []
    with shown(page, counter, window, qtbot) as workplace:
        for size in (FULL, HALF):
            window.resize(*size)
            for code in ("lo", "en"):
                window.speak(code)
                faults += [f"{code} {size[0]} {fault}" for fault in settled(workplace, window, code, qtbot)]
    assert not faults, "\n".join(faults)


def settled(workplace: Workplace, window: Window, code: str, qtbot: QtBot) -> list[str]:
    """What is wrong once the layout has come to rest: a page that is built anew needs some turns of the loop."""
    found: list[str] = []
    for _look in range(LOOKS):
        qtbot.wait(150)
        if not (found := wrong(workplace, window, code)):
            break
    return found


def wrong(workplace: Workplace, window: Window, code: str) -> list[str]:
    """Everything that an eye would find now."""
    bar = workplace.action_bar
    seen = {
        "cut": cut_words(window),
        "out": out_of_bounds(window),
        "over": overlapping(window),
        "tiny": tiny(window),
        "breaks": unbroken(window),
        "marks": cut_marks(window) if code == "lo" else [],
        "action": [
            told(button)
            for button in bar.findChildren(QPushButton)
            if button.isVisible() and not bar.rect().contains(button.geometry())
        ],
    }
    return [f"{kind}: {what}" for kind, all_ in seen.items() for what in all_]


def test_what_is_cut_is_seen(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(300, 200)
    word = QLabel("ຫຼື້ ກຸ່ມ ນ້ຳ ປື້ມ", room)
    small = Text("A long sentence that needs more than one line of this width", wrap=True)
    small.setParent(room)
    button = QPushButton("Wide", room)
    word.setGeometry(0, 0, 200, 40)
    small.setGeometry(0, 50, 100, 200)
    button.setGeometry(150, 100, 100, 40)
    room.show()
    assert (cut_words(room), overlapping(room), cut_marks(room)) == ([], [], [])
    word.setGeometry(0, 0, 200, 14)
    small.setGeometry(0, 50, 100, 20)
    button.setGeometry(50, 55, 20, 40)
    assert len(cut_words(room)) == 3
    assert len(overlapping(room)) == 1
    assert len(cut_marks(room)) == 1
    button.move(290, 55)
    assert len(out_of_bounds(room)) == 1
    word.setStyleSheet("font-size: 11px;")
    assert len(tiny(room)) == 1


@pytest.mark.parametrize("width", [120, 200, 333])
def test_lines_end_where_words_end(qtbot: QtBot, width: int) -> None:
    label = Text("ຄຳຮ້ອງນີ້ຖືກສົ່ງກັບຍ້ອນຮູບຖ່າຍບໍ່ຊັດເຈນກະລຸນາຖ່າຍຮູບໃໝ່ແລ້ວສົ່ງໃຫ້ຫົວໜ້າກວດຄືນອີກຄັ້ງໜຶ່ງ", wrap=True)
    qtbot.addWidget(label)
    assert unbroken(label.window()) == []
    document = QTextDocument()
    document.setDefaultFont(label.font())
    document.setHtml(label.text())
    document.setTextWidth(width)
    block = document.firstBlock()
    document.documentLayout().blockBoundingRect(block)
    lines = [block.layout().lineAt(at) for at in range(block.layout().lineCount())]
    assert len(lines) > 1
    ends = [block.text()[line.textStart() + line.textLength() - 1] for line in lines[:-1]]
    assert set(ends) <= {"\u200b", " "}
    room = QWidget()
    qtbot.addWidget(room)
    bare = QLabel("ຄຳຮ້ອງນີ້ຖືກສົ່ງກັບຍ້ອນຮູບຖ່າຍບໍ່ຊັດເຈນ", room)
    bare.setWordWrap(True)
    room.show()
    assert len(unbroken(room)) == 1


def test_an_entry_is_whole(qtbot: QtBot) -> None:
    layout_room = QWidget()
    qtbot.addWidget(layout_room)
    layout = QVBoxLayout(layout_room)
    layout.addWidget(Text("ຜູ້ຊື້ປຶ້ມ", "title"))
    layout_room.show()
    assert cut_marks(layout_room) == []
