"""The intake form: its fields in reading order, what was typed in them, and the fault under each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.language import _, language
from ui.stages.intake.choice_box import ChoiceBox
from ui.stages.intake.faults import fault_text
from ui.widgets.badge import Badge
from ui.widgets.field import Field
from ui.widgets.text import Text
from ui.words.birth_date import to_draft, to_screen
from ui.words.choices import (
    Choice,
    district_choices,
    document_label,
    documents_of,
    documents_text,
    ethnic_group_choices,
    honorific_choices,
    nationality_choices,
    province_choices,
    sex_choices,
)
from ui.words.defects import FIELDS_OF_DEFECT, defect_text
from ui.words.fields import field_label
from workstation.domain.applicant import DOCUMENTS, FIELDS
from workstation.lao.dates import ascii_digits

# Row by row (name, columns out of six): the person on the left, household and address on the right.
_PERSON: tuple[tuple[tuple[str, int], ...], ...] = (
    (("given_name_lo", 3), ("given_name_latin", 3)),
    (("surname_lo", 3), ("surname_latin", 3)),
    (("honorific", 2), ("sex", 2), ("birth_date", 2)),
    (("place_of_birth", 3), ("telephone", 3)),
    (("origin", 2), ("nationality", 2), ("ethnic_group", 2)),
)
_HOUSEHOLD: tuple[tuple[tuple[str, int], ...], ...] = (
    (("household_number", 2), ("province_code", 4)),
    (("district_code", 3), ("village", 3)),
    (("house_number", 3), ("unit", 3)),
)
_DIGITS = ("telephone", "household_number", "house_number", "unit")


class IntakeForm(QWidget):
    """edited(): something was typed or chosen. focus_left(field): the clerk went on to another field."""

    edited = Signal()
    focus_left = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._editors: dict[str, QLineEdit | ChoiceBox] = {}
        self._boxes: dict[str, QCheckBox] = {}
        self._fields: dict[str, Field] = {}
        self._badges: dict[str, Badge] = {}
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(24)
        columns.addWidget(self._section("person", _("Personal data"), _PERSON), 1)
        household = self._section("household", _("Household and address"), _HOUSEHOLD)
        self._add_documents(household)
        columns.addWidget(household, 1)

    def _section(self, name: str, title: str, rows: tuple[tuple[tuple[str, int], ...], ...]) -> QWidget:
        section = QFrame()
        section.setProperty("surface", "card")
        column = QVBoxLayout(section)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(4)
        heading = QHBoxLayout()
        heading.addWidget(Text(title, "strong"))
        heading.addStretch(1)
        self._badges[name] = Badge("attention", "returned", "")
        self._badges[name].setObjectName(f"intake.returned.{name}")
        self._badges[name].hide()
        heading.addWidget(self._badges[name])
        column.addLayout(heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for part in range(6):
            grid.setColumnStretch(part, 1)
        for number, row in enumerate(rows):
            start = 0
            for name, span in row:
                grid.addWidget(self._field(name), number, start, 1, span)
                start += span
        column.addLayout(grid)
        column.addStretch(1)
        return section

    def _field(self, name: str) -> Field:
        choices: dict[str, Callable[[], tuple[Choice, ...]]] = {
            "honorific": honorific_choices,
            "sex": sex_choices,
            "nationality": nationality_choices,
            "ethnic_group": ethnic_group_choices,
            "province_code": province_choices,
            "district_code": lambda: district_choices(""),
        }
        editor: QLineEdit | ChoiceBox
        if name in choices:
            editor = ChoiceBox()
            editor.set_choices(choices[name](), language())
            editor.currentIndexChanged.connect(lambda _row: self._chosen(name))
        else:
            editor = QLineEdit()
            editor.setMaxLength(200)
            editor.textEdited.connect(lambda _text: self.edited.emit())
        label = field_label(name)
        editor.setObjectName(f"intake.{name}")
        editor.setAccessibleName(label)
        editor.installEventFilter(self)
        if name == "birth_date" and isinstance(editor, QLineEdit):
            editor.setPlaceholderText(_("day/month/year"))
            editor.setToolTip(_("Write ? for an unknown day or month: ?/?/1960"))
        self._editors[name] = editor
        self._fields[name] = Field(label, editor)
        return self._fields[name]

    def _add_documents(self, section: QWidget) -> None:
        room = QWidget()
        grid = QGridLayout(room)
        grid.setContentsMargins(6, 0, 6, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        for number, code in enumerate(DOCUMENTS):
            box = QCheckBox(document_label(code))
            box.setObjectName(f"intake.documents.{code}")
            box.setAccessibleName(document_label(code))
            box.setMinimumHeight(32)
            box.toggled.connect(lambda _on: self.edited.emit())
            box.installEventFilter(self)
            self._boxes[code] = box
            grid.addWidget(box, number // 2, number % 2)
        self._fields["documents"] = Field(field_label("documents"), room, "")
        layout = section.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, self._fields["documents"])

    def _chosen(self, name: str) -> None:
        if name == "province_code":
            district = self._choice("district_code")
            district.set_code("")
            district.set_choices(district_choices(self._choice(name).code()), language())
        self.edited.emit()

    def _choice(self, name: str) -> ChoiceBox:
        editor = self._editors[name]
        assert isinstance(editor, ChoiceBox)
        return editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tells which field the focus left; to another window or to the field's own list is not leaving it."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            staying = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if event.reason() not in staying and watched in self._boxes.values():
                # Which box comes next is known only after this event; from box to box is still the same field.
                QTimer.singleShot(0, self, self._box_left)
            elif event.reason() not in staying:
                self.focus_left.emit(watched.objectName().removeprefix("intake."))
        return False

    def _box_left(self) -> None:
        if self.focusWidget() not in self._boxes.values():
            self.focus_left.emit("documents")

    def typed(self, name: str) -> str:
        """The text on the screen in a text field, the code in a list."""
        editor = self._editors.get(name)
        if editor is None:
            return ""
        return editor.code() if isinstance(editor, ChoiceBox) else editor.text()

    def fields(self) -> dict[str, str]:
        """Everything typed, in the form that drafts are kept in; empty fields are left out."""
        found: dict[str, str] = {}
        for name in FIELDS:
            if name == "documents":
                text = documents_text(code for code, box in self._boxes.items() if box.isChecked())
            elif name == "birth_date":
                text = to_draft(self.typed(name))
            else:
                text = self.typed(name)
                text = ascii_digits(text) if name in _DIGITS else text
            if text:
                found[name] = text
        return found

    def fill(self, fields: Mapping[str, str]) -> None:
        """Shows a draft. Nothing is told as edited."""
        self._choice("district_code").set_code("")
        self._choice("district_code").set_choices(
            district_choices(fields.get("province_code", "")), language()
        )
        for name, editor in self._editors.items():
            stored = fields.get(name, "")
            if isinstance(editor, ChoiceBox):
                editor.set_code(stored)
            else:
                editor.setText(to_screen(stored) if name == "birth_date" else stored)
        shown = documents_of(fields.get("documents", ""))
        for code, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setChecked(code in shown)

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Puts each fault's sentence under its field and clears the others."""
        for name, field in self._fields.items():
            code = faults.get(name)
            field.set_error(fault_text(name, code, self.typed(name)) if code else None)

    def show_defects(self, codes: Sequence[str]) -> None:
        """Says beside the section's title what a reviewer sent back."""
        household = {name for row in _HOUSEHOLD for name, _span in row} | {"documents"}
        words: dict[str, list[str]] = {name: [] for name in self._badges}
        for code in codes:
            for section in {
                "household" if f in household else "person" for f in FIELDS_OF_DEFECT.get(code, ())
            }:
                words[section].append(defect_text(code))
        for section, badge in self._badges.items():
            badge.set("attention", "returned", ", ".join(words[section]))
            badge.setVisible(bool(words[section]))

    def set_editable(self, editable: bool) -> None:
        """A read-only form shows everything and takes nothing."""
        for editor in self._editors.values():
            if isinstance(editor, QLineEdit):
                editor.setReadOnly(not editable)
            else:
                editor.setEnabled(editable)
        for box in self._boxes.values():
            box.setEnabled(editable)

    def focus_on(self, name: str) -> None:
        """Puts the focus into a field."""
        target = self._boxes[DOCUMENTS[0]] if name == "documents" else self._editors[name]
        target.setFocus()
        if isinstance(target, QLineEdit):
            # Never selected: the next letter would wipe out a name that is only to be mended.
            target.end(False)

    def first_of(self, names: Collection[str]) -> str | None:
        """The first of these fields in reading order."""
        order = [name for row in (*_PERSON, *_HOUSEHOLD) for name, _span in row]
        return next((name for name in [*order, "documents"] if name in names), None)
