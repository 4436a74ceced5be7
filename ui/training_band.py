"""The band that makes training and demonstration impossible to confuse with real work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from ui.language import _
from workstation.domain.station import Work


class TrainingBand(QFrame):
    """32 px over the whole width; hidden where the work is real."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.setObjectName("training_band")
        self.setProperty("surface", "training")
        self.setFixedHeight(32)
        self._text = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(self._text, 0, Qt.AlignmentFlag.AlignCenter)
        if work is Work.REAL:
            self.hide()

    def retranslate(self) -> None:
        """Its words again."""
        self._text.setText(
            _("TRAINING: invented people only. No card made here is valid.")
            if self._work is Work.TRAINING
            else _("DEMONSTRATION: invented people only. No card made here is valid.")
        )
