"""The photo page: live picture with advice, the requirements, and the shot that was taken."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui import theme
from ui.camera.live_picture import LivePicture
from ui.language import _
from ui.messages import explain
from ui.stages.page import PageAction, PageContext, StagePage
from ui.stages.photo.presenter import PhotoPresenter
from ui.stages.photo.requirements import KINDS, RequirementsStrip
from ui.stages.photo.words import advice, most_useful, verdict_word
from ui.widgets.badge import Badge
from ui.widgets.icons import Icon
from ui.widgets.picture import Picture
from ui.widgets.reason_panel import ReasonPanel
from ui.widgets.text import Text
from ui.words.requirements import requirement_name
from workstation.biometrics.portrait.crop import PortraitError
from workstation.biometrics.portrait.examine import PortraitReport, Verdict
from workstation.workflow.header import Header
from workstation.workflow.photo.view import PhotoView

_SHOT = (200, 256)


class PhotoPage(StagePage):
    """Space or F5 takes the shot, Ctrl+Return goes on, F9 goes on with a reason in spite of a red verdict."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("photo")
        self._application = ""
        # Why there is no live picture, to say it again in another language.
        self._interruption: Exception | None = None
        self._view: PhotoView | None = None
        self._portrait = QImage()
        self._report: PortraitReport | None = None
        self._busy = self._live = False
        self._note = ""
        self.presenter = PhotoPresenter(context)
        self.preview = LivePicture("photo.preview")
        self._advice_icon = Icon("todo", theme.BORDER, 24)
        self._advice = Text("", "strong", wrap=True)
        self._advice.setObjectName("photo.advice")
        self._live_title = Text("", "strong")
        self.requirements = RequirementsStrip()
        self._shot_title = Text("", "strong")
        self._shot = Picture(_SHOT)
        self._shot.setObjectName("photo.portrait")
        self._verdict = Badge()
        self._verdict.setObjectName("photo.verdict")
        self._faults = Text("", "secondary", wrap=True)
        self._faults.setObjectName("photo.faults")
        self._faults.setFixedWidth(_SHOT[0])
        self._attempts = Text("", "secondary")
        self._attempts.setObjectName("photo.attempts")
        self.reason = ReasonPanel("photo.reason")
        self.reason.setFixedWidth(self.requirements.width())
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        advice_row = QHBoxLayout()
        advice_row.setSpacing(8)
        advice_row.addWidget(self._advice_icon, 0, Qt.AlignmentFlag.AlignVCenter)
        advice_row.addWidget(self._advice, 1)
        live = QVBoxLayout()
        live.setSpacing(8)
        live.addWidget(self.preview, 1)
        live.addLayout(advice_row)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self._live_title)
        middle.addWidget(self.requirements)
        middle.addWidget(self.reason)
        middle.addStretch(1)
        taken = QVBoxLayout()
        taken.setSpacing(8)
        taken.addWidget(self._shot_title)
        taken.addWidget(self._shot)
        taken.addWidget(self._verdict)
        taken.addWidget(self._faults)
        taken.addWidget(self._attempts)
        taken.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 12, 16, 12)
        across.setSpacing(24)
        across.addLayout(live, 1)
        across.addLayout(middle)
        across.addLayout(taken)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.stream.fresh.connect(self._fresh)
        presenter.stream.interrupted.connect(self._interrupted)
        presenter.judged.connect(self._judged)
        presenter.shown.connect(self._shown)
        presenter.taking.connect(self._taking)
        presenter.completed.connect(lambda _stage: self.moved.emit(self._application))
        presenter.failed.connect(self._failed)
        self.preview.shoot.connect(self._take)
        self.preview.resized.connect(presenter.stream.fit_into)
        self.reason.confirmed.connect(presenter.complete)
        self.reason.confirmed.connect(lambda _text: self._reason_closed())
        self.reason.dismissed.connect(self._reason_closed)

    def show_application(self, header: Header) -> None:
        self._application = header.application_id
        self._view = None
        self._report = None
        self._busy = False
        self._note = ""
        self._show_live(True)
        self.preview.clear()
        self._interruption = None
        self._say_camera()
        self._show_all()
        self.presenter.stream.fit_into(self.preview.picture_room())
        self.presenter.fit_portrait_into(QSize(*_SHOT) * self.devicePixelRatioF())
        self.presenter.open(header.application_id)
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self._show_live(True)
        self.presenter.leave()
        self._live = False
        self.preview.clear()

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # as StagePage has it
        view = self._view
        if not self.reason.isHidden():
            return (PageAction("photo.dismiss", _("Cancel"), "Esc", True, False, self.reason.dismiss),)
        editable = view is not None and view.editable and not self._busy
        held = editable and view is not None and view.portrait is not None
        red = view is not None and view.verdict is Verdict.RED
        again = view is not None and view.portrait is not None
        return (
            PageAction("photo.force", _("Accept with a reason"), "F9", held and red, False, self._ask_reason),
            PageAction(
                "photo.take",
                _("Take again") if again else _("Take photo"),
                "F5",
                editable and self._live,
                not held or red,
                self._take,
            ),
            PageAction(
                "photo.complete",
                _("Continue"),
                "Ctrl+Return",
                held and not red,
                held and not red,
                self._complete,
            ),
        )

    def retranslate(self) -> None:
        self.preview.setAccessibleName(_("Live picture. Space takes the photo."))
        self._live_title.set(_("What the camera sees now"))
        self._shot_title.set(_("The photo"))
        self._shot.set_texts("", _("No photo yet"))
        self.requirements.retranslate()
        if self.preview.notice:
            self._say_camera()
        self._show_all()

    def _take(self) -> None:
        if self._view is None or not self._view.editable or self._busy or not self.reason.isHidden():
            return
        self._note = ""
        if not self.presenter.take():
            self._note = _("There is no picture to take yet.")
            self._show_advice()

    def _complete(self) -> None:
        self.presenter.complete()

    def _ask_reason(self) -> None:
        self._show_live(False)
        self.reason.ask(
            _("Why is this photo accepted although a requirement is not met?"),
            _("Reason, for example: cannot close the mouth after an injury"),
            _("Accept with this reason"),
        )
        self.actions_changed.emit()

    def _show_live(self, shown: bool) -> None:
        """Live requirements, or the question for a reason in their place."""
        self._live_title.setVisible(shown)
        self.requirements.setVisible(shown)
        self.reason.setVisible(not shown)

    def _reason_closed(self) -> None:
        self._show_live(True)
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def _fresh(self) -> None:
        newest = self.presenter.stream.newest()
        if newest is not None:
            self.preview.show_picture(newest[1])
            self._set_live(True)

    def _set_live(self, live: bool) -> None:
        """A shot is offered only while there is a picture to take."""
        if live != self._live:
            self._live = live
            self.actions_changed.emit()

    def _say_camera(self) -> None:
        """Why there is no live picture: it is being opened, or what became of it."""
        if self._interruption is None:
            opening = _("The camera is being opened.")
            self.preview.show_notice(opening, _("Please wait"), "waiting")
        else:
            message = explain(self._interruption)
            self.preview.show_notice(message.what, message.next_step, "stopped")

    def _interrupted(self, error: Exception) -> None:
        self._interruption = error
        self._report = None
        self._set_live(False)
        self._say_camera()
        self.requirements.show_requirements(())
        self._show_advice()

    def _judged(self, report: PortraitReport, size: tuple[int, int]) -> None:
        self._report = report
        self._note = ""
        self.requirements.show_requirements(report.requirements)
        face = report.face
        share = None
        if face is not None:
            width, height = size
            share = QRectF(face.x / width, face.y / height, face.width / width, face.height / height)
        self.preview.show_outline(share, KINDS[report.verdict])
        self._show_advice()

    def _shown(self, view: PhotoView, portrait: QImage) -> None:
        self._view = view
        self._portrait = portrait
        self._show_all()

    def _taking(self, busy: bool) -> None:
        self._busy = busy
        self.actions_changed.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PortraitError):
            self._note = _("No photo was taken: exactly one face must be in the picture.")
            self._show_advice()
        else:
            self.failed.emit(error)

    def _show_all(self) -> None:
        self._show_advice()
        self._show_shot()
        self.actions_changed.emit()

    def _show_advice(self) -> None:
        kind, text = "waiting", ""
        if self._note:
            kind, text = "attention", self._note
        elif self._report is not None:
            worst = most_useful(self._report.requirements)
            if worst is None:
                kind, text = "good", _("Good. Press Space to take the photo.")
            else:
                kind, text = KINDS[worst.verdict], advice(worst)
        ink = theme.STATES[kind][0]
        self._advice_icon.set(kind, ink)
        self._advice_icon.setVisible(bool(text))
        self._advice.set(text)
        self._advice.setStyleSheet(f"color: {ink};")

    def _show_shot(self) -> None:
        view = self._view
        self._shot.set_picture(self._portrait if view is not None and view.portrait is not None else None)
        verdict = view.verdict if view is not None else None
        self._verdict.setVisible(verdict is not None)
        faulty: list[str] = []
        if view is not None and verdict is not None:
            self._verdict.set(KINDS[verdict], "", verdict_word(verdict))
            faulty = [requirement_name(r.name) for r in view.requirements if r.verdict is not Verdict.GREEN]
        self._faults.set(_("Not met: {names}").format(names=", ".join(faulty)) if faulty else "")
        self._faults.setVisible(bool(faulty))
        taken = view is not None and view.attempts > 0
        self._attempts.set(
            _("Photo {number} of {allowed}").format(number=view.attempts, allowed=view.attempts_allowed)
            if view is not None and taken
            else ""
        )
