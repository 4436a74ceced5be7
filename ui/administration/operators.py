"""The users of the office: a list with what keeps each one out, a form that adds one, one-time passwords."""

from __future__ import annotations

from datetime import date

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

from ui.administration.access_end import AccessEnd, access_words
from ui.administration.finger_dialog import FingerDialog
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
from workstation.workflow.operator_access import (
    OperatorAccess,
    accesses,
    limit_access,
    reset_password,
    unlock_operator,
)
from workstation.workflow.operators import add_operator
from workstation.workflow.sign_in_finger import finger_sign_in_allowed

_SECRET = ("password", "password_again")


class OperatorsPage(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._operators: tuple[OperatorAccess, ...] = ()
        self._busy = False
        self._by_finger = False
        # Field -> code of its fault, to say it again in another language.
        self._faulty: dict[str, str] = {}
        self._title = Text("", "title")
        self._form_title = Text("", "strong")
        self._strip = Strip("operators.strip")
        self._told = Strip("operators.told")
        self.access_end = AccessEnd()
        self.access_end.chosen.connect(self._limit)
        self.table = QTableWidget(0, 4)
        self.table.setObjectName("operators.table")
        dress_table(self.table)
        self.table.itemSelectionChanged.connect(self._selected)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.role = QComboBox()
        self.role.setObjectName("operators.role")
        self.inputs = {name: QLineEdit() for name in ("display_name", "username", *_SECRET)}
        for name, editor in self.inputs.items():
            editor.setObjectName(f"operators.{name}")
            if name in _SECRET:
                # Never cut short: a password that is too long is refused.
                editor.setEchoMode(QLineEdit.EchoMode.Password)
            else:
                editor.setMaxLength(64 if name == "username" else 200)
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
        left.addWidget(self._told)
        left.addWidget(self.table, 1)
        left.addWidget(self.access_end)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(12)
        layout.addLayout(left, 1)
        layout.addWidget(form)

    def enter(self) -> None:
        """Reads the users; the form's first field has the focus."""
        self._told.clear()
        self._read()
        self.inputs["display_name"].setFocus()

    def page_actions(self) -> tuple[PageAction, ...]:
        """Add the user that the form describes; unlock the chosen one, or give a one-time password."""
        chosen = self._chosen()
        locked = chosen is not None and chosen.locked_minutes > 0
        return (
            PageAction("add", _("Add user"), "Ctrl+Return", not self._busy, True, self._add),
            PageAction("unlock", _("Unlock user"), "F6", locked and not self._busy, False, self._unlock),
            PageAction(
                "one_time",
                _("One-time password"),
                "F7",
                chosen is not None and not self._busy,
                False,
                self._reset,
            ),
            *((self._fingers_action(chosen),) if self._by_finger else ()),
        )

    def _fingers_action(self, chosen: OperatorAccess | None) -> PageAction:
        own = self._context.who.operator.id
        other = chosen is not None and chosen.operator.active and chosen.operator.id != own
        may_now = other and not self._busy
        return PageAction("fingers", _("Fingers for sign-in"), "F8", may_now, False, self._open_fingers)

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Users of this office"))
        self._form_title.set(_("New user"))
        words = {
            "display_name": (_("Name as shown on slips"), ""),
            "username": (_("User name"), ""),
            "role": (_("Role"), ""),
            "password": (_("Password"), _("At least 10 characters; must be changed at the first sign-in")),
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
        self.table.setHorizontalHeaderLabels([_("Name"), _("User name"), _("Role"), _("Access")])
        self.access_end.retranslate()
        self._show(self._operators)

    def _read(self) -> None:
        office, who = self._context.office, self._context.who

        def read(found: tuple[tuple[OperatorAccess, ...], bool]) -> None:
            operators, self._by_finger = found
            self._show(operators)

        self._context.background.run(
            "database",
            lambda: (accesses(office, who), finger_sign_in_allowed(office)),
            done=read,
            failed=self.failed.emit,
        )

    def _open_fingers(self) -> None:
        chosen = self._chosen()
        if chosen is None or self._busy:
            return

        def told(text: str) -> None:
            self.done.emit(text)
            self._read()

        dialog = FingerDialog(self, self._context, chosen)
        dialog.done_with.connect(told)
        dialog.open()

    def _show(self, operators: tuple[OperatorAccess, ...]) -> None:
        self._operators = operators
        self.table.setRowCount(len(operators))
        for line, access in enumerate(operators):
            operator = access.operator
            texts = (operator.display_name, operator.username, role_name(operator.role), access_words(access))
            for column, text in enumerate(texts):
                self.table.setItem(line, column, QTableWidgetItem(text))
        self.actions_changed.emit()

    def _chosen(self) -> OperatorAccess | None:
        lines = self.table.selectionModel().selectedRows()
        return self._operators[lines[0].row()] if lines and lines[0].row() < len(self._operators) else None

    def _selected(self) -> None:
        self.access_end.show_access(self._chosen())
        self.actions_changed.emit()

    def _limit(self, until: date | None) -> None:
        chosen = self._chosen()
        if chosen is None or self._busy:
            return
        office, who, operator = self._context.office, self._context.who, chosen.operator

        def limited(_none: None) -> None:
            self._set_busy(False)
            self.done.emit(_("The access of {name} is set").format(name=operator.display_name))
            self._read()

        self._set_busy(True)
        self._context.background.run(
            "database",
            lambda: limit_access(office, who, operator.id, until),
            done=limited,
            failed=self._refused,
        )

    def _unlock(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        office, who, operator = self._context.office, self._context.who, chosen.operator

        def unlocked(_none: None) -> None:
            self._set_busy(False)
            self.done.emit(_("{name} can try again now").format(name=operator.display_name))
            self._read()

        self._set_busy(True)
        self._context.background.run(
            "database",
            lambda: unlock_operator(office, who, operator.id),
            done=unlocked,
            failed=self._refused,
        )

    def _reset(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        office, who, operator = self._context.office, self._context.who, chosen.operator

        def told(code: str) -> None:
            self._set_busy(False)
            text = _("One-time password of {name}: {code}. It is shown once; write it down and hand it over.")
            self._told.say("attention", text.format(name=operator.display_name, code=code), close=_("Close"))
            self._read()

        self._set_busy(True)
        self._context.background.run(
            "database",
            lambda: reset_password(office, who, operator.id),
            done=told,
            failed=self._refused,
        )

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
                must_change=True,
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
        elif isinstance(error, Refused) and error.reason is Reason.PASSWORD_TOO_LONG:
            self._mark({"password": "too-long"})
        elif isinstance(error, Refused) and error.reason is Reason.PASSWORD_TOO_COMMON:
            self._mark({"password": "too-common"})
        elif isinstance(error, Refused) and error.reason is Reason.USERNAME_TAKEN:
            self._mark({"username": "taken"})
        else:
            self._strip.say("stopped", explain(error).text)
