"""The album: pictures by name, language and scale in one folder, and the page that shows them side by side."""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from ui.demo.person import Person
from ui.language import LANGUAGES

SETTLED_SECONDS, LONGEST_SECONDS = 0.25, 2.5


class Album:
    """Keeps FOLDER/NAME.LANGUAGE.SCALEx.png."""

    def __init__(self, folder: Path, scale: int) -> None:
        self._folder = folder
        self.scale = scale
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, language: str, image: QImage) -> None:
        """Writes one picture. OSError when the disk does not take it."""
        path = self._folder / f"{name}.{language}.{self.scale}x.png"
        if not image.save(str(path)):
            raise OSError(f"cannot write {path}")


def still(person: Person, take: Callable[[], QImage]) -> QImage:
    """The picture once it stays the same, or as it is after LONGEST_SECONDS (a live camera never stays)."""
    end = time.monotonic() + LONGEST_SECONDS
    person.look(0.15)
    before = take()
    since = time.monotonic()
    while time.monotonic() < end:
        person.look(0.1)
        now = take()
        if now != before:
            before, since = now, time.monotonic()
        elif time.monotonic() - since >= SETTLED_SECONDS:
            break
    return before


def window_picture(window: QWidget) -> QImage:
    """The window with the dialog that stands before it."""
    picture = window.grab()
    dialog = QApplication.activeModalWidget()
    if dialog is not None and dialog is not window:
        painter = QPainter(picture)
        painter.drawPixmap(window.mapFromGlobal(dialog.mapToGlobal(QPoint(0, 0))), dialog.grab())
        painter.end()
    return picture.toImage()


def write_index(folder: Path) -> int:
    """Writes FOLDER/index.html over the pictures that lie there; returns how many."""
    pictures = sorted(folder.glob("*.png"))
    names = sorted({path.name.split(".")[0] for path in pictures})
    held = {path.name for path in pictures}
    scales = sorted({path.name.split(".")[2] for path in pictures})
    parts = [
        "<!doctype html><meta charset=utf-8><title>Gallery</title>",
        "<style>body{font:16px sans-serif;margin:16px;background:#F4F6F8}"
        "img{max-width:100%;border:1px solid #D5DCE3}"
        "section{display:grid;grid-template-columns:1fr 1fr;gap:8px;margin-bottom:24px}"
        "h2{grid-column:1/-1;margin:0}</style>",
        "<nav>" + " · ".join(f'<a href="#{escape(n)}">{escape(n)}</a>' for n in names) + "</nav>",
    ]
    for name in names:
        shown = [f"{name}.{language}.{scale}.png" for scale in scales for language in LANGUAGES]
        images = "".join(
            f'<a href="{escape(file)}"><img loading=lazy src="{escape(file)}" alt="{escape(file)}"></a>'
            for file in shown
            if file in held
        )
        parts.append(f'<section id="{escape(name)}"><h2>{escape(name)}</h2>{images}</section>')
    (folder / "index.html").write_text("\n".join(parts), encoding="utf-8")
    return len(pictures)
