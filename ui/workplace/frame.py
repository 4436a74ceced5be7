"""What stands around the rooms: training band, top bar, navigation, strips for what went wrong, the action bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.action_bar import ActionBar
from ui.language import _
from ui.messages import explain
from ui.navigation import Navigation
from ui.stages.page import PageContext
from ui.standing_faults import StandingFaults
from ui.top_bar import TopBar
from ui.training_band import TrainingBand
from ui.widgets.strip import Strip
from ui.widgets.toast import Toast
from workstation.domain.permissions import Verb, may

SYNC_MILLISECONDS = 1000
SIGN_OUT = "Ctrl+Shift+L"
DEVICES = ("camera", "fingerprint", "card_reader", "printer")
DRAWINGS = {
    "queue": "queue",
    "search": "search",
    "printing": "printer",
    "hand_over": "card_reader",
    "layouts": "layout",
    "operators": "people",
    "approvals": "good",
    "stock": "stock",
    "audit": "audit",
    "backup": "backup",
    "policies": "check",
    "roles": "person",
}
# Cameras are looked at by the page that shows their picture.
LOOKED_AT = DEVICES[1:]


class Frame(QWidget):
    """wanted(room's name): a room was chosen in the navigation. lock(), sign_out(), keyboard(): so were these."""

    wanted = Signal(str)
    lock = Signal()
    sign_out = Signal()
    keyboard = Signal()

    def __init__(self, context: PageContext, *, rooms: Sequence[str]) -> None:
        super().__init__()
        self._context = context
        role = context.who.operator.role
        seen = (("queue", Verb.LOOK), ("search", Verb.SEARCH))
        self._rooms = (*(name for name, verb in seen if may(role, verb)), *rooms)
        self.top = TopBar(context.office.station, context.who.operator)
        self.navigation = Navigation()
        self.action_bar = ActionBar()
        self.strip = Strip("fault")
        self.standing = StandingFaults(
            context.desk,
            context.background,
            administrates=may(role, Verb.BRING_IN_FORM),
        )
        self.toast = Toast(self)
        self.top.search_field.setVisible("search" in self._rooms)
        self._band = TrainingBand(context.office.station.work)
        self._asking_server = False
        self._line_timer = QTimer(self)
        self._line_timer.setInterval(SYNC_MILLISECONDS)
        self._line_timer.timeout.connect(self._show_line)
        context.desk.changed.connect(self.top.set_device)
        for name in DEVICES:
            self.top.set_device(name, context.desk.state(name))

    def place(self, rooms: QWidget, *strips: Strip) -> None:
        """Lays everything out once: `rooms` in the middle, `strips` over them, below the strips for faults."""
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.standing, self.strip, *strips, rooms, self.action_bar):
            right.addWidget(widget, 1 if widget is rooms else 0)
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
        for name in self._rooms:
            self.navigation.add(name, DRAWINGS[name], self._want(name))
        self.navigation.add("keyboard", "keyboard", self.keyboard.emit, foot=True, room=False)
        self.navigation.add("lock", "lock", self.lock.emit, foot=True, room=False)
        self.navigation.add("sign_out", "leave", self.sign_out.emit, foot=True, room=False)

    def _want(self, name: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(name)

    def retranslate(self) -> None:
        """Every word again; what a strip said of a fault is put away, because it was said in the other language."""
        self._band.retranslate()
        self.top.retranslate()
        words = {
            "queue": (_("Queue"), _("Today's queue")),
            "search": (_("Search"), _("Search every application (F3)")),
            "printing": (_("Printing"), _("Cards that wait to be printed, and the printers")),
            "hand_over": (_("Ready"), _("Cards that lie ready, old, uncollected and recalled ones")),
            "layouts": (_("Layouts"), _("Card layouts: look at them, design them, publish them")),
            "operators": (_("Users"), _("Users of this office")),
            "approvals": (_("Approve"), _("Approvals from elsewhere")),
            "stock": (_("Blanks"), _("Blank cards: how many lie where")),
            "audit": (_("Audit"), _("What was done in this office, and by whom")),
            "backup": (_("Backup"), _("Backups of this office")),
            "policies": (_("Policies"), _("Policies of this office")),
            "roles": (_("Roles"), _("Who may do what")),
        }
        for name in self._rooms:
            self.navigation.set_text(name, *words[name])
        self.navigation.set_text("keyboard", _("Lao keys"), _("Lao keyboard ({key})").format(key="Ctrl+K"))
        self.navigation.set_text("lock", _("Lock"), _("Lock the screen (Ctrl+L)"))
        self.navigation.set_text("sign_out", _("Leave"), f"{_('Sign out')} ({SIGN_OUT})")
        self.strip.clear()
        self.standing.retranslate()
        self._show_line()

    # Line and devices

    def begin(self) -> None:
        """Begins to look at the line, and once at each device that nobody has looked at yet."""
        self.resume()
        self._show_line()
        for name in LOOKED_AT:
            self._look(name)

    def resume(self) -> None:
        """Looks at the line again."""
        self._line_timer.start()

    def suspend(self) -> None:
        """Looks no more."""
        self._line_timer.stop()

    def _look(self, name: str) -> None:
        desk = self._context.desk
        if desk.state(name) == "unused":
            self._context.background.run(name, lambda: desk.look(name))

    def _show_line(self) -> None:
        sync = self._context.sync
        status = sync.status() if sync is not None else None
        self.top.set_sync(status)
        self.standing.set_sync(status)
        self._ask_server()

    def _ask_server(self) -> None:
        store = self._context.office.store
        if not store.shared or self._asking_server or self._context.background.closed:
            return
        self._asking_server = True
        # In a lane of its own: an unreachable network holds whoever asks for seconds.
        self._context.background.run("server", store.answers, done=self._server_told)

    def _server_told(self, answers: bool) -> None:
        self._asking_server = False
        self.standing.set_server(not answers)

    # What is said

    def show_error(self, error: Exception) -> None:
        """The strip with what happened, what is kept, what to do next."""
        self.strip.say("stopped", explain(error).text, close=_("Close"))

    def succeeded(self, text: str) -> None:
        """Whatever went wrong before is over."""
        self.strip.clear()
        self.toast.say(text)
