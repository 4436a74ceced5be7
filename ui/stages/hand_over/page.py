"""The hand-over page: the person before the counter, the finger to take, the comparison, and the receipt."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.stages.hand_over.finger_card import FingerCard
from ui.stages.hand_over.giving_dialog import GivingDialog
from ui.stages.hand_over.presenter import HandOverPresenter
from ui.stages.hand_over.two_dialog import TwoDialog
from ui.stages.hand_over.words import Taking, advice_text, guide_text, place_text
from ui.stages.page import PageAction, PageContext, StagePage
from ui.widgets.facts import FactCard
from ui.widgets.picture import Picture
from ui.widgets.slip import SlipDialog
from ui.widgets.text import Text
from ui.words.birth_date import to_screen
from workstation.workflow.hand_over import steps
from workstation.workflow.hand_over.view import HandOverView, MatchView
from workstation.workflow.header import Header

PORTRAIT, SMALL_PORTRAIT = (300, 384), (150, 192)
_ROOMY = 1000  # px of the window in which three columns have room


class HandOverPage(StagePage):
    """The card is given only after the newest comparison matched, or where somebody settled it otherwise."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._presenter = HandOverPresenter(context, self)
        self._view: HandOverView | None = None
        self._match: MatchView | None = None
        self._taking = Taking.NO
        self._busy = False
        self._giving: GivingDialog | None = None
        self._tries: dict[int, int] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 8)
        self._body: QWidget | None = None
        self._build()
        self._presenter.opened.connect(self._show)
        self._presenter.taking.connect(self._set_taking)
        self._presenter.progress.connect(self._progressed)
        self._presenter.matched.connect(self._matched)
        self._presenter.receipt.connect(self._handed_over)
        self._presenter.guardian.connect(self._guardian_taken)
        self._presenter.refused.connect(self._not_given)
        self._presenter.failed.connect(self.failed)
        self._presenter.busy.connect(self._set_busy)

    def _build(self) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        self._portrait = Picture(PORTRAIT, placeholder=_("No photo"))
        self._portrait.setObjectName("hand_over.portrait")
        self._finger = FingerCard()
        self._finger.fingers.currentRowChanged.connect(lambda _row: self._tell())
        self._who = self._person()
        self._parts = QGridLayout(self._body)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(16)
        self._narrow: bool | None = None
        self._column.addWidget(self._body)
        self._arrange()

    def _arrange(self) -> None:
        """Three columns; in a small window the finger stands beside a small portrait, the facts below."""
        narrow = self.window().width() < _ROOMY
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self._portrait.set_frame(SMALL_PORTRAIT if narrow else PORTRAIT)
        if self._view is not None:
            self._portrait.set_picture(self._view.header.portrait)
        for part in (self._portrait, self._who, self._finger):
            self._parts.removeWidget(part)
        self._parts.addWidget(self._portrait, 0, 0, Qt.AlignmentFlag.AlignTop)
        if narrow:
            self._parts.addWidget(self._finger, 0, 1)
            self._parts.addWidget(self._who, 1, 0, 1, 2)
        else:
            self._parts.addWidget(self._who, 0, 1)
            self._parts.addWidget(self._finger, 0, 2)
        self._parts.setColumnStretch(1, 1)
        self._parts.setColumnStretch(2, 0 if narrow else 1)
        self._parts.setRowStretch(2, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _person(self) -> QWidget:
        room = QWidget()
        self._name_lo = Text("", "name", wrap=True)
        self._name_lo.setObjectName("hand_over.name_lo")
        self._name_latin = Text("", "body", wrap=True)
        self._number = Text("", "big")
        self._number.setObjectName("hand_over.identity_number")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = FactCard(label_width=150)
        card = QFrame()
        card.setProperty("surface", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(2)
        inside.addWidget(self._name_lo)
        inside.addWidget(self._name_latin)
        inside.addSpacing(10)
        inside.addWidget(Text(_("Identity number"), "secondary"))
        inside.addWidget(self._number)
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addWidget(self._facts)
        column.addStretch(1)
        return room

    def show_application(self, header: Header) -> None:
        """Opens the application; the finger with the best print is chosen."""
        self._view = self._match = None
        # Another person's face must not stand here even for a moment.
        if self._body is not None:
            self._body.hide()
        self._presenter.open(header.application_id, header.number)

    def _show(self, view: HandOverView) -> None:
        self._view = view
        self._tries = dict(view.tries_left)
        self._portrait.set_picture(view.header.portrait)
        self._name_lo.set(view.header.name_lo)
        self._name_latin.set(view.header.name_latin)
        self._number.set(view.identity_number)
        self._facts.set_facts(
            (
                (_("Date of birth"), to_screen(view.header.birth_date)),
                (_("Application number"), view.header.number),
                (_("Chip serial"), view.chip_serial or ""),
                (_("Place in the box"), place_text(view)),
            )
        )
        self._finger.show_fingers(view)
        self._show_match(view.last_match)
        if self._body is not None:
            self._body.show()
        self._finger.fingers.setFocus()
        self._tell()

    def _position(self) -> int | None:
        return self._finger.position

    def _tell(self) -> None:
        view, position = self._view, self._position()
        guide = "" if view is None else guide_text(view, position, self._taking, self._match, self._tries)
        self._finger.guide.set(guide)
        self._finger.advice.set(advice_text(self._match, self._tries))
        self.actions_changed.emit()

    def _take(self) -> None:
        position = self._position()
        if position is not None:
            self._show_match(None)
            self._presenter.take(position)

    def _set_taking(self, taking: bool) -> None:
        self._taking = Taking.READING if taking else Taking.NO
        if taking:
            self._finger.progress.begin()
        else:
            self._finger.progress.end(whole=False)
        self._finger.fingers.setEnabled(not taking)
        if not taking:
            self._finger.fingers.setFocus()
        self._tell()

    def _progressed(self, received: int, total: int) -> None:
        if self._taking is not Taking.READING or total <= 0:
            return
        if received < total:
            self._finger.progress.advance(received, total)
        else:
            self._taking = Taking.COMPARING
            self._finger.progress.judge()
            self._tell()

    def _matched(self, match: MatchView) -> None:
        if not match.matched:
            self._tries[match.position] = max(0, self._tries.get(match.position, 0) - 1)
        self._show_match(match)
        self._tell()

    def _show_match(self, match: MatchView | None) -> None:
        self._match = match
        self._finger.show_match(match)

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # commands of ours, no QActions
        """Take the finger, hand over; while a finger is read only its cancel."""
        view = self._view
        open_ = view is not None and view.editable and not self._busy
        if self._taking is not Taking.NO:
            return (PageAction("cancel", _("Cancel"), "Esc", True, False, self._presenter.cancel),)
        matched = self._match is not None and self._match.matched
        position = self._position()
        # Who has used up every finger is never shut out: the supervisor beside her decides.
        left = position is not None and (bool(self._tries.get(position)) or not any(self._tries.values()))
        can_take = open_ and (left or matched)
        may_give = open_ and (matched or (view is not None and view.may_give))
        if view is not None and view.receipt is not None:
            return (PageAction("receipt", _("Receipt"), "F7", True, True, self._show_receipt),)
        actions = [PageAction("take", _("Take the finger"), "F5", can_take, not may_give, self._take)]
        if view is not None and view.child:
            actions.append(
                PageAction(
                    "guardian", _("Guardian's print"), "F6", open_, False, self._presenter.take_guardian
                )
            )
        actions.append(
            PageAction("without", _("Without a finger"), "F9", open_ and not matched, False, self._without)
        )
        actions.append(PageAction("complete", _("Hand over"), "Ctrl+Return", may_give, may_give, self._give))
        return tuple(actions)

    def _without(self) -> None:
        """A supervisor stands by and says why no finger is needed today."""
        office, who, application_id = (
            self.context.office,
            self.context.who,
            self._presenter.application_id,
        )
        dialog = TwoDialog(
            self.window(),
            self.context,
            "hand_over.without",
            _("Hand over without a finger"),
            _("A supervisor looks at the person and the record, and agrees here. It holds for today."),
            lambda asked: steps.allow_without_finger(office, who, application_id, asked.reason, asked.second),
            reason=_("Reason"),
        )
        dialog.accepted.connect(self._presenter.read_again)
        dialog.open()

    def _guardian_taken(self, quality: int) -> None:
        self.done.emit(_("The guardian's print was taken (quality {quality})").format(quality=quality))
        self._presenter.read_again()

    def _give(self) -> None:
        if self._view is None:
            return
        screen = self.context.desk.settings.signing_screen
        self._giving = GivingDialog(self.window(), self._view, screen)
        self._giving.asked.connect(self._presenter.complete)
        self._giving.open()

    def _not_given(self, error: Exception) -> None:
        if self._giving is not None:
            self._giving.end(error)

    def _handed_over(self, name: str, pdf: bytes) -> None:
        application_id = self._presenter.application_id
        if self._giving is not None:
            self._giving.end(None)
            self._giving = None
        dialog = self._receipt_dialog(name, pdf)
        self.done.emit(_("The card was handed over"))
        self.moved.emit(application_id)
        dialog.open()

    def _receipt_dialog(self, name: str, pdf: bytes) -> SlipDialog:
        return SlipDialog(self.window(), _("Receipt"), name, pdf, self.context.background)

    def _show_receipt(self) -> None:
        if self._view is not None and self._view.receipt is not None:
            self._receipt_dialog(self._presenter.receipt_name, self._view.receipt).open()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.actions_changed.emit()

    def leave(self) -> None:
        """Stops the sensor."""
        self._presenter.leave()
        self._taking = Taking.NO
        self._finger.progress.end(whole=False)

    def retranslate(self) -> None:
        """Builds the page again in the new language."""
        match, tries = self._match, self._tries
        self._build()
        if self._view is not None:
            self._show(self._view)
            self._tries = tries
            self._show_match(match)
            self._tell()
