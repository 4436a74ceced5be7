"""Writing into whatever text field has the focus, so that what stands there is in the one encoding of the store."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from workstation.lao.encode import encode

TextField = QLineEdit | QPlainTextEdit | QTextEdit

# A letter and every mark that may stand on it, with the vowel before and after.
_CLUSTER = 8
_NOT_LAO = (
    Qt.InputMethodHint.ImhLatinOnly
    | Qt.InputMethodHint.ImhDigitsOnly
    | Qt.InputMethodHint.ImhFormattedNumbersOnly
    | Qt.InputMethodHint.ImhPreferNumbers
    | Qt.InputMethodHint.ImhDate
    | Qt.InputMethodHint.ImhDialableCharactersOnly
    | Qt.InputMethodHint.ImhEmailCharactersOnly
    | Qt.InputMethodHint.ImhUrlCharactersOnly
    | Qt.InputMethodHint.ImhHiddenText
)


def text_field(widget: QWidget | None) -> TextField | None:
    """The field that `widget` writes into, or None where nothing can be written."""
    if isinstance(widget, QComboBox):
        widget = widget.lineEdit() if widget.isEditable() else None
    elif isinstance(widget, QAbstractSpinBox):
        widget = widget.lineEdit()
    if not isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return None
    return None if widget.isReadOnly() or not widget.isEnabled() else widget


def takes_lao(field: TextField) -> bool:
    """False for a field whose input hints ask for Latin letters, digits or a secret."""
    if isinstance(field, QLineEdit) and field.echoMode() != QLineEdit.EchoMode.Normal:
        return False
    return not field.inputMethodHints() & _NOT_LAO


def write(field: TextField, letter: str) -> None:
    """Types `letter` where the cursor is, over what is selected; marks typed in another order are put in order."""
    if isinstance(field, QLineEdit):
        _write_line(field, letter)
    else:
        _write_text(field, letter)


def _write_line(field: QLineEdit, letter: str) -> None:
    selected = field.selectionStart() >= 0
    start = field.selectionStart() if selected else field.cursorPosition()
    end = start + (_units(field.selectedText()) if selected else 0)
    back, text = _ordered(_before(field.text(), start), letter)
    if back:
        field.setSelection(start - back, end - start + back)
    field.insert(text)


def _write_text(field: QPlainTextEdit | QTextEdit, letter: str) -> None:
    cursor = field.textCursor()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(start)
    back, text = _ordered(_before(block.text(), start - block.position()), letter)
    cursor.setPosition(start - back)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text)
    field.setTextCursor(cursor)


def _ordered(before: str, letter: str) -> tuple[int, str]:
    """How many UTF-16 units before the cursor to replace, and the text to write instead."""
    tail = before[-_CLUSTER:]
    whole = encode(tail + letter)
    same = 0
    while same < len(tail) and whole[same : same + 1] == tail[same]:
        same += 1
    return _units(tail[same:]), whole[same:]


def _before(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _units(text: str) -> int:
    # Qt counts UTF-16 units.
    return len(text.encode("utf-16-le")) // 2
