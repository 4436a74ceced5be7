"""Pictures of every widget in all its states and of every page, to be looked at by people. Needs no screen."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from ui.gallery.office import Drawer

# A window at scale 2 has half the room: 1366 x 768 px of a small screen at 200 %.
SCALES = (1, 2)
SCREEN = (1366, 768)
_OURS = ("page-*.png", "widget-*.png", "index.html")


class NotDrawn(Exception):
    """The pictures of one scale are not complete; the process that drew them has said why."""


def run_gallery(out: Path, draw: Drawer, *, only: str | None = None) -> int:
    """Leaves NAME.LANGUAGE.SCALEx.png and index.html in `out`; returns the number of pictures.

    `draw` makes an invented finger's print of (seed, impression). `only`: "widgets" or "pages". Raises WorldError or
    NotDecided when the office cannot be filled, NotDrawn when a process that draws fails.
    """
    from ui.gallery.album import write_index
    from ui.gallery.office import prepare

    out.mkdir(parents=True, exist_ok=True)
    for pattern in _OURS:
        for old in out.glob(pattern):
            old.unlink()
    folder = Path(tempfile.mkdtemp(prefix="lao-id-gallery-"))
    try:
        if only != "widgets":
            prepare(folder, draw).keep(folder / "shown.json")
        # Most of the time is waiting until a page stands still: the scales wait together.
        children = {scale: _in_its_own_process(folder, out, scale, only) for scale in SCALES}
        for child in children.values():
            child.join()
        failed = {scale: child.exitcode for scale, child in children.items() if child.exitcode}
        if failed:
            raise NotDrawn(", ".join(f"scale {scale}: exit code {code}" for scale, code in failed.items()))
        return write_index(out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_its_own_process(folder: Path, out: Path, scale: int, only: str | None) -> SpawnProcess:
    """Qt reads the scale when its application begins, so each scale has a process; it is running when returned."""
    before = dict(os.environ)
    os.environ.update(QT_QPA_PLATFORM="offscreen", QT_SCALE_FACTOR=str(scale), QT_FONT_DPI="96")
    try:
        child = multiprocessing.get_context("spawn").Process(
            target=draw_scale, args=(folder, out, scale, only), name=f"gallery-{scale}x"
        )
        child.start()
    finally:
        os.environ.clear()
        os.environ.update(before)
    return child


def draw_scale(folder: Path, out: Path, scale: int, only: str | None) -> None:
    """Draws everything at one scale; runs in a process of its own."""
    from PySide6.QtWidgets import QApplication

    from ui.gallery.album import Album
    from ui.theme import apply_theme

    application = QApplication(["workstation-gallery"])
    apply_theme(application)
    album = Album(out, scale)
    if only != "pages":
        from ui.gallery.sheets import draw_sheets

        draw_sheets(album)
    if only != "widgets":
        from ui.gallery.office import Shown
        from ui.gallery.pages import Tour

        shown = Shown.read(folder / "shown.json")
        # Opening a page may write a draft or a job: each scale begins with the same office.
        own = folder / f"office-{scale}x"
        shutil.copytree(shown.data, own)
        shown.data = str(own)
        Tour(shown, album, (SCREEN[0] // scale, SCREEN[1] // scale)).run()
