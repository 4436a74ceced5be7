"""One photo with the name it is taken for: proposed and not kept yet, or kept and judged."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui import theme
from ui.stages.photo.requirements import KINDS
from ui.widgets.badge import Badge
from ui.widgets.picture import Picture
from ui.widgets.text import Text
from workstation.biometrics.portrait.examine import Verdict

SHOT_SIZE = (300, 384)


class ShotPanel(QFrame):
    """Face and name stand together. browse(-1 or +1): the arrow keys ask for another photo of the person."""

    browse = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photo.shot")
        self.setProperty("surface", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._picture = Picture(SHOT_SIZE)
        self._picture.setObjectName("photo.portrait")
        self._title = Text("", "title", wrap=True)
        self._title.setObjectName("photo.shot.title")
        self._name = Text("", "big", wrap=True)
        self._name.setObjectName("photo.shot.name")
        self._latin = Text("", "name", wrap=True)
        self._verdict = Badge()
        self._verdict.setObjectName("photo.verdict")
        self._note = Text("", "secondary", wrap=True)
        self._note.setObjectName("photo.faults")
        self._next = Text("", "strong", wrap=True)
        self._next.setObjectName("photo.shot.next")
        words = QVBoxLayout()
        words.setSpacing(8)
        for part in (self._title, self._name, self._latin, self._verdict, self._note):
            words.addWidget(part)
        words.addStretch(1)
        words.addWidget(self._next)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 12, 12, 12)
        across.setSpacing(20)
        across.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)

    def set_person(self, name_lo: str, name_latin: str) -> None:
        """Whose photo it is."""
        self._name.set(name_lo)
        self._latin.set(name_latin)

    def show_shot(
        self, picture: QImage | None, title: str, verdict: tuple[Verdict, str] | None, note: str, step: str
    ) -> None:
        """`verdict`: with its word, None while nothing is decided; `note`: what is not met; `step`: what the
        keys do now."""
        self._picture.set_picture(picture)
        self._title.set(title)
        self._verdict.setVisible(verdict is not None)
        if verdict is not None:
            self._verdict.set(KINDS[verdict[0]], "", verdict[1])
        self._note.set(note)
        self._note.setVisible(bool(note))
        self._next.set(step)

    def forget(self) -> None:
        """Nothing of this person stays."""
        self.set_person("", "")
        self.show_shot(None, "", None, "", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in ways and not event.isAutoRepeat():
            self.browse.emit(ways[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.ACTION), 3))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 6, 6)
            painter.end()
