"""A program in which somebody designs without a pause, until it is killed: what it says has happened has happened.

    python -m tests.ui.designer.designing_process DATA

It begins a draft of the layout in use, or opens the one there is, and says "open N"; then it makes change after change,
each of which writes the next number into the draft's comment, saying "made N", and "kept N" once the designer knows it
to be in the database.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.layouts import NAME
from tests.ui.stages.counter_office import PASSPHRASE, PASSWORD
from ui.background import Background
from ui.designer.page import DesignerPage
from ui.designer.shelf import Entry
from ui.desk import Desk
from ui.stages.page import PageContext
from ui.theme import apply_theme
from workstation.settings import Settings
from workstation.startup import open_office
from workstation.workflow.layouts.drafts import begin_draft
from workstation.workflow.sign_in import sign_in

BETWEEN_MS = 3


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def number(comment: str) -> int:
    """What the comment of a draft counts to; 0 before the first change."""
    return int(comment) if comment.isdecimal() else 0


class Designing:
    """One sitting at the draft, with no end."""

    def __init__(self, data: Path) -> None:
        office = open_office(data, PASSPHRASE)
        who = sign_in(office, "admin", PASSWORD)
        draft = begin_draft(office, who, f"{NAME}@1")
        self.page = DesignerPage(PageContext(office, who, Background(), Desk(Settings()), None))
        self.page.resize(1290, 560)
        self.page.show()
        self.page.enter()
        entry = Entry("draft", draft.name, draft.name, 0, "draft", draft.kept_at, draft.revision)
        self.page.table.opened.emit(entry)
        self._timer = QTimer()
        self._timer.setInterval(BETWEEN_MS)
        self._timer.timeout.connect(self._change)
        self._timer.start()
        self._made = -1
        self.page.editor.keeping.changed.connect(self._kept)

    def _change(self) -> None:
        layout = self.page.editor.history.layout
        if layout is None or not self.page.editor.canvas.editable:
            return
        if self._made < 0:
            say(f"open {number(layout.comment)}")
        self._made = number(layout.comment) + 1
        self.page.editor.history.make(replace(layout, comment=str(self._made)))
        say(f"made {self._made}")

    def _kept(self) -> None:
        kept = self.page.editor.keeping._kept
        if kept is not None and self._made > 0:
            say(f"kept {number(kept.comment)}")


if __name__ == "__main__":
    application = QApplication([])
    apply_theme(application)
    designing = Designing(Path(sys.argv[1]))
    application.exec()
