"""The on-screen keyboard: it writes where the focus is, keeps the focus there, and asks nothing of the mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.keyboard.keyboard import attach
from ui.keys import Keys
from ui.language import set_language

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Desk:
    """A window with fields of each kind and the keyboard of the screen."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.window.resize(900, 600)
        self.name = QLineEdit()
        self.note = QPlainTextEdit()
        self.low = QLineEdit()
        self.button = QPushButton("x")
        layout = QVBoxLayout(self.window)
        for widget in (self.name, self.note, self.button):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.low)
        self.keys = Keys(self.window)
        self.keyboard = attach(self.window, self.keys)
        self.escaped = 0
        self.keys.bind("workplace", {"Esc": self._escape})
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def _escape(self) -> None:
        self.escaped += 1

    def open(self) -> None:
        self.name.setFocus()
        self.chord()
        assert self.keyboard.open

    def chord(self) -> None:
        # The key K of a US keyboard with the Lao layout: its letter is າ, its place is xkb's 45.
        self.send(QKeyEvent(QEvent.Type.KeyPress, 0x0EB2, CTRL, 45, 0, 0, "າ"))

    def send(self, event: QKeyEvent) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QCoreApplication.sendEvent(target, event)

    def cap(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, f"keyboard.{name}")
        assert found is not None
        return found

    def click(self, *names: str) -> None:
        for name in names:
            QTest.mouseClick(self.cap(name), Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.keyboard.close()
    made.keys.close()


def test_it_opens_by_the_physical_key_and_the_focus_stays(desk: Desk) -> None:
    assert not desk.keyboard.open
    desk.open()
    assert QApplication.focusWidget() is desk.name
    desk.click("l", "k", "f")
    assert desk.name.text() == "ສາດ"
    assert QApplication.focusWidget() is desk.name
    desk.chord()
    assert not desk.keyboard.open


def test_escape_closes_it_first(desk: Desk) -> None:
    desk.open()
    QTest.keyClick(desk.name, Qt.Key.Key_Escape)
    assert (desk.keyboard.open, desk.escaped) == (False, 0)
    QTest.keyClick(desk.name, Qt.Key.Key_Escape)
    assert desk.escaped == 1


def test_one_encoding_whatever_the_order_of_typing(desk: Desk) -> None:
    desk.open()
    desk.click("o", "h", "=", "k")  # ນ, tone, niggahita, aa
    assert desk.name.text() == "ນ\u0ec9ຳ"
    desk.name.clear()
    desk.click("g", "g", "d", "h", ";")  # ເເ is ແ
    assert desk.name.text() == "ແກ\u0ec9ວ"


def test_inside_a_text_with_signs_of_two_units(desk: Desk) -> None:
    desk.open()
    desk.name.setText("🎈ກ\u0ec8|")
    desk.name.setCursorPosition(4)
    desk.click("q")  # a vowel typed after the tone goes before it
    assert desk.name.text() == "🎈ກົ\u0ec8|"


def test_what_is_selected_is_written_over(desk: Desk) -> None:
    desk.open()
    desk.name.setText("ກຂຄ")
    desk.name.setSelection(1, 1)
    desk.click("m")
    assert desk.name.text() == "ກທຄ"
    desk.name.setText("ກ\u0ec8🎈ຂ")
    desk.name.setSelection(2, 2)
    desk.click("q")
    assert desk.name.text() == "ກົ\u0ec8ຂ"


def test_shift_counts_for_one_letter(desk: Desk) -> None:
    desk.open()
    desk.click("shift", "p")
    assert desk.name.text() == "ຽ"
    desk.click("p")
    assert desk.name.text() == "ຽຍ"
    desk.click("shift")
    assert not desk.cap("n").isEnabled()  # that key has no second letter


def test_space_delete_arrows_and_the_next_field(desk: Desk) -> None:
    desk.open()
    desk.click("d", "space", "m", "backspace", "left", "f")
    assert desk.name.text() == "ກດ "
    desk.click("next")
    assert QApplication.focusWidget() is not desk.name


def test_a_longer_text(desk: Desk) -> None:
    desk.open()
    desk.note.setFocus()
    desk.click("d", "h", "q", ";")
    assert desk.note.toPlainText() == "ກົ\u0ec9ວ"
    desk.note.selectAll()
    desk.click("m")
    assert desk.note.toPlainText() == "ທ"


def test_the_field_learns_that_it_was_edited_and_keeps_its_limit(desk: Desk) -> None:
    edited: list[str] = []
    desk.name.textEdited.connect(edited.append)
    desk.name.setMaxLength(2)
    desk.open()
    desk.click("d", "f", "l")
    assert desk.name.text() == "ກດ"
    assert edited[:2] == ["ກ", "ກດ"]


def test_nothing_to_write_into(desk: Desk) -> None:
    desk.open()
    desk.button.setFocus()
    assert not desk.cap("d").isEnabled()
    desk.name.setReadOnly(True)
    desk.name.setFocus()
    assert not desk.cap("d").isEnabled()
    desk.low.setFocus()
    assert desk.cap("d").isEnabled()


def test_the_keys_of_the_desk_write_lao_while_it_is_open(desk: Desk) -> None:
    desk.name.setFocus()
    QTest.keyClicks(desk.name, "d")
    desk.open()
    desk.send(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_D, NONE, 40, 0, 0, "d"))
    desk.send(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_P, SHIFT, 33, 0, 0, "P"))
    desk.send(QKeyEvent(QEvent.Type.KeyPress, 0x0EB2, NONE, 45, 0, 0, "າ"))
    assert desk.name.text() == "dກຽາ"
    desk.keyboard.panel.hardware_box.click()
    QTest.keyClicks(desk.name, "d")
    assert desk.name.text() == "dກຽາd"


