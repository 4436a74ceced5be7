"""The two lists beside the canvas: layers with their elements, and what is wrong; a line chosen selects its element."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHeaderView, QListWidget, QListWidgetItem, QTreeWidget, QTreeWidgetItem

from printing.errors import LayoutProblem
from printing.specification import CardLayout
from ui import theme
from ui.designer.words import problem_text
from ui.language import _
from ui.widgets.icons import icon

LAYERS_WIDTH = 220
PROBLEMS_HEIGHT = 140
_NAME, _SEEN, _LOCKED = 0, 1, 2
_WHAT = Qt.ItemDataRole.UserRole


class LayerList(QTreeWidget):
    """chosen(ids), shown(hidden layers, locked layers). The highest layer and element come first."""

    chosen = Signal(object)
    shown = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("designer.layers")
        self.setFixedWidth(LAYERS_WIDTH)
        self.setColumnCount(3)
        self.setIndentation(12)
        self.setFont(theme.font(theme.SMALL))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_SEEN, _LOCKED):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, 40)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.itemSelectionChanged.connect(self._choose)
        self.itemChanged.connect(self._check)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word again."""
        self.setAccessibleName(_("Layers"))
        self.setHeaderLabels([_("Layers"), "", ""])
        ink = theme.SECONDARY
        self.headerItem().setIcon(_SEEN, icon("search", ink))
        self.headerItem().setIcon(_LOCKED, icon("lock", ink))
        self.headerItem().setToolTip(_SEEN, _("Seen"))
        self.headerItem().setToolTip(_LOCKED, _("Locked"))

    def show_layout(
        self,
        layout: CardLayout,
        side: str,
        ids: tuple[str, ...],
        hidden: frozenset[str],
        locked: frozenset[str],
    ) -> None:
        """The layers with the elements of that side."""
        self.blockSignals(True)
        folded = {
            item.text(_NAME)
            for at in range(self.topLevelItemCount())
            if (item := self.topLevelItem(at)) is not None and not item.isExpanded()
        }
        first = self.topLevelItemCount() == 0
        self.clear()
        elements = layout.back if side == "back" else layout.front
        for layer in reversed(layout.layers):
            top = QTreeWidgetItem([layer.name, "", ""])
            top.setToolTip(
                _NAME,
                layer.name
                if layer.printed
                else _("{layer}: on the blank, never printed").format(layer=layer.name),
            )
            top.setData(_NAME, _WHAT, ("layer", layer.name))
            for column, on in ((_SEEN, layer.name not in hidden), (_LOCKED, layer.name in locked)):
                top.setCheckState(column, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            font = theme.font(theme.SMALL, strong=True)
            top.setFont(_NAME, font)
            self.addTopLevelItem(top)
            for element in reversed(elements):
                if element.layer == layer.name:
                    item = QTreeWidgetItem([element.id, "", ""])
                    item.setToolTip(_NAME, element.id)
                    item.setData(_NAME, _WHAT, ("element", element.id))
                    top.addChild(item)
                    item.setSelected(element.id in ids)
            # What the blank brings is many lines that are seldom wanted.
            top.setExpanded(layer.printed if first else layer.name not in folded)
        self.blockSignals(False)
        self.mark(ids)

    def mark(self, ids: tuple[str, ...]) -> None:
        """These are selected, the first of them in sight."""
        self.blockSignals(True)
        seen = None
        for at in range(self.topLevelItemCount()):
            top = self.topLevelItem(at)
            for line in range(top.childCount() if top is not None else 0):
                assert top is not None
                item = top.child(line)
                assert item is not None
                item.setSelected(item.text(_NAME) in ids)
                seen = item if item.isSelected() and seen is None else seen
        self.blockSignals(False)
        if seen is not None:
            self.scrollToItem(seen)

    @property
    def layer(self) -> str | None:
        """The layer whose line is the current one."""
        item = self.currentItem()
        kind, name = item.data(_NAME, _WHAT) if item is not None else ("", "")
        return name if kind == "layer" else None

    def _choose(self) -> None:
        told = [item.data(_NAME, _WHAT) for item in self.selectedItems()]
        self.chosen.emit(tuple(name for kind, name in told if kind == "element"))

    def _check(self, _item: QTreeWidgetItem, column: int) -> None:
        if column == _NAME:
            return
        states: dict[int, set[str]] = {_SEEN: set(), _LOCKED: set()}
        for at in range(self.topLevelItemCount()):
            top = self.topLevelItem(at)
            if top is not None:
                for place, names in states.items():
                    if top.checkState(place) == Qt.CheckState.Checked:
                        names.add(top.text(_NAME))
        everything = {
            top.text(_NAME) for at in range(self.topLevelItemCount()) if (top := self.topLevelItem(at))
        }
        self.shown.emit(frozenset(everything - states[_SEEN]), frozenset(states[_LOCKED]))


class ProblemList(QListWidget):
    """chosen(element's id): the problem's line was gone to."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("designer.problems")
        self.setFixedHeight(PROBLEMS_HEIGHT)
        self.setFont(theme.font(theme.SMALL))
        self._problems: tuple[LayoutProblem, ...] = ()
        self.currentRowChanged.connect(self._go)
        self.itemClicked.connect(lambda _item: self._go(self.currentRow()))

    def show_problems(self, problems: tuple[LayoutProblem, ...]) -> None:
        """Each with its element; a line that says so when there is none."""
        self.setAccessibleName(_("Problems"))
        self._problems = problems
        self.blockSignals(True)
        self.clear()
        kind = "attention" if problems else "good"
        ink = theme.STATES[kind][0]
        lines = [f"{p.element or _('Layout')}: {problem_text(p)}" for p in problems]
        for line in lines or [_("No problems: this layout can be published.")]:
            item = QListWidgetItem(icon(kind, ink), line)
            item.setToolTip(line)
            item.setForeground(QBrush(QColor(ink)))
            self.addItem(item)
        self.blockSignals(False)

    def retranslate(self) -> None:
        """Every word again."""
        self.setAccessibleName(_("Problems"))
        if self.count():
            self.show_problems(self._problems)

    def _go(self, row: int) -> None:
        if 0 <= row < len(self._problems) and self._problems[row].element:
            self.chosen.emit(self._problems[row].element)
