"""The commands of the photo page, by what it shows: function keys, Enter, Esc and Space only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.language import _
from ui.stages.page import PageAction
from ui.stages.photo.state import Mode
from workstation.biometrics.portrait.examine import Verdict

if TYPE_CHECKING:
    from ui.stages.photo.page import PhotoPage


def commands(page: PhotoPage) -> tuple[PageAction, ...]:
    """The primary one last."""
    match page.state.mode:
        case Mode.LIVE:
            return _live(page)
        case Mode.PROPOSED:
            return (
                PageAction("photo.reject", _("Not this one"), "Esc", True, False, page.reject),
                PageAction(
                    "photo.accept", _("Keep this photo"), "Return", not page.state.busy, True, page.accept
                ),
            )
        case Mode.KEPT:
            return _kept(page)
        case Mode.COMPARE:
            return _compare(page)
        case Mode.EXCEPTION:
            ready = not page.state.busy and page.state.live
            return (
                PageAction("photo.back", _("Back"), "Esc", True, False, page.back),
                PageAction(
                    "photo.take_exception",
                    _("Take the exception photo"),
                    "F5",
                    ready,
                    True,
                    page.take_exception,
                ),
            )
        case Mode.CAMERA | Mode.REASON:
            return (PageAction("photo.dismiss", _("Cancel"), "Esc", True, False, page.back),)


def _live(page: PhotoPage) -> tuple[PageAction, ...]:
    state = page.state
    ready = state.editable and not state.busy and state.live
    arm = _("Stop the automatic shot") if state.armed else _("Automatic shot")
    offered = [
        PageAction("photo.camera", _("Camera"), "F7", not state.busy, False, page.camera.ask),
        PageAction(
            "photo.exception",
            _("Exception photo"),
            "F4",
            state.editable,
            False,
            lambda: page.show_mode(Mode.EXCEPTION),
        ),
    ]
    if state.automatic:
        offered.append(PageAction("photo.arm", arm, "F6", ready, False, page.arm))
    if state.looked_at is not None:
        offered.insert(
            0,
            PageAction(
                "photo.show", _("Back to the photo"), "Esc", True, False, lambda: page.show_mode(Mode.KEPT)
            ),
        )
    return (*offered, PageAction("photo.take", _("Take photo"), "F5", ready, True, page.take))


def _kept(page: PhotoPage) -> tuple[PageAction, ...]:
    state = page.state
    shot = state.looked_at
    chosen = shot is not None and shot.chosen
    red = shot is not None and shot.verdict is Verdict.RED
    may = state.editable and not state.busy
    offered = [
        PageAction(
            "photo.compare", _("Compare"), "F8", chosen and not state.busy, False, page.presenter.compare
        ),
        PageAction(
            "photo.exception",
            _("Exception photo"),
            "F4",
            state.editable,
            False,
            lambda: page.show_mode(Mode.EXCEPTION),
        ),
        PageAction(
            "photo.force", _("Accept with a reason"), "F9", may and chosen and red, False, page.ask_force
        ),
        PageAction("photo.again", _("Take again"), "F5", may, red, lambda: page.show_mode(Mode.LIVE)),
    ]
    if chosen:
        go_on = may and not red
        offered.append(
            PageAction("photo.complete", _("Continue"), "Ctrl+Return", go_on, go_on, page.presenter.complete)
        )
    else:
        offered.append(PageAction("photo.choose", _("Use this photo"), "Return", may, True, page.choose))
    return tuple(offered)


def _compare(page: PhotoPage) -> tuple[PageAction, ...]:
    panel = page.board.compare
    flicker = _("Stop the flicker") if panel.flickering else _("Flicker")
    return (
        PageAction("photo.back", _("Back"), "Esc", True, False, page.back),
        PageAction("photo.file", _("Picture from a file"), "F7", not page.state.busy, False, page.ask_file),
        PageAction("photo.flicker", flicker, "F2", panel.earlier_shown, True, page.flicker),
    )
