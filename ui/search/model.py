"""The table of what was found: frozen hits, best first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.language import _
from ui.search.presenter import Found
from ui.search.words import matched_words
from ui.words import stage_name
from workstation import clock
from workstation.lao.dates import format_date
from workstation.workflow.search.find import Hit

NUMBER, NAME_LO, NAME_LATIN, BIRTH, VILLAGE, IDENTITY, STAGE, SINCE, MATCHED = range(9)
COLUMNS = 9
Index = QModelIndex | QPersistentModelIndex


class HitModel(QAbstractTableModel):
    """`hit_at` gives the hit of a line."""

    def __init__(self) -> None:
        super().__init__()
        self._found = Found("", (), {})

    def show(self, found: Found) -> None:
        """Replaces all lines."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def hit_at(self, line: int) -> Hit | None:
        """None outside the table."""
        return self._found.hits[line] if 0 <= line < len(self._found.hits) else None

    def retranslate(self) -> None:
        """Headers and words again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)
        if self._found.hits:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._found.hits) - 1, COLUMNS - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._found.hits)

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
            _("Identity number"),
            _("Stage"),
            _("Since"),
            _("Found by"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hit_at(index.row())
        if hit is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        return self._text(hit, index.column())

    def _text(self, hit: Hit, column: int) -> str:
        if column == BIRTH:
            return shown_date(hit.birth_date)
        if column == SINCE:
            return f"{clock.office_day(hit.stage_since):%d/%m/%Y}"
        if column == STAGE:
            return stage_name(hit.stage)
        if column == MATCHED:
            if hit.application_id in self._found.likely:
                return _("Likely the same person")
            return matched_words(hit)
        return {
            NUMBER: hit.number,
            NAME_LO: hit.name_lo or _("(being written)"),
            NAME_LATIN: hit.name_latin,
            VILLAGE: hit.village,
            IDENTITY: hit.identity_number,
        }[column]


def shown_date(stored: str) -> str:
    """A date as offices write it; a draft's half-typed one just as it is."""
    try:
        return format_date(stored) if stored else ""
    except ValueError:
        return stored