def test_fields_that_ask_for_latin_or_hide_their_text_keep_the_desk_s_letters(desk: Desk) -> None:
    desk.open()
    desk.name.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
    QTest.keyClicks(desk.name, "d")
    desk.low.setEchoMode(QLineEdit.EchoMode.Password)
    desk.low.setFocus()
    QTest.keyClicks(desk.low, "d")
    assert (desk.name.text(), desk.low.text()) == ("d", "d")


def test_an_editable_list_is_a_text_field(desk: Desk) -> None:
    box = QComboBox(desk.window)
    box.setEditable(True)
    box.show()
    desk.open()
    box.setFocus()
    desk.click("d")
    assert box.currentText() == "ກ"


def test_it_never_hides_the_field_or_the_commands(desk: Desk) -> None:
    foot = QFrame(desk.window)
    foot.setProperty("surface", "foot")
    foot.setGeometry(0, 544, 900, 56)
    foot.show()
    desk.open()
    panel = desk.keyboard.panel
    assert panel.geometry().bottom() < foot.geometry().top()
    desk.low.setFocus()
    place = desk.low.mapTo(desk.window, QPoint(0, 0)).y()
    assert not panel.geometry().top() <= place <= panel.geometry().bottom()
    assert desk.window.rect().contains(panel.geometry())


@pytest.mark.parametrize("size", [(1366, 700), (683, 384)])
def test_it_fits_the_window(desk: Desk, size: tuple[int, int]) -> None:
    desk.open()
    desk.window.resize(*size)
    for field in (desk.name, desk.low):
        field.setFocus()
        QTest.qWait(20)
        panel = desk.keyboard.panel.geometry()
        assert desk.window.rect().contains(panel)
        assert not panel.contains(field.mapTo(desk.window, field.rect().center()))


def test_it_speaks_both_languages(desk: Desk) -> None:
    assert desk.keyboard.panel.accessibleName() == "Lao keyboard"
    try:
        set_language("lo")
        desk.keyboard.retranslate()
        assert desk.keyboard.panel.accessibleName() == "ແປ້ນພິມລາວ"
    finally:
        set_language("en")


def test_each_field_gets_the_letters_that_it_takes(desk: Desk) -> None:
    desk.low.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
    desk.open()
    assert desk.keyboard.panel.lao
    desk.low.setFocus()
    assert not desk.keyboard.panel.lao
    desk.click("shift", "s", "o", "u", "1")
    assert desk.low.text() == "Sou1"
    desk.name.setFocus()
    assert desk.keyboard.panel.lao
    desk.click("l")
    assert desk.name.text() == "ສ"
    # The other page is a key away, until another field is written.
    desk.click("page", "a", "2")
    assert desk.name.text() == "ສa2"
    desk.click("page", "l")
    assert desk.name.text() == "ສa2ສ"
    assert QApplication.focusWidget() is desk.name


@pytest.mark.parametrize(
    "hint",
    [
        Qt.InputMethodHint.ImhPreferNumbers,
        Qt.InputMethodHint.ImhDate,
        Qt.InputMethodHint.ImhDialableCharactersOnly,
    ],
)
def test_a_field_of_numbers_gets_digits(desk: Desk, hint: Qt.InputMethodHint) -> None:
    desk.low.setInputMethodHints(hint)
    desk.open()
    desk.low.setFocus()
    desk.click("1", "7", "/", "3")
    assert desk.low.text() == "17/3"
