"""The queue's table: rows of 40 px, a painted flag for what was returned, Enter and double click open."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import theme
from ui.queue.model import BIRTH, FLAG, NAME_LATIN, NAME_LO, NUMBER, STAGE, VILLAGE, WAITING, QueueModel
from ui.widgets.icons import pixmap

_WIDTHS = {NUMBER: 172, NAME_LO: 196, BIRTH: 116, VILLAGE: 116, STAGE: 116, WAITING: 84, FLAG: 112}


class _FlagPainter(QStyledItemDelegate):
    """Draws the flag as icon, word and colour."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        text = index.data()
        super().paint(painter, option, QModelIndex())
        if not text:
            return
        ink, ground = theme.STATES["attention"]
        area: QRect = option.rect.adjusted(4, 6, -4, -6)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(area, 6, 6)
        painter.drawPixmap(area.left() + 6, area.center().y() - 7, pixmap("returned", ink, 16))
        painter.setPen(QColor(ink))
        painter.setFont(theme.font(theme.SMALL, strong=True))
        painter.drawText(area.adjusted(26, 0, -4, 0), int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()


class QueueTable(QTableView):
    """opened(): Enter or a double click on a row."""

    opened = Signal()

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue.table")
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(40)
        self.verticalHeader().setMinimumSectionSize(40)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setFixedHeight(36)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(NAME_LATIN, QHeaderView.ResizeMode.Stretch)
        self._flags = _FlagPainter(self)
        self.setItemDelegateForColumn(FLAG, self._flags)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def show_columns(self, *, stage: bool, flag: bool) -> None:
        """Leaves out the stage where all rows have the same, and the flags where no row has one."""
        self.setColumnHidden(STAGE, not stage)
        self.setColumnHidden(FLAG, not flag)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.opened.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the search field; a jump by letters would move the selection unasked."""
