"""Every page by keyboard alone: Tab leads everywhere in reading order, the focus is seen, commands show their keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.hands import out_of_order, tab_round, unseen_focus, within_reach
from tests.ui.pages.sight import told
from tests.ui.pages.walk import PAGES, shown
from tests.ui.stages.counter_office import Counter, counter, room
from ui.window import Window
from ui.words import key_name

__all__ = ["counter", "room"]
# With the Lao layout the letter and digit rows write somebody's name: alone they are never a command.
COMMAND = re.compile(
    r"(Shift\+)?F([1-9]|1[0-2])|((Ctrl|Alt)\+)+(Shift\+)?\w+|Esc|Return|Space|Up|Down|Left|Right"
)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window()
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=10_000)
    yield made
    made.keys.close()


@pytest.mark.parametrize("page", PAGES)
def test_a_page(page: str, counter: Counter, window: Window, qtbot: QtBot) -> None:
    with shown(page, counter, window, qtbot) as workplace:
        dialog = QApplication.activeModalWidget()
        front = window if dialog is None else dialog
        wanted = within_reach(front)
        assert len(wanted) > (5 if dialog is None else 1)
        front.activateWindow()
        qtbot.waitUntil(front.isActiveWindow, timeout=10_000)
        first = workplace.top.search_field if dialog is None else wanted[0]
        # A device that answers meanwhile enables a command behind Tab's back: then it goes round once more.
        for _round in range(3):
            seen = tab_round(front, first)
            # What Tab went through last decides what there is beside a canvas.
            wanted = within_reach(front)
            missed = [told(widget) for widget in wanted if widget not in seen]
            faults = (
                missed,
                out_of_order(front, seen),
                unseen_focus(front, [w for w in seen if w in wanted]),
            )
            if not any(faults):
                break
            qtbot.wait(500)
        assert faults == ([], [], []), "Tab does not lead there, not in order, or its focus is not seen"

        keyless = [a.name for a in workplace.rooms.page_actions() if not COMMAND.fullmatch(a.key)]
        assert keyless == []
        bound = {chord for layer in window.keys._layers.values() for chord in layer}
        assert [chord for chord in bound if not COMMAND.fullmatch(chord)] == []
        for action in workplace.rooms.page_actions():
            button = workplace.findChild(QPushButton, f"action.{action.name}")
            assert button is not None
            assert button.accessibleName() == action.text
            assert button.accessibleDescription() == key_name(action.key)
            words = [part.text() for part in button.findChildren(QWidget) if hasattr(part, "text")]
            assert key_name(action.key) in words or key_name(action.key) in button.toolTip()


def test_what_hands_cannot_do_is_seen(qtbot: QtBot, window: Window) -> None:
    room = QWidget()
    layout = QVBoxLayout(room)
    upper, lower, shy, mute = QPushButton("1"), QPushButton("2"), QPushButton("3"), QToolButton()
    for widget in (upper, lower, shy, mute):
        layout.addWidget(widget)
    qtbot.addWidget(room)
    shy.setFocusPolicy(shy.focusPolicy().ClickFocus)
    mute.setStyleSheet("QToolButton, QToolButton:focus { border: none; background: white; }")
    mute.setFocusPolicy(mute.focusPolicy().TabFocus)
    room.show()
    room.activateWindow()
    qtbot.waitUntil(room.isActiveWindow, timeout=10_000)
    seen = tab_round(room, upper)
    assert [widget for widget in within_reach(room) if widget not in seen] == [shy]
    assert out_of_order(room, seen) == []
    assert unseen_focus(room, seen) == [told(mute)]
    QWidget.setTabOrder(lower, upper)
    QWidget.setTabOrder(upper, mute)
    assert len(out_of_order(room, [lower, upper, mute])) == 1
    for chord in ("A", "1", "Shift+A", "ກ"):
        assert not COMMAND.fullmatch(chord)
