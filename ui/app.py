"""The composition of the program: which screens follow one another, what is open meanwhile, and how all of it ends."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui.appearance import STATION, Appearance, keep_appearances, load_appearances
from ui.background import Background
from ui.clipboard import ClipboardCare
from ui.crash_reports import CrashReports, place_of
from ui.desk import Desk
from ui.language import language
from ui.lock.guard import Guard
from ui.messages import is_named
from ui.sign_in.first_start import FirstStartPage
from ui.sign_in.page import SignInPage
from ui.sign_in.unlock import UnlockPage
from ui.stages.page import PageContext
from ui.theme import appearance
from ui.window import Window
from ui.workplace import Workplace
from workstation.domain.refused import Reason, Refused
from workstation.domain.station import Work
from workstation.settings import Settings, SettingsDamaged, load_settings
from workstation.startup import (
    begin_first_start,
    begin_sync,
    close_office,
    office_exists,
    open_office,
    passphrase_from_file,
    tpm_provisioned,
)
from workstation.sync.engine import SyncEngine
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.sign_in import sign_out
from workstation.workflow.upkeep import Upkeep

_log = logging.getLogger(__name__)


class App(QObject):
    """One run of the program on the folder `data`, inside a QApplication that exists.

    start() shows the window; close() ends pages, lanes, devices, synchronisation and office, and joins their threads.
    """

    def __init__(
        self,
        data: Path,
        work: Work = Work.REAL,
        *,
        settings: Settings | None = None,
        begin_sync: Callable[[Office], SyncEngine | None] = begin_sync,
    ) -> None:
        super().__init__()
        self._data = data
        self._work = work
        self._settings = settings
        self._begin_sync = begin_sync
        self._closed = False
        self._hook = sys.excepthook
        self._crashes = CrashReports(data)
        self.background = Background(self, note=self._note)
        self.window = Window()
        self.window.closed.connect(self._window_closed)
        self.window.chosen.connect(self._remember)
        self._appearances: dict[str, Appearance] = {}
        self._unchosen = Appearance(language(), appearance())
        self.office: Office | None = None
        self.sync: SyncEngine | None = None
        self.upkeep: Upkeep | None = None
        self.desk: Desk | None = None
        self.who: SignedIn | None = None
        self._sign_in: SignInPage | None = None
        self._workplace: Workplace | None = None
        self._clipboard = ClipboardCare(self)
        self._guard = Guard(self.background, self)
        self._guard.due.connect(self._lock)
        self.window.keys.touched.connect(self._guard.idle.touch)

    def start(self) -> None:
        """Shows the window with the first screen that is due."""
        sys.excepthook = self._unexpected
        self.background.unanswered.connect(self._unanswered)
        if self._settings is None:
            self._settings = self._loaded_settings()
        self._appearances = load_appearances(self._data)
        self._suit(STATION)
        # Shown first: a hidden window would give the focus to whatever comes first in it.
        self.window.show()
        self.window.activateWindow()
        if office_exists(self._data):
            self._begin_unlock()
        else:
            self._first_start()

    def _loaded_settings(self) -> Settings:
        try:
            return load_settings(self._data)
        except SettingsDamaged as error:
            # The work goes on without devices; the strip says why once somebody is there to read it.
            damaged: Exception = error
            QTimer.singleShot(0, lambda: self.window.show_fault(damaged))
            return Settings(camera="")

    # Screens

    def _first_start(self) -> None:
        _path, code = begin_first_start(self._data)
        sys.stdout.write(f"One-time code for the first start: {code}\n")
        sys.stdout.flush()
        page = FirstStartPage(self._data, self.background, self._work)

        def created(passphrase: str) -> None:
            self._unlock(passphrase)
            self.window.drop_screen(page)

        page.created.connect(created)
        self.window.show_screen(page)
        page.open()

    def _begin_unlock(self) -> None:
        fault: Exception | None = None
        passphrase, alone = None, False
        try:
            alone = tpm_provisioned(self._data)
            passphrase = None if alone else passphrase_from_file()
        except (OSError, Refused) as error:
            fault = error
        page = self._unlock(passphrase)
        if fault is not None:
            page.refuse(fault)
        elif alone:
            page.open_by_tpm()

    def _unlock(self, passphrase: str | None) -> UnlockPage:
        page = UnlockPage(self._open, self.background)

        def opened() -> None:
            self._opened()
            self.window.drop_screen(page)

        page.opened.connect(opened)
        self.window.show_screen(page)
        page.passphrase.setFocus()
        if passphrase is not None:
            page.open_with(passphrase)
        return page

    def _open(self, passphrase: str | None) -> None:
        # Runs in a lane. What is opened is kept here at once, so that close() finds it even if the window is
        # closed meanwhile and the lane's answer reaches nobody.
        office = open_office(self._data, passphrase)
        try:
            if office.station.work is not self._work:
                raise Refused(Reason.OTHER_KIND_OF_WORK)
            self.sync = self._begin_sync(office)
        except BaseException:
            close_office(office)
            raise
        self.office = office
        self.upkeep = Upkeep(office)
        self.upkeep.start()

    def _opened(self) -> None:
        assert self._settings is not None
        assert self.office is not None
        self.desk = Desk(self._settings, self)
        self._sign_in = SignInPage(self.office, self.background, self.desk)
        self._sign_in.accepted.connect(self._accepted)
        self._sign_in.left.connect(self._sign_out)
        self.window.show_screen(self._sign_in)
        self._sign_in.open()

    def _accepted(self, who: SignedIn) -> None:
        assert self.office is not None
        if self._workplace is not None and self.who is not None:
            if who.operator.id == self.who.operator.id:
                self.window.show_screen(self._workplace)
                self._workplace.resume()
                self._guard.watch(self.office)
                return
            # Another operator over the lock: what the first one typed was kept when the window locked.
            self._end_work()
        assert self.desk is not None
        self.who = who
        self._suit(who.operator.id)
        context = PageContext(self.office, who, self.background, self.desk, self.sync)
        self._workplace = Workplace(context, self.window.keys)
        self._workplace.lock.connect(self._lock)
        self._workplace.sign_out.connect(self._sign_out)
        self.window.show_screen(self._workplace)
        self._workplace.begin()
        self._guard.watch(self.office)

    def _lock(self) -> None:
        assert self._workplace is not None
        assert self._sign_in is not None
        self._clipboard.clear()
        self._guard.lock(self._workplace)
        self._workplace.suspend()
        self.window.show_screen(self._sign_in)
        self._sign_in.open(self.who)

    def _sign_out(self) -> None:
        assert self._sign_in is not None
        self._end_work()
        self._suit(STATION)
        self.window.show_screen(self._sign_in)
        self._sign_in.open()

    def _end_work(self) -> None:
        workplace, who, office = self._workplace, self.who, self.office
        self._clipboard.clear()
        self._guard.rest()
        self._workplace = self.who = None
        if workplace is not None:
            workplace.suspend()
            workplace.end()
            self.window.drop_screen(workplace)
        if who is not None and office is not None:
            self.background.run("database", lambda: sign_out(office, who))

    # Language and appearance

    def _suit(self, whose: str) -> None:
        """As that operator left it; who never chose finds it as the station is."""
        held = self._appearances
        chosen = held.get(whose) or held.get(STATION) or self._unchosen
        self.window.wear(chosen.palette)
        if chosen.language != language():
            self.window.speak(chosen.language)

    def _remember(self) -> None:
        whose = STATION if self.who is None else self.who.operator.id
        self._appearances[whose] = Appearance(language(), appearance())
        data, kept = self._data, dict(self._appearances)
        self.background.run("settings", lambda: keep_appearances(data, kept))

    # Faults

    def _unanswered(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            _log.error("unexpected %s", place_of(error))
        self.window.show_fault(error)

    def _note(self, error: Exception) -> None:
        if not is_named(error):
            self._crashes.note(error)

    def _unexpected(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, Exception):
            self._hook(kind, error, trace)
            return
        # The text of an exception may hold personal data; kind and place do not.
        _log.error("unexpected %s", place_of(error))
        self._note(error)
        self.window.show_fault(error)

    # The end

    def _window_closed(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.quit()

    def close(self) -> None:
        """Ends everything in the order in which it depends on each other; may be called twice."""
        if self._closed:
            return
        self._closed = True
        self._clipboard.clear()
        self._guard.rest()
        if self._workplace is not None:
            self._workplace.suspend()
        signed_in, who = self.office, self.who
        if signed_in is not None and who is not None:
            self.background.run("database", lambda: sign_out(signed_in, who))
        self.background.close()
        if self.sync is not None:
            self.sync.stop()
        if self.upkeep is not None:
            self.upkeep.stop()
        if self.desk is not None:
            self.desk.close()
        if self.office is not None:
            close_office(self.office)
        self.window.keys.close()
        self.window.hide()
        self.window.deleteLater()
        if sys.excepthook == self._unexpected:
            sys.excepthook = self._hook
