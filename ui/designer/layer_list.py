"""The list beside the canvas: layers with their elements, the highest first, and which layers are seen and locked."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from printing.elements import Layer
from printing.specification import CardLayout
from ui import theme
from ui.language import _
from ui.widgets.icons import icon

WIDTH = 220
_NAME, _SEEN, _LOCKED = 0, 1, 2
_WHAT = Qt.ItemDataRole.UserRole
_LAYER, _ELEMENT = "layer", "element"
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class LayerList(QTreeWidget):
    """chosen(ids): these elements' lines; empty for a layer's own. shown(hidden layers, locked layers).

    Space shows or hides the layer of the current line, Shift+Space locks it or lets it free.
    """

    chosen = Signal(object)
    shown = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("designer.layers")
        self.setFixedWidth(WIDTH)
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
        self.headerItem().setIcon(_SEEN, icon("seen", ink))
        self.headerItem().setIcon(_LOCKED, icon("lock", ink))
        self.headerItem().setToolTip(_SEEN, _("Seen (Space)"))
        self.headerItem().setToolTip(_LOCKED, _("Locked (Shift+Space)"))

    def show_layout(
        self,
        layout: CardLayout,
        side: str,
        ids: tuple[str, ...],
        hidden: frozenset[str],
        locked: frozenset[str],
    ) -> None:
        """The layers with the elements of that side; a layer whose line was the current one stays it."""
        self.blockSignals(True)
        current = self.layer
        folded = {top.text(_NAME) for top in self._tops() if not top.isExpanded()}
        first = self.topLevelItemCount() == 0
        self.clear()
        elements = layout.back if side == "back" else layout.front
        for layer in reversed(layout.layers):
            top = self._line_of(layer, hidden, locked)
            self.addTopLevelItem(top)
            for element in reversed(elements):
                if element.layer == layer.name:
                    item = QTreeWidgetItem([element.id, "", ""])
                    item.setToolTip(_NAME, element.id)
                    item.setData(_NAME, _WHAT, (_ELEMENT, element.id))
                    top.addChild(item)
            # What the blank brings is many lines that are seldom wanted.
            top.setExpanded(layer.printed if first else layer.name not in folded)
        self.blockSignals(False)
        self.mark(ids)
        if current is not None and not ids:
            self.go_to(current)

    def _line_of(self, layer: Layer, hidden: frozenset[str], locked: frozenset[str]) -> QTreeWidgetItem:
        top = QTreeWidgetItem([layer.name, "", ""])
        blank = _("{layer}: on the blank, never printed").format(layer=layer.name)
        top.setToolTip(_NAME, layer.name if layer.printed else blank)
        top.setData(_NAME, _WHAT, (_LAYER, layer.name))
        for column, on in ((_SEEN, layer.name not in hidden), (_LOCKED, layer.name in locked)):
            top.setCheckState(column, _ON if on else _OFF)
        top.setFont(_NAME, theme.font(theme.SMALL, strong=True))
        return top

    def mark(self, ids: tuple[str, ...]) -> None:
        """These are selected, the first of them in sight and the current line."""
        self.blockSignals(True)
        seen = None
        for top in self._tops():
            if ids:
                top.setSelected(False)
            for line in range(top.childCount()):
                item = top.child(line)
                assert item is not None
                item.setSelected(item.text(_NAME) in ids)
                seen = item if item.isSelected() and seen is None else seen
        if seen is not None:
            self.setCurrentItem(seen, _NAME, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.blockSignals(False)
        if seen is not None:
            self.scrollToItem(seen)

    def go_to(self, layer: str) -> None:
        """The layer's own line is the current one and the only one selected; nobody is told."""
        self.blockSignals(True)
        for top in self._tops():
            if top.text(_NAME) == layer:
                self.setCurrentItem(top)
        self.blockSignals(False)

    @property
    def layer(self) -> str | None:
        """The layer whose own line is the current one."""
        kind, name = self._current()
        return name if kind == _LAYER else None

    def _current(self) -> tuple[str, str]:
        item = self.currentItem()
        kind, name = item.data(_NAME, _WHAT) if item is not None else ("", "")
        return kind, name

    def _tops(self) -> list[QTreeWidgetItem]:
        found = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        return [top for top in found if top is not None]

    def _choose(self) -> None:
        told = [item.data(_NAME, _WHAT) for item in self.selectedItems()]
        self.chosen.emit(tuple(name for kind, name in told if kind == _ELEMENT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() != Qt.Key.Key_Space or item is None:
            super().keyPressEvent(event)
            return
        top = item.parent() or item
        column = _LOCKED if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _SEEN
        top.setCheckState(column, _OFF if top.checkState(column) == _ON else _ON)

    def _check(self, _item: QTreeWidgetItem, column: int) -> None:
        if column == _NAME:
            return
        hidden = {top.text(_NAME) for top in self._tops() if top.checkState(_SEEN) != _ON}
        locked = {top.text(_NAME) for top in self._tops() if top.checkState(_LOCKED) == _ON}
        self.shown.emit(frozenset(hidden), frozenset(locked))
