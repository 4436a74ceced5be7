"""The table behind the queue: pages of rows around what is seen, never all of them; the selected row never moves.

A line of the table and a place in the queue's order differ while a row is pinned: that row keeps its line whatever
comes in before it or leaves, and the others close up around it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from ui import theme
from ui.language import _
from ui.queue.words import contact_text, flags_text, holder_text
from ui.words import stage_name, waiting_time
from workstation import clock
from workstation.domain.queue import Order
from workstation.lao.dates import format_date
from workstation.workflow.queue import PAGE, QueueRow, QueueSight

NUMBER, NAME_LO, NAME_LATIN, BIRTH, VILLAGE, STAGE, WAITING, FLAG, HOLDER = range(9)
COLUMNS = 9
ORDER_OF = {
    NUMBER: Order.NUMBER,
    NAME_LO: Order.NAME,
    BIRTH: Order.BIRTH,
    VILLAGE: Order.VILLAGE,
    WAITING: Order.WAITING,
}
KEPT_PAGES = 12
Index = QModelIndex | QPersistentModelIndex


def place_of(line: int, pin: tuple[int, int] | None) -> int:
    """The place in the order that is shown at `line`, while the row of place pin[1] is held at line pin[0]."""
    if pin is None:
        return line
    held, place = pin
    if line == held:
        return place
    if held < line <= place:
        return line - 1
    if place <= line < held:
        return line + 1
    return line


class QueueModel(QAbstractTableModel):
    """wanted(page): rows of that page are looked at and not here yet."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._total = 0
        self._pages: dict[int, tuple[QueueRow, ...]] = {}
        self._pin: tuple[int, int] | None = None
        self._now = clock.now()

    def row_at(self, line: int) -> QueueRow | None:
        """The row of that line; None outside the table or while it is still being read."""
        if not 0 <= line < self._total:
            return None
        place = place_of(line, self._pin)
        rows = self._pages.get(place // PAGE)
        return rows[place % PAGE] if rows is not None and place % PAGE < len(rows) else None

    def pages_of(self, first: int, last: int) -> tuple[int, ...]:
        """The pages that the lines from `first` to `last` need."""
        if not self._total:
            return (0,)
        last = min(last, self._total - 1)
        edges = {
            place_of(line, self._pin) // PAGE for line in (first, last, self._pin[0] if self._pin else first)
        }
        return tuple(sorted(edges | set(range(max(0, first) // PAGE, last // PAGE + 1))))

    def show(self, sight: QueueSight, now: datetime, pin: tuple[int, int] | None) -> None:
        """Takes over what was read just now; what was read before is out of date and forgotten."""
        self._now = now
        before, after = self._total, sight.total
        none = QModelIndex()
        if after < before:
            self.beginRemoveRows(none, after, before - 1)
        elif after > before:
            self.beginInsertRows(none, before, after - 1)
        self._total, self._pages, self._pin = after, dict(sight.pages), pin
        if after < before:
            self.endRemoveRows()
        elif after > before:
            self.endInsertRows()
        self._changed()

    def add(self, sight: QueueSight) -> None:
        """More pages of the same queue, read because they are looked at."""
        for number, rows in sight.pages.items():
            self._pages.pop(number, None)
            self._pages[number] = rows
        while len(self._pages) > KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
        self._changed()

    def _changed(self) -> None:
        if self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, COLUMNS - 1))

    def retranslate(self) -> None:
        """Headers and words again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)
        self._changed()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else self._total

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
            _("Remarks"),
            _("In work with"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row())
        if row is None:
            if index.isValid() and role == Qt.ItemDataRole.DisplayRole and index.column() == NUMBER:
                self.wanted.emit(place_of(index.row(), self._pin) // PAGE)
                return "…"
            return None
        column = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column in (NAME_LO, NAME_LATIN, VILLAGE, FLAG, HOLDER):
            return "\n".join(part for part in (self._text(row, column), self._more(row, column)) if part)
        if role == Qt.ItemDataRole.FontRole and column in (NUMBER, HOLDER):
            return theme.font(theme.SMALL)
        if role == Qt.ItemDataRole.ForegroundRole and column == NAME_LO and not row.name_lo:
            return QBrush(QColor(theme.SECONDARY))
        return None

    def _more(self, row: QueueRow, column: int) -> str:
        return contact_text(row.contact) if column == FLAG and row.contact is not None else ""

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
        return flags_text(row) if column == FLAG else holder_text(row, self._now)
