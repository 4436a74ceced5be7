"""The second person's name and password, beside whatever two people do."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui.language import _
from ui.messages import field_fault
from ui.widgets.field import Field
from ui.widgets.text import Text
from workstation.workflow.stock.witness import SecondPerson


class SecondPersonFields(QWidget):
    """Two fields; `name` begins the object names."""

    def __init__(self, name: str, first_person: str) -> None:
        super().__init__()
        self.username, self.password = QLineEdit(), QLineEdit()
        for part, editor in (("username", self.username), ("password", self.password)):
            editor.setObjectName(f"{name}.second_{part}")
            editor.setMaxLength(128)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._fields = {
            self.username: Field(_("Second person: user name"), self.username),
            self.password: Field(_("Second person: password"), self.password),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.addWidget(
            Text(
                _("First person: {name}. The second one is a colleague, never the same.").format(
                    name=first_person
                ),
                "secondary",
                wrap=True,
            ),
            0,
            0,
            1,
            2,
        )
        for column, field in enumerate(self._fields.values()):
            grid.addWidget(field, 1, column)

    @property
    def person(self) -> SecondPerson:
        """What was typed."""
        return SecondPerson(self.username.text().strip(), self.password.text())

    def complete(self) -> bool:
        """Whether both are there; what is not is marked and gets the focus."""
        empty = [editor for editor in self._fields if not editor.text().strip()]
        for editor, field in self._fields.items():
            field.set_error(field_fault("missing") if editor in empty else None)
        if empty:
            empty[0].setFocus()
        return not empty

    def try_again(self) -> None:
        """The password was not right, or not hers."""
        self.password.clear()
        self.password.setFocus()
