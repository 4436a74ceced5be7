"""What a role sees of an application at a stage where it does no work: the strip above, and that others work here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.language import _
from ui.stages.page import PageAction, PageContext, StagePage
from ui.widgets.text import Text
from ui.words import stage_name
from workstation.domain.operator import Role
from workstation.domain.permissions import Verb, may
from workstation.domain.stages import ENDS, Stage
from workstation.workflow.claims import works_at
from workstation.workflow.header import Header


def only_looks(role: Role, stage: Stage) -> bool:
    """Whether that role has nothing to do at this stage: who takes applications in may open all of it."""
    return stage not in ENDS and not may(role, Verb.START) and not works_at(role, stage)


class LookOnlyPage(StagePage):
    """No command; nothing of the person but what the strip says."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._stage = Stage.INTAKE
        self._title = Text("", "title", wrap=True)
        self._title.setObjectName("look_only.title")
        self._sentence = Text("", "body", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addWidget(self._title)
        layout.addWidget(self._sentence)
        layout.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_application(self, header: Header) -> None:
        self._stage = header.stage
        self.retranslate()
        self.setFocus()

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # as StagePage has it
        return ()

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("{stage}: your role does not work here").format(stage=stage_name(self._stage)))
        self._sentence.set(
            _(
                "Number, name and stage are shown above. Whoever works at this stage opens it with form, photo and"
                " prints."
            )
        )
