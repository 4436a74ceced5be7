"""Guards the open workplace: asks for the lock when nobody attends it, and leads back to where the work was left."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.background import Background
from ui.lock.idle import Idle
from ui.lock.place import Place
from ui.lock.put_away import put_away_dialogs
from workstation.workflow.office import Office
from workstation.workflow.sign_in import idle_seconds

# Until the policy's own limit has been read.
_IDLE_SECONDS = 600.0


class Guard(QObject):
    """due(): the workplace has been left alone for as long as the policy allows."""

    due = Signal()

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._place: Place | None = None
        self._watching = False
        self.idle = Idle(self)
        self.idle.idle.connect(self.due)

    def watch(self, office: Office) -> None:
        """The workplace is open: leads back to where it was locked, and begins to watch."""
        if self._place is not None:
            self._place.go_back()
        self._watching = True
        self.idle.watch(_IDLE_SECONDS)
        self._background.run("database", lambda: idle_seconds(office), done=self._known)

    def _known(self, seconds: float) -> None:
        if self._watching:
            self.idle.watch(seconds)

    def lock(self, workplace: QWidget) -> None:
        """Before the lock: puts away what lies over the window and remembers field and caret."""
        self.rest()
        put_away_dialogs()
        self._place = Place(workplace)

    def rest(self) -> None:
        """Watches no more, and leads nobody back."""
        self._watching = False
        self.idle.rest()
        if self._place is not None:
            self._place.forget()
            self._place = None
