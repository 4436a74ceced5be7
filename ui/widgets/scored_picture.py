"""A picture with its verdict as a badge and its score in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.badge import Badge
from ui.widgets.picture import Picture
from ui.widgets.text import Text


class ScoredPicture(QWidget):
    """Its parts are named NAME.image, NAME.verdict and NAME.score."""

    def __init__(self, name: str, size: tuple[int, int]) -> None:
        super().__init__()
        self.picture = Picture(size)
        self.picture.setObjectName(f"{name}.image")
        self.verdict = Badge()
        self.verdict.setObjectName(f"{name}.verdict")
        self.score = Text("", "secondary", wrap=True)
        self.score.setObjectName(f"{name}.score")
        self.score.setFixedWidth(size[0])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.picture)
        layout.addWidget(self.verdict, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.score)
        layout.addStretch(1)

    def judge(self, kind: str, icon: str, word: str, score: str) -> None:
        """Shows verdict and score."""
        self.verdict.set(kind, icon, word)
        self.score.set(score)
        self.show_verdict(True)

    def show_verdict(self, shown: bool) -> None:
        """Without a verdict there is only the picture."""
        self.verdict.setVisible(shown)
        self.score.setVisible(shown)
