"""The pad on which the person signs for the card, in a dialog turned to her."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.language import _
from ui.messages import explain
from ui.widgets.reason_panel import ReasonPanel
from ui.widgets.signature_pad import SHAPE, SignaturePad
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.words import key_name
from ui.words.signature import CANNOT_SIGN, cannot_sign_reason
from workstation.domain.refused import Reason, Refused

_WIDEST, _LEAST = 696, 600  # px across: of the pad at most, of what is around it at least
_BESIDE, _AROUND = 64, 250  # px that the dialog needs beside the pad; above and below it, with a notice
_EDGE = 24


class SignatureDialog(QDialog):
    """Turned to the person, who signs by mouse, pen or finger.

    signed(PNG), unsigned(reason): what came of it; whoever opened it tells the outcome by `end`. Enter keeps, F5 begins
    anew, F7 asks why the person cannot sign, Esc changes nothing.
    """

    signed = Signal(bytes)
    unsigned = Signal(str)

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setObjectName("signature")
        self._busy = False
        self._title, self._sentence = Text("", "title"), Text("", "strong", wrap=True)
        self._name = Text(name, "name")
        self._strip = Strip("signature.strip")
        self.pad = SignaturePad("signature.pad")
        self.pad.changed.connect(self._show_state)
        self.reason = ReasonPanel("signature.reason")
        self.reason.confirmed.connect(self._cannot_sign)
        self.reason.dismissed.connect(self._back_to_pad)
        self._cancel = self._button("cancel", self.reject)
        self._without = self._button("without", self._ask_reason)
        self._anew = self._button("anew", self.pad.clear)
        self._keep = self._button("keep", self._sign)
        self._keep.setProperty("role", "primary")
        self._lay_out()
        self.retranslate()
        self._show_state()
        parent.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def _button(self, name: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        button.setObjectName(f"signature.{name}")
        button.clicked.connect(lambda: run())
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._cancel, self._without):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self._anew, self._keep):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 12, _EDGE, 12)
        column.setSpacing(6)
        for part in (self._title, self._name, self._sentence, self._strip):
            column.addWidget(part)
        column.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.reason)
        column.addLayout(buttons)

    def retranslate(self) -> None:
        """Every word again; what was written stays."""
        self.setWindowTitle(_("Signature"))
        self._title.set(_("Signature for the card"))
        self._sentence.set(_("Please sign in the field, as you always sign."))
        self.pad.setAccessibleName(_("The field to sign in"))
        for button, words, key in (
            (self._cancel, _("Cancel"), "Esc"),
            (self._without, _("Cannot sign"), "F7"),
            (self._anew, _("Begin anew"), "F5"),
            (self._keep, _("Keep it"), "Return"),
        ):
            button.setText(f"{words}  {key_name(key)}")
        self._hush()
        if not self.reason.isHidden():
            self._ask_reason(again=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.isAutoRepeat() or not self.reason.isHidden():
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._sign()
        elif key == Qt.Key.Key_F5:
            self.pad.clear()
        elif key == Qt.Key.Key_F7:
            self._ask_reason()
        elif key == Qt.Key.Key_Escape:
            self.reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fit()
        return False

    def _show_state(self) -> None:
        written = self.pad.written and not self._busy
        self._keep.setEnabled(written)
        self._anew.setEnabled(bool(self.pad.strokes) and not self._busy)
        if written and not self._strip.isHidden():
            self._hush()

    def _say(self, kind: str, error: Exception) -> None:
        """In place of the sentence: a small window has no room for both."""
        self._strip.say(kind, explain(error).text)
        self._sentence.hide()
        self._fit()

    def _hush(self) -> None:
        self._strip.clear()
        self._sentence.setHidden(self.pad.isHidden())
        self._fit()

    def _sign(self) -> None:
        signature = self.pad.signature
        if self._busy:
            return
        if signature is None:
            self._say("attention", Refused(Reason.SIGNATURE_EMPTY))
            return
        self._wait(True)
        self.signed.emit(signature.png)

    def _ask_reason(self, *, again: bool = False) -> None:
        if self._busy:
            return
        self._show_pad(False)
        self._strip.clear()
        self.reason.ask(
            _("Why can the person not sign?"),
            _("Note, if something is to be remembered"),
            _("The card shows no signature"),
            [(code, cannot_sign_reason(code)) for code in CANNOT_SIGN],
            again=again,
        )
        self._fit()

    def _back_to_pad(self) -> None:
        self._show_pad(True)
        self._fit()
        self.setFocus()

    def _show_pad(self, shown: bool) -> None:
        """All of it or nothing: the question why has buttons of its own, and is the clerk's to answer."""
        around = (self._name, self._sentence, self._cancel, self._without, self._anew, self._keep)
        for part in (self.pad, *around):
            part.setVisible(shown)

    def _fit(self) -> None:
        """As large as what it shows, in the middle of its window and never beyond it; what was written grows along."""
        parent, layout = self.parentWidget(), self.layout()
        assert isinstance(parent, QWidget)
        assert layout is not None
        wide = min(_WIDEST, parent.width() - _BESIDE, (parent.height() - _AROUND) * SHAPE)
        self.pad.setFixedSize(wide, wide // SHAPE)
        width = min(parent.width() - 8, max(wide, _LEAST) + 2 * _EDGE)
        layout.activate()
        self.setFixedSize(width, min(layout.totalHeightForWidth(width), parent.height()))
        middle = parent.mapToGlobal(parent.rect().center())
        self.move(middle.x() - self.width() // 2, middle.y() - self.height() // 2)

    def _cannot_sign(self, reason: str) -> None:
        self._back_to_pad()
        self._wait(True)
        self.unsigned.emit(reason)

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self._show_state()

    def end(self, error: Exception | None) -> None:
        """Closes when it is kept; says what stood against it otherwise."""
        self._wait(False)
        if error is None:
            self.accept()
        else:
            self._say("stopped", error)
