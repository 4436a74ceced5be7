"""The table of a list: rows are chosen with Space where the list wants it, Enter opens the application."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from ui.hand_over.lists import CHOSEN, CardList, Line, heads
from ui.language import _
from ui.widgets.table import EmptyTable, dress_table

_WIDTH, _TICK = 190, 28


class CardTable(QTableWidget):
    """opened(application id); chosen_changed(): other rows are chosen now."""

    opened = Signal(str)
    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__(0, 0)
        self.setObjectName("hand_over.list")
        dress_table(self)
        self._lines: tuple[Line, ...] = ()
        self._choosing = False
        self._empty = EmptyTable(self)
        self._empty.set_texts(_("Nothing here"), "")
        self.currentCellChanged.connect(lambda *_cells: self.chosen_changed.emit())
        self.itemChanged.connect(lambda _item: self.chosen_changed.emit())
        self.cellDoubleClicked.connect(lambda _row, _column: self._open())

    def show_list(self, shown: CardList) -> None:
        """Replaces every row; in the same list the cursor stays where it is, and chosen what was chosen."""
        before, chosen = max(0, self.currentRow()), frozenset(self.chosen)
        self.blockSignals(True)
        self._lines, self._choosing = shown.lines, shown.name in CHOSEN
        names = heads(shown.name)
        self.scrollToTop()
        self.clear()
        self.setColumnCount(len(names))
        self.setHorizontalHeaderLabels(list(names))
        self.setRowCount(len(shown.lines))
        for line, one in enumerate(shown.lines):
            for column, text in enumerate(one.cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if self._choosing and column == 0:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    kept = one.key in chosen
                    item.setCheckState(Qt.CheckState.Checked if kept else Qt.CheckState.Unchecked)
                self.setItem(line, column, item)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(110)
        widths = {_("Place"): 110, _("Waits"): 110, _("Name"): 280, _("What is wrong"): 240}
        widths |= {_("Stage at fault"): 130, _("State"): 150}
        for column in range(len(names)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            ticked = _TICK if self._choosing and column == 0 else 0
            self.setColumnWidth(column, widths.get(names[column], _WIDTH) + ticked)
        header.setSectionResizeMode(len(names) - 1, QHeaderView.ResizeMode.Stretch)
        self.blockSignals(False)
        if shown.lines:
            self.setCurrentCell(min(before, len(shown.lines) - 1), 0)
        self._empty.set_texts(_("Nothing here"), "")
        self.chosen_changed.emit()

    @property
    def current(self) -> Line | None:
        """The row under the cursor."""
        row = self.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the rows chosen with Space."""
        found = []
        for line, one in enumerate(self._lines):
            item = self.item(line, 0)
            if self._choosing and item is not None and item.checkState() is Qt.CheckState.Checked:
                found.append(one.key)
        return tuple(found)

    def choose_all(self) -> None:
        """Every row is chosen, or none when all were."""
        every = len(self.chosen) < len(self._lines)
        for line in range(len(self._lines)):
            item = self.item(line, 0)
            if self._choosing and item is not None:
                item.setCheckState(Qt.CheckState.Checked if every else Qt.CheckState.Unchecked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.item(self.currentRow(), 0)
        if event.key() == Qt.Key.Key_Space and self._choosing and item is not None:
            checked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current.application_id)
