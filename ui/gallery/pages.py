"""Every page of the program in the real window, with an invented application at each stage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from devices.errors import DeviceGone
from ui.app import App
from ui.background import Background
from ui.demo.person import Person
from ui.gallery.album import Album, still, window_picture
from ui.gallery.office import ADMINISTRATOR, CLERK, PASSPHRASE, PASSWORD, SUPERVISOR, Shown
from ui.language import LANGUAGES
from ui.sign_in.first_start import FirstStartPage
from ui.sign_in.page import SignInPage
from ui.sign_in.unlock import UnlockPage
from ui.widgets.slip import SlipDialog
from ui.window import Window
from ui.workplace import Workplace
from workstation.domain.station import Work
from workstation.workflow.hand_over.view import view as hand_over_view

PATIENCE = 30.0
# The portrait's measures are there after the camera and the models have begun.
JUDGED_SECONDS = 2.5
# What the clerk sees first; the supervisor's own pages come after.
CLERKS_PAGES = (
    "intake_new",
    "intake",
    "intake_faults",
    "photo",
    "photo_taken",
    "returned",
    "fingerprints",
    "fingerprints_taken",
    "decision",
    "print",
    "check",
    "check_read",
    "hand_over",
    "hand_over_matched",
    "closed",
    "rejected",
    "withdrawn",
)


class Tour:
    """Opens one page after the other; `album` keeps each in both languages."""

    def __init__(self, shown: Shown, album: Album, size: tuple[int, int]) -> None:
        self._shown = shown
        self._album = album
        self._size = size
        self._app: App | None = None
        self._window: Window = Window()
        self._person = Person(lambda: self._window)

    def run(self) -> None:
        """The whole walk, from the first start to the administrator's page."""
        self._first_start()
        app = self._app = App(Path(self._shown.data), Work.DEMO)
        self._window.deleteLater()
        self._window = app.window
        try:
            self._window.resize(*self._size)
            app.start()
            self._person.sit_down()
            self._enter()
            self._as(CLERK, self._clerk)
            self._as(SUPERVISOR, self._supervisor)
            self._as(ADMINISTRATOR, lambda: self._shoot("page-users"))
        finally:
            app.close()

    def _shoot(self, name: str, again: Callable[[], object] | None = None) -> None:
        """`again` brings back what a change of language puts away, such as a notice."""
        for code in LANGUAGES:
            self._window.speak(code)
            if again is not None:
                again()
            self._window.activateWindow()
            self._album.keep(name, code, still(self._person, lambda: window_picture(self._window)))

    def _first_start(self) -> None:
        background = Background()
        page = FirstStartPage(Path(self._shown.data), background, Work.REAL)
        try:
            self._window.resize(*self._size)
            self._window.show_screen(page)
            self._window.show()
            page.open()
            self._shoot("page-first-start-1")
            self._press(page, "first_start.next")
            self._shoot("page-first-start-faults")
            for step, texts in enumerate(_FIRST_START, 2):
                for name, text in texts.items():
                    editor = page.findChild(QLineEdit, f"first_start.{name}")
                    assert editor is not None, name
                    editor.setText(text)
                self._press(page, "first_start.next")
                self._shoot(f"page-first-start-{step}")
        finally:
            background.close()
            self._window.keys.close()
            self._window.hide()

    @staticmethod
    def _press(page: QWidget, name: str) -> None:
        button = page.findChild(QPushButton, name)
        assert button is not None, name
        button.click()

    def _enter(self) -> None:
        page = self._window.screen_shown
        assert isinstance(page, UnlockPage)
        self._shoot("page-unlock")
        page.open_with("not the passphrase")
        self._until(lambda: bool(page.strip.text), "the refusal")
        self._shoot("page-unlock-refused")
        page.open_with(PASSPHRASE)
        self._until(lambda: isinstance(self._window.screen_shown, SignInPage), "the sign-in")
        self._shoot("page-sign-in")

    def _as(self, username: str, walk: Callable[[], None]) -> None:
        page = self._window.screen_shown
        assert isinstance(page, SignInPage)
        page.username.setText(username)
        page.password.setText(PASSWORD)
        page.button.click()
        self._until(lambda: isinstance(self._window.screen_shown, Workplace), "the workplace")
        self._person.look(0.5)
        walk()
        self._workplace.sign_out.emit()
        self._until(lambda: isinstance(self._window.screen_shown, SignInPage), "the sign-in")

    def _clerk(self) -> None:
        self._shoot("page-queue")
        self._workplace.top.search_field.setText("XYZ")
        self._shoot("page-queue-nothing")
        self._workplace.top.search_field.clear()
        for name in CLERKS_PAGES:
            self._open(name)
            if name == "intake_faults":
                self._command("complete")
            if name.startswith("photo"):
                self._person.look(JUDGED_SECONDS)
            self._shoot(f"page-{name.replace('_', '-')}")
        fault = DeviceGone("fingerprint", "unplugged")
        self._open("fingerprints")
        self._shoot("page-fault", lambda: self._workplace.show_error(fault))
        self._workplace.strip.clear()
        self._workplace.lock.emit()
        self._shoot("page-locked")
        page = self._window.screen_shown
        assert isinstance(page, SignInPage)
        page.password.setText(PASSWORD)
        page.button.click()
        self._until(lambda: isinstance(self._window.screen_shown, Workplace), "the workplace again")
        self._slip()

    def _slip(self) -> None:
        assert self._app is not None
        assert self._app.office is not None
        self._open("closed")
        application = self._shown.applications["closed"]
        pdf = hand_over_view(self._app.office, application).receipt or b""
        for code in LANGUAGES:
            self._window.speak(code)
            dialog = SlipDialog(self._window, "VTE-S1", Path("slips/VTE-S1.pdf"), pdf, self._app.background)
            dialog.open()
            picture = still(self._person, lambda: window_picture(self._window))
            self._album.keep("page-slip", code, picture)
            self._close(dialog)

    def _close(self, dialog: QDialog) -> None:
        dialog.accept()
        self._until(lambda: QApplication.activeModalWidget() is None, "the dialog's end")

    def _supervisor(self) -> None:
        self._open("review")
        self._shoot("page-review")
        for action in ("return", "reject"):
            if self._command(action):
                # A change of language builds the page anew and closes what was open on it.
                self._shoot(f"page-review-{action}", lambda chosen=action: self._command(chosen))  # type: ignore[misc]  # bound at once
                self._person.press("Esc")
                self._person.look(0.2)

    def _command(self, action: str) -> bool:
        """Runs a command of the open page; False where it is not offered now."""
        for offered in self._workplace.application.page_actions():
            if offered.name == action and offered.enabled:
                offered.run()
                self._person.look(0.3)
                return True
        return False

    @property
    def _workplace(self) -> Workplace:
        screen = self._window.screen_shown
        assert isinstance(screen, Workplace)
        return screen

    def _open(self, name: str) -> None:
        application = self._shown.applications[name]
        workplace = self._workplace
        workplace.open(application)

        def there() -> bool:
            held = workplace.application.header
            return (
                workplace.room is workplace.application
                and held is not None
                and held.application_id == application
            )

        self._until(there, name)
        self._person.look(0.4)

    def _until(self, condition: Callable[[], bool], what: str) -> None:
        self._person.until(condition, PATIENCE, what)


_FIRST_START = (
    {
        "code": "0000-0000",
        "office_code": "VTE",
        "station_code": "S1",
        "office_name": "ປກສ ເມືອງຈັນທະບູລີ",
    },
    {
        "passphrase": "seven white elephants",
        "passphrase_again": "seven white elephants",
        "registry_url": "https://registry.example",
    },
)
