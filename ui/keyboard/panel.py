"""The keys on the screen. The panel lies over the window, takes no focus and tells which key was pressed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.keyboard.key_cap import KeyCap
from ui.keyboard.layout import ROWS, Key
from ui.language import _
from ui.words import key_name

GAP = 4
# What is written on the key that leads to the other page, whatever language is spoken.
LAO, LATIN = "ລາວ", "ABC"


class Panel(QFrame):
    """letter(text); edit(Qt.Key) for keys that move or delete; closed(); hardware(bool): the desk's keys write Lao."""

    letter = Signal(str)
    edit = Signal(int)
    closed = Signal()
    hardware = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keyboard")
        self.setProperty("surface", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._keys: Mapping[str, tuple[Key, KeyCap]] = {
            key.latin: (key, KeyCap(key.plain, key.shifted)) for row in ROWS for key in row
        }
        self._title = QLabel()
        self._title.setProperty("role", "label")
        self.hardware_box = QCheckBox()
        self.hardware_box.setObjectName("keyboard.hardware")
        self.hardware_box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hardware_box.setChecked(True)
        self.hardware_box.toggled.connect(self.hardware)
        self._close = self._cap("close", drawing="close")
        self._close.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._close.clicked.connect(self.closed)
        self._shift = self._cap("shift", "Shift")
        self._shift.setCheckable(True)
        self._shift.toggled.connect(self._show_layer)
        self._space = self._cap("space")
        self._space.clicked.connect(lambda: self._pressed(" "))
        self._edits = {
            Qt.Key.Key_Backspace: self._cap("backspace", drawing="backspace"),
            Qt.Key.Key_Left: self._cap("left", "←"),
            Qt.Key.Key_Right: self._cap("right", "→"),
            Qt.Key.Key_Tab: self._cap("next", "⇥"),
        }
        self._page = self._cap("page", LATIN)
        self._page.clicked.connect(lambda: self.set_page(lao=not self._lao))
        self._lao = True
        self._held = False
        self._ready = False
        self._arrange()
        for key, cap in self._keys.values():
            cap.setObjectName(f"keyboard.{key.latin}")
            cap.clicked.connect(lambda checked=False, cap=cap: self._pressed(cap.text()))
        for code, cap in self._edits.items():
            cap.setAutoRepeat(code != Qt.Key.Key_Tab)
            cap.clicked.connect(lambda checked=False, code=int(code): self.edit.emit(code))
        self.set_ready(False)
        self.retranslate()
        self.hide()

    def _cap(self, name: str, letter: str = "", drawing: str = "") -> KeyCap:
        cap = KeyCap(letter, drawing=drawing)
        cap.setObjectName(f"keyboard.{name}")
        return cap

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 0)
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.hardware_box)
        head.addWidget(self._close)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(GAP)
        column.addLayout(head)
        before: tuple[tuple[QWidget | None, int], ...]
        after: tuple[tuple[QWidget | None, int], ...]
        ends = (
            ((), ((self._edits[Qt.Key.Key_Backspace], 4),)),
            (((None, 1),), ((None, 2),)),
            (((None, 2),), ((self._edits[Qt.Key.Key_Tab], 4), (None, 0))),
            (
                ((self._shift, 4),),
                (
                    (self._space, 4),
                    (self._page, 2),
                    (self._edits[Qt.Key.Key_Left], 2),
                    (self._edits[Qt.Key.Key_Right], 2),
                ),
            ),
        )
        for row, (before, after) in zip(ROWS, ends, strict=True):
            line = QHBoxLayout()
            line.setSpacing(GAP)
            for widget, share in (*before, *((self._keys[key.latin][1], 2) for key in row), *after):
                if widget is None:
                    line.addStretch(share)
                else:
                    line.addWidget(widget, share)
            column.addLayout(line)

    def retranslate(self) -> None:
        """Every word again."""
        self.setAccessibleName(_("Lao keyboard"))
        self._title.setText(_("Lao keyboard"))
        self.hardware_box.setText(_("This computer's keys write Lao"))
        self._space.setText(_("Space"))
        for cap, name in (
            (self._close, _("Close ({key})").format(key=key_name("Esc"))),
            (self._edits[Qt.Key.Key_Backspace], _("Delete the letter before")),
            (self._edits[Qt.Key.Key_Left], _("One letter back")),
            (self._edits[Qt.Key.Key_Right], _("One letter on")),
            (self._edits[Qt.Key.Key_Tab], _("Next field")),
        ):
            cap.setAccessibleName(name)
            cap.setToolTip(name)
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Lower keys where the window has little room."""
        for cap in self.findChildren(KeyCap):
            cap.set_low(compact)
        self._column.activate()

    # Layers

    def set_ready(self, ready: bool) -> None:
        """Whether there is a field to write into."""
        self._ready = ready
        self._space.setEnabled(ready)
        for cap in self._edits.values():
            cap.setEnabled(ready)
        self._show_layer()

    def set_page(self, *, lao: bool) -> None:
        """Shows the Lao letters, or the Latin ones with the digits; its key leads to the other page."""
        self._lao = lao
        self._page.setText(LATIN if lao else LAO)
        self._page.setAccessibleName(LATIN if lao else LAO)
        self._show_layer()

    @property
    def lao(self) -> bool:
        """Whether the Lao letters are shown."""
        return self._lao

    def hold_shift(self, held: bool) -> None:
        """The Shift of the desk's keyboard goes down or up."""
        self._held = held
        self._show_layer()

    @property
    def shifted(self) -> bool:
        """Whether the second letters are shown."""
        return self._held or self._shift.isChecked()

    def _show_layer(self) -> None:
        for key, cap in self._keys.values():
            plain, shifted = (key.plain, key.shifted) if self._lao else (key.latin, key.capital)
            letter, corner = (shifted, plain) if self.shifted else (plain, shifted)
            cap.set_letters(letter, corner)
            cap.setAccessibleName(letter)
            cap.setEnabled(self._ready and bool(letter))

    def _pressed(self, letter: str) -> None:
        self.letter.emit(letter)
        self._shift.setChecked(False)
