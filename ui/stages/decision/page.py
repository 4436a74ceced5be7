"""The decision page: how far the centre's answer is, and that nobody needs to wait beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import _
from ui.messages import registry_fault
from ui.stages.decision.presenter import DecisionPresenter
from ui.stages.page import PageAction, PageContext, StagePage
from ui.stages.review.words import none_left
from ui.widgets.badge import Badge
from ui.widgets.facts import FactCard
from ui.widgets.icons import Icon
from ui.widgets.text import Text
from ui.words.registry import refusal_words
from workstation import clock
from workstation.domain.permissions import Verb, may
from workstation.domain.stages import Stage
from workstation.workflow.decision.view import DecisionView, Waiting
from workstation.workflow.header import Header
from workstation.workflow.print.card import grouped
from workstation.workflow.review.recall import Held, NextReview

WIDTH = 760


class DecisionPage(StagePage):
    """Refreshes itself each second; moves on by itself when the answer is there."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._presenter = DecisionPresenter(context, self)
        self._view: DecisionView | None = None
        self._held: Held | None = None
        self._recalling = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._body: QWidget | None = None
        self._build()
        self._presenter.seen.connect(self._seen)
        self._presenter.left.connect(self._left)
        self._presenter.recalled.connect(self._recalled)
        self._presenter.next_found.connect(self._turn)
        self._presenter.failed.connect(self._not_done)

    def _build(self) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        self._icon = Icon("waiting", theme.STATES["waiting"][0], 48)
        self._title = Text("", "title")
        self._title.setObjectName("decision.state")
        self._sentence = Text("", "body", wrap=True)
        self._sentence.setObjectName("decision.sentence")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._steps = [Badge() for _step in range(3)]
        path = QHBoxLayout()
        path.setSpacing(8)
        for badge in self._steps:
            path.addWidget(badge)
        path.addStretch(1)
        self._number = Text("", "big")
        self._number.setObjectName("decision.identity_number")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = FactCard(label_width=200)
        self._facts.setObjectName("decision.facts")
        card = QFrame()
        card.setProperty("surface", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(16)
        inside.addLayout(head)
        inside.addLayout(path)
        inside.addWidget(self._number)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (card, self._facts):
            part.setFixedWidth(WIDTH)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._column.addWidget(self._body)

    def show_application(self, header: Header) -> None:
        """Begins to look for the answer."""
        self._view, self._held, self._recalling = None, None, False
        if self._body is not None:
            self._body.hide()
        self._presenter.open(header.application_id)
        self.setFocus()

    def _seen(self, view: DecisionView, held: Held | None) -> None:
        changed = (
            self._view is None
            or self._view.state is not view.state
            or (self._held is None) is not (held is None)
        )
        self._view, self._held = view, held
        kind, title, sentence = self._words(view) if held is None else self._held_words(held)
        self._icon.set(kind, theme.STATES[kind][0])
        self._title.set(title)
        self._sentence.set(sentence)
        self._show_steps(view.state)
        number = grouped(view.identity_number) if view.identity_number else ""
        self._number.set(number)
        self._number.setVisible(bool(number))
        since = f"{view.since.astimezone(clock.OFFICE_ZONE):%d/%m/%Y %H:%M}"
        rows = [(_("Waiting since"), since), (_("Attempts to send"), str(view.attempts))]
        if view.last_error is not None:
            rows.append((_("What went wrong last"), registry_fault(view.last_error)))
        if view.refusal is not None:
            reason, next_step = refusal_words(view.refusal)
            rows += [(_("The centre's reason"), reason), (_("What to do"), next_step)]
        self._facts.set_facts(rows)
        if self._body is not None:
            self._body.show()
        if changed:
            self.actions_changed.emit()

    @staticmethod
    def _held_words(held: Held) -> tuple[str, str, str]:
        seconds = max(0, round((held.until - clock.now()).total_seconds()))
        told = (
            _("It is sent to the centre in {seconds} s. Until then you can recall it.")
            if held.own
            else _("It is sent to the centre in {seconds} s. Until then {name} can recall it.")
        )
        return "waiting", _("Approved, not sent yet"), told.format(seconds=seconds, name=held.by)

    @staticmethod
    def _words(view: DecisionView) -> tuple[str, str, str]:
        """Kind of state, title, what it means for the clerk."""
        if view.state is Waiting.SENDING:
            if view.last_error is None:
                return (
                    "waiting",
                    _("On its way to the centre"),
                    _("The application is being sent. You can go on with the next applicant."),
                )
            return (
                "attention",
                _("Not sent yet"),
                _(
                    "It is kept at this station and is sent as soon as there is a line. Go on with the next applicant."
                ),
            )
        if view.state is Waiting.WAITING:
            return (
                "waiting",
                _("The centre has the application"),
                _("The answer arrives by itself. You can go on with the next applicant."),
            )
        if view.state is Waiting.HELD:
            return (
                "stopped",
                _("Held: a person must look at it"),
                _("The centre and this station disagree. Nothing is lost. Call the supervisor."),
            )
        if view.refusal is not None:
            return "stopped", _("The centre refused the application"), _("No card is made.")
        return (
            "good",
            _("The centre has decided"),
            _("The identity number is assigned. The card can be printed."),
        )

    def _show_steps(self, state: Waiting) -> None:
        reached = {Waiting.SENDING: 1, Waiting.HELD: 1, Waiting.WAITING: 2, Waiting.DECIDED: 3}[state]
        words = (
            (_("Kept at this station"), _("Kept at this station")),
            (_("To be received by the centre"), _("Received by the centre")),
            (_("To be answered"), _("Answered")),
        )
        for order, (badge, (before, after)) in enumerate(zip(self._steps, words, strict=True)):
            current = "stopped" if state is Waiting.HELD else "waiting"
            kind = "good" if order < reached else current if order == reached else "plain"
            badge.set(kind, "todo" if kind == "plain" else "", after if order < reached else before)

    def _left(self, stage: Stage) -> None:
        if stage is not Stage.REFUSED_BY_REGISTRY:
            self.done.emit(_("The centre has decided"))
        self.moved.emit(self._presenter.application_id)

    def _recall(self) -> None:
        self._recalling = True
        self.actions_changed.emit()
        self._presenter.recall()

    def _recalled(self) -> None:
        self.done.emit(_("The approval was recalled"))
        self.moved.emit(self._presenter.application_id)

    def _not_done(self, error: Exception) -> None:
        self._recalling = False
        self.failed.emit(error)
        self.actions_changed.emit()

    def _turn(self, found: NextReview) -> None:
        if found.application_id is not None:
            self.turn_to.emit(found.application_id)
        else:
            self.done.emit(none_left(found))

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # commands of ours, no QActions
        """Try now; for who reviews also recall and the next application."""
        waiting = self._view is not None and self._view.state is not Waiting.DECIDED
        may_try = waiting and self._held is None and self._presenter.can_try
        actions = [PageAction("try_now", _("Try now"), "F5", may_try, True, self._presenter.try_now)]
        if may(self.context.who.operator.role, Verb.RECALL):
            may_recall = self._held is not None and self._held.own and not self._recalling
            actions += [
                PageAction("recall", _("Recall"), "F6", may_recall, False, self._recall),
                PageAction("next", _("Next application"), "F4", True, False, self._presenter.find_next),
            ]
        return tuple(actions)

    def leave(self) -> None:
        """Looks no more."""
        self._presenter.leave()

    def retranslate(self) -> None:
        """Builds the page again in the new language."""
        self._build()
        if self._view is not None:
            self._seen(self._view, self._held)
