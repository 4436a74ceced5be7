"""The table behind the queue: frozen rows, updated in place so that the selected one never moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from ui import theme
from ui.language import _
from ui.words import stage_name, waiting_time
from workstation import clock
from workstation.lao.dates import format_date
from workstation.workflow.queue import QueueRow

NUMBER, NAME_LO, NAME_LATIN, BIRTH, VILLAGE, STAGE, WAITING, FLAG = range(8)
COLUMNS = 8
Index = QModelIndex | QPersistentModelIndex


def pinned(rows: Sequence[QueueRow], selected: str | None, at: int) -> tuple[QueueRow, ...]:
    """`rows` in their order, but with the selected application kept at position `at`, when it is still among them."""
    held = next((row for row in rows if row.application_id == selected), None)
    if held is None:
        return tuple(rows)
    others = [row for row in rows if row is not held]
    others.insert(min(at, len(others)), held)
    return tuple(others)


class QueueModel(QAbstractTableModel):
    """Rows are views of the moment; `row_at` gives the one of a line."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[QueueRow, ...] = ()
        self._now = clock.now()

    def row_at(self, line: int) -> QueueRow | None:
        """The row of that line, None outside the table."""
        return self._rows[line] if 0 <= line < len(self._rows) else None

    def line_of(self, application_id: str) -> int:
        """The line of an application, -1 when it is not in the table."""
        return next((i for i, row in enumerate(self._rows) if row.application_id == application_id), -1)

    def show(self, rows: Sequence[QueueRow], now: datetime) -> None:
        """Takes over the newest rows; lines are added or taken away at the end, the rest is repainted."""
        self._now = now
        before, after = len(self._rows), len(rows)
        same = tuple(rows) == self._rows
        none = QModelIndex()
        if after < before:
            self.beginRemoveRows(none, after, before - 1)
            self._rows = tuple(rows)
            self.endRemoveRows()
        elif after > before:
            self.beginInsertRows(none, before, after - 1)
            self._rows = tuple(rows)
            self.endInsertRows()
        else:
            self._rows = tuple(rows)
        if after:
            first = WAITING if same else 0
            self.dataChanged.emit(self.index(0, first), self.index(after - 1, COLUMNS - 1))

    def retranslate(self) -> None:
        """Headers and stage names again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, COLUMNS - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else COLUMNS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            _("Number"),
            _("Name (Lao)"),
            _("Name (Latin)"),
            _("Born"),
            _("Village"),
            _("Stage"),
            _("Waiting"),
            "",
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row())
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (NAME_LO, NAME_LATIN, VILLAGE):
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.FontRole and index.column() == NUMBER:
            return theme.font(theme.SMALL)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == NAME_LO and not row.name_lo:
            return QBrush(QColor(theme.SECONDARY))
        return None

    def _text(self, row: QueueRow, column: int) -> str:
        if column == NUMBER:
            return row.number
        if column == NAME_LO:
            return row.name_lo or _("(being written)")
        if column == NAME_LATIN:
            return row.name_latin
        if column == BIRTH:
            return format_date(row.birth_date) if row.birth_date else ""
        if column == VILLAGE:
            return row.village
        if column == STAGE:
            return stage_name(row.stage)
        if column == WAITING:
            return waiting_time((self._now - row.stage_since).total_seconds())
        return _("Returned") if row.returned else ""
