"""What every stage's page is to the window: actions with keys, three signals, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.background import Background
from ui.printing.runs import PrintRuns

if TYPE_CHECKING:
    from ui.desk import Desk
    from workstation.sync.engine import SyncEngine
    from workstation.workflow.header import Header
    from workstation.workflow.office import Office, SignedIn


@dataclass(frozen=True)
class PageAction:
    """One command of a page. `key` as ui.keys writes chords ("Ctrl+Return", "F8"); `name` is stable."""

    name: str
    text: str
    key: str
    enabled: bool
    primary: bool
    run: Callable[[], None]


@dataclass
class PageContext:
    """What a page is given: who works where, and the means that never make the window wait."""

    office: Office
    who: SignedIn
    background: Background
    desk: Desk
    sync: SyncEngine | None

    @cached_property
    def runs(self) -> PrintRuns:
        """The printers at work for whoever is signed in; they go on when a page is left."""
        return PrintRuns(self)


class StagePage(QWidget):
    """The page of one stage, for one application at a time.

    moved(application id): a verb moved the application. actions_changed(): the window reads actions() again.
    failed(Exception): shown in the strip with its sentence. done(text): shown for a moment as a success.
    turn_to(application id): the clerk asks for another application.
    left_failed(Exception), left_done(text): what was begun here before the page was left; told whatever is shown.
    """

    moved = Signal(str)
    actions_changed = Signal()
    failed = Signal(object)
    done = Signal(str)
    turn_to = Signal(str)
    left_failed = Signal(object)
    left_done = Signal(str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context

    def show_application(self, header: Header) -> None:
        """Opens the application on this page; the first field takes the focus."""
        raise NotImplementedError

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # commands of ours, no QActions
        """The commands that the action bar shows now; the primary one stands at the right."""
        raise NotImplementedError

    def leave(self) -> None:
        """Stops streams and flushes drafts. Called before another page, the lock or the end of the program."""

    def retranslate(self) -> None:
        """Sets every text again after the language changed."""
