"""The verifier's window: camera, picture file or text at the left, what is to be said of the card at the right."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from devices.camera.capture import Camera
from ui.action_bar import ActionBar
from ui.background import Background
from ui.camera.live_picture import LivePicture
from ui.camera.live_view import LiveView
from ui.keys import Keys
from ui.language import _, language, set_language
from ui.stages.check.verdict import Verdict as VerdictBanner
from ui.stages.page import PageAction
from ui.theme import apply_theme
from ui.verifier.presenter import VerifierPresenter
from ui.verifier.words import reason, said, sentence
from ui.widgets.facts import FactCard
from ui.widgets.field import Field
from ui.widgets.picture import Picture
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import Text
from workstation.card_reading.verify import Verdict

_FACE = (150, 192)


class VerifierWindow(QWidget):
    """F7 reads a picture file, F8 chooses the trust list, F4 speaks the other language; a code before the camera is
    told at once, a pasted one with Return. `camera` is a source as in the office's settings, empty for none."""

    def __init__(self, keys_folder: Path | None, camera: str) -> None:
        super().__init__()
        self.setObjectName("verifier")
        self.setProperty("surface", "ground")
        self.resize(1100, 680)
        self.background = Background(self)
        self._camera = Camera(camera) if camera else None
        self._verdict: Verdict | None = None
        self._fault = ""
        self.presenter = VerifierPresenter(self.background, self._opened)
        self.preview = LivePicture("verifier.preview")
        self.live = LiveView(self.presenter.stream, self.preview)
        self.banner = VerdictBanner()
        self.facts = FactCard(label_width=160)
        self.face = Picture(_FACE)
        self.text = QLineEdit()
        self.text.setObjectName("verifier.text")
        self._field = Field("", self.text)
        self._check = QPushButton()
        self._trust, self._lost = Text("", "secondary", wrap=True), Text("", "secondary", wrap=True)
        self._bar = ActionBar()
        self._keys = Keys(self)
        self._lay_out()
        self.presenter.trust_changed.connect(self._show)
        self.presenter.told.connect(self._told)
        self.presenter.not_told.connect(self._not_told)
        self.text.returnPressed.connect(self._read_text)
        self._check.clicked.connect(self._read_text)
        self.retranslate()
        if keys_folder is not None:
            self.presenter.trust(keys_folder)
        if self._camera is not None:
            self.live.open()
            self.presenter.look_at_camera()

    def _opened(self) -> Camera:
        assert self._camera is not None
        return self._camera

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.preview, 1)
        self.preview.setVisible(self._camera is not None)
        left.addWidget(self._field)
        left.addWidget(self._check, 0, Qt.AlignmentFlag.AlignLeft)
        if self._camera is None:
            left.addStretch(1)
        left.addWidget(self._trust)
        facts = QWidget()
        beside = QHBoxLayout(facts)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(16)
        beside.addWidget(self.facts, 1)
        beside.addWidget(self.face, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.banner)
        right.addWidget(self._lost)
        right.addWidget(Scrolled(facts), 1)
        across = QHBoxLayout()
        across.setContentsMargins(16, 16, 16, 8)
        across.setSpacing(24)
        across.addLayout(left, 9)
        across.addLayout(right, 13)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(across, 1)
        whole.addWidget(self._bar)

    def retranslate(self) -> None:
        """Every word again."""
        self.setWindowTitle(_("Check a card"))
        self.preview.setAccessibleName(_("Live picture. A code before the camera is checked at once."))
        self._field.set_texts(_("Text of the code"), _("A reader that types, or the clipboard, then Return."))
        self._check.setText(_("Check"))
        self._lost.set(_("Whether a card was reported lost or stolen is not known here."))
        self.live.retranslate()
        self._show()

    def commands(self) -> tuple[PageAction, ...]:
        """The commands of the bar below."""
        other = {"lo": "English", "en": "ລາວ"}[language()]
        return (
            PageAction("verifier.language", other, "F4", True, False, self._speak),
            PageAction("verifier.trust", _("Trust list"), "F8", True, False, self._ask_trust),
            PageAction("verifier.file", _("Picture from a file"), "F7", True, True, self._ask_file),
        )

    def _speak(self) -> None:
        set_language({"lo": "en", "en": "lo"}[language()])
        self.retranslate()

    def _ask_trust(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Trust list"))
        if chosen:
            self.presenter.trust(Path(chosen))

    def _ask_file(self) -> None:
        kinds = _("Pictures") + " (*.jpg *.jpeg *.png *.tif *.tiff *.bmp *.webp)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Picture from a file"), "", kinds)
        if chosen:
            self.presenter.read_file(Path(chosen))

    def _read_text(self) -> None:
        if self.text.text().strip("\r\n"):
            self.presenter.read_text(self.text.text().strip("\r\n"))

    def _told(self, verdict: Verdict, face: bytes | None) -> None:
        self._verdict, self._fault = verdict, ""
        self.face.set_picture(face)
        self._show()

    def _not_told(self, code: str) -> None:
        self._verdict, self._fault = None, code
        self.face.set_picture(None)
        self._show()

    def _show(self) -> None:
        presenter, verdict = self.presenter, self._verdict
        if presenter.fault is not None:
            self._trust.set(reason(presenter.fault.code, {"file": presenter.fault.file}))
        elif presenter.keys:
            told = _("Trust list: {folder}. Keys in it: {count}")
            self._trust.set(told.format(count=len(presenter.keys), folder=presenter.folder))
        else:
            self._trust.set(_("No trust list is chosen: no card can be believed. F8 chooses one."))
        if verdict is None:
            self.banner.say(*self._waiting())
        else:
            self.banner.say("good" if verdict.valid else "stopped", sentence(verdict))
        card = None if verdict is None else verdict.card
        self._lost.setVisible(card is not None)
        self.facts.setVisible(card is not None)
        self.facts.set_facts(() if card is None else said(card))
        self.face.setVisible(card is not None and self.face.shows)
        commands = self.commands()
        self._bar.show_actions(commands)
        self._keys.bind("verifier", {command.key: command.run for command in commands})

    def _waiting(self) -> tuple[str, str]:
        if self._fault == "no-file":
            return "attention", _("This file could not be opened.")
        if self._fault:
            return "attention", reason(self._fault, {})
        if self._camera is not None:
            return "plain", _("Show the card's code to the camera.")
        return "plain", _("Choose a picture of the card's code, or paste its text.")

    def closeEvent(self, event: QCloseEvent) -> None:
        self.end()
        super().closeEvent(event)

    def end(self) -> None:
        """Lets go of camera and lanes."""
        self.presenter.stop()
        self.background.close()
        if self._camera is not None:
            self._camera.close()
            self._camera = None


def run(keys_folder: Path | None, camera: str) -> int:
    """Opens the window and stays until it is closed."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    set_language("lo")
    apply_theme(application)
    window = VerifierWindow(keys_folder, camera)
    try:
        window.show()
        return application.exec()
    finally:
        window.end()
