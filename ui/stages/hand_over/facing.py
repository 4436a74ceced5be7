"""The screen that faces the person: which monitor it is, and the window on it in which she signs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.language import _, lao
from ui.widgets.signature_pad import SHAPE, SignaturePad
from ui.widgets.text import Text

# What the settings may say in place of a monitor's name.
OTHER, WINDOW = "other", "window"
# px around the pad: names and the sentence above it, buttons below it.
_ASIDE, _AROUND = 96, 330
_NARROWEST, _WIDEST = 480, 1500
_BESIDE = (760, 560)


def facing_screen(names: Sequence[str], own: str, wanted: str) -> str | None:
    """The monitor that faces the person, or None: it is never the clerk's `own`, and never guessed among several."""
    others = [name for name in names if name != own]
    if wanted == OTHER:
        return others[0] if len(others) == 1 else None
    return wanted if wanted in others else None


def may_face(clerk: QWidget, wanted: str) -> bool:
    """Whether there is a place where the person can sign; monitors come and go."""
    return wanted == WINDOW or _screen(clerk, wanted) is not None


def _screen(clerk: QWidget, wanted: str) -> QScreen | None:
    screens = {screen.name(): screen for screen in QGuiApplication.screens()}
    return screens.get(facing_screen(list(screens), clerk.screen().name(), wanted) or "")


class SigningWindow(QWidget):
    """Shown to the person by `face`. drawn(): with each movement. signed(): she said that it is done.

    gone(): the monitor went away, or somebody closed the window. It never takes the keyboard from the clerk.
    """

    drawn = Signal()
    signed = Signal()
    gone = Signal()

    def __init__(self, clerk: QWidget, name_lo: str, name_latin: str, wanted: str) -> None:
        super().__init__(clerk, Qt.WindowType.Window)
        self.setObjectName("signing")
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        # A task bar names nobody.
        self.setWindowTitle(_("Signature"))
        self._screen = None if wanted == WINDOW else _screen(clerk, wanted)
        room = self._screen.geometry().size() if self._screen is not None else None
        wide, high = (room.width(), room.height()) if room is not None else _BESIDE
        fits = min(wide - _ASIDE, (high - _AROUND) * SHAPE)
        self.pad = SignaturePad("signing.pad", max(_NARROWEST, min(_WIDEST, fits)))
        self.pad.drawn.connect(self._moved)
        self._clear = self._button("signing.clear", "Wipe", self.pad.clear)
        self._done = self._button("signing.done", "Done", self.signed.emit)
        self._done.setProperty("role", "primary")
        self._done.setEnabled(False)
        self.pad.setAccessibleName(_("Please sign in the field, then press Done."))
        self._clear.setAccessibleName(_("Wipe"))
        self._done.setAccessibleName(_("Done"))
        self._lay_out(name_lo, name_latin)
        QGuiApplication.instance().screenRemoved.connect(self._removed)  # type: ignore[union-attr]  # there is one

    def _button(self, name: str, english: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(f"{lao(english)}  ·  {english}")
        button.setObjectName(name)
        button.setMinimumWidth(220)
        button.setStyleSheet("font-size: 22px; min-height: 56px;")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(run)
        return button

    def _lay_out(self, name_lo: str, name_latin: str) -> None:
        asked = "Please sign in the field, then press Done."
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 16, 32, 24)
        column.setSpacing(6)
        column.addStretch(1)
        for text, size, weight in (
            (name_lo, 40, 600),
            (name_latin, 22, 400),
            (lao(asked), 28, 600),
            (asked, 18, 400),
        ):
            label = Text(text, "body", wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setStyleSheet(
                f"font-size: {size}px; font-weight: {weight}; min-height: {theme.line_height(size)}px;"
            )
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._clear)
        row.addSpacing(32)
        row.addWidget(self._done)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def face(self) -> None:
        """Shows it: the whole of the monitor that faces the person, or a window beside the clerk's."""
        if self._screen is None:
            self.resize(*_BESIDE)
            self.show()
            return
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setScreen(self._screen)
        self.setGeometry(self._screen.geometry())
        self.showFullScreen()

    def _moved(self) -> None:
        self._done.setEnabled(self.pad.written)
        self.drawn.emit()

    def _removed(self, screen: QScreen) -> None:
        # Qt would move the window to the clerk's monitor.
        if screen is self._screen:
            self.hide()
            self.gone.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.gone.emit()
