"""Commands by physical key: the same keys with the Lao layout, letters alone never, held keys once."""

import shutil
import subprocess
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.keys import Keys, chord

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(
    key: int, modifiers: Qt.KeyboardModifier, scan: int, text: str = "", *, held: bool = False
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, 0, 0, text, held)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (press(ord("N"), CTRL, 57, "\x0e"), "Ctrl+N"),
        (press(0x0EB7, CTRL, 57, "ື"), "Ctrl+N"),  # the Lao layout's letter on the key N
        (press(0x0EAA, CTRL, 46, "ສ"), "Ctrl+L"),
        (press(ord("L"), CTRL, 0), "Ctrl+L"),  # no scan code: an event made by a program
        (press(Qt.Key.Key_Enter, CTRL, 104), "Ctrl+Return"),
        (press(Qt.Key.Key_Left, ALT, 113), "Alt+Left"),
        (press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier, 75), "Shift+F9"),
        (press(Qt.Key.Key_F5, NONE, 71), "F5"),
        (press(ord("N"), NONE, 57, "n"), None),
        (press(0x0E97, NONE, 58, "ທ"), None),
        (press(0x0ED1, NONE, 10, "໑"), None),
        (press(ord("1"), Qt.KeyboardModifier.ShiftModifier, 10, "1"), None),
        (press(Qt.Key.Key_Control, CTRL, 37), None),
    ],
)
def test_chord(event: QKeyEvent, expected: str | None) -> None:
    assert chord(event) == expected


class Desk:
    """A window with a field and a button, and what its commands were asked."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.field = QLineEdit()
        self.button = QPushButton("x")
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        self.asked: list[str] = []
        self.keys = Keys(self.window)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def bind(self, *chords: str, layer: str = "window") -> None:
        self.keys.bind(layer, {c: partial(self.asked.append, f"{layer} {c}") for c in chords})

    def send(self, to: QWidget, event: QKeyEvent) -> None:
        QCoreApplication.sendEvent(to, event)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.keys.close()


def test_a_command_is_taken_before_the_field_sees_it(desk: Desk) -> None:
    desk.bind("Ctrl+N")
    desk.field.setFocus()
    desk.send(desk.field, press(0x0EB7, CTRL, 57, "ື"))
    desk.send(desk.field, press(0x0E97, NONE, 58, "ທ"))
    assert desk.asked == ["window Ctrl+N"]
    assert desk.field.text() == "ທ"


def test_a_key_held_down_runs_once(desk: Desk) -> None:
    desk.bind("F8")
    desk.send(desk.field, press(Qt.Key.Key_F8, NONE, 74))
    for _ in range(3):
        desk.send(desk.field, press(Qt.Key.Key_F8, NONE, 74, held=True))
    assert desk.asked == ["window F8"]


def test_the_later_layer_wins_and_a_layer_is_replaced_whole(desk: Desk) -> None:
    desk.bind("Esc", "F5")
    desk.bind("Esc", layer="page")
    desk.send(desk.window, press(Qt.Key.Key_Escape, NONE, 9))
    desk.bind("F6", layer="page")
    desk.send(desk.window, press(Qt.Key.Key_Escape, NONE, 9))
    assert desk.asked == ["page Esc", "window Esc"]


def test_plain_keys_belong_to_fields_and_buttons_first(desk: Desk) -> None:
    desk.bind("Space", "Return")
    desk.field.setFocus()
    desk.send(desk.field, press(Qt.Key.Key_Space, NONE, 65, " "))
    desk.button.setFocus()
    desk.send(desk.button, press(Qt.Key.Key_Space, NONE, 65, " "))
    assert desk.asked == []
    assert desk.field.text() == " "
    desk.button.clearFocus()
    desk.send(desk.window, press(Qt.Key.Key_Space, NONE, 65, " "))
    assert desk.asked == ["window Space"]


def test_a_dialog_in_front_has_its_keys_for_itself(desk: Desk, qtbot: QtBot) -> None:
    desk.bind("F8", "Esc")
    dialog = QDialog(desk.window)
    qtbot.addWidget(dialog)
    dialog.open()
    desk.send(dialog, press(Qt.Key.Key_F8, NONE, 74))
    desk.send(desk.window, press(Qt.Key.Key_F8, NONE, 74))
    assert desk.asked == []
    dialog.close()
    desk.send(desk.window, press(Qt.Key.Key_F8, NONE, 74))
    assert desk.asked == ["window F8"]


@pytest.fixture
def lao_layout() -> Iterator[None]:
    if not (shutil.which("setxkbmap") and shutil.which("xdotool")):
        pytest.fail("setxkbmap and xdotool are not installed; make setup installs them")
    subprocess.run(["setxkbmap", "la"], check=True, timeout=20)
    yield
    subprocess.run(["setxkbmap", "us"], check=True, timeout=20)


def test_with_the_real_lao_layout(desk: Desk, lao_layout: None, qtbot: QtBot) -> None:
    desk.bind("Ctrl+N", "Ctrl+L", "F5")
    desk.window.setFocus()
    desk.field.setFocus()

    def type_keys(*keys: str) -> None:
        subprocess.run(["xdotool", "key", *keys], check=True, timeout=20)

    # Key codes of the keys N and L; the server's layout decides what they write.
    type_keys("57")
    qtbot.waitUntil(lambda: desk.field.text() != "", timeout=5000)
    assert desk.field.text() == "ື"
    type_keys("ctrl+57", "ctrl+46", "F5")
    qtbot.waitUntil(lambda: len(desk.asked) == 3, timeout=5000)
    assert desk.asked == ["window Ctrl+N", "window Ctrl+L", "window F5"]
    assert desk.field.text() == "ື"
