"""The queue's table: rows of 40 px, remarks and holder painted as badges, Enter and double click open."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import theme
from ui.queue.model import (
    BIRTH,
    FLAG,
    HOLDER,
    NAME_LATIN,
    NAME_LO,
    NUMBER,
    ORDER_OF,
    STAGE,
    VILLAGE,
    WAITING,
    QueueModel,
)
from ui.widgets.icons import pixmap
from ui.widgets.table import dress_table
from workstation.domain.queue import Flag, Order
from workstation.workflow.queue import QueueRow

# px in the small letters of both languages, sort arrow included.
_FIXED = {NUMBER: 160, BIRTH: 112, STAGE: 106, WAITING: 90}
# px that hold what is usual whole, and the share of the room that is left.
_GROWING = {
    NAME_LO: (196, 4),
    NAME_LATIN: (196, 4),
    VILLAGE: (114, 1),
    FLAG: (134, 4),
    HOLDER: (164, 1),
}
_SMALL = (NAME_LATIN, BIRTH, VILLAGE, STAGE, WAITING)


def widths(room: int, *, with_stage: bool) -> dict[int, int]:
    """The width in px of every column in a table of `room` px: what is usual has room, names and remarks grow."""
    fixed = {column: width for column, width in _FIXED.items() if with_stage or column != STAGE}
    spare = max(0, room - sum(fixed.values()) - sum(least for least, _share in _GROWING.values()))
    shares = sum(share for _least, share in _GROWING.values())
    grown = {column: least + spare * share // shares for column, (least, share) in _GROWING.items()}
    grown[NAME_LATIN] += spare - sum(spare * share // shares for _least, share in _GROWING.values())
    return fixed | grown


def _look(row: QueueRow, column: int) -> tuple[str, str]:
    """(icon, kind of colour) of the badge in that column."""
    if column == HOLDER:
        return ("person", "action" if row.mine else "waiting")
    if row.returned:
        return ("returned", "attention")
    return ("attention", "attention") if row.flags - {Flag.CHILD} else ("person", "plain")


class _BadgePainter(QStyledItemDelegate):
    """Draws the cell's text as a badge; what does not fit is in the tooltip."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, QModelIndex())
        model = index.model()
        row = model.row_at(index.row()) if isinstance(model, QueueModel) else None
        text = index.data()
        if row is None or not text:
            return
        drawing, kind = _look(row, index.column())
        ink, ground = theme.STATES[kind]
        area: QRect = option.rect.adjusted(4, 6, -4, -6)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(area, 6, 6)
        painter.drawPixmap(area.left() + 6, area.center().y() - 7, pixmap(drawing, ink, 16))
        painter.setPen(QColor(ink))
        painter.setFont(theme.font(theme.SMALL, strong=True))
        inside = area.adjusted(26, 0, -6, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class _SmallPainter(QStyledItemDelegate):
    """Draws the cell in the small letters, so that more of it is seen."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.font = theme.font(theme.SMALL)


class QueueTable(QTableView):
    """opened(): Enter or a double click on a row. ordered(Order): a header was clicked."""

    opened = Signal()
    ordered = Signal(object)

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue.table")
        self.setModel(model)
        dress_table(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(60)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.sectionClicked.connect(self._header_clicked)
        self._badges = _BadgePainter(self)
        for column in (FLAG, HOLDER):
            self.setItemDelegateForColumn(column, self._badges)
        self._small = _SmallPainter(self)
        for column in _SMALL:
            self.setItemDelegateForColumn(column, self._small)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def _header_clicked(self, column: int) -> None:
        if column in ORDER_OF:
            self.ordered.emit(ORDER_OF[column])

    def show_order(self, order: Order, *, descending: bool) -> None:
        """Marks the column that the rows go by."""
        column = next(column for column, known in ORDER_OF.items() if known is order)
        header = self.horizontalHeader()
        direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        # Set only when it is another one: each setting lays the whole table out anew.
        if not header.isSortIndicatorShown() or (column, direction) != (
            header.sortIndicatorSection(),
            header.sortIndicatorOrder(),
        ):
            header.setSortIndicator(column, direction)
            header.setSortIndicatorShown(True)

    def show_stage(self, shown: bool) -> None:
        """The stage is left out where all rows have the same."""
        if self.isColumnHidden(STAGE) is shown:
            self.setColumnHidden(STAGE, not shown)
            self._share_room()

    def _share_room(self) -> None:
        room = self.viewport().width()
        for column, width in widths(room, with_stage=not self.isColumnHidden(STAGE)).items():
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_room()
        super().resizeEvent(event)

    def lines_seen(self) -> tuple[int, int]:
        """The first and last line that the window shows now."""
        height = self.verticalHeader().defaultSectionSize()
        top = self.verticalScrollBar().value() // height
        return top, top + self.viewport().height() // height + 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.opened.emit()
            return
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            # By themselves they move along the columns of a row, which say nothing here.
            last = self.model().rowCount() - 1
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the search field; a jump by letters would move the selection unasked."""
