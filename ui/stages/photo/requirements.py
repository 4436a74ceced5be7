"""The requirements strip: one row for each, with mark, name, word and value."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui import theme
from ui.stages.photo.words import ADVICE_ORDER, measured, verdict_word
from ui.widgets.icons import Icon
from ui.widgets.text import Text
from ui.words.requirements import requirement_name
from workstation.biometrics.portrait.examine import Requirement, Verdict

KINDS = {
    Verdict.GREEN: "good",
    Verdict.AMBER: "attention",
    Verdict.RED: "stopped",
    Verdict.NOT_MEASURED: "todo",
}
_ROW = 34
# Room for the longest words of both languages, so that the live picture keeps its size.
_WIDTH = 384


class RequirementsStrip(QWidget):
    """Rows are made once for each requirement and then only change, so that nothing jumps while the picture moves."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photo.requirements")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFixedWidth(_WIDTH)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._rows: dict[str, tuple[Icon, Text, Text, Text]] = {}
        self._requirements: tuple[Requirement, ...] = ()
        for name in ADVICE_ORDER:
            self._add_row(name)
        self.retranslate()

    def _add_row(self, name: str) -> None:
        mark, title, word, value = Icon("todo", theme.BORDER), Text(), Text(), Text("", "secondary")
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = len(self._rows)
        for column, widget in enumerate((mark, title, word, value)):
            self._grid.addWidget(widget, row, column)
        self._grid.setRowMinimumHeight(row, _ROW)
        self._rows[name] = (mark, title, word, value)

    def show_requirements(self, requirements: tuple[Requirement, ...]) -> None:
        """An empty tuple: nothing was judged yet (or the picture stopped)."""
        self._requirements = requirements
        held = {requirement.name: requirement for requirement in requirements}
        for name in held:
            if name not in self._rows:
                self._add_row(name)
        for name, (mark, title, word, value) in self._rows.items():
            title.set(requirement_name(name))
            requirement = held.get(name)
            if requirement is None:
                mark.set("todo", theme.BORDER)
                word.set("–")
                word.setStyleSheet("")
                value.set("")
            else:
                kind = KINDS[requirement.verdict]
                mark.set(kind, theme.STATES[kind][0])
                word.set(verdict_word(requirement.verdict))
                word.setStyleSheet(f"color: {theme.STATES[kind][0]}; font-weight: 600;")
                value.set(measured(requirement))

    def retranslate(self) -> None:
        self.show_requirements(self._requirements)
