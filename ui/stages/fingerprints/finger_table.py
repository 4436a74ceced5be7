"""The list of asked-for fingers: name, state as mark and words, quality, attempts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from ui import theme
from ui.language import _
from ui.stages.fingerprints.hands import FingerMark
from ui.widgets.icons import icon
from ui.widgets.table import dress_table
from ui.words.fingers import finger_name, missing_reason
from workstation.workflow.fingerprints.view import FingerView

# The state's kind (its colours) and its icon.
KINDS = {
    FingerMark.OPEN: ("plain", "todo"),
    FingerMark.GOOD: ("good", "good"),
    FingerMark.LOW: ("attention", "attention"),
    FingerMark.MISSING: ("plain", "skipped"),
}
_ROW = 36


def mark_of(finger: FingerView | None) -> FingerMark:
    """The state of one asked-for finger."""
    if finger is None or (finger.nfiq2 is None and finger.missing_reason is None):
        return FingerMark.OPEN
    if finger.missing_reason is not None:
        return FingerMark.MISSING
    return FingerMark.GOOD if finger.good else FingerMark.LOW


class FingerTable(QTableWidget):
    """Arrow keys choose a finger, left and right as well as up and down. chosen(position)."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.setObjectName("fingerprints.fingers")
        dress_table(self, row=_ROW)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._positions: tuple[int, ...] = ()
        self.currentCellChanged.connect(self._row_changed)

    def show_fingers(
        self, required: Sequence[int], fingers: Mapping[int, FingerView], allowed: int, current: int | None
    ) -> None:
        """Fills the list and selects `current` without a signal."""
        self.blockSignals(True)
        self.setHorizontalHeaderLabels([_("Finger"), _("State"), _("Quality"), _("Attempts")])
        self._positions = tuple(required)
        self.setRowCount(len(self._positions))
        for row, position in enumerate(self._positions):
            finger = fingers.get(position)
            mark = mark_of(finger)
            self._write(row, 0, finger_name(position))
            state = self._write(row, 1, self._words(mark, finger))
            kind, drawing = KINDS[mark]
            ink = theme.STATES[kind][0]
            state.setIcon(icon(drawing, ink))
            state.setForeground(QColor(ink))
            self._write(row, 2, "" if finger is None or finger.nfiq2 is None else str(finger.nfiq2))
            self._write(row, 3, f"{finger.attempts if finger else 0} / {allowed}")
        if current in self._positions:
            self.selectRow(self._positions.index(current))
        self.blockSignals(False)

    @staticmethod
    def _words(mark: FingerMark, finger: FingerView | None) -> str:
        if mark is FingerMark.MISSING and finger is not None and finger.missing_reason is not None:
            return missing_reason(finger.missing_reason)
        return {
            FingerMark.OPEN: _("Not taken yet"),
            FingerMark.GOOD: _("Good"),
            FingerMark.LOW: _("Quality too low"),
        }.get(mark, "")

    def _write(self, row: int, column: int, text: str) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        self.setItem(row, column, item)
        return item

    def _row_changed(self, row: int, _column: int, _old_row: int, _old_column: int) -> None:
        if 0 <= row < len(self._positions):
            self.chosen.emit(self._positions[row])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif 0 <= self.currentRow() + step < self.rowCount():
            self.selectRow(self.currentRow() + step)
