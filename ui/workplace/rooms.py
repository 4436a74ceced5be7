"""The rooms of the workplace, of which one is shown: queue, search, open application, pre-flight, the office's own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.administration.operators import OperatorsPage
from ui.administration.policies import PoliciesPage
from ui.administration.roles import RolesPage
from ui.application_view import ApplicationView
from ui.approvals.page import ApprovalsPage
from ui.audit.page import TrailPage
from ui.backup.page import BackupPage
from ui.designer.page import DesignerPage
from ui.hand_over.page import HandOverRoom
from ui.language import _
from ui.preflight.watch import PreflightWatch
from ui.printing.page import PrintingPage
from ui.queue.page import QueuePage
from ui.search.page import SearchPage
from ui.stages.page import PageAction, PageContext
from ui.stock.page import StockPage
from ui.widgets.scrolled import Scrolled
from workstation.domain.permissions import Verb, may
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
        role = context.who.operator.role
        self._works, self._looks = may(role, Verb.CLAIM), may(role, Verb.LOOK)
        self._searches = may(role, Verb.SEARCH)
        self.queue = QueuePage(context)
        self.search = SearchPage(context)
        self.application = ApplicationView(context)
        self.preflight = preflight
        self.printing = PrintingPage(context) if may(role, Verb.LOOK_AT_PRINTING) else None
        self.hand_over = HandOverRoom(context) if may(role, Verb.HAND_OVER_LOOK) else None
        self.stock = StockPage(context) if may(role, Verb.STOCK_LOOK) else None
        self.operators = OperatorsPage(context) if may(role, Verb.LIST_OPERATORS) else None
        self.policies = PoliciesPage(context) if may(role, Verb.LOOK_AT_POLICIES) else None
        self.approvals = ApprovalsPage(context) if may(role, Verb.REQUEST_APPROVAL) else None
        designs = may(role, Verb.PROPOSE_LAYOUT) or may(role, Verb.APPROVE_LAYOUT)
        self.layouts = DesignerPage(context) if designs else None
        self.roles = RolesPage(context)
        self.audit = TrailPage(context) if may(role, Verb.LOOK_AT_AUDIT) else None
        self.backup = BackupPage(context) if may(role, Verb.LOOK_AT_BACKUPS) else None
        # The rooms of the office beside its applications, by the navigation's name; the first is where a role that
        # works on no application begins.
        self.office: dict[
            str,
            ApprovalsPage
            | OperatorsPage
            | PoliciesPage
            | RolesPage
            | TrailPage
            | BackupPage
            | PrintingPage
            | StockPage
            | DesignerPage
            | HandOverRoom,
        ] = {
            name: room
            for name, room in (
                ("operators", self.operators),
                ("approvals", self.approvals),
                ("audit", self.audit),
                ("stock", self.stock),
                ("printing", self.printing),
                ("hand_over", self.hand_over),
                ("layouts", self.layouts),
                ("backup", self.backup),
                ("policies", self.policies),
                ("roles", self.roles),
            )
            if room is not None
        }
        for room in (self.queue, self.search, self.application, preflight.page, *self.office.values()):
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
        """What is shown now: the queue, the search, the open application, the pre-flight, or a room of the office."""
        room = self._in(self.currentIndex())
        assert room is not None
        return room

    @property
    def office_room(self) -> str | None:
        """The name of the office's own room that is shown; None when another one is."""
        return next((name for name, room in self.office.items() if room is self.room), None)

    def _in(self, at: int) -> QWidget | None:
        place = self.widget(at)
        return place.widget() if isinstance(place, Scrolled) else place

    def show_first(self) -> None:
        """The room in which this operator's work begins."""
        if self._works:
            self.show_queue()
            self.preflight.begin()
        else:
            self.show_named(next(iter(self.office)))

    def show_named(self, name: str) -> None:
        """The room of that name in the navigation."""
        if name in self.office:
            self._enter(self.office[name], name)
            self.office[name].enter()
        else:
            {"queue": self.show_queue, "search": self.show_search}[name]()

    def show_queue(self) -> None:
        """Leaves what is open and shows the queue; a role that sees none comes to its first room."""
        if not self._looks:
            self.show_named(next(iter(self.office)))
            return
        self._enter(self.queue, "queue")
        self.queue.enter()

    def show_preflight(self) -> None:
        """Leaves what is open and shows what stops the work and what only warns."""
        self._enter(self.preflight.page, "queue")
        self.preflight.page.enter()

    def show_search(self, asking: bool = False, text: str = "") -> None:
        """Leaves what is open and asks for a person; `asking`: before a new application; `text`: typed already."""
        if not self._searches:
            return
        self._enter(self.search, "search")
        self.search.enter(asking=asking, text=text)

    def show_application(self, found: Header, standing: Standing) -> None:
        """Leaves the room, not the claim: the view itself lets go of another application."""
        self.search.leave()
        self.queue.leave()
        self._leave_printing()
        self.leaving.emit()
        self.setCurrentWidget(self.application)
        self.application.show_header(found, standing)
        self.entered.emit("queue")

    def _enter(self, room: QWidget, name: str) -> None:
        self.application.leave()
        self.search.leave()
        self.queue.leave()
        self._leave_printing()
        self.leaving.emit()
        self.setCurrentIndex(next(at for at in range(self.count()) if self._in(at) is room))
        self.entered.emit(name)

    def suspend(self) -> None:
        """Stops streams and flushes drafts; what is open stays open behind the lock."""
        self.preflight.leave()
        self.search.leave()
        self.queue.leave()
        self.application.leave()
        self._leave_printing()

    def _leave_printing(self) -> None:
        if self.printing is not None:
            self.printing.leave()

    def page_actions(self) -> tuple[PageAction, ...]:
        """The commands of the room shown now, with the way back where there is one."""
        room = self.room
        if room is self.queue:
            return tuple(self.queue.page_actions())
        for one in self.office.values():
            if room is one:
                return one.page_actions()
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
        for room in self.office.values():
            room.retranslate()
