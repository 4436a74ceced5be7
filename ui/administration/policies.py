"""The policies of the office: every version, what it changed, and a file with a newer one, checked before it counts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ui.language import _
from ui.messages import explain
from ui.stages.page import PageAction, PageContext
from ui.widgets.field import Field
from ui.widgets.strip import Strip
from ui.widgets.table import dress_table
from ui.widgets.text import Text
from workstation import clock
from workstation.domain.permissions import Verb, may
from workstation.domain.policy import Policy
from workstation.workflow.policies import (
    Difference,
    PolicyVersion,
    bring_in_policy,
    check_policy,
    policies_of_office,
)

_LARGEST = 1 << 20  # bytes; a policy is a few thousand


class PoliciesPage(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._may_bring_in = may(context.who.operator.role, Verb.BRING_IN_POLICY)
        self._versions: tuple[PolicyVersion, ...] = ()
        # What was read and checked: exactly these bytes are put in force.
        self._checked: bytes | None = None
        self._changes: tuple[Difference, ...] = ()
        self._title = Text("", "title")
        self._changed = Text("", "strong")
        self._strip = Strip("policies.strip")
        self.versions = QTableWidget(0, 3)
        self.versions.setObjectName("policies.versions")
        self.differences = QTableWidget(0, 3)
        self.differences.setObjectName("policies.differences")
        for table in (self.versions, self.differences):
            dress_table(table)
            table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.versions.itemSelectionChanged.connect(self._selected)
        self.file = QLineEdit()
        self.file.setObjectName("policies.file")
        self.file.textEdited.connect(self._forget)
        self._field = Field("", self.file)
        self._field.setVisible(self._may_bring_in)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self.versions, 1)
        layout.addWidget(self._changed)
        layout.addWidget(self.differences, 2)
        layout.addWidget(self._field)
        layout.addWidget(self._strip)
        self.retranslate()

    def enter(self) -> None:
        """Reads the versions."""
        self._forget()
        self._read()
        self.versions.setFocus()

    def page_actions(self) -> tuple[PageAction, ...]:
        """Check the file that was named; then put it in force."""
        if not self._may_bring_in:
            return ()
        checked = self._checked is not None
        return (
            PageAction("policies.check", _("Check the file"), "F5", True, not checked, self._check),
            PageAction(
                "policies.bring_in", _("Put in force"), "Ctrl+Return", checked, checked, self._bring_in
            ),
        )

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Policies of this office"))
        self._field.set_texts(_("File of a new policy"), "")
        self.versions.setAccessibleName(_("Policies of this office"))
        self.versions.setHorizontalHeaderLabels([_("Version"), _("In force since"), _("State")])
        self.differences.setHorizontalHeaderLabels([_("Setting"), _("Before"), _("Now")])
        self._strip.clear()
        self._show(self._versions)

    def _read(self) -> None:
        office, who = self._context.office, self._context.who
        self._context.background.run(
            "database", lambda: policies_of_office(office, who), done=self._show, failed=self.failed.emit
        )

    def _show(self, versions: tuple[PolicyVersion, ...]) -> None:
        self._versions = versions
        self.versions.setRowCount(len(versions))
        for line, one in enumerate(versions):
            since = f"{one.in_force_since.astimezone(clock.OFFICE_ZONE):%d/%m/%Y %H:%M}"
            for column, text in enumerate((one.version, since, _("in force") if one.in_force else _("past"))):
                self.versions.setItem(line, column, QTableWidgetItem(text))
        if versions:
            self.versions.selectRow(0)
        self._selected()

    def _selected(self) -> None:
        line = self.versions.currentRow()
        if self._checked is not None:
            title, shown = _("What the new file changes"), self._changes
        elif 0 <= line < len(self._versions):
            one = self._versions[line]
            title, shown = _("What {version} changed").format(version=one.version), one.differences
        else:
            title, shown = "", ()
        self._changed.set(title)
        self.differences.setAccessibleName(title)
        self.differences.setRowCount(len(shown))
        for row, change in enumerate(shown):
            for column, text in enumerate((change.key, change.before or "–", change.after or "–")):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.differences.setItem(row, column, item)

    def _forget(self) -> None:
        self._checked, self._changes = None, ()
        self._strip.clear()
        self._selected()
        self.actions_changed.emit()

    def _check(self) -> None:
        office, who, path = self._context.office, self._context.who, Path(self.file.text().strip())

        def read() -> tuple[bytes, tuple[Difference, ...]]:
            with path.open("rb") as file:
                document = file.read(_LARGEST)
            return document, check_policy(office, who, document)

        self._forget()
        self._context.background.run("database", read, done=self._accepted, failed=self._refused)

    def _accepted(self, found: tuple[bytes, tuple[Difference, ...]]) -> None:
        self._checked, self._changes = found
        self._selected()
        self.actions_changed.emit()

    def _refused(self, error: Exception) -> None:
        self._strip.say("stopped", explain(error).text)

    def _bring_in(self) -> None:
        document, office, who = self._checked, self._context.office, self._context.who
        if document is not None:
            self._context.background.run(
                "database",
                lambda: bring_in_policy(office, who, document),
                done=self._brought_in,
                failed=self._refused,
            )

    def _brought_in(self, policy: Policy) -> None:
        self.file.clear()
        self._forget()
        self.done.emit(_("{version} is in force for new applications").format(version=policy.version))
        self._read()
