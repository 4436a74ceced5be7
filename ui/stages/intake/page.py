"""The intake page: the form, the notices above it, and the commands of the stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.language import _
from ui.stages.intake.form import IntakeForm
from ui.stages.intake.head import FormHead
from ui.stages.intake.notices import Notices
from ui.stages.intake.presenter import IntakePresenter
from ui.stages.intake.remarks import TURN, fields_of
from ui.stages.page import PageAction, PageContext, StagePage
from ui.widgets.reason_panel import ReasonPanel
from ui.widgets.slip import SlipDialog
from workstation.workflow.header import Header
from workstation.workflow.intake.view import IntakeView, Receipt
from workstation.workflow.search.duplicates import Duplicate


class IntakePage(StagePage):
    """Typed at the counter, kept as it is typed; a household of another office ends in a referral slip."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._presenter = IntakePresenter(context, self)
        self._view: IntakeView | None = None
        self._visited: set[str] = set()
        self._busy = False
        self._carry: Callable[[], None] | None = None
        self._alike: tuple[Duplicate, ...] = ()
        self._to_turn = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 8)
        self._body: QWidget | None = None
        self._build()
        self._presenter.opened.connect(self._opened)
        self._presenter.refilled.connect(self._refilled)
        self._presenter.offered.connect(self._offer)
        self._presenter.checked.connect(self._show)
        self._presenter.saved.connect(self._show_saved)
        self._presenter.lost.connect(
            lambda: self._head.say_saved(_("Not kept yet: it is tried again as you go on."))
        )
        self._presenter.incomplete.connect(self._incomplete)
        self._presenter.other_office.connect(self._refused_other_office)
        self._presenter.slip.connect(self._referred)
        self._presenter.application_slip.connect(self._application_slip)
        self._presenter.completed.connect(self._completed)
        self._presenter.withdrawn.connect(lambda: self._moved(_("The application was withdrawn")))
        self._presenter.failed.connect(self.failed)
        self._presenter.look_alikes.found.connect(self._show_look_alikes)
        self._presenter.left.unkept.connect(self.left_failed)
        self._presenter.left.kept.connect(self.left_done)
        self._presenter.busy.connect(self._set_busy)

    def _build(self) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._notices = Notices()
        self._withdrawal = ReasonPanel("intake.withdraw")
        self._withdrawal.confirmed.connect(self._presenter.withdraw)
        self._withdrawal.dismissed.connect(self._withdrawal_ended)
        self._form = IntakeForm()
        self._form.edited.connect(self._edited)
        self._form.focus_left.connect(self._focus_left)
        self._head = FormHead()
        self._head.kind_chosen.connect(self._presenter.choose_kind)
        for part in (*self._notices.strips, self._withdrawal, self._head, self._form):
            column.addWidget(part)
        column.addStretch(1)
        self._column.addWidget(self._body)

    def show_application(self, header: Header) -> None:
        """Opens the application's draft."""
        self._view = None
        self._alike = ()
        self._form.show_look_alikes(())
        # Another person's answers must not stand here even for a moment.
        self._shown(False)
        self._form.setEnabled(False)
        self._presenter.open(header.application_id, header.number)

    def _shown(self, shown: bool) -> None:
        if self._body is not None:
            self._body.setVisible(shown)

    def _opened(self, view: IntakeView) -> None:
        self._visited.clear()
        self._shown(True)
        self._form.setEnabled(True)
        self._fill(view)
        self._show_saved(True)
        marked = [name for d in view.defects for name in fields_of(d)]
        if view.editable:
            self._form.focus_on(self._form.first_of(marked) or "given_name_lo")

    def _fill(self, view: IntakeView) -> None:
        self._form.fill(view)
        self._offer_to_turn()
        self._head.show_view(view)
        self._show(view)
        self._offer({})

    def _refilled(self, view: IntakeView) -> None:
        kind = self._view.form.kind if self._view is not None else ""
        if kind != view.form.kind:
            self._visited.clear()
        self._fill(view)
        self._form.focus_on(self._form.first_of(view.faults) or "given_name_lo")

    def _offer(self, address: dict[str, str]) -> None:
        view = self._view
        if view is None or not view.editable or not (address or view.carried):
            self._carry = None
        elif view.carried:
            self._carry = partial(self._presenter.confirm, view.carried)
        else:
            self._carry = self._presenter.carry_address
        self._notices.say_household(address, self._carry, view)
        self.actions_changed.emit()

    def _edited(self) -> None:
        self._presenter.type(self._form.fields())
        self._show_answers()
        self._offer_to_turn()

    def _offer_to_turn(self) -> None:
        to_turn = self._form.to_turn()
        if bool(to_turn) != bool(self._to_turn):
            self._to_turn = to_turn
            self.actions_changed.emit()

    def _show_look_alikes(self, found: tuple[Duplicate, ...]) -> None:
        if bool(found) != bool(self._alike):
            self._alike = found
            self.actions_changed.emit()
        self._alike = found
        self._form.show_look_alikes(found)

    def _show_answers(self) -> None:
        answers = self._form.answers()
        if answers is not None and self._view is not None:
            self._head.show_answers(self._view, answers)

    def _show(self, view: IntakeView) -> None:
        self._view = view
        self._form.judge(view)
        self._show_answers()
        self._form.show_defects(view.defects)
        self._notices.say_returned(view.defects)
        if view.other_office and view.editable:
            self._say_seat()
        else:
            self._notices.seat.clear()
        self._show_faults(view)
        self.actions_changed.emit()

    def _say_seat(self) -> None:
        form = self._form
        self._notices.say_seat(
            form.typed("province_code"), form.typed("district_code"), self._presenter.refer
        )

    def _show_saved(self, saved: bool) -> None:
        self._head.say_saved(_("Everything typed is kept.") if saved else _("Saving"))

    def _focus_left(self, name: str) -> None:
        self._visited.add(name)
        # What was just typed is judged when its draft is kept; the last judgement is about older answers.
        if self._presenter.judged and self._view is not None:
            self._show_faults(self._view)
        self._presenter.flush()

    def _show_faults(self, view: IntakeView) -> None:
        self._form.show_faults({name: code for name, code in view.faults.items() if name in self._visited})

    def _incomplete(self, faults: dict[str, str]) -> None:
        self._visited |= faults.keys()
        self._form.show_faults(faults)
        first = self._form.first_of(faults)
        if first is not None:
            self._form.focus_on(first)

    def _refused_other_office(self) -> None:
        self._say_seat()
        self.actions_changed.emit()

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # commands of ours, no QActions
        """Withdraw, kind, referral slip, complete with and without a slip; while a reason is typed only its own."""
        view = self._view
        open_ = view is not None and view.editable and not self._busy
        if not self._withdrawal.isHidden():
            return (PageAction("cancel", _("Cancel"), "Esc", True, False, self._withdrawal_ended),)
        seat = view is not None and view.other_office
        return (
            PageAction("withdraw", _("Withdraw"), "Shift+F9", open_, False, self._ask_withdrawal),
            PageAction("kind", _("Kind"), "F2", open_, False, self._head.open_kinds),
            *self._helping_actions(open_),
            *self._household_action(open_),
            PageAction("refer", _("Referral slip"), "F7", open_ and seat, seat, self._presenter.refer),
            PageAction(
                "complete_slip",
                _("Complete with slip"),
                "Shift+F7",
                open_ and not seat,
                False,
                self._presenter.complete_with_slip,
            ),
            PageAction(
                "complete",
                _("Complete"),
                "Ctrl+Return",
                open_ and not seat,
                not seat,
                self._presenter.complete,
            ),
        )

    def _helping_actions(self, open_: bool) -> tuple[PageAction, ...]:
        actions = []
        if self._to_turn:
            actions.append(PageAction("turn", _("Other keyboard"), TURN, open_, False, self._form.turn))
        if self._alike:
            other = self._alike[0].hit.application_id
            actions.append(
                PageAction(
                    "look_alike", _("See who is alike"), "F9", open_, False, partial(self.turn_to.emit, other)
                )
            )
        return tuple(actions)

    def _household_action(self, open_: bool) -> tuple[PageAction, ...]:
        if self._carry is None or self._view is None:
            return ()
        text = _("Confirm household") if self._view.carried else _("Take over the address")
        if self._view.pre_registered:
            text = _("Confirm all")
        return (PageAction("household", text, "F6", open_, False, self._carry),)

    def _ask_withdrawal(self) -> None:
        self._withdrawal.ask(
            _("Why does the applicant withdraw the application?"), _("Reason"), _("Withdraw the application")
        )
        self._form.setEnabled(False)
        self.actions_changed.emit()

    def _withdrawal_ended(self) -> None:
        self._withdrawal.hide()
        self._form.setEnabled(True)
        self._form.focus_on("given_name_lo")
        self.actions_changed.emit()

    def _referred(self, name: str, pdf: bytes) -> None:
        dialog = SlipDialog(self.window(), _("Referral slip"), name, pdf, self.context.background)
        self._moved(_("The applicant was referred"))
        dialog.open()

    def _completed(self, receipt: Receipt | None) -> None:
        text = _("Personal data completed")
        if receipt is not None:
            text += " · " + _("Receipt {number}").format(number=receipt.number)
        self._moved(text)

    def _application_slip(self, name: str, pdf: bytes, receipt: Receipt | None) -> None:
        dialog = SlipDialog(self.window(), _("Application slip"), name, pdf, self.context.background)
        self._completed(receipt)
        dialog.open()

    def _moved(self, text: str) -> None:
        application_id = self._presenter.application_id
        self.done.emit(text)
        self.moved.emit(application_id)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.actions_changed.emit()

    def leave(self) -> None:
        """Keeps what was typed."""
        self._withdrawal.hide()
        self._presenter.leave()

    def retranslate(self) -> None:
        """Builds the form again in the new language with what was typed."""
        typed, view = self._form.fields(), self._view
        self._build()
        if view is not None:
            self._fill(replace(view, fields=typed))
            self._form.show_look_alikes(self._alike)
            QTimer.singleShot(0, self._form, lambda: self._form.focus_on("given_name_lo"))
