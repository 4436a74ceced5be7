"""The properties of what is selected: each a labelled field that says at once what cannot be taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from printing.elements import Element
from printing.specification import CardLayout
from ui.designer.edits import chosen
from ui.designer.layer_fields import LayerFields
from ui.designer.properties import (
    BadValue,
    Property,
    options,
    properties_of,
    taken,
    taken_day,
    value_of,
    with_value,
    written,
)
from ui.designer.words import bad_value, choice_name, kind_name, property_name
from ui.language import _
from ui.widgets.field import Field
from ui.widgets.text import Text
from workstation.lao.dates import format_date

WIDTH = 280
# Short values stand two in a row.
_SHORT = frozenset(("number", "whole", "colour", "when"))


class PropertiesPanel(QScrollArea):
    """set(element's id, changes): a value was taken, as edits.changed wants it. layer_set(layer's name, changes): as
    layer_edits.layer_changed wants it. dated(date): from when it is in use."""

    set = Signal(str, object)
    layer_set = Signal(str, object)
    dated = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("designer.properties")
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout: CardLayout | None = None
        self._element: Element | None = None
        self._layer: str | None = None
        self._editable = False
        self._fields: dict[str, Field] = {}
        self._shown: tuple[object, ...] = ()

    def show_selection(
        self, layout: CardLayout | None, ids: tuple[str, ...], layer: str | None, *, editable: bool
    ) -> None:
        """The fields of a single element; for none those of `layer`, if there is one; else a line that says so."""
        self._layout = layout
        self._layer = layer if layer is not None and not ids else None
        found = chosen(layout, ids) if layout is not None else ()
        self._element = found[0] if len(found) == 1 else None
        self._editable = editable
        whose = self._element.id if self._element is not None else layout and layout.valid_from
        held = layout.layers if layout is not None and self._layer is not None else ()
        shown = (type(self._element), whose, len(found), editable, _("Text"), self._layer, held)
        if shown != self._shown:
            self._shown = shown
            self._build(len(found))
        self._fill()

    def _build(self, count: int) -> None:
        self._fields = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(4)
        element = self._element
        if self._layer is not None and self._layout is not None:
            fields = LayerFields(self._layout, self._layer, editable=self._editable)
            fields.set.connect(self.layer_set)
            column.addWidget(fields)
        elif element is None:
            text = _("Select an element on the card.") if count == 0 else _("{count} elements are selected.")
            column.addWidget(Text(text.format(count=count), "secondary", wrap=True))
            if count == 0 and self._layout is not None:
                column.addWidget(self._first_day(self._layout))
        else:
            column.addWidget(Text(kind_name(element), "strong"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(8)
            grid.setVerticalSpacing(2)
            row, place = 0, 0
            for one in properties_of(element):
                field = self._field(one, element)
                self._fields[one.key] = field
                if one.kind in _SHORT:
                    grid.addWidget(field, row, place)
                    row, place = (row, 1) if place == 0 else (row + 1, 0)
                else:
                    row, place = (row + 1, 0) if place else (row, 0)
                    grid.addWidget(field, row, 0, 1, 2)
                    row += 1
            column.addLayout(grid)
        column.addStretch(1)
        before = self.takeWidget()
        if before is not None:
            # The field whose value is just being taken is in it.
            before.hide()
            before.deleteLater()
        self.setWidget(body)

    def _first_day(self, layout: CardLayout) -> Field:
        """From which day the layout is in use; the one thing that is set on the whole of it."""
        line = QLineEdit(format_date(layout.valid_from.isoformat()))
        line.setObjectName("designer.valid_from")
        line.setReadOnly(not self._editable)
        field = Field(_("In use from"), line)
        line.editingFinished.connect(lambda: self._day_typed(line, field))
        return field

    def _day_typed(self, line: QLineEdit, field: Field) -> None:
        if not self._editable or self._layout is None:
            return
        try:
            first = taken_day(line.text())
        except BadValue as fault:
            field.set_error(bad_value(fault))
            return
        field.set_error(None)
        if first != self._layout.valid_from:
            self.dated.emit(first)

    def _field(self, one: Property, element: Element) -> Field:
        assert self._layout is not None
        editor: QWidget
        if one.kind in ("choice", "when"):
            box = QComboBox()
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
            if one.kind == "when":
                for word, said in ((_("All"), None), (_("Yes"), True), (_("No"), False)):
                    box.addItem(word, said)
            else:
                for value in options(self._layout, element, one.key):
                    box.addItem(choice_name(one.key, value), value)
            box.activated.connect(lambda _at, key=one.key: self._chosen(key))
            box.setEnabled(self._editable)
            editor = box
        else:
            line = QLineEdit()
            line.setReadOnly(not self._editable)
            line.editingFinished.connect(lambda one=one: self._typed(one))
            editor = line
        editor.setObjectName(f"designer.{one.key}")
        label = property_name(one.key)
        return Field(f"{label}, {one.unit}" if one.unit else label, editor)

    def _fill(self) -> None:
        for key, field in self._fields.items():
            assert self._element is not None
            value = value_of(self._element, key)
            editor = field.editor
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(editor.findData(value))
            elif isinstance(editor, QLineEdit) and not (editor.hasFocus() and editor.isModified()):
                editor.setText(written(value))
                field.set_error(None)

    def _chosen(self, key: str) -> None:
        editor = self._fields[key].editor
        assert isinstance(editor, QComboBox)
        self._set(key, editor.currentData())

    def _typed(self, one: Property) -> None:
        field, element, layout = self._fields.get(one.key), self._element, self._layout
        if field is None or element is None or layout is None or not self._editable:
            return
        editor = field.editor
        assert isinstance(editor, QLineEdit)
        try:
            value = taken(one, editor.text(), layout, element)
        except BadValue as fault:
            field.set_error(bad_value(fault))
            return
        field.set_error(None)
        editor.setModified(False)
        self._set(one.key, value)

    def _set(self, key: str, value: object) -> None:
        element = self._element
        if element is not None and value != value_of(element, key):
            self.set.emit(element.id, with_value(element, key, value))
