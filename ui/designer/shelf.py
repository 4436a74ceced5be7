"""The shelf: drafts, what waits for a second person, and every version that the office holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from ui import theme
from ui.language import _
from ui.widgets.icons import icon
from ui.widgets.table import EmptyTable, dress_table
from workstation import clock
from workstation.workflow.layouts.drafts import Shelf

_STATE_WIDTH, _SINCE_WIDTH = 320, 200


@dataclass(frozen=True)
class Entry:
    """One line. `kind`: draft, publication or held; `key` is the draft's name, the publication's id or name@version."""

    kind: str
    key: str
    name: str
    version: int
    state: str
    since: datetime
    revision: int = 0

    @property
    def label(self) -> str:
        """As it is shown."""
        return self.name if self.kind == "draft" else f"{self.name}@{self.version}"


def entries_of(shelf: Shelf) -> tuple[Entry, ...]:
    """Drafts first, then what is under way, then what is held."""
    found = [Entry("draft", d.name, d.name, 0, "draft", d.kept_at, d.revision) for d in shelf.drafts]
    found += [
        Entry("publication", p.id, p.name, p.version, p.state, p.approved_at or p.proposed_at)
        for p in shelf.publications
    ]
    found += [
        Entry("held", f"{h.name}@{h.version}", h.name, h.version, h.state, h.in_force_since)
        for h in shelf.held
    ]
    return tuple(found)


def state_words(state: str) -> tuple[str, str]:
    """Kind of state and its words."""
    return {
        "draft": ("action", _("Draft")),
        "proposed": ("waiting", _("Waits for a second person")),
        "approved": ("waiting", _("Approved, waits for the registry")),
        "sent": ("good", _("Sent to the registry")),
        "refused": ("stopped", _("Refused by the registry")),
        "in-force": ("good", _("In use")),
        "to-come": ("waiting", _("Not in use yet")),
        "past": ("plain", _("No longer in use")),
        "damaged": ("stopped", _("Damaged")),
    }[state]


class ShelfTable(QTableWidget):
    """opened(Entry): Enter or a double click. chosen(): another line."""

    opened = Signal(object)
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setObjectName("designer.shelf")
        dress_table(self)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, _STATE_WIDTH), (2, _SINCE_WIDTH)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        self._entries: tuple[Entry, ...] = ()
        self._left: tuple[str, str] | None = None
        self._empty = EmptyTable(self)
        self.itemSelectionChanged.connect(self.chosen)
        self.doubleClicked.connect(lambda _index: self._open())
        self.retranslate()

    def retranslate(self) -> None:
        """Every word again."""
        self.setAccessibleName(_("Card layouts"))
        self.setHorizontalHeaderLabels([_("Layout"), _("State"), _("Since")])
        self._empty.set_texts(_("No card layouts"), _("They come from the centre."))

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """These lines; the one that was left last, or the selected one, is selected."""
        held = self.entry
        wanted = self._left or ((held.kind, held.key) if held is not None else None)
        self._left = None
        self.blockSignals(True)
        self._entries = entries
        self.setRowCount(len(entries))
        for line, entry in enumerate(entries):
            kind, word = state_words(entry.state)
            since = entry.since.astimezone(clock.OFFICE_ZONE).strftime("%d/%m/%Y %H:%M")
            for column, text in enumerate((entry.label, word, since)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column == 1:
                    ink = theme.STATES[kind][0]
                    item.setIcon(icon(kind, ink))
                    item.setForeground(QBrush(QColor(ink)))
                self.setItem(line, column, item)
        keys = [(entry.kind, entry.key) for entry in entries]
        if entries:
            self.selectRow(keys.index(wanted) if wanted in keys else 0)
        self.blockSignals(False)
        self.chosen.emit()

    def come_back_to(self, entry: Entry) -> None:
        """Its line is selected when the shelf is shown next."""
        self._left = (entry.kind, entry.key)

    @property
    def entry(self) -> Entry | None:
        """The selected line."""
        row = self.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.entry is not None:
            self.opened.emit(self.entry)
