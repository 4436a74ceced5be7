"""The users of the office: a list, and a form that adds one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.language import _
from ui.messages import explain, field_fault
from ui.stages.page import PageAction, PageContext
from ui.widgets.field import Field
from ui.widgets.strip import Strip
from ui.widgets.table import dress_table
from ui.widgets.text import Text
from ui.words import role_name
from workstation.domain.operator import SIGN_IN_ROLES, Operator, Role
from workstation.domain.refused import Reason, Refused
from workstation.workflow.operators import add_operator, list_operators

_SECRET = ("password", "password_again")


class OperatorsPage(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._operators: tuple[Operator, ...] = ()
        self._busy = False
        # Field -> code of its fault, to say it again in another language.
        self._faulty: dict[str, str] = {}
        self._title = Text("", "title")
        self._form_title = Text("", "strong")
        self._strip = Strip("operators.strip")
        self.table = QTableWidget(0, 3)
        self.table.setObjectName("operators.table")
        dress_table(self.table)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.role = QComboBox()
        self.role.setObjectName("operators.role")
        self.inputs = {name: QLineEdit() for name in ("display_name", "username", *_SECRET)}
        for name, editor in self.inputs.items():
            editor.setObjectName(f"operators.{name}")
            editor.setMaxLength(64 if name == "username" else 200)
            if name in _SECRET:
                editor.setEchoMode(QLineEdit.EchoMode.Password)
        self._fields = {name: Field("", editor) for name, editor in self.inputs.items()}
        self._fields["role"] = Field("", self.role)
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        form = QFrame()
        form.setProperty("surface", "card")
        form.setFixedWidth(380)
        inside = QVBoxLayout(form)
        inside.setContentsMargins(16, 12, 16, 16)
        inside.setSpacing(8)
        inside.addWidget(self._form_title)
        for name in ("display_name", "username", "role", *_SECRET):
            inside.addWidget(self._fields[name])
        inside.addWidget(self._strip)
        inside.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self._title)
        left.addWidget(self.table, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(12)
        layout.addLayout(left, 1)
        layout.addWidget(form)

    def enter(self) -> None:
        """Reads the users; the form's first field has the focus."""
        self._read()
        self.inputs["display_name"].setFocus()

    def page_actions(self) -> tuple[PageAction, ...]:
        """Add the user that the form describes."""
        return (PageAction("add", _("Add user"), "Ctrl+Return", not self._busy, True, self._add),)

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Users of this office"))
        self._form_title.set(_("New user"))
        words = {
            "display_name": (_("Name as shown on slips"), ""),
            "username": (_("User name"), ""),
            "role": (_("Role"), ""),
            "password": (_("Password"), _("At least 10 characters")),
            "password_again": (_("Password again"), ""),
        }
        for name, (label, hint) in words.items():
            self._fields[name].set_texts(label, hint)
        self._show_faults()
        chosen = self.role.currentData() or Role.CLERK
        self.role.clear()
        for role in SIGN_IN_ROLES:
            self.role.addItem(role_name(role), role)
        self.role.setCurrentIndex(self.role.findData(chosen))
        self.table.setAccessibleName(_("Users of this office"))
        self.table.setHorizontalHeaderLabels([_("Name"), _("User name"), _("Role")])
        self._show(self._operators)

    def _read(self) -> None:
        office, who = self._context.office, self._context.who
        self._context.background.run(
            "database", lambda: list_operators(office, who), done=self._show, failed=self.failed.emit
        )

    def _show(self, operators: tuple[Operator, ...]) -> None:
        self._operators = operators
        self.table.setRowCount(len(operators))
        for line, operator in enumerate(operators):
            for column, text in enumerate(
                (operator.display_name, operator.username, role_name(operator.role))
            ):
                self.table.setItem(line, column, QTableWidgetItem(text))

    def _add(self) -> None:
        texts = {name: editor.text() for name, editor in self.inputs.items()}
        faults = {name: "missing" for name, text in texts.items() if not text.strip()}
        if not faults and texts["password"] != texts["password_again"]:
            faults["password_again"] = "not-the-same"
        self._mark(faults)
        if faults or self._busy:
            return
        self._set_busy(True)
        office, who, role = self._context.office, self._context.who, Role(self.role.currentData())
        self._context.background.run(
            "database",
            lambda: add_operator(
                office,
                who,
                username=texts["username"],
                display_name=texts["display_name"],
                role=role,
                password=texts["password"],
            ),
            done=self._added,
            failed=self._refused,
        )

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.actions_changed.emit()

    def _show_faults(self) -> None:
        for name, field in self._fields.items():
            field.set_error(field_fault(self._faulty[name]) if name in self._faulty else None)

    def _mark(self, faults: dict[str, str]) -> None:
        self._strip.clear()
        self._faulty = faults
        self._show_faults()
        if faults:
            self._fields[next(name for name in self._fields if name in faults)].setFocus()

    def _added(self, operator: Operator) -> None:
        self._set_busy(False)
        for editor in self.inputs.values():
            editor.clear()
        self.inputs["display_name"].setFocus()
        self.done.emit(_("{name} can sign in now").format(name=operator.display_name))
        self._read()

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, Refused) and error.reason is Reason.PASSWORD_TOO_SHORT:
            self._mark({"password": "too-short"})
        elif isinstance(error, Refused) and error.reason is Reason.USERNAME_TAKEN:
            self._mark({"username": "taken"})
        else:
            self._strip.say("stopped", explain(error).text)
