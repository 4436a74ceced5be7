"""Every page of the program in the real window, with an invented application at each stage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from ui.app import App
from ui.background import Background
from ui.demo.person import Person
from ui.gallery import walks
from ui.gallery.album import Album, still, window_picture
from ui.gallery.office import ADMINISTRATOR, CLERK, PASSPHRASE, PASSWORD, SUPERVISOR, Shown
from ui.language import LANGUAGES
from ui.sign_in.first_start import FirstStartPage
from ui.sign_in.page import SignInPage
from ui.sign_in.unlock import UnlockPage
from ui.stages.page import PageContext
from ui.window import Window
from ui.workplace import Workplace
from workstation.domain.station import Work
from workstation.workflow.office import Office

PATIENCE = 30.0
# The portrait's measures are there after the camera and the models have begun.
JUDGED_SECONDS = 2.5


class Tour:
    """Opens one page after the other; `album` keeps each in both languages.

    What walks see of it: the window, the person before it, the office's applications by name.
    """

    def __init__(self, shown: Shown, album: Album, size: tuple[int, int]) -> None:
        self.shown = shown
        self._album = album
        self._size = size
        self._app: App | None = None
        self.window: Window = Window()
        self.person = Person(lambda: self.window)

    def run(self) -> None:
        """The whole walk, from the first start to the administrator's page."""
        self._first_start()
        app = self._app = App(Path(self.shown.data), Work.DEMO)
        self.window.deleteLater()
        self.window = app.window
        try:
            self.window.resize(*self._size)
            app.start()
            self.person.sit_down()
            self._enter()
            self._as(CLERK, walks.clerk)
            self._as(SUPERVISOR, walks.supervisor)
            self._as(ADMINISTRATOR, walks.administrator)
        finally:
            app.close()

    def shoot(self, name: str, again: Callable[[], object] | None = None) -> None:
        """`again` brings back what a change of language puts away, such as a notice."""
        for code in LANGUAGES:
            self.window.speak(code)
            if again is not None:
                again()
            self.window.activateWindow()
            self._album.keep(name, code, still(self.person, lambda: window_picture(self.window)))

    def _first_start(self) -> None:
        background = Background()
        page = FirstStartPage(Path(self.shown.data), background, Work.REAL)
        try:
            self.window.resize(*self._size)
            self.window.show_screen(page)
            self.window.show()
            page.open()
            self.shoot("page-first-start-1")
            self._press(page, "first_start.next")
            self.shoot("page-first-start-faults")
            for step, texts in enumerate(_FIRST_START, 2):
                for name, text in texts.items():
                    editor = page.findChild(QLineEdit, f"first_start.{name}")
                    assert editor is not None, name
                    editor.setText(text)
                self._press(page, "first_start.next")
                self.shoot(f"page-first-start-{step}")
        finally:
            background.close()
            self.window.keys.close()
            self.window.hide()

    @staticmethod
    def _press(page: QWidget, name: str) -> None:
        button = page.findChild(QPushButton, name)
        assert button is not None, name
        button.click()

    def _enter(self) -> None:
        page = self.window.screen_shown
        assert isinstance(page, UnlockPage)
        self.shoot("page-unlock")
        page.open_with("not the passphrase")
        self.until(lambda: bool(page.strip.text), "the refusal")
        self.shoot("page-unlock-refused")
        page.open_with(PASSPHRASE)
        self.until(lambda: isinstance(self.window.screen_shown, SignInPage), "the sign-in")
        self.shoot("page-sign-in")

    def _as(self, username: str, walk: Callable[[Tour], None]) -> None:
        page = self.window.screen_shown
        assert isinstance(page, SignInPage)
        page.username.setText(username)
        page.password.setText(PASSWORD)
        page.button.click()
        self.until(lambda: isinstance(self.window.screen_shown, Workplace), "the workplace")
        self.person.look(0.5)
        walk(self)
        self.workplace.sign_out.emit()
        self.until(lambda: isinstance(self.window.screen_shown, SignInPage), "the sign-in")

    def judged(self) -> None:
        """Waits until the live picture's measures are there."""
        self.person.look(JUDGED_SECONDS)

    def keep(self, name: str, code: str, picture: QImage) -> None:
        """A picture that was taken elsewhere."""
        self._album.keep(name, code, picture)

    def close_dialog(self, dialog: QDialog) -> None:
        """Closes it and waits until the window is in front again."""
        dialog.accept()
        self.until(lambda: QApplication.activeModalWidget() is None, "the dialog's end")

    def command(self, action: str) -> bool:
        """Runs a command of the open page; False where it is not offered now."""
        for offered in self.workplace.application.page_actions():
            if offered.name == action and offered.enabled:
                offered.run()
                self.person.look(0.3)
                return True
        return False

    @property
    def scale(self) -> int:
        """1, or 2 on a screen at 200 %."""
        return self._album.scale

    @property
    def app(self) -> App:
        """The program, from the passphrase on."""
        assert self._app is not None
        return self._app

    @property
    def office(self) -> Office:
        """The office that is open."""
        assert self.app.office is not None
        return self.app.office

    @property
    def context(self) -> PageContext:
        """What a dialog of the signed-in operator is given."""
        app = self.app
        assert app.who is not None
        assert app.desk is not None
        return PageContext(self.office, app.who, app.background, app.desk, app.sync)

    @property
    def workplace(self) -> Workplace:
        screen = self.window.screen_shown
        assert isinstance(screen, Workplace)
        return screen

    def open(self, name: str) -> None:
        application = self.shown.applications[name]
        workplace = self.workplace
        workplace.open(application)

        def there() -> bool:
            held = workplace.application.header
            return (
                workplace.room is workplace.application
                and held is not None
                and held.application_id == application
            )

        self.until(there, name)
        self.person.look(0.4)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        self.person.until(condition, PATIENCE, what)


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
