"""One section of a form: its fields six columns wide, those that apply, and the mark of where a value came from."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import _, language
from ui.stages.intake.editors import Editor
from ui.widgets.badge import Badge
from ui.widgets.field import Field
from ui.widgets.text import ElidedText, Text
from workstation.domain.form import DOCUMENT, PRE_REGISTRATION, PROPOSED, FormSection

_COLUMNS = 6


class CheckField(QWidget):
    """A box that carries its own words, and below it what is wrong with it."""

    def __init__(self, label: str, box: QCheckBox) -> None:
        super().__init__()
        self._below = Text("", "error", wrap=True)
        self._below.hide()
        self._box = box
        box.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(box)
        column.addWidget(self._below)

    def set_error(self, text: str | None) -> None:
        """Shows what is wrong, or nothing."""
        self._below.set(text or "")
        self._below.setVisible(bool(text))
        self._box.setAccessibleDescription(text or "")


class SectionBox(QFrame):
    """The fields of one section. `arrange` shows those that apply, without gaps."""

    def __init__(self, section: FormSection, editors: Mapping[str, Editor]) -> None:
        super().__init__()
        self.section = section
        self.fields: dict[str, Field | CheckField] = {}
        self._arranged: tuple[str, ...] | None = None
        self.setProperty("surface", "card")
        self.badge = Badge("attention", "returned", "")
        self.badge.setObjectName(f"intake.returned.{section.name}")
        self.badge.hide()
        self.note = ElidedText("", "secondary")
        self.note.setObjectName(f"intake.note.{section.name}")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        for part in range(_COLUMNS):
            self._grid.setColumnStretch(part, 1)
        for field in section.fields:
            editor = editors[field.name]
            self.fields[field.name] = self._field(editor)
        self._build()

    def _build(self) -> None:
        title = Text(self.section.title.spoken(language()), "strong")
        if self.section.side == "foot":
            row = QHBoxLayout(self)
            row.setContentsMargins(16, 4, 16, 4)
            row.setSpacing(16)
            row.addWidget(title)
            row.addWidget(self.badge)
            row.addLayout(self._grid, 1)
            self.note.setParent(self)
            self.note.hide()
            return
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 8)
        column.setSpacing(2)
        heading = QHBoxLayout()
        heading.addWidget(title)
        heading.setSpacing(12)
        heading.addWidget(self.note, 1)
        heading.addWidget(self.badge)
        column.addLayout(heading)
        column.addLayout(self._grid)

    def _field(self, editor: Editor) -> Field | CheckField:
        label = editor.field.label.spoken(language())
        hint = editor.field.hint.spoken(language()) if editor.field.hint is not None else ""
        made: Field | CheckField
        if isinstance(editor.widget, QCheckBox):
            made = CheckField(label, editor.widget)
        else:
            made = Field(label, editor.widget, hint)
            mark = made.findChild(Badge)
            assert isinstance(mark, Badge)
            mark.setObjectName(f"intake.{editor.field.name}.source")
            # No higher than the label: the page must not move when a proposal comes or goes.
            mark.setFixedHeight(24)
        made.setParent(self)
        return made

    def say_source(self, name: str, source: str, *, waiting: bool) -> None:
        """Says beside a field's label where its value came from; nothing when it was typed.

        `waiting`: it was taken over and nobody has confirmed it.
        """
        words = {
            PROPOSED: ("waiting", _("Proposed")),
            DOCUMENT: ("action", _("From a document")),
            PRE_REGISTRATION: ("action", _("By app")),
        }
        kind, word = words.get(source, ("plain", ""))
        if waiting:
            kind = "attention"
            word = _("By app?") if source == PRE_REGISTRATION else _("Please confirm")
        field = self.fields[name]
        if isinstance(field, Field):
            field.set_source(word, kind)

    def arrange(self, shown: Collection[str]) -> bool:
        """Shows these fields and hides the others; whether anything changed."""
        names = tuple(field.name for field in self.section.fields if field.name in shown)
        if names == self._arranged:
            return False
        self._arranged = names
        for made in self.fields.values():
            self._grid.removeWidget(made)
        row = column = 0
        for field in self.section.fields:
            self.fields[field.name].setVisible(field.name in names)
            if field.name not in names:
                continue
            if column + field.span > _COLUMNS:
                row, column = row + 1, 0
            self._grid.addWidget(self.fields[field.name], row, column, 1, field.span)
            column += field.span
        self.setVisible(bool(names))
        return True
