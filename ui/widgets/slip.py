"""A slip as PDF: kept in a folder of the office and shown at once, so that the clerk can print and give it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from printing.preview import rasterise_png
from ui import theme
from ui.background import Background
from ui.language import _

PREVIEW_DPI = 96


def keep_slip(folder: Path, number: str, pdf: bytes) -> Path:
    """Writes FOLDER/NUMBER.pdf whole or not at all. OSError when the disk does not take it.

    The check character `*` of an application number is written `_`: Windows has no such file name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number.replace('*', '_')}.pdf"
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        file.write(pdf)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return path


class SlipDialog(QDialog):
    """Shows the first page of a kept slip and where it lies. Enter or Esc closes it; it deletes itself."""

    def __init__(self, parent: QWidget, title: str, path: Path, pdf: bytes, background: Background) -> None:
        super().__init__(parent)
        self.setObjectName("slip.dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page = QLabel(_("Drawing the slip"))
        self._page.setObjectName("slip.page")
        self._page.setAccessibleName(title)
        self._page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll = QScrollArea()
        scroll.setWidget(self._page)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        where = QLabel(_("Kept as {path}").format(path=path))
        where.setObjectName("slip.path")
        where.setWordWrap(True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        show_file = QPushButton(_("Open the file"))
        show_file.setObjectName("slip.open")
        show_file.setAutoDefault(False)
        show_file.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        close = QPushButton(_("Close"))
        close.setObjectName("slip.close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(show_file)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(scroll, 1)
        column.addWidget(where)
        column.addLayout(buttons)
        self.resize(640, max(400, parent.height() - 80))
        self.setStyleSheet(f"QDialog {{ border: 1px solid {theme.BORDER}; }}")
        close.setFocus()
        # PDFium is not made for several threads: every page of the program is drawn in this one lane.
        drawing = background.run(
            "database",
            lambda: rasterise_png(pdf, 0, PREVIEW_DPI),
            done=self._drawn,
            failed=lambda _error: self._page.setText(_("The slip is kept, but cannot be shown here.")),
        )
        self.destroyed.connect(drawing.cancel)

    def _drawn(self, png: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(png)
        self._page.setPixmap(picture)
