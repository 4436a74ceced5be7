"""What one signed-in operator works in: the frame, the rooms, how applications are opened, commands by key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.families.next_member import NextMember
from ui.keys import Keys
from ui.preflight.watch import PreflightWatch
from ui.stages.page import PageContext
from ui.workplace.commands import Commands
from ui.workplace.frame import Frame
from ui.workplace.opening import Opening
from ui.workplace.rooms import Rooms


class Workplace(QWidget):
    """lock(), sign_out() and keyboard(): asked by key or button; language_chosen(code); appearance_chosen(palette)."""

    lock = Signal()
    sign_out = Signal()
    keyboard = Signal()
    language_chosen = Signal(str)
    appearance_chosen = Signal(str)

    def __init__(self, context: PageContext, keys: Keys) -> None:
        super().__init__()
        self.setObjectName("workplace")
        self._context = context
        self.preflight = PreflightWatch(context, self)
        self.family = NextMember(context, self)
        self.rooms = Rooms(context, self.preflight)
        self.frame = Frame(context, rooms=tuple(self.rooms.office))
        self.opening = Opening(context, self.rooms, self.family)
        self.commands = Commands(keys, self.frame, self.rooms, self.opening)
        self.queue, self.search = self.rooms.queue, self.rooms.search
        self._searched = (False, "")
        self.application, self.operators = self.rooms.application, self.rooms.operators
        self.top, self.navigation = self.frame.top, self.frame.navigation
        self.action_bar, self.toast = self.frame.action_bar, self.frame.toast
        self.strip, self.standing = self.frame.strip, self.frame.standing
        self.frame.place(self.rooms, self.preflight.strip, self.family.strip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self._connect(context)
        self.retranslate()

    def _connect(self, context: PageContext) -> None:
        self.frame.lock.connect(self.lock)
        self.frame.sign_out.connect(self.sign_out)
        self.frame.keyboard.connect(self.keyboard)
        self.frame.wanted.connect(self.rooms.show_named)
        self.top.language_chosen.connect(self.language_chosen)
        self.top.appearance_chosen.connect(self.appearance_chosen)
        self.top.search.connect(self._search)
        context.background.unanswered.connect(self.show_error)
        self.rooms.leaving.connect(self.strip.clear)
        self.rooms.leaving.connect(self.family.clear)
        self.rooms.entered.connect(self.navigation.mark)
        self.rooms.entered.connect(self.commands.show)
        self.rooms.actions_changed.connect(self.commands.show)
        self.rooms.failed.connect(self.show_error)
        self.rooms.done.connect(self.frame.succeeded)
        self.application.moved.connect(self.strip.clear)
        self.opening.failed.connect(self.show_error)
        self.opening.moved_on.connect(self.toast.say)

    @property
    def room(self) -> QWidget:
        """What is shown now: the queue, the search, the open application, the pre-flight, or the users."""
        return self.rooms.room

    def open(self, application_id: str) -> None:
        """Reads the application's header and shows the page of its stage."""
        self.opening.open(application_id)

    def show_queue(self) -> None:
        """Leaves what is open and shows the queue."""
        self.rooms.show_queue()

    def show_error(self, error: Exception) -> None:
        """The strip with what happened, what is kept, what to do next."""
        self.frame.show_error(error)

    def retranslate(self) -> None:
        """Every word again."""
        self.frame.retranslate()
        self.rooms.retranslate()
        self.family.clear()
        self.commands.show()

    # From signing in to the lock and back

    def begin(self) -> None:
        """Shows the first room of this operator and begins to look at queue, line and devices."""
        self.frame.begin()
        self.rooms.show_first()
        self._context.runs.resume()

    def end(self) -> None:
        """Who was signed in goes: nothing more is printed in her name; the printers go on with what they have."""
        self._context.runs.stop()

    def resume(self) -> None:
        """Goes on after the lock where it was left."""
        self.frame.resume()
        if self.room is self.application and self.application.header is not None:
            self.open(self.application.header.application_id)
        elif self.room is self.search:
            asking, text = self._searched
            self.rooms.show_search(asking=asking, text=text)
        elif self.rooms.office_room is not None:
            self.rooms.show_named(self.rooms.office_room)
        else:
            self.rooms.show_queue()

    def suspend(self) -> None:
        """Stops streams, flushes drafts, unbinds the keys; what is open stays open behind the lock."""
        self._searched = (self.search.asking, self.search.field.text())
        self.opening.forget()
        self.frame.suspend()
        self.rooms.suspend()
        self.commands.suspend()

    # Commands

    def _search(self, text: str) -> None:
        if text.strip():
            self.top.search_field.clear()
            # What is typed next goes on in the page's own field.
            self.rooms.show_search(text=text)
