"""The list of what was found: rows of 40 px, Enter and double click open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.search.model import (
    BIRTH,
    IDENTITY,
    MATCHED,
    NAME_LATIN,
    NAME_LO,
    NUMBER,
    SINCE,
    STAGE,
    VILLAGE,
    HitModel,
)

_WIDTHS = {
    NUMBER: 196, NAME_LO: 170, BIRTH: 114, IDENTITY: 160, STAGE: 112, SINCE: 114, MATCHED: 190,
}  # fmt: skip


class HitTable(QTableView):
    """opened(): Enter or a double click on a row."""

    opened = Signal()

    def __init__(self, model: HitModel) -> None:
        super().__init__()
        self.setObjectName("search.table")
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(40)
        self.verticalHeader().setMinimumSectionSize(40)
        self.setMinimumHeight(120)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setFixedHeight(36)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(NAME_LATIN, QHeaderView.ResizeMode.Stretch)
        # The village stands in the card below; here it would cut the numbers short.
        self.setColumnHidden(VILLAGE, True)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.opened.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the search field; a jump by letters would move the selection unasked."""
