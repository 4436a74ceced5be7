"""The quiet notice beside the form: somebody else in this office has this name and this date of birth."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui import theme
from ui.language import _
from ui.search.words import field_word
from ui.widgets.icons import Icon
from ui.widgets.text import ElidedText
from ui.words import stage_name
from workstation.workflow.search.duplicates import Duplicate


class LookAlikeNotice(QFrame):
    """Two lines, hidden while there is nobody. It takes no focus, asks for nothing and moves nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("intake.look_alike")
        self._who = ElidedText("", "secondary")
        self._who.setObjectName("intake.look_alike.who")
        self._agrees = ElidedText("", "secondary")
        self._agrees.setObjectName("intake.look_alike.agrees")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(Icon("people", theme.STATES["attention"][0], 20), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._who)
        lines.addWidget(self._agrees)
        row.addLayout(lines, 1)
        self.hide()

    def show_people(self, found: Sequence[Duplicate]) -> None:
        """Says who the likeliest is, how many more there are, and what agrees."""
        self.setVisible(bool(found))
        if not found:
            self._who.set("")
            self._agrees.set("")
            self.setAccessibleName("")
            return
        first = found[0]
        who = _("Also here: {name}, {number}, now at {stage}.").format(
            name=first.hit.name_lo or first.hit.name_latin,
            number=first.hit.number,
            stage=stage_name(first.hit.stage),
        )
        if len(found) > 1:
            who += " " + _("And {count} more.").format(count=len(found) - 1)
        fields = ", ".join(field_word(field) for field in (*first.agrees, *first.alike))
        self._who.set(who)
        self._agrees.set(_("Agrees: {fields}").format(fields=fields))
        self.setAccessibleName(self.text)

    @property
    def text(self) -> str:
        """What it says now; empty while hidden."""
        return f"{self._who.text()} {self._agrees.text()}".strip()
