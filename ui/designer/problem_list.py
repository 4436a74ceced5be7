"""The list below the canvas: what is wrong, or differs from the last version; a line gone to selects its element."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from printing.errors import LayoutProblem
from ui import theme
from ui.designer.differences import Difference
from ui.designer.words import difference_text
from ui.language import _
from ui.widgets.icons import icon
from ui.words.layout_problems import problem_text

HEIGHT = 140
_WHOSE = Qt.ItemDataRole.UserRole


class ProblemList(QListWidget):
    """chosen(element's id): its line was gone to. taken(): Enter on a line, whose element is wanted now."""

    chosen = Signal(str)
    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("designer.problems")
        self.setFixedHeight(HEIGHT)
        self.setProperty("dense", True)
        self.setFont(theme.font(theme.SMALL))
        self._problems: tuple[LayoutProblem, ...] = ()
        self._differences: tuple[Difference, ...] | None = None
        self.currentRowChanged.connect(self._go)
        self.itemClicked.connect(lambda _item: self._go(self.currentRow()))

    def show_problems(self, problems: tuple[LayoutProblem, ...]) -> None:
        """Each with its element; a line that says so when there is none."""
        self._problems, self._differences = problems, None
        kind = "attention" if problems else "good"
        lines = [(p.element, f"{p.element or _('Layout')}: {problem_text(p)}") for p in problems]
        self._show(_("Problems"), kind, lines or [("", _("No problems: this layout can be published."))])

    def show_differences(self, differences: tuple[Difference, ...]) -> None:
        """What became of each element since the version it is compared with."""
        self._differences = differences
        lines = [(d.element, f"{d.element or _('Layout')}: {difference_text(d)}") for d in differences]
        self._show(_("Differences"), "action", lines or [("", _("Nothing differs from the version in use."))])

    def retranslate(self) -> None:
        """Every word again."""
        self.setAccessibleName(_("Problems"))
        if self._differences is not None:
            self.show_differences(self._differences)
        elif self.count():
            self.show_problems(self._problems)

    def _show(self, name: str, kind: str, lines: list[tuple[str, str]]) -> None:
        self.setAccessibleName(name)
        before = self.item(self.currentRow()).text() if self.currentRow() >= 0 else ""
        self.blockSignals(True)
        self.clear()
        ink = theme.STATES[kind][0]
        for whose, line in lines:
            item = QListWidgetItem(icon(kind, ink), line)
            item.setToolTip(line)
            item.setForeground(QBrush(QColor(ink)))
            item.setData(_WHOSE, whose)
            self.addItem(item)
            if line == before:
                # Who goes through the list by keyboard goes on where she is.
                self.setCurrentItem(item)
        self.blockSignals(False)

    def _go(self, row: int) -> None:
        whose = self.item(row).data(_WHOSE) if 0 <= row < self.count() else ""
        if whose:
            self.chosen.emit(whose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._go(self.currentRow())
            self.taken.emit()
        else:
            super().keyPressEvent(event)
