"""The comparison table: each value as the record has it and as the card says it, with a mark and a word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
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
from ui.stages.check.words import item_name, shown
from ui.widgets.icons import icon
from ui.widgets.table import EmptyTable, dress_table
from workstation.lao.break_words import with_breaks
from workstation.workflow.check.view import CheckItem

_ROW = 32
_NAME_WIDTH, _VERDICT_WIDTH = 172, 116


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
    """Read-only; differences stand first and on red ground."""

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.setObjectName("check.items")
        dress_table(self, row=_ROW, selectable=False)
        # What is compared is shown whole, on two lines where it must be.
        self.setWordWrap(True)
        self.setItemDelegate(_Ground(self))
        self._empty = EmptyTable(self)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, _NAME_WIDTH)
        self.setColumnWidth(3, _VERDICT_WIDTH)

    def show_items(self, items: tuple[CheckItem, ...]) -> None:
        """An empty tuple: the card was not read yet."""
        self._empty.set_texts(_("The card has not been read yet."), _("F5 reads it."))
        self.setHorizontalHeaderLabels([_("Value"), _("In the record"), _("On the card"), _("Result")])
        ordered = sorted(items, key=lambda item: item.agrees is not False)
        self.setRowCount(len(ordered))
        for row, item in enumerate(ordered):
            kind, word = {
                True: ("good", _("Agrees")),
                False: ("stopped", _("Differs")),
                None: ("waiting", _("waiting")),
            }[item.agrees]
            expected = shown(item, item.expected)
            if item.name == "signature" and not item.agrees:
                expected = _("valid")
            for column, text in enumerate((item_name(item.name), expected, shown(item, item.found), word)):
                cell = QTableWidgetItem(with_breaks(text))
                cell.setToolTip(text)
                if item.agrees is False:
                    cell.setBackground(QColor(theme.STATES["stopped"][1]))
                if column == 3:
                    cell.setIcon(icon(kind, theme.STATES[kind][0]))
                    cell.setForeground(QColor(theme.STATES[kind][0]))
                self.setItem(row, column, cell)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """A long name takes two lines: what is compared must be seen whole."""
        self.resizeRowsToContents()
        for row in range(self.rowCount()):
            self.setRowHeight(row, max(_ROW, self.rowHeight(row)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()
