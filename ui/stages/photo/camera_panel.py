"""Which camera looks at the applicant, how large its pictures are and how long each is exposed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from devices.camera.listing import FoundCamera
from devices.camera.mode import RESOLUTIONS
from ui.language import _
from ui.widgets.text import Text
from workstation.settings import Settings

# 0 leaves it to the camera; the others suit lamps on 50 Hz mains.
_EXPOSURES_MS = (0, 10, 20, 30)


class CameraPanel(QFrame):
    """chosen(Settings): this camera from now on; dismissed(): as it was. Enter in the list chooses."""

    chosen = Signal(object)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photo.cameras")
        self.setProperty("surface", "card")
        self._settings = Settings()
        self._found: tuple[FoundCamera, ...] = ()
        self._title = Text("", "title")
        self.list = QListWidget()
        self.list.setObjectName("photo.cameras.list")
        self.list.setMinimumHeight(130)
        self.list.itemActivated.connect(lambda _item: self._choose())
        self.size_box, self.exposure_box = QComboBox(), QComboBox()
        self._size_label, self._exposure_label = Text("", "label"), Text("", "label")
        self._note = Text("", "secondary", wrap=True)
        self._use = QPushButton()
        self._use.setObjectName("photo.cameras.use")
        self._use.setProperty("role", "primary")
        self._use.clicked.connect(self._choose)
        modes = QHBoxLayout()
        modes.setSpacing(16)
        for label, box in ((self._size_label, self.size_box), (self._exposure_label, self.exposure_box)):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(label)
            column.addWidget(box)
            modes.addLayout(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self.list, 1)
        layout.addLayout(modes)
        layout.addWidget(self._note)
        layout.addWidget(self._use, 0, Qt.AlignmentFlag.AlignRight)
        self.retranslate()

    def fill(self, settings: Settings, found: tuple[FoundCamera, ...]) -> None:
        """Lists what is plugged in, and what is used now even where it is not."""
        self._settings, self._found = settings, found
        self.retranslate()

    def _fill(self) -> None:
        self.list.clear()
        held = self._settings.camera
        names = {camera.source: camera.name for camera in self._found}
        if held and held not in names:
            names = {held: _("{camera} (used now, not plugged in here)").format(camera=held), **names}
            if not held.startswith(("usb:", "camera:")):
                names[held] = held
        for source, name in names.items():
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, source)
            self.list.addItem(item)
            if source == held:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        self._use.setEnabled(self.list.count() > 0)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        width, height = RESOLUTIONS[self.size_box.currentIndex()]
        self.chosen.emit(
            replace(
                self._settings,
                camera=item.data(Qt.ItemDataRole.UserRole),
                camera_width=width,
                camera_height=height,
                camera_exposure_ms=_EXPOSURES_MS[self.exposure_box.currentIndex()],
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self._title.set(_("Camera for the applicant"))
        self.list.setAccessibleName(_("Camera for the applicant"))
        self._size_label.set(_("Size of the picture"))
        self._exposure_label.set(_("Exposure"))
        self._note.set(_("Size and exposure are for USB cameras. This computer remembers the choice."))
        self._use.setText(_("Use this camera"))
        held = self._settings
        self.size_box.clear()
        self.size_box.addItems([f"{width} × {height}" for width, height in RESOLUTIONS])
        self.exposure_box.clear()
        self.exposure_box.addItems([f"{ms} ms" if ms else _("By itself") for ms in _EXPOSURES_MS])
        size, exposure = (held.camera_width, held.camera_height), held.camera_exposure_ms
        self.size_box.setCurrentIndex(RESOLUTIONS.index(size) if size in RESOLUTIONS else 0)
        self.exposure_box.setCurrentIndex(_EXPOSURES_MS.index(exposure) if exposure in _EXPOSURES_MS else 0)
        for box, name in ((self.size_box, _("Size of the picture")), (self.exposure_box, _("Exposure"))):
            box.setAccessibleName(name)
        self._fill()
