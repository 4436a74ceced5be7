"""The table of the trail: pages of entries around what is seen, never all of a million."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.audit.words import facts_words, moment_words, tag_name
from ui.language import _
from workstation.workflow.audit.look import PAGE, AuditEntry

NUMBER, WHEN, WHAT, WHO, STATION, ABOUT, DETAILS = range(7)
COLUMNS = 7
KEPT_PAGES = 12
Index = QModelIndex | QPersistentModelIndex


class TrailModel(QAbstractTableModel):
    """wanted(page): entries of that page are looked at and not here yet."""

    wanted = Signal(int)

    def __init__(self, own_station: str, own_code: str) -> None:
        super().__init__()
        self._own = own_station, own_code
        self._total = 0
        self._pages: dict[int, tuple[AuditEntry, ...]] = {}
        self._asked: set[int] = set()
        self._names: dict[str, str] = {}

    def show(self, total: int, first: tuple[AuditEntry, ...], names: dict[str, str]) -> None:
        """Replaces everything: `total` lines, of which the first page is here."""
        self.beginResetModel()
        self._total, self._pages, self._asked, self._names = total, {0: first}, set(), names
        self.endResetModel()

    def add(self, page: int, entries: tuple[AuditEntry, ...]) -> None:
        """One more page; the one that was here longest makes room."""
        self._asked.discard(page)
        self._pages[page] = entries
        while len(self._pages) > KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
        first = page * PAGE
        last = min(self._total, first + PAGE) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, COLUMNS - 1))

    def forget_asked(self) -> None:
        """Pages that did not come are asked for again when they are looked at."""
        self._asked.clear()

    def entry_at(self, line: int) -> AuditEntry | None:
        """None outside the table or while it is being read."""
        held = self._pages.get(line // PAGE)
        return held[line % PAGE] if held is not None and 0 <= line % PAGE < len(held) else None

    def station_name(self, station_id: str) -> str:
        """This station's code; of another the end of its id."""
        own, code = self._own
        return code if station_id == own else f"…{station_id[-8:]}"

    def actor_name(self, actor: str) -> str:
        """The user's name; the registry; else the id as recorded."""
        return self._names.get(actor) or (_("Registry") if actor == "registry" else actor)

    def retranslate(self) -> None:
        """Headers and words again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)
        if self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, COLUMNS - 1))

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
            _("Entry"),
            _("When"),
            _("What happened"),
            _("Who"),
            _("Station"),
            _("About"),
            _("Details"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        entry = self.entry_at(index.row())
        if entry is None:
            page = index.row() // PAGE
            if index.isValid() and role == Qt.ItemDataRole.DisplayRole and page not in self._asked:
                self._asked.add(page)
                self.wanted.emit(page)
            return "…" if index.column() == NUMBER and role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == STATION:
            return entry.station_id
        return self._text(entry, index.column())

    def _text(self, entry: AuditEntry, column: int) -> str:
        if column == NUMBER:
            return str(entry.position)
        if column == WHEN:
            return moment_words(entry.at)
        if column == WHAT:
            return tag_name(entry.tag)
        if column == WHO:
            return self.actor_name(entry.actor)
        if column == STATION:
            return self.station_name(entry.station_id)
        return entry.object_id if column == ABOUT else facts_words(entry.facts)
