"""What is shown instead of a stage's page while somebody else works on the application: who, since when, what can
be done, and what of one's own came too late."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui import theme
from ui.language import _
from ui.queue.words import aside_facts, take_over_reason, taken_text
from ui.stages.page import PageAction, PageContext, StagePage
from ui.widgets.facts import FactCard
from ui.widgets.icons import Icon
from ui.widgets.reason_panel import ReasonPanel
from ui.widgets.text import Text
from ui.words import stage_name, waiting_time
from workstation import clock
from workstation.domain.permissions import Verb, may
from workstation.domain.take_over import TakeOverReason
from workstation.workflow import claims
from workstation.workflow.claims import Standing
from workstation.workflow.header import Header


class HeldPage(StagePage):
    """Read-only; turn_to(id) when it is free, or was taken over, and can be opened."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._header: Header | None = None
        self._standing = Standing(False)
        self._busy = False
        self._icon = Icon("lock", theme.STATES["waiting"][0], 48)
        self._title = Text("", "title", wrap=True)
        self._title.setObjectName("held.title")
        self._sentence = Text("", "body", wrap=True)
        self._sentence.setObjectName("held.sentence")
        self._aside = FactCard()
        self._aside.setObjectName("held.aside")
        self._panel = ReasonPanel("held.take_over")
        self._panel.confirmed.connect(self._take_over)
        self._panel.dismissed.connect(self.actions_changed)
        words = QVBoxLayout()
        words.setSpacing(8)
        for part in (self._title, self._sentence, self._panel, self._aside):
            words.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addLayout(row)
        layout.addStretch(1)

    def show_application(self, header: Header) -> None:
        self._header = header
        self._busy = False
        self._panel.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def show_standing(self, standing: Standing) -> None:
        """Who holds it now."""
        self._standing = standing
        self.retranslate()
        self.actions_changed.emit()

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # commands of ours, no QActions
        """Take over with a reason (supervisors), open when it is free."""
        if not self._panel.isHidden():
            return (PageAction("cancel", _("Cancel"), "Esc", True, False, self._panel.dismiss),)
        supervisor = may(self.context.who.operator.role, Verb.TAKE_OVER)
        foreign = self._standing.foreign
        take = PageAction("take_over", _("Take over"), "F9", foreign and not self._busy, False, self._ask)
        open_ = PageAction("reopen", _("Open"), "Ctrl+Return", not foreign, True, self._reopen)
        return (take, open_) if supervisor else (open_,)

    def _ask(self) -> None:
        self._panel.ask(
            _("Why do you take this application from {name}?").format(name=self._standing.name),
            _("Note, if one is needed"),
            _("Take over"),
            tuple((reason.value, take_over_reason(reason)) for reason in TakeOverReason),
            needs_note=(TakeOverReason.OTHER.value,),
        )
        self.actions_changed.emit()

    def _take_over(self, answer: str) -> None:
        if self._header is None:
            return
        code, _colon, note = answer.partition(": ")
        reason = TakeOverReason(code)
        office, who, application_id = self.context.office, self.context.who, self._header.application_id
        self._busy = True
        self.actions_changed.emit()

        def failed(error: Exception) -> None:
            self._busy = False
            self.actions_changed.emit()
            self.failed.emit(error)

        self.context.background.run(
            "database",
            lambda: claims.take_over(office, who, application_id, reason, note),
            done=lambda _standing: self.turn_to.emit(application_id),
            failed=failed,
        )

    def _reopen(self) -> None:
        if self._header is not None:
            self.turn_to.emit(self._header.application_id)

    def leave(self) -> None:
        """Puts the question away."""
        self._panel.hide()

    def retranslate(self) -> None:
        """Every word again."""
        if self._header is None:
            return
        standing = self._standing
        if standing.since is None:
            self._title.set(_("Nobody works on this application now"))
            self._sentence.set(_("Open it to go on with it."))
        else:
            since = standing.since.astimezone(clock.OFFICE_ZONE).strftime("%H:%M")
            waited = waiting_time((clock.now() - standing.since).total_seconds())
            texts = (
                _("{name} took this application over at {time}")
                if standing.lost
                else _("{name} has worked on this application since {time}")
            )
            self._title.set(f"{texts.format(name=standing.name, time=since)} ({waited})")
            told = (
                _(
                    "This station was silent too long, or a supervisor decided so. Nothing of theirs was overwritten."
                )
                if standing.lost
                else _("It can be opened here as soon as they let go of it.")
            )
            if standing.taken is not None:
                told = f"{taken_text(standing.taken)} {_('Nothing of theirs was overwritten.')}"
            stage = _("Stage: {stage}.").format(stage=stage_name(self._header.stage))
            self._sentence.set(f"{stage} {told}")
        fields: Mapping[str, str] = {} if standing.aside is None else standing.aside.fields
        self._aside.set_title(_("Kept aside: what you typed and came too late"))
        self._aside.set_facts(aside_facts(fields))
        self._aside.setVisible(bool(fields))
