"""Choosing the camera: looks which are plugged in, asks, remembers the answer and uses it at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from devices.camera.listing import FoundCamera, cameras
from ui.stages.page import PageContext
from ui.stages.photo.camera_panel import CameraPanel
from workstation.settings import Settings, save_settings

_LANE = "camera_list"


class CameraChoice(QObject):
    """asking(): the panel has its list and wants to be shown; used(): another camera (or mode) from now on;
    failed(Exception): it could not be remembered; the camera stays as it was."""

    asking = Signal()
    used = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, panel: CameraPanel) -> None:
        super().__init__()
        self._context = context
        self._panel = panel
        panel.chosen.connect(self._use)

    def ask(self) -> None:
        """Looking for cameras may take a moment, in a lane."""

        def found(seen: tuple[FoundCamera, ...]) -> None:
            self._panel.fill(self._context.desk.settings, seen)
            self.asking.emit()

        self._context.background.run(_LANE, cameras, done=found, failed=self.failed.emit)

    def _use(self, settings: Settings) -> None:
        desk, data = self._context.desk, self._context.office.data

        def use() -> None:
            save_settings(data, settings)
            desk.use_camera(settings)

        self._context.background.run(_LANE, use, done=lambda _none: self.used.emit(), failed=self.failed.emit)
