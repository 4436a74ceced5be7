"""The list of cards at the stage of printing: token, name, state, blank, printer and how long each waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ui import theme
from ui.language import _
from ui.stages.print.words import another_words
from ui.widgets.icons import icon
from ui.widgets.table import EmptyTable, dress_table
from ui.words import waiting_time
from workstation.domain.card import CardState
from workstation.workflow.printers.view import WaitingCard

_NARROW = 740
_STATE, _LEFT_OUT = 2, (4, 5)
_WIDTHS = (182, 0, 196, 106, 132, 76)


def card_words(card: WaitingCard) -> tuple[str, str]:
    """Kind of state and its word."""
    if card.uncertain:
        return "attention", _("Uncertain")
    if card.state is CardState.PRINTING:
        return "action", _("Being printed")
    if card.state is CardState.FAILED:
        return "stopped", _("Not printed")
    if card.state is CardState.PRINTED:
        return "good", _("Printed")
    if card.waits:
        if card.held:
            return "plain", _("Held back")
        return "waiting", _("Urgent, waits") if card.urgent else _("Waits for the printer")
    return "plain", _("Ready to print")


class CardTable(QTableWidget):
    """opened(application id): Enter or a double click. chosen(): other rows are selected. Several can be."""

    opened = Signal(str)
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(_WIDTHS))
        self.setObjectName("printing.cards")
        self._cards: tuple[WaitingCard, ...] = ()
        dress_table(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            if width:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(column, width)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setMinimumWidth(520)
        self._empty = EmptyTable(self)
        self.itemSelectionChanged.connect(self.chosen)
        self.doubleClicked.connect(lambda _index: self._open())

    def show_cards(self, cards: tuple[WaitingCard, ...], printers: Mapping[str, str], now: datetime) -> None:
        """Shows these rows; the selected applications stay selected. `printers`: names by id."""
        held = {card.application_id for card in self.selected()}
        current = (
            self._cards[self.currentRow()].application_id if 0 <= self.currentRow() < len(self._cards) else ""
        )
        self.blockSignals(True)
        self._cards = cards
        self.setRowCount(len(cards))
        selection = QItemSelection()
        for line, card in enumerate(cards):
            kind, word = card_words(card)
            texts = (
                card.number,
                card.name_lo,
                word if card.attempt == 1 else f"{word} · {card.attempt}",
                card.blank or "–",
                printers.get(card.printer_id or "", "–") if card.waits or card.state else "–",
                waiting_time((now - card.since).total_seconds()),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                more = {1: card.name_latin, _STATE: another_words(card.attempt, card.reprint_reason)}
                item.setToolTip("\n".join(part for part in (text, more.get(column, "")) if part))
                if column == _STATE:
                    ink = theme.STATES[kind][0]
                    item.setIcon(icon(kind, ink))
                    item.setForeground(QBrush(QColor(ink)))
                self.setItem(line, column, item)
            if card.application_id in held:
                selection.select(self.model().index(line, 0), self.model().index(line, len(_WIDTHS) - 1))
        line = next((at for at, card in enumerate(cards) if card.application_id == current), 0)
        if cards:
            self.selectionModel().setCurrentIndex(
                self.model().index(line, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
            if selection.isEmpty():
                self.selectRow(line)
            else:
                self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.blockSignals(False)
        self.chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is little room the name needs it more than the printer's name and the minutes.
        narrow = self.width() < _NARROW
        for column in _LEFT_OUT:
            self.setColumnHidden(column, narrow)
        self.setColumnWidth(_STATE, _WIDTHS[_STATE] - (48 if narrow else 0))

    def selected(self) -> tuple[WaitingCard, ...]:
        """The selected cards, in the order of the list."""
        lines = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return tuple(self._cards[line] for line in lines if line < len(self._cards))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        held = self.selected()
        if held:
            self.opened.emit(held[0].application_id)

    def retranslate(self) -> None:
        """Headers and empty state again; the rows come with the next look."""
        self.setAccessibleName(_("Cards at the stage of printing"))
        self.setHorizontalHeaderLabels(
            [_("Number"), _("Name"), _("State"), _("Blank card"), _("Printer"), _("Waits")]
        )
        self._empty.set_texts(
            _("No card waits to be printed"), _("Cards come here when the centre has accepted.")
        )
