"""How the photo page is laid out: the picture at the left, what is measured and the photos so far at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.camera.live_picture import LivePicture
from ui.language import _
from ui.stages.photo.advice_line import AdviceLine
from ui.stages.photo.attempts import THUMB_SIZE, Attempts
from ui.stages.photo.camera_panel import CameraPanel
from ui.stages.photo.compare_panel import ComparePanel
from ui.stages.photo.exception_panel import ExceptionPanel
from ui.stages.photo.requirements import RequirementsStrip
from ui.stages.photo.shot_panel import SHOT_SIZE, ShotPanel
from ui.stages.photo.state import Mode
from ui.widgets.badge import Badge
from ui.widgets.reason_panel import ReasonPanel
from ui.widgets.text import Text
from workstation.biometrics.portrait.detect import EngineName

_LEFT, _RIGHT = 10, 12


class Board(QWidget):
    """Only widgets; the page says what they show. The left and the right part show one of their widgets each."""

    def __init__(self) -> None:
        super().__init__()
        self.preview = LivePicture("photo.preview")
        self.advice = AdviceLine("photo.advice")
        self.shot = ShotPanel()
        self.requirements = RequirementsStrip()
        self.reason = ReasonPanel("photo.reason")
        self.exception = ExceptionPanel()
        self.cameras = CameraPanel()
        self.compare = ComparePanel()
        self.attempts = Attempts()
        self.armed = Badge()
        self.armed.setObjectName("photo.armed")
        self._measures_title = Text("", "strong")
        self._engine = Text("", "secondary", wrap=True)
        self._engine.setObjectName("photo.engine")
        self._engine.hide()
        self._measures = QWidget()
        self._live, self._work = QWidget(), QWidget()
        self._left, self._right, self._whole = QStackedWidget(), QStackedWidget(), QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        live = QVBoxLayout(self._live)
        live.setContentsMargins(0, 0, 0, 0)
        live.setSpacing(8)
        live.addWidget(self.preview, 1)
        live.addWidget(self.advice)
        title = QHBoxLayout()
        title.addWidget(self._measures_title, 1)
        title.addWidget(self.armed)
        measures = QVBoxLayout(self._measures)
        measures.setContentsMargins(0, 0, 0, 0)
        measures.setSpacing(0)
        measures.addLayout(title)
        measures.addWidget(self._engine)
        measures.addWidget(self.requirements, 1)
        for part in (self._live, self.shot):
            self._left.addWidget(part)
        for part in (self._measures, self.reason, self.exception, self.cameras):
            self._right.addWidget(part)
        for stack in (self._left, self._right):
            # Otherwise the page grows with whatever is widest in the stack.
            stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._right, 1)
        right.addWidget(self.attempts)
        across = QHBoxLayout(self._work)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(20)
        across.addWidget(self._left, _LEFT)
        across.addLayout(right, _RIGHT)
        self._whole.addWidget(self._work)
        self._whole.addWidget(self.compare)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 8, 16, 8)
        outer.addWidget(self._whole)
        self.setMinimumSize(960, 420)

    def turn_to(self, mode: Mode, *, kept: bool) -> None:
        """Shows what belongs to `mode`, with the focus in it; `kept`: panels stand beside the photo kept."""
        self._whole.setCurrentWidget(self.compare if mode is Mode.COMPARE else self._work)
        beside_shot = mode in (Mode.PROPOSED, Mode.KEPT) or (kept and mode is Mode.REASON)
        self._left.setCurrentWidget(self.shot if beside_shot else self._live)
        panel, focus = {
            Mode.LIVE: (self._measures, self.preview),
            Mode.PROPOSED: (self._measures, self.shot),
            Mode.KEPT: (self._measures, self.shot),
            Mode.COMPARE: (self._measures, self.compare.slider),
            Mode.EXCEPTION: (self.exception, self.exception.reason),
            Mode.CAMERA: (self.cameras, self.cameras.list),
            Mode.REASON: (self.reason, self.reason),
        }[mode]
        self._right.setCurrentWidget(panel)
        if mode is not Mode.COMPARE:
            self.compare.stop()
        if self.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Nothing of one person stays on the screen."""
        self.shot.forget()
        self.compare.forget()
        self.exception.forget()
        self.requirements.show_requirements(())
        self.attempts.show_attempts((), "")
        self.advice.say("waiting", "")

    def hasHeightForWidth(self) -> bool:
        """False: the longest text of a part that is not shown must not make the page higher than its window."""
        return False

    def photo_rooms(self) -> tuple[QSize, QSize]:
        """The room for a photo on its panel and in the row, in device pixels."""
        scale = self.devicePixelRatioF()
        return QSize(*SHOT_SIZE) * scale, THUMB_SIZE * scale

    def say_armed(self, armed: bool, allowed: bool) -> None:
        """The state of the automatic shot, in words."""
        self.armed.setVisible(allowed)
        if armed:
            self.armed.set("action", "camera", _("Automatic shot: waiting"))
        else:
            self.armed.set("plain", "camera", _("Automatic shot: off"))

    def say_engine(self, engine: EngineName) -> None:
        """The engine without a mesh measures little, and the clerk should know."""
        self._engine.setVisible(engine is EngineName.HAAR)

    def title_measures(self, text: str) -> None:
        self._measures_title.set(text)

    def retranslate(self) -> None:
        self.preview.setAccessibleName(_("Live picture. Space takes the photo."))
        self._engine.set(
            _("Only the simple checks run here: what is grey is not measured. Look at it yourself.")
        )
        for part in (self.requirements, self.exception, self.cameras, self.compare):
            part.retranslate()
