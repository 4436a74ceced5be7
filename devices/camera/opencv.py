"""OpenCV, imported the one way that suits a Qt program; whoever needs cv2 takes it from here."""

from __future__ import annotations

import os

# Read when the library loads: a camera that hangs must not hold its thread for OpenCV's ten seconds,
# and FFmpeg has nothing to tell the clerk.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "1")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
# Larger than any camera's picture; OpenCV's own limit would let a lying head take three gigabytes.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", "50000000")

# The wheel points Qt at plugins of its own, with which PySide6 does not start.
_QT = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT}

import cv2  # noqa: E402  # the environment above has to be set first

for _name, _value in _before.items():
    # Somebody may have imported the library before, past this module: then the value is its own, too.
    if _value is None or _value.startswith(os.path.dirname(cv2.__file__)):
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

# What fails is told by DeviceError; OpenCV would tell it once more on standard error.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

__all__ = ["cv2"]
