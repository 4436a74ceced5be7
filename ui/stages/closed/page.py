"""The page of an application that has ended: how, and what that means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui import theme
from ui.background import Job
from ui.language import _
from ui.stages.hand_over.two_dialog import Asked, TwoDialog
from ui.stages.page import PageAction, PageContext, StagePage
from ui.widgets.facts import FactCard
from ui.widgets.icons import Icon
from ui.widgets.slip import SlipDialog, slip_name
from ui.widgets.text import Text
from ui.words import stage_name
from ui.words.defects import defect_text
from ui.words.registry import refusal_words
from workstation import clock
from workstation.domain.hand_over import RECALL_DEFECTS
from workstation.domain.permissions import Verb, may
from workstation.domain.stages import Stage
from workstation.workflow.hand_over.recall import recall_card
from workstation.workflow.hand_over.view import printed_receipt
from workstation.workflow.header import Header
from workstation.workflow.review.ending import Ending, ending


class ClosedPage(StagePage):
    """Shows the end that was reached; read-only."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._header: Header | None = None
        self._ending: Ending | None = None
        self._job: Job | None = None
        self._icon = Icon("good", theme.STATES["good"][0], 48)
        self._title = Text("", "title")
        self._title.setObjectName("closed.title")
        self._sentence = Text("", "body", wrap=True)
        self._sentence.setObjectName("closed.sentence")
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        self._facts = FactCard(label_width=150)
        self._facts.setObjectName("closed.facts")
        self._facts.setMaximumWidth(760)
        layout.setSpacing(16)
        layout.addLayout(row)
        layout.addWidget(self._facts)
        layout.addStretch(1)

    def show_application(self, header: Header) -> None:
        self.leave()
        self._header, self._ending = header, None
        self.retranslate()
        self.actions_changed.emit()
        office = self.context.office
        self._job = self.context.background.run(
            "database",
            lambda: ending(office, header.application_id),
            done=self._ended,
            failed=self.failed.emit,
        )

    def _ended(self, found: Ending | None) -> None:
        self._ending = found
        self.retranslate()

    def leave(self) -> None:
        """An answer still under way is dropped."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # commands of ours, no QActions
        given = self._header is not None and self._header.stage is Stage.CLOSED
        if not given:
            return ()
        receipt = PageAction("receipt", _("Receipt"), "F7", True, False, self._show_receipt)
        if not may(self.context.who.operator.role, Verb.RECALL_CARD):
            return (receipt,)
        return (PageAction("recall", _("The card is wrong"), "F6", True, False, self._recall), receipt)

    def _show_receipt(self) -> None:
        """The receipt once more: the first one was lost, or the program ended before it was shown."""
        if self._header is None:
            return
        office, held = self.context.office, self._header

        def shown(pdf: bytes | None) -> None:
            if pdf is not None:
                name = slip_name(held.number)
                SlipDialog(self.window(), _("Receipt"), name, pdf, self.context.background).open()

        self._job = self.context.background.run(
            "database",
            lambda: printed_receipt(office, held.application_id),
            done=shown,
            failed=self.failed.emit,
        )

    def _recall(self) -> None:
        """Names the defect and the stage at fault; a supervisor agrees; the correction is opened."""
        if self._header is None:
            return
        office, who, application_id = self.context.office, self.context.who, self._header.application_id
        begun: list[str] = []

        def work(asked: Asked) -> None:
            stage, code = str(asked.choice).split("/")
            done = recall_card(office, who, application_id, Stage(stage), code, asked.reason, asked.second)
            begun.append(done.application_id)

        dialog = TwoDialog(
            self.window(),
            self.context,
            "closed.recall",
            _("Recall this card"),
            _(
                "The card is suspended at the centre, and a correction without a fee begins. A supervisor agrees"
                " here; the wrong card is taken when the new one is given."
            ),
            work,
            choices=[
                (f"{stage_name(stage)}: {defect_text(code)}", f"{stage.value}/{code}")
                for stage, codes in RECALL_DEFECTS.items()
                for code in codes
            ],
            reason=_("Note"),
            reason_free=True,
        )

        def accepted() -> None:
            self.done.emit(_("The card was recalled; this is its correction"))
            self.turn_to.emit(begun[-1])

        dialog.accepted.connect(accepted)
        dialog.open()

    def retranslate(self) -> None:
        if self._header is None:
            return
        stage = self._header.stage
        kind = "good" if stage is Stage.CLOSED else "plain" if stage is Stage.WITHDRAWN else "attention"
        self._icon.set("good" if kind == "good" else kind, theme.STATES[kind][0])
        self._title.set(stage_name(stage))
        self._sentence.set(
            {
                Stage.CLOSED: _(
                    "The card is in the holder's hand. The registry is told as soon as there is a line."
                ),
                Stage.REFERRED: _("The person was sent to the office of the household with a referral slip."),
                Stage.WITHDRAWN: _("The application was withdrawn. A new one can be started at any time."),
                Stage.REJECTED: _("The reviewer rejected the application. The reason is in its record."),
                Stage.REFUSED_BY_REGISTRY: _(
                    "The central registry refused the application. No card is made."
                ),
            }.get(stage, "")
        )
        found = self._ending
        if found is not None:
            if stage is Stage.REFUSED_BY_REGISTRY:
                reason, next_step = refusal_words(found.reason)
                rows = [(_("The centre's reason"), reason), (_("What to do"), next_step)]
            else:
                rows = [(_("Reason"), found.reason)] if found.reason else []
            rows += [(_("By"), found.by)] if found.by else []
            rows.append((_("When"), f"{found.at.astimezone(clock.OFFICE_ZONE):%d/%m/%Y %H:%M}"))
            self._facts.set_facts(rows)
        self._facts.setVisible(found is not None and stage is not Stage.CLOSED)
