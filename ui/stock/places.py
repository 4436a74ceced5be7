"""Where the blanks are: a card for each place in the office with its number and its first serials, and below it a line
of those that have left."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.stock.words import place_name
from ui.widgets.badge import Badge
from ui.widgets.flow import Flow
from ui.widgets.text import ElidedText, Text
from workstation.domain.stock import Place, SerialRange
from workstation.workflow.stock.view import StockView

_HERE = (Place.SAFE, Place.DRAWER, Place.PRINTER, Place.PRINTED, Place.SPOILED, Place.VOID)
_GONE = (Place.ISSUED, Place.RETURNED, Place.DESTROYED, Place.MISSING)
_RANGES = 2
# Px from which six cards side by side are wide enough for a range of serials.
_WIDE = 1000


class PlaceCard(QFrame):
    """One place: its name, how many blanks, and what else is to be known of them."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.setObjectName(f"stock.place.{place.value}")
        self.setProperty("surface", "card")
        self._name, self._number = Text("", "secondary"), Text("", "big")
        self._below = [ElidedText("", "secondary") for _line in range(_RANGES)]
        inside = QVBoxLayout(self)
        inside.setContentsMargins(14, 8, 14, 10)
        inside.setSpacing(0)
        inside.addWidget(self._name)
        inside.addWidget(self._number)
        for line in self._below:
            inside.addWidget(line)

    def show_number(self, number: int, lines: tuple[str, ...]) -> None:
        """`lines` stand below the number, at most two."""
        name = place_name(self.place)
        self._name.set(name)
        self._number.set(f"{number:,}")
        for line, text in zip(self._below, (*lines, "", "")[:_RANGES], strict=True):
            line.set(text)
        self.setAccessibleName(f"{name}: {number}. {', '.join(lines)}")


class Places(QWidget):
    """`show_view` shows the whole balance of this station and its office's safe."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = {place: PlaceCard(place) for place in _HERE}
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self._columns = 0
        self._arrange(len(_HERE))
        self._gone = {place: Badge() for place in _GONE}
        gone = QWidget()
        flow = Flow(gone, spacing=8)
        for badge in self._gone.values():
            flow.addWidget(badge)
        foot = QHBoxLayout()
        foot.addWidget(gone, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._grid)
        layout.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(len(_HERE) if event.size().width() >= _WIDE else len(_HERE) // 2)

    def _arrange(self, columns: int) -> None:
        """One row where there is room for the serials, else two."""
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, at // columns, at % columns)
        for column in range(len(_HERE)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def show_view(self, seen: StockView) -> None:
        """Every number anew."""
        own = seen.balance.own
        for place, card in self.cards.items():
            number, lines = own[place], _ranges(seen.ranges.get(place, ()))
            if place is Place.PRINTER:
                number += own[Place.BOOKED]
                booked = own[Place.BOOKED]
                lines = (*lines[:1], _("{count} booked to cards").format(count=booked)) if booked else lines
            card.show_number(number, lines)
        for place, badge in self._gone.items():
            missing = place is Place.MISSING and own[place] > 0
            badge.set("attention" if missing else "plain", "", f"{place_name(place)}: {own[place]:,}")


def _ranges(found: tuple[SerialRange, ...]) -> tuple[str, ...]:
    texts = [one.text for one in found[:_RANGES]]
    if len(found) > _RANGES:
        texts[-1] += " …"
    return tuple(texts)
