"""A card of facts: rows of label and value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from ui.widgets.text import Text


class FactCard(QFrame):
    """`set_facts` replaces all rows; an empty value is shown as a dash."""

    def __init__(
        self, title: str = "", facts: Sequence[tuple[str, str]] = (), *, label_width: int = 150
    ) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._title = Text(title, "strong")
        self._label_width = label_width
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(16, 10, 16, 10)
        self._layout.setHorizontalSpacing(12)
        self._layout.setVerticalSpacing(2)
        self._layout.setColumnStretch(1, 1)
        self._layout.addWidget(self._title, 0, 0, 1, 2)
        self._end = 0
        self._rows: list[tuple[Text, Text]] = []
        self.set_title(title)
        self.set_facts(facts)

    def set_title(self, title: str) -> None:
        """The heading; none when empty."""
        self._title.set(title)
        self._title.setVisible(bool(title))

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """(label, value) from top to bottom."""
        while len(self._rows) > len(facts):
            for part in self._rows.pop():
                self._layout.removeWidget(part)
                part.deleteLater()
        while len(self._rows) < len(facts):
            label, value = Text("", "secondary", wrap=True), Text("", "body", wrap=True)
            label.setFixedWidth(self._label_width)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row = len(self._rows) + 1
            self._layout.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._layout.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
            self._rows.append((label, value))
        for (label, value), (name, content) in zip(self._rows, facts, strict=True):
            label.set(name)
            value.set(content or "–")
        self._layout.setRowStretch(self._end, 0)
        self._end = len(facts) + 1
        self._layout.setRowStretch(self._end, 1)
