"""What narrows the queue down: village, remark, order, and the queues saved under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from ui.language import _
from ui.queue.words import flag_name, order_name
from workstation.domain.queue import Flag, Order, QueueFilter

_FLAGS: tuple[Flag | None, ...] = (None, *Flag)
_TURNED = " ↓"


class ChoiceBox(QComboBox):
    """A list of which one is chosen by arrow keys; letters belong to nobody's name here and do nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._texts: tuple[str, ...] = ()
        self.setMinimumWidth(96)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(11)

    def fill(self, texts: Sequence[str], current: int) -> None:
        """Shows other choices without telling anybody."""
        with QSignalBlocker(self):
            # An office has hundreds of villages; they are laid out anew only when they are others.
            if self._texts != tuple(texts):
                self._texts = tuple(texts)
                self.clear()
                self.addItems(texts)
            self.setCurrentIndex(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text().isprintable() and event.key() != Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)


class QueueFilters(QWidget):
    """changed(QueueFilter) when something else is chosen; save(name) when the queue was given one."""

    changed = Signal(object)
    save = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._filter = QueueFilter()
        self._villages: tuple[str, ...] = ()
        self._saved: tuple[tuple[str, QueueFilter], ...] = ()
        self.village = ChoiceBox("queue.village")
        self.flag = ChoiceBox("queue.flag")
        self.order = ChoiceBox("queue.order")
        self.saved = ChoiceBox("queue.saved")
        self.name = QLineEdit()
        self.name.setObjectName("queue.name")
        self.name.setMaxLength(40)
        self.name.setMinimumWidth(150)
        self.name.hide()
        self.name.returnPressed.connect(self._named)
        self.village.activated.connect(self._village_chosen)
        self.flag.activated.connect(self._flag_chosen)
        self.order.activated.connect(self._order_chosen)
        self.saved.activated.connect(self._saved_chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.village, self.flag, self.order, self.saved, self.name):
            layout.addWidget(widget)
        self.retranslate()

    @property
    def narrowed(self) -> bool:
        """Whether a village or a remark is asked for."""
        return bool(self._filter.village or self._filter.flag)

    def show_filter(self, chosen: QueueFilter) -> None:
        """Shows what is chosen, without telling anybody."""
        self._filter = chosen
        self.retranslate()

    def show_villages(self, villages: Sequence[str]) -> None:
        """The villages that can be chosen."""
        if tuple(villages) != self._villages:
            self._villages = tuple(villages)
            self.retranslate()

    def show_saved(self, saved: Sequence[tuple[str, QueueFilter]]) -> None:
        """The saved queues that can be chosen."""
        self._saved = tuple(saved)
        self.retranslate()

    def saved_name(self) -> str:
        """The name of the saved queue that is shown exactly now, "" when it is none."""
        return next((name for name, chosen in self._saved if chosen == self._filter), "")

    def ask_name(self) -> None:
        """Asks for the name of a queue to save."""
        self.name.setText(self.saved_name())
        self.name.show()
        self.name.setFocus()

    def retranslate(self) -> None:
        """Every word again."""
        chosen = self._filter
        if chosen.village and chosen.village not in self._villages:
            self._villages = (*self._villages, chosen.village)
        villages = self._villages
        self.village.fill(
            [_("Every village"), *villages], villages.index(chosen.village) + 1 if chosen.village else 0
        )
        flags = [_("Every remark") if flag is None else flag_name(flag) for flag in _FLAGS]
        self.flag.fill(flags, _FLAGS.index(chosen.flag))
        orders = [
            order_name(order) + (_TURNED if order is chosen.order and chosen.descending else "")
            for order in Order
        ]
        self.order.fill(orders, list(Order).index(chosen.order))
        names = [name for name, _chosen in self._saved]
        shown = self.saved_name()
        self.saved.fill([_("Saved queues"), *names], names.index(shown) + 1 if shown else 0)
        for box, text in (
            (self.village, _("Village")),
            (self.flag, _("Remarks")),
            (self.order, _("Order")),
            (self.saved, _("Saved queues")),
        ):
            box.setAccessibleName(text)
            box.setToolTip(text)
        self.name.setPlaceholderText(_("Name of the queue"))
        self.name.setAccessibleName(_("Name of the queue"))

    def sort_by(self, order: Order) -> None:
        """That order; the same one again turns it round."""
        turned = self._filter.order is order and not self._filter.descending
        self._change(replace(self._filter, order=order, descending=turned))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.name.isHidden():
            self.name.hide()
            self.saved.setFocus()
            return
        super().keyPressEvent(event)

    def _change(self, chosen: QueueFilter) -> None:
        self.show_filter(chosen)
        self.changed.emit(chosen)

    def _village_chosen(self, line: int) -> None:
        self._change(replace(self._filter, village=self._villages[line - 1] if line else ""))

    def _flag_chosen(self, line: int) -> None:
        self._change(replace(self._filter, flag=_FLAGS[line]))

    def _order_chosen(self, line: int) -> None:
        self.sort_by(list(Order)[line])

    def _saved_chosen(self, line: int) -> None:
        self._change(self._saved[line - 1][1] if line else QueueFilter(stage=self._filter.stage))

    def _named(self) -> None:
        if self.name.text().strip():
            self.name.hide()
            self.save.emit(self.name.text())
            self.saved.setFocus()
