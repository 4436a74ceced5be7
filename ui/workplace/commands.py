"""Commands by key: what each key means in the room that is shown, and the same commands in the action bar."""

from __future__ import annotations

from collections.abc import Callable

from ui.families import next_member
from ui.keys import Keys
from ui.preflight import watch
from ui.workplace.frame import SIGN_OUT, Frame
from ui.workplace.opening import Opening
from ui.workplace.rooms import Rooms

_LAYER = "workplace"


class Commands:
    """Binds `keys` to the commands of whatever room of `rooms` is shown."""

    def __init__(self, keys: Keys, frame: Frame, rooms: Rooms, opening: Opening) -> None:
        self._keys = keys
        self._frame = frame
        self._rooms = rooms
        self._opening = opening

    def show(self) -> None:
        """Reads the room's commands again."""
        actions = self._rooms.page_actions()
        self._frame.action_bar.show_actions(actions)
        commands: dict[str, Callable[[], None]] = {
            "F3": self._rooms.show_search,
            "Ctrl+N": self._opening.new_application,
            "Ctrl+L": self._frame.lock.emit,
            SIGN_OUT: self._frame.sign_out.emit,
            "Alt+Left": self._back,
            "Esc": self._back,
            watch.KEY: self._rooms.show_preflight if self._opening.may_capture else _nothing,
            next_member.KEY: self._next_member,
        }
        for action in actions:
            commands[action.key] = action.run if action.enabled else _nothing
        self._keys.bind(_LAYER, commands)

    def suspend(self) -> None:
        """No key means anything here until show() is called again."""
        self._keys.bind(_LAYER, {})

    def _next_member(self) -> None:
        rooms = self._rooms
        header = rooms.application.header if rooms.room is rooms.application else None
        chosen = rooms.queue.selected if rooms.room is rooms.queue else header and header.application_id
        if chosen:
            self._opening.next_member(chosen)

    def _back(self) -> None:
        rooms, field = self._rooms, self._frame.top.search_field
        if rooms.room in (rooms.application, rooms.preflight.page, rooms.search):
            rooms.show_queue()
        elif field.hasFocus():
            field.clear()
            rooms.queue.table.setFocus()


def _nothing() -> None:
    """What a disabled command's key does: it is taken, so that it means nothing else."""
