"""The sheets of what frames a page: rail, strips, toast, bars, the panel that asks for a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QFrame, QWidget

from ui import theme
from ui.action_bar import ActionBar
from ui.gallery.samples import long, short
from ui.language import _
from ui.navigation import Navigation
from ui.stages.page import PageAction
from ui.training_band import TrainingBand
from ui.widgets.rail import StageRail
from ui.widgets.reason_panel import ReasonPanel
from ui.widgets.strip import Strip
from ui.widgets.toast import Toast
from ui.words import stage_name
from workstation.domain.stages import PATH
from workstation.domain.station import Work

States = Iterator[tuple[str, QWidget]]
_RAIL = ("done", "done", "returned", "current", "waiting", "stopped", "skipped", "todo", "todo")


def rails() -> States:
    for name, width in (("roomy", 1010), ("narrow", 520)):
        rail = StageRail()
        rail.setFixedWidth(width)
        rail.set_stages([(state, stage_name(s), state) for s, state in zip(PATH, _RAIL, strict=False)])
        yield name, rail
    wide = StageRail()
    wide.set_stages([(s, s, s) for s in ("done", "current", "returned", "waiting")])
    wide.setFixedWidth(780)
    yield "states", wide


def strips() -> States:
    for kind in theme.STATES:
        strip = Strip()
        strip.say(
            kind,
            short() if kind != "stopped" else long(),
            action=_("Try again"),
            run=lambda: None,
            close=_("Close"),
        )
        yield kind, strip


def toasts() -> States:
    room = QFrame()
    room.setProperty("surface", "card")
    room.setFixedSize(600, 140)
    toast = Toast(room)
    toast.say(short())
    # A sheet stays; the toast's own clock would hide it.
    toast.setVisible(True)
    yield "toast", room


def _actions(count: int, *, enabled: bool = True) -> list[PageAction]:
    keys = ("Alt+Left", "F7", "F9", "Shift+F9", "F5")
    plain = [
        PageAction(f"plain{n}", short(), keys[n % len(keys)], enabled, False, lambda: None)
        for n in range(count)
    ]
    return [*plain, PageAction("primary", short(), "Ctrl+Return", enabled, True, lambda: None)]


def action_bars() -> States:
    for name, count, enabled in (("roomy", 1, True), ("shut", 1, False), ("narrow", 4, True)):
        bar = ActionBar()
        bar.setFixedWidth(760)
        bar.show_actions(_actions(count, enabled=enabled))
        yield name, bar


def navigation() -> States:
    bar = Navigation()
    bar.setFixedHeight(280)
    for name, drawing, text in (("queue", "queue", _("Queue")), ("operators", "people", _("Users"))):
        bar.add(name, drawing, lambda: None)
        bar.set_text(name, text, text)
    bar.add("lock", "lock", lambda: None, foot=True, room=False)
    bar.set_text("lock", _("Lock"), _("Lock"))
    bar.mark("queue")
    yield "navigation", bar


def bands() -> States:
    for work in (Work.TRAINING, Work.DEMO):
        band = TrainingBand(work)
        band.retranslate()
        yield work.value, band


def reasons() -> States:
    for name, offered in (("typed", []), ("chosen", [("one", short()), ("two", short())])):
        panel = ReasonPanel(f"gallery.{name}")
        panel.setFixedWidth(520)
        panel.ask(long(), short(), short(), offered)
        yield name, panel


BAR_SHEETS: dict[str, Callable[[], States]] = {
    "rail": rails,
    "strip": strips,
    "toast": toasts,
    "action-bar": action_bars,
    "navigation": navigation,
    "training-band": bands,
    "reason-panel": reasons,
}
