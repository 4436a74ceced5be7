"""How applications come to be open: begun, opened with their claim, moved on; what was asked later wins."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.families.next_member import NextMember
from ui.language import _
from ui.pre_registrations.words import said_label
from ui.stages.page import PageContext
from ui.words import stage_name
from ui.workplace.rooms import Rooms
from workstation.domain.operator import Role
from workstation.domain.permissions import Verb, may
from workstation.domain.stages import ENDS, Stage
from workstation.workflow.claims import Standing, open_claimed, release, works_at
from workstation.workflow.hand_over.finding import find_card
from workstation.workflow.header import Header, header
from workstation.workflow.pre_registrations.steps import Opened, begin_by_hand, open_pre_registration
from workstation.workflow.pre_registrations.view import is_slip
from workstation.workflow.search.carry import start_with


def workable(role: Role, stage: Stage) -> bool:
    """Where this role goes on by itself; elsewhere an application that moved on is left to its colleagues."""
    return works_at(role, stage) or (stage is not Stage.REVIEW and may(role, Verb.START))


class Opening(QObject):
    """failed(Exception): an application could not be opened or begun. moved_on(text): what to say of one that moved."""

    failed = Signal(object)
    moved_on = Signal(str)

    def __init__(self, context: PageContext, rooms: Rooms, family: NextMember) -> None:
        super().__init__(rooms)
        self._context = context
        self._rooms = rooms
        self._family = family
        self._busy = False
        self._asked = 0
        self._standing = Standing(False)
        self.may_capture = may(context.who.operator.role, Verb.START)
        rooms.leaving.connect(self.forget)
        rooms.queue.open_application.connect(self.open)
        rooms.queue.new_application.connect(self.new_application)
        rooms.queue.scanned.connect(self.open_card)
        rooms.search.open_application.connect(self.open)
        if rooms.printing is not None:
            rooms.printing.open_application.connect(self.open)
        if rooms.hand_over is not None:
            rooms.hand_over.open_application.connect(self.open)
            rooms.hand_over.scanned.connect(self.open_card)
        rooms.search.start_application.connect(self._start_with)
        rooms.search.slips.begin.connect(self._open_pre_registration)
        rooms.application.turn_to.connect(self.open)
        rooms.application.moved.connect(self.moved)
        rooms.preflight.page.begin.connect(self.new_application)
        family.wanted.connect(self.next_member)
        family.started.connect(self.open)
        family.failed.connect(self._no_next_member)

    def forget(self) -> None:
        """What was asked for and has not come yet is wanted no more."""
        self._asked += 1
        self._busy = False

    def new_application(self) -> None:
        """Asks who it is; asked again there, the application begins with what was typed."""
        rooms = self._rooms
        if not self.may_capture or self._busy:
            return
        if rooms.room is rooms.search and rooms.search.asking:
            rooms.search.start()
        elif rooms.preflight.stops:
            rooms.show_preflight()
        else:
            rooms.show_search(asking=True)

    def _start_with(self, fields: dict[str, str]) -> None:
        if self.may_capture and not self._busy:
            self._rooms.preflight.before(lambda: self._begin(fields))

    def _begin(self, fields: dict[str, str]) -> None:
        self._busy = True
        office, who = self._context.office, self._context.who
        self._context.background.run(
            "database", lambda: start_with(office, who, fields), done=self.open, failed=self._not_opened
        )

    def _open_pre_registration(self, code: str, by_hand: bool) -> None:
        if self.may_capture and not self._busy:
            self._rooms.preflight.before(lambda: self._begin_from(code, by_hand))

    def _begin_from(self, code: str, by_hand: bool) -> None:
        self._busy = True
        office, who = self._context.office, self._context.who
        verb = begin_by_hand if by_hand else open_pre_registration

        def opened(found: Opened) -> None:
            self.open(found.application_id)
            if found.left_out:
                text = _("Not taken over from the pre-registration: {fields}. Enter it by hand.")
                names = ", ".join(said_label(name) for name in found.left_out)
                self.moved_on.emit(text.format(fields=names))

        self._context.background.run(
            "database", lambda: verb(office, who, code), done=opened, failed=self._not_opened
        )

    def next_member(self, application_id: str) -> None:
        """Starts an application for another member of that application's household."""
        if self.may_capture and not self._busy:
            self._rooms.application.leave()
            self._rooms.preflight.before(lambda: self._family.begin(application_id))

    def _no_next_member(self, error: Exception) -> None:
        # Its page was left so that everything typed was kept before the household was read.
        application = self._rooms.application
        if self._rooms.room is application and application.header is not None:

            def again(found: Header) -> None:
                self._show(found)
                self.failed.emit(error)

            self._read(application.header.application_id, again)
            return
        self.failed.emit(error)

    def open_card(self, read: str) -> None:
        """Opens the application of the card or slip that was scanned; a pre-registration's slip is looked up."""
        if is_slip(read):
            self._rooms.show_search(asking=True, text=read)
            return
        office, who = self._context.office, self._context.who
        self._asked += 1
        asked = self._asked

        def found(application_id: str) -> None:
            if asked == self._asked:
                self.open(application_id)

        self._context.background.run(
            "search", lambda: find_card(office, who, read), done=found, failed=self._not_opened
        )

    def open(self, application_id: str) -> None:
        """Reads the application's header and shows the page of its stage."""
        self._busy = True
        self._read(application_id, self._show)

    def _read(self, application_id: str, done: Callable[[Header], None]) -> None:
        self._asked += 1
        asked, office, who = self._asked, self._context.office, self._context.who

        def arrived(opened: tuple[Standing, Header]) -> None:
            if asked == self._asked:
                self._standing, found = opened
                done(found)
            elif opened[0].mine and self._rooms.application.watch.application_id != application_id:
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

    def _show(self, found: Header) -> None:
        self._busy = False
        self._rooms.show_application(found, self._standing)

    def _not_opened(self, error: Exception) -> None:
        self._busy = False
        self.failed.emit(error)

    def moved(self, application_id: str) -> None:
        """A verb moved that application: the registry hears of it, and what comes next is shown."""
        if self._context.sync is not None:
            self._context.sync.wake()
        self._read(application_id, self.moved_to)

    def moved_to(self, found: Header) -> None:
        """Shows the next page where this role can go on, else the queue; says where the application is now."""
        self._busy = False
        open_header = self._rooms.application.header
        before = open_header.stage if open_header is not None else None
        text = _("{name}: now at {stage}").format(
            name=found.name_lo or found.number, stage=stage_name(found.stage)
        )
        if found.stage in ENDS or workable(self._context.who.operator.role, found.stage):
            self._show(found)
        else:
            self._rooms.show_queue()
        self._family.moved(before, found)
        self.moved_on.emit(text)
