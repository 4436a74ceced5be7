"""The rooms of the workplace, of which one is shown: queue, search, the open application, pre-flight, users."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.administration.operators import OperatorsPage
from ui.application_view import ApplicationView
from ui.language import _
from ui.preflight.watch import PreflightWatch
from ui.queue.page import QueuePage
from ui.search.page import SearchPage
from ui.stages.page import PageAction, PageContext
from ui.widgets.scrolled import Scrolled
from workstation.domain.operator import Role
from workstation.workflow.claims import Standing
from workstation.workflow.header import Header


class Rooms(QStackedWidget):
    """leaving(): another room, or another application, takes the place of what was open. entered(navigation's name).

    failed(Exception), done(text), actions_changed(): whichever room said so.
    """

    leaving = Signal()
    entered = Signal(str)
    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext, preflight: PreflightWatch) -> None:
        super().__init__()
        administrates = context.who.operator.role is Role.ADMINISTRATOR
        self.queue = QueuePage(context)
        self.search = SearchPage(context)
        self.application = ApplicationView(context)
        self.preflight = preflight
        self.operators = OperatorsPage(context) if administrates else None
        for room in (self.queue, self.search, self.application, preflight.page, self.operators):
            if room is not None:
                self.addWidget(room if room is self.application else Scrolled(room))
                room.failed.connect(self.failed)
                room.actions_changed.connect(self.actions_changed)
                if not isinstance(room, SearchPage):
                    room.done.connect(self.done)
        preflight.wanted.connect(self.show_preflight)
        preflight.failed.connect(self.failed)
        self.currentChanged.connect(lambda _place: preflight.entered(self.room, self.queue))

    @property
    def room(self) -> QWidget:
        """What is shown now: the queue, the search, the open application, the pre-flight, or the users."""
        room = self._in(self.currentIndex())
        assert room is not None
        return room

    def _in(self, at: int) -> QWidget | None:
        place = self.widget(at)
        return place.widget() if isinstance(place, Scrolled) else place

    def show_first(self) -> None:
        """The room in which this operator's work begins."""
        if self.operators is not None:
            self.show_operators()
        else:
            self.show_queue()
            self.preflight.begin()

    def show_named(self, name: str) -> None:
        """The room of that name in the navigation."""
        {"queue": self.show_queue, "search": self.show_search, "operators": self.show_operators}[name]()

    def show_queue(self) -> None:
        """Leaves what is open and shows the queue."""
        self._enter(self.queue, "queue")
        self.queue.enter()

    def show_preflight(self) -> None:
        """Leaves what is open and shows what stops the work and what only warns."""
        self._enter(self.preflight.page, "queue")
        self.preflight.page.enter()

    def show_search(self, asking: bool = False, text: str = "") -> None:
        """Leaves what is open and asks for a person; `asking`: before a new application; `text`: typed already."""
        self._enter(self.search, "search")
        self.search.enter(asking=asking, text=text)

    def show_operators(self) -> None:
        """Leaves what is open and shows the users of the office."""
        assert self.operators is not None
        self._enter(self.operators, "operators")
        self.operators.enter()

    def show_application(self, found: Header, standing: Standing) -> None:
        """Leaves the room, not the claim: the view itself lets go of another application."""
        self.search.leave()
        self.queue.leave()
        self.leaving.emit()
        self.setCurrentWidget(self.application)
        self.application.show_header(found, standing)
        self.entered.emit("queue")

    def _enter(self, room: QWidget, name: str) -> None:
        self.application.leave()
        self.search.leave()
        self.queue.leave()
        self.leaving.emit()
        self.setCurrentIndex(next(at for at in range(self.count()) if self._in(at) is room))
        self.entered.emit(name)

    def suspend(self) -> None:
        """Stops streams and flushes drafts; what is open stays open behind the lock."""
        self.preflight.leave()
        self.search.leave()
        self.queue.leave()
        self.application.leave()

    def page_actions(self) -> tuple[PageAction, ...]:
        """The commands of the room shown now, with the way back where there is one."""
        room = self.room
        if room is self.queue:
            return tuple(self.queue.page_actions())
        if room is self.operators:
            return tuple(self.operators.page_actions())
        back = PageAction("back", _("Queue"), "Alt+Left", True, False, self.show_queue)
        if room is self.application:
            return (back, *self.application.page_actions())
        if room is self.search:
            return (back, *self.search.page_actions())
        return (back, *self.preflight.page.page_actions())

    def retranslate(self) -> None:
        """Every word again."""
        self.queue.retranslate()
        self.search.retranslate()
        self.application.retranslate()
        self.preflight.retranslate()
        if self.operators is not None:
            self.operators.retranslate()
