"""Stored pictures made ready for the window, in a lane: decoding and scaling take the time of several frames."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage


def decoded(content: bytes | None, room: QSize) -> QImage:
    """A JPEG or PNG scaled to fit into `room` (device pixels); a null image when there is none or it is damaged."""
    picture = QImage.fromData(content) if content else QImage()
    if picture.isNull():
        return picture
    return picture.scaled(
        room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
