"""The fingerprints page: which finger comes next, its capture with progress, and what is held of all of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui import theme
from ui.language import _
from ui.stages.fingerprints.finger_table import KINDS, FingerTable, mark_of
from ui.stages.fingerprints.hands import FingerMark, HandsPicture
from ui.stages.fingerprints.presenter import FingerprintsPresenter
from ui.stages.fingerprints.signing import Signing
from ui.stages.page import PageAction, PageContext, StagePage
from ui.widgets.progress import Progress
from ui.widgets.reason_panel import ReasonPanel
from ui.widgets.scored_picture import ScoredPicture
from ui.widgets.text import Text
from ui.words.fingers import MISSING_REASONS, finger_name, missing_reason
from workstation.workflow.fingerprints.view import FingerprintsView, FingerView
from workstation.workflow.header import Header
from workstation.workflow.signature.view import SignatureView

_PRINT = (238, 280)


class FingerprintsPage(StagePage):
    """F5 takes the chosen finger, Esc breaks off, F7 marks it as missing, F6 opens the pad to sign on; arrow keys
    choose, Ctrl+Return goes on."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("fingerprints")
        self._application = ""
        self._view: FingerprintsView | None = None
        self._current: int | None = None
        # Offer the next open finger when the view arrives; off while the clerk tries one again.
        self._follow = True
        # The print on the page: the one just taken stays to be seen while the next finger is already chosen.
        self._pictured: int | None = None
        self.presenter = FingerprintsPresenter(context)
        self.hands = HandsPicture()
        self._task = Text("", "title")
        self._task.setObjectName("fingerprints.task")
        self._hint = Text("", wrap=True)
        self._hint.setObjectName("fingerprints.hint")
        self.progress = Progress("fingerprints.progress")
        self._taken = ScoredPicture("fingerprints", _PRINT)
        self._print = self._taken.picture
        self.signing = Signing(self.presenter)
        self.fingers = FingerTable()
        self.reason = ReasonPanel("fingerprints.missing")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._task)
        left.addWidget(self._hint)
        left.addWidget(self.progress)
        left.addWidget(self.hands, 1000)
        left.addWidget(self.reason)
        left.addStretch(1)
        taken = QVBoxLayout()
        taken.setSpacing(8)
        taken.addWidget(self._taken)
        taken.addWidget(self.signing)
        taken.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 12, 16, 12)
        across.setSpacing(24)
        across.addLayout(left, 9)
        across.addLayout(taken)
        across.addWidget(self.fingers, 13)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.shown.connect(self._shown)
        presenter.began.connect(self._began)
        presenter.received.connect(self._received)
        presenter.judging.connect(self._judging)
        presenter.kept.connect(self._kept)
        presenter.ended.connect(self._ended)
        presenter.completed.connect(lambda _stage: self.moved.emit(self._application))
        presenter.failed.connect(self.failed)
        self.signing.failed.connect(self.failed)
        self.signing.closed.connect(self._focus_fingers)
        self.hands.chosen.connect(self._choose)
        self.fingers.chosen.connect(self._choose)
        self.reason.confirmed.connect(self._missing)
        self.reason.dismissed.connect(self._focus_fingers)

    def show_application(self, header: Header) -> None:
        self._application = header.application_id
        self._view = None
        self.signing.expect(header.name_lo)
        self._current = self._pictured = None
        self._follow = True
        self.reason.hide()
        self._show_all()
        self.presenter.open(header.application_id)
        self._focus_fingers()

    def leave(self) -> None:
        self.reason.hide()
        self.signing.put_away()
        self.presenter.leave()

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # as StagePage has it
        view, position = self._view, self._current
        if self.presenter.capturing:
            return (
                PageAction("fingerprints.cancel", _("Cancel"), "Esc", True, False, self.presenter.cancel),
            )
        if not self.reason.isHidden():
            return (PageAction("fingerprints.dismiss", _("Cancel"), "Esc", True, False, self.reason.dismiss),)
        editable = view is not None and view.editable
        chosen = editable and position is not None
        complete = editable and view is not None and not self._open_positions(view)
        held = view is not None and position in view.fingers
        signature = view.signature if view is not None else SignatureView()
        unsigned = signature.required and not signature.settled
        return (
            *self.signing.command(signature, editable=editable, primary=complete and unsigned),
            PageAction(
                "fingerprints.missing", _("Finger is missing"), "F7", chosen, False, self._ask_missing
            ),
            PageAction(
                "fingerprints.take",
                _("Scan the finger again") if held else _("Take the finger"),
                "F5",
                chosen,
                not complete,
                self._take,
            ),
            PageAction(
                "fingerprints.complete",
                _("Continue"),
                "Ctrl+Return",
                editable,
                complete and not unsigned,
                self.presenter.complete,
            ),
        )

    def retranslate(self) -> None:
        self.hands.setAccessibleName(_("The two hands with the fingers that are asked for"))
        self.fingers.setAccessibleName(_("Fingers"))
        self.progress.setAccessibleName(_("How much of the image has arrived"))
        self._show_all()
        if self.reason.isVisible():
            self._ask_missing(again=True)
        self.signing.retranslate()

    @staticmethod
    def _open_positions(view: FingerprintsView) -> list[int]:
        """Fingers that still want a capture: not held, or too low with attempts left."""
        waiting = []
        for position in view.required:
            finger = view.fingers.get(position)
            mark = mark_of(finger)
            spent = finger is not None and finger.attempts >= view.attempts_allowed
            if mark is FingerMark.OPEN or (mark is FingerMark.LOW and not spent):
                waiting.append(position)
        return waiting

    def _choose(self, position: int) -> None:
        if not self.presenter.capturing:
            self._current = self._pictured = position
            self._show_all()

    def _take(self) -> None:
        if self._current is not None:
            self.presenter.begin(self._current)

    def _ask_missing(self, *, again: bool = False) -> None:
        if self._current is None:
            return
        self.hands.hide()
        self.reason.ask(
            _("Why can this finger not be taken? {finger}").format(finger=finger_name(self._current)),
            _("Note, if something is to be remembered"),
            _("Mark as missing"),
            [(code, missing_reason(code)) for code in MISSING_REASONS],
            again=again,
        )
        self.actions_changed.emit()

    def _missing(self, reason: str) -> None:
        if self._current is not None:
            self._follow = True
            self._pictured = self._current
            self.presenter.mark_missing(self._current, reason)
        self._focus_fingers()

    def _focus_fingers(self) -> None:
        self.hands.show()
        self.fingers.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def _shown(self, view: FingerprintsView) -> None:
        self._view = view
        if self._follow or self._current not in view.required:
            waiting = self._open_positions(view)
            if waiting:
                self._current = waiting[0]
            elif self._current not in view.required:
                self._current = view.required[0] if view.required else None
        self._follow = False
        self._show_all()

    def _began(self, position: int) -> None:
        self._current = self._pictured = position
        self.progress.begin()
        # The list is shut while a finger is taken; without this the focus would leave the page.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_all()
        self._say(_("Place the finger on the reader and keep it still."), "action")

    def _received(self, received: int, total: int) -> None:
        self.progress.advance(received, total)
        self._say(_("The image is being read. The finger may be lifted."), "action")

    def _judging(self) -> None:
        self.progress.judge()
        self._say(_("The image is being judged."), "action")

    def _kept(self, _position: int, finger: FingerView) -> None:
        # A good finger is done and the next one is offered; a bad one stays chosen, to be tried again.
        self._follow = finger.good

    def _ended(self) -> None:
        self.progress.end(whole=False)
        self._show_all()
        self._focus_fingers()

    def _say(self, text: str, kind: str) -> None:
        self._hint.set(text)
        self._hint.setStyleSheet(f"color: {theme.STATES[kind][0]};")

    def _show_all(self) -> None:
        view, current = self._view, self._current
        fingers = view.fingers if view is not None else {}
        required = view.required if view is not None else ()
        capturing = self.presenter.capturing
        self.fingers.show_fingers(
            required, fingers, view.attempts_allowed if view is not None else 0, current
        )
        if capturing and self.fingers.hasFocus():
            # A disabled list would hand its focus on to whatever comes next, the search field even.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fingers.setEnabled(not capturing)
        self.hands.show_fingers({position: mark_of(fingers.get(position)) for position in required}, current)
        if view is not None:
            self.signing.show_signature(view.signature)
        self._task.set(finger_name(current) if current is not None else "")
        if not capturing:
            self._show_hint(view)
        pictured = self._pictured if self._pictured is not None else current
        self._print.set_texts(
            finger_name(pictured) if pictured is not None else "", _("No image of this finger")
        )
        self._show_print(fingers.get(pictured) if pictured is not None else None)
        self.actions_changed.emit()

    def _show_hint(self, view: FingerprintsView | None) -> None:
        if view is None:
            self._say(_("Please wait"), "waiting")
        elif not view.required:
            self._say(_("No fingerprints are asked for at this age."), "good")
        elif mark_of(view.fingers.get(self._current or 0)) is FingerMark.LOW:
            self._say(
                _("Too low. Clean and dry the finger, press it down evenly, then press F5."), "attention"
            )
        elif waiting := self._open_positions(view):
            self._say(
                _("{count} still to be taken. F5 takes the chosen finger.").format(count=len(waiting)),
                "plain",
            )
        else:
            self._say(_("All fingers are done."), "good")

    def _show_print(self, finger: FingerView | None) -> None:
        view, mark = self._view, mark_of(finger)
        # A fingerprint image is 272 x 320 pixels: shown at once, it takes a millisecond.
        self._print.set_picture(finger.preview if finger is not None else None)
        known = finger is not None and mark is not FingerMark.OPEN
        self._taken.show_verdict(known)
        if finger is None or view is None:
            return
        kind, drawing = KINDS[mark]
        if finger.missing_reason is not None:
            self._taken.judge(kind, drawing, _("Finger is missing"), missing_reason(finger.missing_reason))
            return
        score = _("Quality {score}, at least {minimum} is needed").format(
            score=finger.nfiq2, minimum=view.minimum
        )
        word = _("Good") if mark is FingerMark.GOOD else _("Quality too low")
        self._taken.judge(kind, drawing, word, score)
