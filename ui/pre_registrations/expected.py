"""The list of those who said that they come today."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.language import _
from ui.search.model import shown_date
from ui.widgets.table import dress_table
from workstation.workflow.pre_registrations.view import Expected

Index = QModelIndex | QPersistentModelIndex
_NUMBER_WIDTH, _BORN_WIDTH = 240, 130


class ExpectedModel(QAbstractTableModel):
    """Frozen rows; `at` gives the one of a line."""

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[Expected, ...] = ()

    def show(self, people: tuple[Expected, ...]) -> None:
        self.beginResetModel()
        self._people = people
        self.endResetModel()

    def at(self, line: int) -> Expected | None:
        """None outside the list."""
        return self._people[line] if 0 <= line < len(self._people) else None

    def retranslate(self) -> None:
        """The header again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 3)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Number"), _("Name (Lao)"), _("Name (Latin)"), _("Born"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        person = self.at(index.row())
        if person is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        born = shown_date(person.birth_date)
        return (person.number, person.name_lo, person.name_latin, born)[index.column()]


class ExpectedTable(QTableView):
    """chosen(number): Enter or a double click on a row."""

    chosen = Signal(str)

    def __init__(self, model: ExpectedModel) -> None:
        super().__init__()
        self._people = model
        self.setObjectName("pre_registration.expected")
        self.setModel(model)
        dress_table(self)
        header = self.horizontalHeader()
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, _NUMBER_WIDTH)
        self.setColumnWidth(3, _BORN_WIDTH)
        self.doubleClicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        person = self._people.at(self.currentIndex().row())
        if person is not None:
            self.chosen.emit(person.number)
