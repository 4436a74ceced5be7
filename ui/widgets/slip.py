"""A slip as PDF: shown whole at once and printed to give it to the person. It lies in memory only, unless someone saves
it to a place of her choice: what the disk of a station yields must not name anybody."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from printing.preview import rasterise_png
from ui import theme
from ui.background import Background
from ui.language import _
from ui.messages import explain
from ui.widgets.slip_print import PRINT_DPI, has_printer, millimetres, print_page, slip_printer
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.words import key_name


def slip_name(number: str, kind: str = "") -> str:
    """What a saved slip is called. The check character `*` of an application number is written `_`: Windows has no
    such file name."""
    return f"{number.replace('*', '_')}{kind and '-'}{kind}.pdf"


def save_slip(path: Path, content: bytes) -> None:
    """Writes the file (0600) whole or not at all. OSError when the disk does not take it."""
    unfinished = path.with_suffix(".part")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def ask_where(parent: QWidget, name: str, save: Callable[[Path], object]) -> None:
    """Asks for the place of a copy, proposed as `name`; `save` follows when one was chosen."""
    dialog = QFileDialog(parent, _("Save a copy"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: save(Path(chosen)))
    dialog.open()


class _Page(QWidget):
    """The whole page, as large as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("slip.page")
        self.setMinimumSize(120, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image = QImage()
        self._words = ""

    def say(self, words: str) -> None:
        self._words = words
        self.update()

    def show_page(self, page: QImage) -> None:
        self._image = page
        self.update()

    def pixmap(self) -> QPixmap:
        """The page as it was drawn; null while there is none."""
        return QPixmap.fromImage(self._image)

    @property
    def place(self) -> QRect:
        """Where the page lies; empty while there is none."""
        if self._image.isNull():
            return QRect()
        room = self.size() - QSize(2, 2)
        size = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return QRect(
            (self.width() - size.width()) // 2,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image.isNull():
            painter.setPen(QColor(theme.SECONDARY))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._words)
            return
        scale = self.devicePixelRatioF()
        # Scaled by averaging: a page shrunk while it is painted loses its thin strokes.
        drawn = self._image.scaled(
            self.place.size() * scale,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        drawn.setDevicePixelRatio(scale)
        painter.drawImage(self.place.topLeft(), drawn)
        painter.setPen(QColor(theme.LINE))
        painter.drawRect(self.place.adjusted(-1, -1, 0, 0))


class SlipDialog(QDialog):
    """Shows a slip whole, prints it (F5), saves a copy of it as `name` where she says (F6). Enter or Esc closes it; it
    deletes itself."""

    def __init__(self, parent: QWidget, title: str, name: str, pdf: bytes, background: Background) -> None:
        super().__init__(parent)
        self._name, self._pdf, self._background = name, pdf, background
        self.setObjectName("slip.dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._drawn_page = QImage()
        self._page = _Page()
        self._page.setAccessibleName(title)
        self._page.say(_("Drawing the slip"))
        self.strip = Strip("slip.strip")
        where = Text(_("It is not kept on this disk: print it, or save a copy."), "secondary", wrap=True)
        where.setObjectName("slip.path")
        self._print = self._button("slip.print", f"{_('Print the slip')}  {key_name('F5')}", self.print_it)
        self._print.setEnabled(False)
        save = self._button("slip.save", f"{_('Save a copy')}  {key_name('F6')}", self.save_it)
        close = self._button("slip.close", _("Close"), self.accept)
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._print)
        buttons.addWidget(save)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._page, 1)
        column.addWidget(self.strip)
        column.addWidget(where)
        column.addLayout(buttons)
        self.resize(min(640, parent.width() - 32), max(320, parent.height() - 48))
        middle = parent.mapToGlobal(parent.rect().center())
        self.move(middle.x() - self.width() // 2, middle.y() - self.height() // 2)
        close.setFocus()
        # PDFium is not made for several threads: every page of the program is drawn in this one lane.
        drawing = background.run(
            "database",
            lambda: rasterise_png(pdf, 0, PRINT_DPI),
            done=self._drawn,
            failed=lambda _error: self._page.say(
                _("The slip cannot be shown here. Save a copy and print it elsewhere.")
            ),
        )
        self.destroyed.connect(drawing.cancel)

    def _button(self, name: str, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button

    def _drawn(self, png: bytes) -> None:
        self._drawn_page = QImage.fromData(png)
        self._page.show_page(self._drawn_page)
        self._print.setEnabled(not self._drawn_page.isNull())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5 and not event.isAutoRepeat():
            self.print_it()
        elif event.key() == Qt.Key.Key_F6 and not event.isAutoRepeat():
            self.save_it()
        else:
            super().keyPressEvent(event)

    def print_it(self) -> None:
        """Asks which of the computer's printers, then prints; without one it says what can be done instead."""
        if self._drawn_page.isNull():
            return
        if not has_printer():
            self._say(
                "attention",
                _(
                    "No printer for paper is set up on this computer. Save a copy of the slip and print it elsewhere."
                ),
            )
            return
        printer = slip_printer(*millimetres(self._drawn_page))
        dialog = QPrintDialog(printer, self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        if print_page(printer, self._drawn_page):
            self._say("good", _("The slip was sent to the printer."))
        else:
            self._say(
                "stopped",
                _("The printer did not take the slip. Check the printer, then try again."),
            )

    def save_it(self) -> None:
        """Asks for the place; the copy there is hers to look after."""
        ask_where(self, self._name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Writes the copy and says so."""
        saving = self._background.run(
            "settings",
            lambda: save_slip(path, self._pdf),
            done=lambda _none: self._say("good", _("Saved as {path}").format(path=path)),
            failed=lambda error: self._say("stopped", explain(error).text),
        )
        self.destroyed.connect(saving.cancel)

    def _say(self, kind: str, text: str) -> None:
        self.strip.say(kind, text, close=_("Close"))
