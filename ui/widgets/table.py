"""What every table of the program has in common: rows, header, focus, selection, and what it says when empty."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget
from shiboken6 import isValid

from ui.widgets.empty import Empty

ROW = 40
HEADER = 36


def dress_table(table: QTableView, *, row: int = ROW, selectable: bool = True) -> None:
    """Whole rows are chosen, one at a time; Tab leaves the table; letters and rows are high enough for Lao marks."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(
        QAbstractItemView.SelectionMode.SingleSelection
        if selectable
        else QAbstractItemView.SelectionMode.NoSelection
    )
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    vertical = table.verticalHeader()
    vertical.setVisible(False)
    vertical.setDefaultSectionSize(row)
    vertical.setMinimumSectionSize(row)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionsClickable(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setFixedHeight(HEADER)
    # In a small window the page scrolls; a table of which no row can be seen helps nobody.
    table.setMinimumHeight(HEADER + 3 * row + 6)


class EmptyTable(QObject):
    """Lays an empty state over a table while its model has no rows."""

    def __init__(self, table: QTableView, title: str = "", hint: str = "") -> None:
        super().__init__(table)
        self._table = table
        self._empty = Empty(title, hint)
        self._empty.setParent(table.viewport())
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        model = table.model()
        assert isinstance(model, QAbstractItemModel)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            signal.connect(self._fit)
        table.viewport().installEventFilter(self)
        self._fit()

    def set_texts(self, title: str, hint: str) -> None:
        """Sets both sentences again."""
        self._empty.set_texts(title, hint)

    @property
    def shown(self) -> bool:
        """Whether the table is empty and says so."""
        return not self._empty.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self, *_changes: object) -> None:
        # While a table is taken down its viewport and model still speak; by then the table is gone.
        if not isValid(self._table) or not isValid(self._empty):
            return
        viewport: QWidget = self._table.viewport()
        self._empty.setGeometry(viewport.rect())
        self._empty.setVisible(self._table.model().rowCount() == 0)
