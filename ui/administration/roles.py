"""Who may do what: the table of permissions as the program asks it, the reader's own column first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ui.language import _
from ui.stages.page import PageAction, PageContext
from ui.widgets.table import dress_table
from ui.widgets.text import Text
from ui.words import role_name
from ui.words.permissions import verb_name
from workstation.domain.operator import SIGN_IN_ROLES
from workstation.domain.permissions import PERMISSIONS, Verb, may


class RolesPage(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's; it reads nothing and changes nothing."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        own = context.who.operator.role
        self._roles = (own, *(role for role in SIGN_IN_ROLES if role is not own))
        self._verbs = sorted(Verb, key=lambda verb: not may(own, verb))
        self._title = Text("", "title")
        self._sentence = Text("", "secondary", wrap=True)
        self.table = QTableWidget(len(self._verbs), 1 + len(self._roles))
        self.table.setObjectName("roles.table")
        dress_table(self.table)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        for part in (self._title, self._sentence):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        self.retranslate()

    def enter(self) -> None:
        """The table has the focus."""
        self.table.setFocus()
        self.table.selectRow(0)

    def page_actions(self) -> tuple[PageAction, ...]:
        """Nothing is done here."""
        return ()

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Who may do what"))
        self._sentence.set(_("What your role allows is marked first. The centre checks the same table."))
        self.table.setAccessibleName(_("Who may do what"))
        self.table.setHorizontalHeaderLabels([_("Action"), *(role_name(role) for role in self._roles)])
        for line, verb in enumerate(self._verbs):
            self.table.setItem(line, 0, QTableWidgetItem(verb_name(verb)))
            allowed = _("may, second person") if PERMISSIONS[verb].second_person else _("may")
            for column, role in enumerate(self._roles, 1):
                cell = QTableWidgetItem(allowed if may(role, verb) else "–")
                cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(line, column, cell)
