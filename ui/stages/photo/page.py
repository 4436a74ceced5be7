"""The photo page: live picture with advice, the shot proposed or kept, the photos so far, the person's face and name.

live --Space, F5--> kept (the photo is shown) --F5--> live
live --F6, all green and steady--> proposed --Enter--> kept; --Esc--> live
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout

from devices.camera import Frame
from ui.camera.live_view import LiveView
from ui.language import _
from ui.messages import explain
from ui.stages.page import PageAction, PageContext, StagePage
from ui.stages.photo import sight
from ui.stages.photo.automatic_shot import Judged
from ui.stages.photo.board import Board
from ui.stages.photo.camera_choice import CameraChoice
from ui.stages.photo.commands import commands
from ui.stages.photo.guide import Guide
from ui.stages.photo.presenter import Opened, PhotoPresenter, ShownPhoto
from ui.stages.photo.requirements import KINDS
from ui.stages.photo.state import Mode, State
from ui.stages.photo.words import most_useful
from workstation.biometrics.portrait.crop import PortraitError
from workstation.domain.refused import Reason, Refused
from workstation.workflow.header import Header
from workstation.workflow.photo.earlier import Comparison
from workstation.workflow.photo.exception import ExceptionView
from workstation.workflow.photo.propose import Proposal

_CAMERA_SHOWN = (Mode.LIVE, Mode.PROPOSED, Mode.EXCEPTION)


class PhotoPage(StagePage):
    """What is shown belongs to the application that is open; a photo is kept only by a key pressed for it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("photo")
        self.state = State()
        self._pending: tuple[Frame, ...] = ()
        self._answered: Callable[[str], None] = self._nobody_asked
        self.presenter = PhotoPresenter(context)
        self.board = Board()
        self.preview = self.board.preview
        self.live = LiveView(self.presenter.stream, self.preview)
        self.camera = CameraChoice(context, self.board.cameras)
        self._guide = Guide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.board)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        presenter, board = self.presenter, self.board
        self.preview.draw_over(self._draw_guide)
        self.preview.shoot.connect(self._space)
        self.live.live_changed.connect(self._live_changed)
        self.live.interrupted.connect(self._live_changed)
        presenter.opened.connect(self._opened)
        presenter.judged.connect(self._judged)
        presenter.shown.connect(self._kept)
        presenter.proposed.connect(self._proposed)
        presenter.exception.connect(self._exception_kept)
        presenter.compared.connect(self._compared)
        presenter.armed_changed.connect(self._show)
        presenter.taking.connect(self._taking)
        presenter.completed.connect(lambda _stage: self.moved.emit(self.state.application_id))
        presenter.failed.connect(self._failed)
        board.shot.browse.connect(self._browse)
        board.attempts.picked.connect(self._look_at)
        board.reason.confirmed.connect(self._reason_given)
        board.reason.dismissed.connect(self.back)
        board.cameras.dismissed.connect(self.back)
        self.camera.asking.connect(self._ask_camera)
        self.camera.used.connect(self._camera_used)
        self.camera.failed.connect(self.failed)

    def show_application(self, header: Header) -> None:
        self._forget()
        self.state = State(header.application_id)
        self.board.shot.set_person(header.name_lo, header.name_latin)
        self.presenter.fit_into(*self.board.photo_rooms())
        self.live.open()
        self.presenter.open(header.application_id)
        self.show_mode(Mode.LIVE)

    def leave(self) -> None:
        self.presenter.leave()
        self.live.leave()
        self._forget()

    def _forget(self) -> None:
        self.state = State()
        self._pending = ()
        self._answered = self._nobody_asked
        self.board.forget()
        self._guide.show(None, (1, 1), None, "plain")

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # as StagePage has it
        return commands(self)

    def retranslate(self) -> None:
        self.board.retranslate()
        self.live.retranslate()
        if self.state.mode is Mode.REASON:
            self.back()
        self._show()

    # Verbs of the clerk

    def take(self) -> None:
        """Keeps the best of the last pictures on the screen."""
        if self.state.mode is not Mode.LIVE or not self.state.editable or self.state.busy:
            return
        self._pending = self.live.recent()
        self.state.note = "" if self._pending else _("There is no picture to take yet.")
        if self._pending:
            self.presenter.take(self._pending)
        self._show()

    def arm(self) -> None:
        """The automatic shot for this application, or off again."""
        if self.presenter.armed:
            self.presenter.disarm()
        else:
            self.state.note = ""
            self.presenter.arm()

    def accept(self) -> None:
        """Keeps what is proposed, if it is still for the person on the screen."""
        proposal, self.state.proposal = self.state.proposal, None
        if proposal is None or self.state.busy:
            return
        self._pending = (proposal.frame,)
        if not self.presenter.accept(proposal):
            self.show_mode(Mode.LIVE)

    def reject(self) -> None:
        self.state.proposal = None
        self.presenter.drop_proposal()
        self.show_mode(Mode.LIVE)

    def choose(self) -> None:
        if (shot := self.state.looked_at) is not None and not shot.chosen:
            self.presenter.choose(shot.id)

    def take_exception(self) -> None:
        if (frames := self.live.recent()) and not self.state.busy:
            self.state.note = ""
            self.presenter.take_exception(frames[-1], self.board.exception.reason.text())

    def flicker(self) -> None:
        self.board.compare.toggle_flicker()
        self.actions_changed.emit()

    def ask_file(self) -> None:
        kinds = _("Pictures") + " (*.jpg *.jpeg *.png *.tif *.tiff *.bmp *.jp2 *.webp)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Picture from a file"), "", kinds)
        if chosen:
            self.presenter.compare(Path(chosen))

    def ask_force(self) -> None:
        self._ask(
            _("Why is this photo accepted although a requirement is not met?"),
            _("Reason, for example: cannot close the mouth after an injury"),
            _("Accept with this reason"),
            self.presenter.complete,
        )

    def _ask_one_more(self) -> None:
        self._ask(
            _("All photos allowed are taken. Why is one more needed?"),
            _("Reason, for example: the glasses were taken off"),
            _("Keep one more"),
            lambda reason: self.presenter.take(self._pending, reason),
        )

    def _ask(self, title: str, hint: str, confirm: str, answered: Callable[[str], None]) -> None:
        self._answered = answered
        self.show_mode(Mode.REASON)
        self.board.reason.ask(title, hint, confirm)

    def _reason_given(self, reason: str) -> None:
        answered, self._answered = self._answered, self._nobody_asked
        self.back()
        answered(reason)

    @staticmethod
    def _nobody_asked(_reason: str) -> None:
        """No question is open."""

    # What is shown

    def show_mode(self, mode: Mode) -> None:
        """Another part of the page; the live picture is judged only while it is the part shown."""
        state = self.state
        if mode in (Mode.LIVE, Mode.KEPT):
            state.before = mode
        if mode is Mode.LIVE:
            state.report = None
        state.mode = mode
        self.presenter.look(mode is Mode.LIVE and state.editable)
        self.board.turn_to(mode, kept=state.before is Mode.KEPT)
        self._show()

    def back(self) -> None:
        """From a panel to what was shown before it."""
        self.show_mode(self.state.before)

    def _show(self) -> None:
        self.state.live, self.state.armed = self.live.live, self.presenter.armed
        sight.show(self.board, self.state)
        self.actions_changed.emit()

    def _space(self) -> None:
        if self.state.mode is Mode.EXCEPTION:
            self.take_exception()
        else:
            self.take()

    def _browse(self, step: int) -> None:
        shot, ids = self.state.looked_at, [held.id for held in self.state.shots]
        if shot is not None:
            self._look_at(ids[max(0, min(len(ids) - 1, ids.index(shot.id) + step))])

    def _look_at(self, shot_id: str) -> None:
        if self.state.mode in (Mode.LIVE, Mode.KEPT):
            self.state.looked_at_id = shot_id
            self.show_mode(Mode.KEPT)

    def _opened(self, opened: Opened) -> None:
        self.state.photo, self.state.automatic = opened.photo, opened.automatic
        self._guide.set_limits(opened.limits)
        self.board.say_engine(opened.engine)
        self.board.exception.show_exception(opened.exception, opened.exception_picture)
        self.show_mode(Mode.LIVE if self.state.looked_at is None else Mode.KEPT)

    def _kept(self, photo: ShownPhoto) -> None:
        self.state.photo, self.state.looked_at_id = photo, ""
        self.show_mode(Mode.KEPT)

    def _proposed(self, proposal: Proposal, picture: QImage) -> None:
        if self.state.mode is Mode.LIVE:
            self.state.proposal, self.state.proposed_picture = proposal, picture
            self.show_mode(Mode.PROPOSED)
            QApplication.beep()

    def _exception_kept(self, view: ExceptionView, picture: QImage) -> None:
        self.board.exception.show_exception(view, picture)
        self.done.emit(_("The exception photo is kept."))
        self._show()

    def _compared(self, comparison: Comparison, new: QImage, earlier: QImage) -> None:
        self.board.compare.show_comparison(comparison, new, earlier)
        self.show_mode(Mode.COMPARE)

    def _judged(self, judged: Judged) -> None:
        # The last picture's report may come after the camera has stopped.
        if self.state.mode is not Mode.LIVE or not self.live.live:
            return
        report, image = judged.report, judged.frame.image
        self.state.report = report
        if report.faces == 1:
            self.state.note = ""
        self.board.requirements.show_requirements(report.requirements)
        step = most_useful(report.requirements)
        self._guide.show(report, (image.shape[1], image.shape[0]), step, KINDS[report.verdict])
        self.preview.update()
        sight.show_advice(self.board, self.state)

    def _draw_guide(self, painter: QPainter, place: QRectF) -> None:
        if self.state.mode is Mode.LIVE:
            self._guide.draw(painter, place)

    def _live_changed(self) -> None:
        if not self.live.live:
            self.state.report = None
            self.presenter.disarm()
        self._show()

    def _ask_camera(self) -> None:
        if self.state.mode is Mode.LIVE and self.state.application_id:
            self.show_mode(Mode.CAMERA)

    def _camera_used(self) -> None:
        if self.state.mode is Mode.CAMERA:
            self.live.open()
            self.back()

    def _taking(self, busy: bool) -> None:
        self.state.busy = busy
        self.actions_changed.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.reason is Reason.PORTRAIT_ATTEMPTS_USED:
            self._ask_one_more()
        elif isinstance(error, PortraitError) and self.state.mode in _CAMERA_SHOWN:
            if self.state.mode is Mode.PROPOSED:
                self.show_mode(Mode.LIVE)
            self.state.note = explain(error).what
            self._show()
        else:
            self.failed.emit(error)
            self._show()
