"""The comparison table: a row for each value, a column for each place on the card where it was read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from ui import theme
from ui.language import _
from ui.stages.check.words import in_record, item_name, mark_word, row_of, row_order, source_name, told
from ui.widgets.icons import icon
from ui.widgets.table import EmptyTable, dress_table
from workstation.lao.break_words import with_breaks
from workstation.workflow.check.view import CheckItem, Source

_ROW = 32
_NAME_WIDTH, _MARK_WIDTH = 168, 104
_NARROW = 700
_KINDS = {True: "good", False: "stopped", None: "attention"}


class _Ground(QStyledItemDelegate):
    """Paints the ground of a cell, which a stylesheet's item rules leave out."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


class ItemsTable(QTableWidget):
    """Read-only; differences stand first and on red ground. chosen(CheckItem): the row's telling comparison."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(0, 2 + len(Source))
        self.setObjectName("check.items")
        dress_table(self, row=_ROW)
        # What is compared is shown whole, on two lines where it must be.
        self.setWordWrap(True)
        self.setItemDelegate(_Ground(self))
        self._empty = EmptyTable(self)
        self._rows: list[list[CheckItem]] = []
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, _NAME_WIDTH)
        for column in range(2, 2 + len(Source)):
            self.setColumnWidth(column, _MARK_WIDTH)
        self.itemSelectionChanged.connect(self._chosen)

    def show_items(self, items: tuple[CheckItem, ...]) -> None:
        """An empty tuple: the card was not read yet."""
        self._empty.set_texts(_("The card has not been read yet."), _("F5 reads it."))
        names = [source_name(source) for source in Source]
        self.setHorizontalHeaderLabels([_("Value"), _("In the record"), *names])
        rows: dict[str, list[CheckItem]] = {}
        for item in items:
            rows.setdefault(row_of(item), []).append(item)
        order = sorted(rows, key=lambda row: (all(i.agrees for i in rows[row]), row_order(row)))
        self._rows = [rows[row] for row in order]
        # What is chosen now is told anew, also where it stands in the row that was chosen before.
        self.setRowCount(0)
        self.setRowCount(len(order))
        for at, row in enumerate(order):
            self._fill(at, item_name(row), rows[row])
        self._fit_rows()
        if items and not all(item.agrees for item in items):
            self.selectRow(0)

    def _fill(self, at: int, name: str, items: list[CheckItem]) -> None:
        good = all(item.agrees for item in items)
        for column, text in ((0, name), (1, in_record(items))):
            self._put(at, column, QTableWidgetItem(with_breaks(text)), text, good)
        for column, source in enumerate(Source, 2):
            here = [item for item in items if item.source is source]
            cell = QTableWidgetItem("")
            if here:
                worst = next((i for i in here if i.agrees is False), None) or next(
                    (i for i in here if i.agrees is None), here[0]
                )
                kind = _KINDS[worst.agrees]
                cell.setText(mark_word(worst.agrees))
                cell.setIcon(icon(kind, theme.STATES[kind][0]))
                cell.setForeground(QColor(theme.STATES[kind][0]))
            self._put(at, column, cell, "\n".join(told(item) for item in here), good)

    def _put(self, row: int, column: int, cell: QTableWidgetItem, tip: str, good: bool) -> None:
        cell.setToolTip(tip)
        if not good:
            cell.setBackground(QColor(theme.STATES["stopped"][1]))
        self.setItem(row, column, cell)

    def _chosen(self) -> None:
        row = self.currentRow()
        if 0 <= row < len(self._rows):
            items = self._rows[row]
            placed = [item for item in items if item.box is not None] or items
            self.chosen.emit(min(placed, key=lambda item: (item.agrees is not False, item.agrees is True)))

    def _fit_rows(self) -> None:
        """A long name takes two lines: what is compared must be seen whole."""
        self.resizeRowsToContents()
        for row in range(self.rowCount()):
            self.setRowHeight(row, max(_ROW, self.rowHeight(row)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # What the record says stands beside the chosen row's picture too.
        narrow = event.size().width() < _NARROW
        self.setColumnHidden(1, narrow)
        self.setColumnWidth(0, 146 if narrow else _NAME_WIDTH)
        for column in range(2, 2 + len(Source)):
            self.setColumnWidth(column, 100 if narrow else _MARK_WIDTH)
        self._fit_rows()
