"""The printers of the office: how each is, what waits for it, and a form that adds one by its address."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.language import _
from ui.printing.printer_box import PrinterBox, words_of
from ui.widgets.field import Field
from ui.widgets.icons import icon
from ui.widgets.table import EmptyTable, dress_table
from ui.widgets.text import Text
from workstation.domain.printers import MOST_RIBBON_CARDS
from workstation.workflow.printers.view import KnownPrinter, PrintRoom

_LONGEST = {"address": 200, "name": 80, "ribbon": 5}


class PrinterList(QWidget):
    """chosen(): another printer is selected."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._room: PrintRoom | None = None
        self._told: dict[str, object] = {}
        self._title = Text("", "strong")
        self.table = QTableWidget(0, 3)
        self.table.setObjectName("printing.printers")
        dress_table(self.table)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 150), (2, 56)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.table.setColumnWidth(column, width)
        self._empty = EmptyTable(self.table)
        self.table.itemSelectionChanged.connect(self._show_box)
        self.table.itemSelectionChanged.connect(self.chosen)
        self.box = PrinterBox("printing")
        self._supplies = Text("", "secondary", wrap=True)
        self._supplies.setObjectName("printing.supplies")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self.table)
        layout.addWidget(self.box)
        layout.addWidget(self._supplies)
        layout.addStretch(1)

    @property
    def selected(self) -> KnownPrinter | None:
        """The printer whose line is selected."""
        line = self.table.currentRow()
        printers = self._room.printers if self._room is not None else ()
        return printers[line] if 0 <= line < len(printers) else None

    def tell(self, printer_id: str, told: object) -> None:
        """How that printer is now."""
        self._told[printer_id] = told
        self._show()

    def show_room(self, room: PrintRoom) -> None:
        """Shows these printers; the selected one stays selected."""
        before = self.selected
        self._room = room
        wanted = room.chosen if before is None else before.id
        self.table.blockSignals(True)
        self.table.setRowCount(len(room.printers))
        self.table.blockSignals(False)
        self._show()
        line = next((at for at, one in enumerate(room.printers) if one.id == wanted), 0)
        if room.printers and self.table.currentRow() != line:
            self.table.selectRow(line)
        self._show_box()

    def _show(self) -> None:
        room = self._room
        if room is None:
            return
        for line, known in enumerate(room.printers):
            words = words_of(self._told.get(known.id))
            kind, word = ("attention", _("Paused here")) if known.paused else (words.kind, words.word)
            name = f"{known.name}  ★" if known.id == room.chosen else known.name
            for column, text in enumerate((name, word, str(room.awaited(known.id)))):
                item = QTableWidgetItem(text)
                item.setToolTip(known.address if column == 0 else text)
                if column == 1:
                    item.setIcon(icon(kind, theme.STATES[kind][0]))
                if column == 2:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(line, column, item)
        self._show_box()

    def _show_box(self) -> None:
        known, room = self.selected, self._room
        shown = known is not None and room is not None
        self.box.setVisible(shown)
        if known is None or room is None:
            self._supplies.hide()
            return
        told = self._told.get(known.id)
        self.box.tell(told, ribbon_cards=known.ribbon_cards, waiting=room.awaited(known.id))
        levels = [
            f"{one.name}: {one.level} %" for one in getattr(told, "supplies", ()) if one.level is not None
        ]
        self._supplies.set("\n".join((known.address, *levels)))
        self._supplies.show()

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Printers"))
        self.table.setAccessibleName(_("Printers"))
        self.table.setHorizontalHeaderLabels([_("Printer"), _("State"), _("Wait")])
        self._empty.set_texts(_("No printer is set up"), _("Add one by its address."))
        self._show()


class AddPrinter(QFrame):
    """The form. added(address, name, cards per ribbon); wanted(): which printers are there is asked; dismissed()."""

    added = Signal(str, str, int)
    choose = Signal()
    remove = Signal()
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("printing.add")
        self.setProperty("surface", "card")
        self._title = Text("", "strong")
        self.inputs = {name: QLineEdit() for name in ("address", "name", "ribbon")}
        for name, editor in self.inputs.items():
            editor.setObjectName(f"printing.{name}")
            editor.setMaxLength(_LONGEST[name])
            editor.returnPressed.connect(self._add)
        self.inputs["ribbon"].setValidator(QIntValidator(0, MOST_RIBBON_CARDS, self))
        self._fields = {name: Field("", editor) for name, editor in self.inputs.items()}
        self._found = QVBoxLayout()
        self._found.setSpacing(2)
        self._buttons = {name: QPushButton() for name in ("choose", "remove", "close", "submit")}
        for name, button in self._buttons.items():
            button.setObjectName(f"printing.{name}")
        self._buttons["submit"].setProperty("role", "primary")
        self._buttons["submit"].clicked.connect(self._add)
        self._buttons["close"].clicked.connect(self.dismiss)
        self._buttons["choose"].clicked.connect(self.choose)
        self._buttons["remove"].clicked.connect(self.remove)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 10, 16, 12)
        inside.setSpacing(6)
        own = QHBoxLayout()
        for name in ("choose", "remove"):
            own.addWidget(self._buttons[name])
        own.addStretch(1)
        inside.addLayout(own)
        inside.addWidget(self._title)
        inside.addLayout(self._found)
        for field in self._fields.values():
            inside.addWidget(field)
        row = QHBoxLayout()
        row.addStretch(1)
        for name in ("close", "submit"):
            row.addWidget(self._buttons[name])
        inside.addLayout(row)
        self.hide()

    def ask(self, *, may_set_up: bool) -> None:
        """Shows the form; who may not add one may still choose."""
        for widget in (self._title, *self._fields.values(), self._buttons["submit"], self._buttons["remove"]):
            widget.setVisible(may_set_up)
        self.show()
        (self.inputs["address"] if may_set_up else self._buttons["choose"]).setFocus()

    def show_found(self, addresses: tuple[str, ...]) -> None:
        """Printers that were found, to be taken into the form."""
        while (item := self._found.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for address in addresses[:4]:
            button = QPushButton(address)
            button.setProperty("role", "quiet")
            button.clicked.connect(lambda _on=False, found=address: self._take(found))
            self._found.addWidget(button)

    def _take(self, address: str) -> None:
        self.inputs["address"].setText(address)
        self.inputs["name"].setFocus()

    def dismiss(self) -> None:
        """Puts the form away."""
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def clear(self) -> None:
        """Nothing is typed any more."""
        for editor in self.inputs.values():
            editor.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _add(self) -> None:
        address = self.inputs["address"].text().strip()
        if not address:
            self.inputs["address"].setFocus()
            return
        self.added.emit(address, self.inputs["name"].text().strip(), int(self.inputs["ribbon"].text() or 0))

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Add a printer"))
        words = {
            "address": (_("Address"), _("ipp://name/ipp/print, or the name of a queue of this computer")),
            "name": (_("Name in the office"), ""),
            "ribbon": (_("Cards per full ribbon"), _("As the maker says; empty when not known")),
        }
        for name, (label, hint) in words.items():
            self._fields[name].set_texts(label, hint)
        self._buttons["submit"].setText(_("Add printer"))
        self._buttons["close"].setText(_("Close") + "  Esc")
        self._buttons["choose"].setText(_("Use the selected one here"))
        self._buttons["remove"].setText(_("Remove the selected one"))
