"""The properties of a layer: its name, and whether it is printed or comes with the blank."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from printing.specification import CardLayout
from ui.designer.properties import BadValue, free_name
from ui.designer.words import bad_value
from ui.language import _
from ui.widgets.field import Field
from ui.widgets.text import Text


class LayerFields(QWidget):
    """set(layer's name, changes): a value was taken, as layer_edits.layer_changed wants it."""

    set = Signal(str, object)

    def __init__(self, layout: CardLayout, name: str, *, editable: bool) -> None:
        super().__init__()
        self._names = [layer.name for layer in layout.layers]
        self._name = name
        printed = next(layer.printed for layer in layout.layers if layer.name == name)
        count = sum(element.layer == name for element in layout.elements)
        self._line = QLineEdit(name)
        self._line.setObjectName("designer.layer_name")
        self._line.setReadOnly(not editable)
        self._line.editingFinished.connect(self._typed)
        self._field = Field(_("Layer's name"), self._line)
        box = QComboBox()
        box.setObjectName("designer.layer_printed")
        box.addItem(_("It is printed"), True)
        box.addItem(_("The blank brings it"), False)
        box.setCurrentIndex(box.findData(printed))
        box.setEnabled(editable)
        box.activated.connect(lambda _at: self._chosen(box.currentData(), printed))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(_("Layer"), "strong"))
        column.addWidget(Text(_("Elements in it, both sides: {count}").format(count=count), "secondary"))
        column.addWidget(self._field)
        column.addWidget(Field(_("Print"), box))

    def _typed(self) -> None:
        try:
            wanted = free_name(self._line.text(), self._name, self._names, taken="layer-taken")
        except BadValue as fault:
            self._field.set_error(bad_value(fault))
            return
        self._field.set_error(None)
        if wanted != self._name:
            self.set.emit(self._name, {"new_name": wanted})

    def _chosen(self, wanted: bool, printed: bool) -> None:
        if wanted != printed:
            self.set.emit(self._name, {"printed": wanted})
