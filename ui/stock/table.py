"""What moved: the entries of the ledger, the newest first."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from ui import theme
from ui.language import _
from ui.stock.words import entry_name, moment, place_name, reason_words
from ui.widgets.icons import icon
from ui.widgets.table import EmptyTable, dress_table
from workstation.domain.stock import Place
from workstation.workflow.stock.view import LedgerEntry

_WIDTHS = (168, 180, 236, 70, 262, 150, 0)
_NUMBERS, _REASON = 3, 6


class EntryTable(QTableWidget):
    """Rows are read only; `show_entries` replaces them. photo_asked(sequence): Enter or a double click on an entry that
    has a picture."""

    photo_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__(0, len(_WIDTHS))
        self.setObjectName("stock.entries")
        dress_table(self)
        header = self.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            if width:
                self.setColumnWidth(column, width)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._empty = EmptyTable(self)
        self._entries: tuple[LedgerEntry, ...] = ()
        self.doubleClicked.connect(lambda _index: self._ask_photo())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._ask_photo()
        else:
            super().keyPressEvent(event)

    def _ask_photo(self) -> None:
        line = self.currentRow()
        if 0 <= line < len(self._entries) and self._entries[line].photo is not None:
            self.photo_asked.emit(self._entries[line].sequence)

    def show_entries(self, entries: tuple[LedgerEntry, ...], people: Mapping[str, str]) -> None:
        """`people` are names by operator id."""
        self.scrollToTop()
        self._entries = entries
        self.setRowCount(len(entries))
        for line, entry in enumerate(entries):
            way = place_name(entry.target)
            if entry.origin is not Place.OUTSIDE:
                way = f"{place_name(entry.origin)} → {way}"
            who = ", ".join(people.get(one, one) for one in (entry.by, entry.second) if one is not None)
            box = _("box {number}").format(number=entry.box) if entry.box else ""
            why = " · ".join(part for part in (box, reason_words(entry.reason)) if part)
            texts = (
                moment(entry.at),
                entry_name(entry.entry),
                entry.range.text,
                f"{entry.range.count:,}",
                way,
                who,
                why,
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column == _REASON and entry.photo is not None:
                    item.setIcon(icon("camera", theme.SECONDARY))
                    item.setToolTip(" · ".join(part for part in (text, _("with a picture: Enter")) if part))
                if column == _NUMBERS:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(line, column, item)

    def retranslate(self) -> None:
        """Headers and empty state again."""
        self.setAccessibleName(_("Every move of blank cards"))
        self.setHorizontalHeaderLabels(
            [
                _("When"),
                _("What happened"),
                _("Serials"),
                _("Blanks"),
                _("From and to"),
                _("Who"),
                _("Reason"),
            ]
        )
        self._empty.set_texts(_("Nothing moved"), _("Another stretch of days: F7."))
