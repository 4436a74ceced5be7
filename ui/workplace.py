"""What one signed-in operator works in: bars, navigation, the queue, one open application, commands by key."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.action_bar import ActionBar
from ui.administration.operators import OperatorsPage
from ui.application_view import ApplicationView
from ui.families import next_member
from ui.families.next_member import NextMember
from ui.keys import Keys
from ui.language import _
from ui.messages import explain
from ui.navigation import Navigation
from ui.preflight import watch
from ui.preflight.watch import PreflightWatch
from ui.queue.page import QueuePage
from ui.search.page import SearchPage
from ui.stages.page import PageAction, PageContext
from ui.standing_faults import StandingFaults
from ui.top_bar import TopBar
from ui.training_band import TrainingBand
from ui.widgets.strip import Strip
from ui.widgets.toast import Toast
from ui.words import stage_name
from workstation.domain.operator import Role
from workstation.domain.stages import ENDS, Stage
from workstation.workflow.claims import Standing, open_claimed, release
from workstation.workflow.header import Header, header
from workstation.workflow.search.carry import start_with

SYNC_MILLISECONDS = 1000
# Where this role can do something; elsewhere an application that moved on is left to its colleagues.
_CAPTURE = frozenset(Stage) - {Stage.REVIEW}
WORKABLE: dict[Role, frozenset[Stage]] = {
    Role.CLERK: _CAPTURE,
    Role.SUPERVISOR: frozenset(Stage),
    Role.ADMINISTRATOR: frozenset(),
}


class Workplace(QWidget):
    """lock(), sign_out() and keyboard(): asked by key or button; language_chosen(code)."""

    lock = Signal()
    sign_out = Signal()
    keyboard = Signal()
    language_chosen = Signal(str)

    def __init__(self, context: PageContext, keys: Keys) -> None:
        super().__init__()
        self.setObjectName("workplace")
        self._context = context
        self._keys = keys
        self._opening = False
        self._asked = 0
        self._standing = Standing(False)
        operator = context.who.operator
        self._may_capture = operator.role in (Role.CLERK, Role.SUPERVISOR)
        self.top = TopBar(context.office.station, operator)
        self.navigation = Navigation()
        self.queue = QueuePage(context)
        self.search = SearchPage(context)
        self.application = ApplicationView(context)
        self.operators = OperatorsPage(context) if operator.role is Role.ADMINISTRATOR else None
        self.action_bar = ActionBar()
        self.preflight = PreflightWatch(context, self)
        self.family = NextMember(context, self)
        self.strip = Strip("fault")
        self.standing = StandingFaults(context.desk, context.background)
        self.toast = Toast(self)
        self._band = TrainingBand(context.office.station.work)
        self._rooms = QStackedWidget()
        self._arrange()
        self._connect()
        self._sync_timer = QTimer(self)
        self._sync_timer.setInterval(SYNC_MILLISECONDS)
        self._sync_timer.timeout.connect(self._show_sync)
        self.retranslate()

    # The frame

    def _arrange(self) -> None:
        self._rooms.addWidget(self.queue)
        self._rooms.addWidget(self.search)
        self._rooms.addWidget(self.application)
        self._rooms.addWidget(self.preflight.page)
        if self.operators is not None:
            self._rooms.addWidget(self.operators)
        right = QVBoxLayout()
        right.setSpacing(0)
        strips = (self.standing, self.strip, self.preflight.strip, self.family.strip)
        for widget in (*strips, self._rooms, self.action_bar):
            right.addWidget(widget, 1 if widget is self._rooms else 0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._band)
        layout.addWidget(self.top)
        layout.addLayout(middle, 1)
        self.navigation.add("queue", "queue", self.show_queue)
        self.navigation.add("search", "search", lambda: self.show_search())
        if self.operators is not None:
            self.navigation.add("operators", "people", self.show_operators)
        self.navigation.add("keyboard", "keyboard", self.keyboard.emit, foot=True, room=False)
        self.navigation.add("lock", "lock", self.lock.emit, foot=True, room=False)
        self.navigation.add("sign_out", "leave", self.sign_out.emit, foot=True, room=False)

    def _connect(self) -> None:
        desk = self._context.desk
        desk.changed.connect(self.top.set_device)
        for name in ("camera", "fingerprint", "card_reader", "printer"):
            self.top.set_device(name, desk.state(name))
        self.top.search.connect(self._search)
        self.top.language_chosen.connect(self.language_chosen)
        self._context.background.unanswered.connect(self.show_error)
        self.queue.open_application.connect(self.open)
        self.queue.new_application.connect(self.new_application)
        self._rooms.currentChanged.connect(lambda _place: self.preflight.entered(self.room, self.queue))
        self.preflight.wanted.connect(self.show_preflight)
        self.preflight.failed.connect(self.show_error)
        self.preflight.page.begin.connect(self.new_application)
        self.preflight.page.failed.connect(self.show_error)
        self.preflight.page.done.connect(self._succeeded)
        self.preflight.page.actions_changed.connect(self._show_actions)
        self.family.wanted.connect(self.next_member)
        self.family.started.connect(self.open)
        self.family.failed.connect(self._no_next_member)
        self.search.open_application.connect(self.open)
        self.search.start_application.connect(self._start_with)
        self.search.failed.connect(self.show_error)
        self.search.actions_changed.connect(self._show_actions)
        self.queue.failed.connect(self.show_error)
        self.queue.done.connect(self._succeeded)
        self.queue.actions_changed.connect(self._show_actions)
        self.application.moved.connect(self._moved)
        self.application.turn_to.connect(self.open)
        self.application.failed.connect(self.show_error)
        self.application.done.connect(self._succeeded)
        self.application.actions_changed.connect(self._show_actions)
        if self.operators is not None:
            self.operators.failed.connect(self.show_error)
            self.operators.done.connect(self._succeeded)
            self.operators.actions_changed.connect(self._show_actions)

    def retranslate(self) -> None:
        """Every word again."""
        self._band.retranslate()
        self.top.retranslate()
        self.navigation.set_text("queue", _("Queue"), _("Today's queue"))
        self.navigation.set_text("search", _("Search"), _("Search every application (F3)"))
        if self.operators is not None:
            self.navigation.set_text("operators", _("Users"), _("Users of this office"))
            self.operators.retranslate()
        self.navigation.set_text("keyboard", _("Lao keys"), _("Lao keyboard ({key})").format(key="Ctrl+K"))
        self.navigation.set_text("lock", _("Lock"), _("Lock the screen (Ctrl+L)"))
        self.navigation.set_text("sign_out", _("Leave"), _("Sign out"))
        self.queue.retranslate()
        self.search.retranslate()
        self.application.retranslate()
        self.preflight.retranslate()
        self.family.clear()
        self.strip.clear()
        self.standing.retranslate()
        self._show_sync()
        self._show_actions()

    # Rooms

    @property
    def room(self) -> QWidget:
        """What is shown now: the queue, the open application, or the users."""
        room = self._rooms.currentWidget()
        assert room is not None
        return room

    def begin(self) -> None:
        """Shows the first room of this operator and begins to look at queue, line and devices."""
        self._sync_timer.start()
        self._show_sync()
        for name in ("fingerprint", "card_reader", "printer"):
            self._look(name)
        if self.operators is not None:
            self.show_operators()
        else:
            self.show_queue()
            self.preflight.begin()

    def _look(self, name: str) -> None:
        desk = self._context.desk
        if desk.state(name) == "unused":
            self._context.background.run(name, lambda: desk.look(name))

    def resume(self) -> None:
        """Goes on after the lock where it was left."""
        self._sync_timer.start()
        if self.room is self.application and self.application.header is not None:
            self.open(self.application.header.application_id)
        elif self.room is self.operators:
            self.show_operators()
        else:
            self.show_queue()

    def suspend(self) -> None:
        """Stops streams, flushes drafts, unbinds the keys; what is open stays open behind the lock."""
        self._asked += 1
        self._opening = False
        self._sync_timer.stop()
        self.preflight.leave()
        self.search.leave()
        self.queue.leave()
        self.application.leave()
        self._keys.bind("workplace", {})

    def show_queue(self) -> None:
        """Leaves what is open and shows the queue."""
        self._enter(self.queue, "queue")
        self.queue.enter()

    def show_preflight(self) -> None:
        """Leaves what is open and shows what stops the work and what only warns."""
        self._enter(self.preflight.page, "queue")
        self.preflight.page.enter()

    def show_search(self, asking: bool = False) -> None:
        """Leaves what is open and asks for a person; `asking`: before a new application."""
        self._enter(self.search, "search")
        self.search.enter(asking=asking)

    def show_operators(self) -> None:
        """Leaves what is open and shows the users of the office."""
        assert self.operators is not None
        self._enter(self.operators, "operators")
        self.operators.enter()

    def _enter(self, room: QWidget, name: str) -> None:
        self._asked += 1
        self._opening = False
        self.application.leave()
        self.search.leave()
        self.queue.leave()
        self.strip.clear()
        self.family.clear()
        self._rooms.setCurrentWidget(room)
        self.navigation.mark(name)
        self._show_actions()

    # Applications

    def new_application(self) -> None:
        """Asks who it is; asked again there, the application begins with what was typed."""
        if not self._may_capture or self._opening:
            return
        if self.room is self.search and self.search.asking:
            self.search.start()
        elif self.preflight.stops:
            self.show_preflight()
        else:
            self.show_search(asking=True)

    def _start_with(self, fields: dict[str, str]) -> None:
        """Starts an application and opens it, if nothing stops it; one at a time."""
        if self._may_capture and not self._opening:
            self.preflight.before(lambda: self._begin_application(fields))

    def next_member(self, application_id: str) -> None:
        """Starts an application for another member of that application's household."""
        if self._may_capture and not self._opening:
            self.application.leave()
            self.preflight.before(lambda: self.family.begin(application_id))

    def _no_next_member(self, error: Exception) -> None:
        # Its page was left so that everything typed was kept before the household was read.
        if self.room is self.application and self.application.header is not None:

            def again(found: Header) -> None:
                self._opened(found)
                self.show_error(error)

            self._read(self.application.header.application_id, again)
            return
        self.show_error(error)

    def _begin_application(self, fields: dict[str, str]) -> None:
        self._opening = True
        office, who = self._context.office, self._context.who
        self._context.background.run(
            "database", lambda: start_with(office, who, fields), done=self.open, failed=self._not_opened
        )

    def open(self, application_id: str) -> None:
        """Reads the application's header and shows the page of its stage."""
        self._opening = True
        self._read(application_id, self._opened)

    def _read(self, application_id: str, done: object) -> None:
        self._asked += 1
        asked, office, who = self._asked, self._context.office, self._context.who

        def arrived(opened: tuple[Standing, Header]) -> None:
            if asked == self._asked and callable(done):
                self._standing, found = opened
                done(found)
            elif opened[0].mine and self.application.watch.application_id != application_id:
                # Claimed for a person who has gone elsewhere meanwhile.
                self._context.background.run("database", lambda: release(office, who, application_id))

        def failed(error: Exception) -> None:
            if asked == self._asked:
                self._not_opened(error)

        self._context.background.run(
            "database",
            lambda: (open_claimed(office, who, application_id), header(office, application_id)),
            done=arrived,
            failed=failed,
        )

    def _opened(self, found: Header) -> None:
        self._opening = False
        self.search.leave()
        self.queue.leave()
        self.strip.clear()
        self.family.clear()
        self.navigation.mark("queue")
        self._rooms.setCurrentWidget(self.application)
        self.application.show_header(found, self._standing)
        self._show_actions()

    def _not_opened(self, error: Exception) -> None:
        self._opening = False
        self.show_error(error)

    def _moved(self, application_id: str) -> None:
        self.strip.clear()
        if self._context.sync is not None:
            self._context.sync.wake()
        self._read(application_id, self._moved_to)

    def _moved_to(self, found: Header) -> None:
        self._opening = False
        before = self.application.header.stage if self.application.header is not None else None
        text = _("{name}: now at {stage}").format(
            name=found.name_lo or found.number, stage=stage_name(found.stage)
        )
        role = self._context.who.operator.role
        if found.stage in ENDS or found.stage in WORKABLE[role]:
            self._opened(found)
        else:
            self.show_queue()
        self.family.moved(before, found)
        self.toast.say(text)

    # What is said

    def show_error(self, error: Exception) -> None:
        """The strip with what happened, what is kept, what to do next."""
        self.strip.say("stopped", explain(error).text, close=_("Close"))

    def _succeeded(self, text: str) -> None:
        self.strip.clear()
        self.toast.say(text)

    def _show_sync(self) -> None:
        sync = self._context.sync
        status = sync.status() if sync is not None else None
        self.top.set_sync(status)
        self.standing.set_sync(status)

    # Commands

    def _search(self, text: str) -> None:
        if text.strip():
            self.top.search_field.clear()
            self._enter(self.search, "search")
            # What is typed next goes on in the page's own field.
            self.search.enter(asking=False, text=text)

    def _next_member(self) -> None:
        header = self.application.header if self.room is self.application else None
        chosen = self.queue.selected if self.room is self.queue else header and header.application_id
        if chosen:
            self.next_member(chosen)

    def _back(self) -> None:
        if self.room in (self.application, self.preflight.page, self.search):
            self.show_queue()
        elif self.top.search_field.hasFocus():
            self.top.search_field.clear()
            self.queue.table.setFocus()

    def _back_action(self) -> PageAction:
        return PageAction("back", _("Queue"), "Alt+Left", True, False, self.show_queue)

    def _show_actions(self) -> None:
        room = self.room
        if room is self.queue:
            actions = self.queue.page_actions()
        elif room is self.application:
            actions = (self._back_action(), *self.application.page_actions())
        elif room is self.search:
            actions = (self._back_action(), *self.search.page_actions())
        elif room is self.preflight.page:
            actions = (self._back_action(), *self.preflight.page.page_actions())
        else:
            actions = self.operators.page_actions() if self.operators is not None else ()
        self.action_bar.show_actions(actions)
        commands = {
            "F3": self.show_search,
            "Ctrl+N": self.new_application,
            "Ctrl+L": self.lock.emit,
            "Alt+Left": self._back,
            "Esc": self._back,
            watch.KEY: self.show_preflight if self._may_capture else _nothing,
            next_member.KEY: self._next_member,
        }
        for action in actions:
            commands[action.key] = action.run if action.enabled else _nothing
        self._keys.bind("workplace", commands)


def _nothing() -> None:
    """What a disabled command's key does: it is taken, so that it means nothing else."""
