"""A picture of the spoiled blank: taken with the card camera or read from a file, looked at, and kept as a JPEG."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from devices.camera.opencv import cv2
from ui.background import Job
from ui.camera.live_picture import LivePicture
from ui.camera.live_view import LiveView
from ui.camera.stream import CameraStream, scaled
from ui.language import _
from ui.stages.page import PageContext
from ui.widgets.text import Text
from workstation.biometrics.portrait.decode import read_picture

# Enough to see what is wrong with a card; px of the longer side, and JPEG quality.
_LONGEST, _QUALITY = 1600, 85
_HIGH = 200


def as_jpeg(picture: NDArray[np.uint8]) -> bytes:
    """A picture (rows x columns x BGR) as it is kept, never enlarged."""
    height, width = picture.shape[:2]
    factor = min(1.0, _LONGEST / max(height, width))
    if factor < 1.0:
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1])


class SpoiledPhoto(QWidget):
    """`jpeg` is the picture, None without one. grown(): it needs more room. failed(Exception): a file is no picture.

    F5 opens the camera and takes the picture, F6 asks for a file; `leave` lets go of the camera.
    """

    grown = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName("stock.photo")
        self._background = context.background
        self.jpeg: bytes | None = None
        self._stream = CameraStream(context.background, "card_camera", context.desk.card_camera)
        self._filming = False
        self._job: Job | None = None
        self.picture = LivePicture("stock.photo.picture")
        self.picture.setFixedHeight(_HIGH)
        self.picture.hide()
        self._live = LiveView(self._stream, self.picture)
        self._live.live_changed.connect(self._say)
        self._label = Text("", "label")
        self.camera, self.file = QPushButton(), QPushButton()
        for button, name, command in (
            (self.camera, "camera", self.press_camera),
            (self.file, "file", self.ask_file),
        ):
            button.setObjectName(f"stock.photo.{name}")
            button.setAutoDefault(False)
            button.clicked.connect(command)
        self.picture.shoot.connect(self.press_camera)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addWidget(self.camera)
        row.addWidget(self.file)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.picture)
        self._say()

    def press_camera(self) -> None:
        """Opens the camera; with its picture on the screen, takes it."""
        if not self._filming:
            self.jpeg = None
            self._filming = True
            self._show_picture()
            self._live.open()
            self._stream.start()
            self._say()
            # Once it has its place, so that a low window scrolls to it; Space takes the picture then, too.
            QTimer.singleShot(0, self.picture, self.picture.setFocus)
            return
        newest = self._stream.newest()
        if newest is None:
            return
        image = newest[0].image
        self._keep(lambda: image)

    def ask_file(self) -> None:
        """Asks for a picture file and reads it."""
        kinds = _("Pictures") + " (*.jpg *.jpeg *.png *.tif *.tiff *.bmp *.webp)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Picture of the blank card"), "", kinds)
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Takes the picture of that file; failed(OSError or PictureError) where it is none."""
        self._keep(lambda: read_picture(path))

    def leave(self) -> None:
        """No picture any more, and no camera."""
        if self._job is not None:
            self._job.cancel()
        self._end_filming()
        self.jpeg = None
        self.picture.hide()
        self._say()

    def _keep(self, picture: Callable[[], NDArray[np.uint8]]) -> None:
        room = self.picture.picture_room() if not self.picture.isHidden() else QSize(600, _HIGH)

        def work() -> tuple[bytes, QImage]:
            taken = picture()
            return as_jpeg(taken), scaled(taken, room)

        self._job = self._background.run("pictures", work, done=self._taken, failed=self.failed.emit)

    def _taken(self, made: tuple[bytes, QImage]) -> None:
        self.jpeg, shown = made
        self._end_filming()
        self._show_picture()
        self.picture.show_picture(shown)
        self._say()

    def _end_filming(self) -> None:
        if self._filming:
            self._filming = False
            self._stream.stop()
            self._live.leave()

    def _show_picture(self) -> None:
        if self.picture.isHidden():
            self.picture.show()
            self.grown.emit()

    def _say(self) -> None:
        self._label.set(
            _("Picture of the blank card, if one helps") if self.jpeg is None else _("Picture taken")
        )
        camera = _("Take the picture") if self._filming else _("Camera")
        self.camera.setText(f"{camera}  F5")
        self.camera.setEnabled(not self._filming or self._live.live)
        self.file.setText(_("From a file") + "  F6")
        self.picture.setAccessibleName(_("Picture of the blank card"))
