"""How a printer is: badge, what to do, a picture of what to open, and what is said of its supplies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from devices.errors import DeviceError
from printing.errors import PrinterError
from printing.printer import PrinterState
from ui import theme
from ui.language import _
from ui.messages import explain
from ui.stages.print.words import PrinterWords, printer_words, supply_words
from ui.widgets.badge import Badge
from ui.widgets.icons import Icon
from ui.widgets.text import Text
from workstation.domain.printers import cards_left
from workstation.workflow.print.carry import PrintProgress

_PICTURE = 96


def words_of(told: object) -> PrinterWords:
    """PrinterState, PrintProgress, an error of the printer, or None while it is being asked, in words."""
    if isinstance(told, PrinterState):
        return printer_words(told.state, told.reasons)
    if isinstance(told, PrintProgress):
        return printer_words(told.printer_state, told.reasons)
    if isinstance(told, PrinterError | DeviceError):
        words = printer_words(told.code, ())
        if words.word != told.code:
            return words
        message = explain(told)
        return PrinterWords("attention", message.what, message.next_step)
    return PrinterWords("waiting", _("The printer is being asked"), "")


class PrinterBox(QWidget):
    """`name` begins the object names of its parts."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.badge = Badge("waiting")
        self.badge.setObjectName(f"{name}.printer")
        self._picture = Icon("printer", theme.SECONDARY, _PICTURE)
        self._picture.setObjectName(f"{name}.picture")
        self.advice = Text("", wrap=True)
        self.advice.setObjectName(f"{name}.advice")
        self.supply = Badge("attention")
        self.supply.setObjectName(f"{name}.supply")
        mending = QHBoxLayout()
        mending.setSpacing(12)
        mending.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        mending.addWidget(self.advice, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(mending)
        layout.addWidget(self.supply, 0, Qt.AlignmentFlag.AlignLeft)
        self.tell(None)

    @property
    def picture(self) -> str:
        """The drawing that is shown now; empty when none is."""
        return "" if self._picture.isHidden() else str(self._picture.property("drawing"))

    def tell(self, told: object, *, ribbon_cards: int = 0, waiting: int = 0) -> None:
        """`told` as in words_of; `ribbon_cards`: for how many cards a full ribbon is, 0 unknown; `waiting`: how many
        cards wait for it."""
        words = words_of(told)
        self.badge.set(words.kind, "", words.word)
        self.advice.set(words.advice)
        self.advice.setVisible(bool(words.advice))
        if words.picture:
            self._picture.set(words.picture, theme.STATES[words.kind][0])
        self._picture.setProperty("drawing", words.picture)
        self._picture.setVisible(bool(words.picture))
        supply = None
        if isinstance(told, PrinterState | PrintProgress):
            levels = [one.level for one in told.supplies if one.level is not None]
            left = cards_left(min(levels, default=None), ribbon_cards)
            supply = supply_words(told.supplies, left, waiting)
        if supply is not None:
            self.supply.set(supply.kind, "", supply.word)
        self.supply.setVisible(supply is not None and supply.word != words.word)
