"""Which stage's work is at fault and what is wrong with it: chosen by arrow keys, with a note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from ui.language import _
from ui.widgets.field import Field
from ui.widgets.text import Text
from ui.words import stage_name
from ui.words.defects import defect_text
from workstation.domain.stages import Stage
from workstation.workflow.review.checks import DEFECTS

_CODE = Qt.ItemDataRole.UserRole


class ReturnPanel(QFrame):
    """confirmed(stage, defect code, note); dismissed(): the Cancel button."""

    confirmed = Signal(object, str, str)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("review.return")
        self.setProperty("surface", "card")
        self.note = QLineEdit()
        self.note.setObjectName("review.note")
        self.note.setMaxLength(200)
        self.note.textEdited.connect(lambda _text: self._clear_error())
        self.note.returnPressed.connect(self.confirm)
        self.list = QListWidget()
        self.list.setObjectName("review.defects")
        self.list.setAccessibleName(_("What is wrong"))
        self.list.setStyleSheet("QListView { padding: 3px; } QListView::item { min-height: 30px; }")
        for stage, codes in DEFECTS.items():
            heading = QListWidgetItem(stage_name(stage))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            font = self.list.font()
            font.setBold(True)
            heading.setFont(font)
            self.list.addItem(heading)
            for code in codes:
                item = QListWidgetItem(f"    {defect_text(code)}")
                item.setData(_CODE, (stage, code))
                self.list.addItem(item)
        self.list.currentRowChanged.connect(lambda _row: self._clear_error())
        self.list.itemActivated.connect(lambda _item: self.note.setFocus())
        self._note_field = Field(_("Note for the clerk"), self.note)
        cancel = QPushButton(_("Cancel") + "  Esc")
        cancel.setObjectName("review.return.cancel")
        cancel.clicked.connect(self.dismissed)
        accept = QPushButton(_("Return it"))
        accept.setObjectName("review.return.confirm")
        accept.setProperty("role", "primary")
        accept.clicked.connect(self.confirm)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(6)
        column.addWidget(Text(_("Return: what is wrong?"), "strong"))
        column.addWidget(self.list, 1)
        column.addWidget(self._note_field)
        column.addLayout(buttons)

    def ask(self) -> None:
        """Begins anew with the first defect chosen and the focus on the list."""
        self.note.clear()
        self._clear_error()
        self.list.setCurrentRow(1)
        self.list.setFocus()

    def confirm(self) -> None:
        """Tells the choice; "something else" needs a note."""
        row = self.list.currentRow()
        chosen = self.list.item(row).data(_CODE) if row >= 0 else None
        if chosen is None:
            return
        stage, code = chosen
        note = self.note.text().strip()
        if code == "other" and not note:
            self._note_field.set_error(_("Write what is wrong"))
            self.note.setFocus()
            return
        self.confirmed.emit(Stage(stage), code, note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the list goes on to the note."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self.note.setFocus()
        else:
            super().keyPressEvent(event)

    def _clear_error(self) -> None:
        self._note_field.set_error(None)
