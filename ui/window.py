"""The one window: before the work its entry screens, then the signed-in operator's workplace, or the lock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from ui import theme
from ui.keyboard.keyboard import attach
from ui.keys import Keys
from ui.language import _, language, set_language
from ui.messages import explain
from ui.sign_in.card import EntryCard
from ui.workplace import Workplace

Screen = EntryCard | Workplace


class Window(QWidget):
    """Shows one screen at a time. closed(): the person closed it. chosen(): another language or appearance was."""

    closed = Signal()
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setProperty("surface", "ground")
        self.resize(1366, 768)
        self.setMinimumSize(683, 384)
        self._screens = QStackedLayout(self)
        self._screens.setContentsMargins(0, 0, 0, 0)
        self.keys = Keys(self)
        self.keyboard = attach(self, self.keys)
        self.retitle()

    @property
    def screen_shown(self) -> QWidget | None:
        """The entry screen or workplace shown now."""
        return self._screens.currentWidget()

    def show_screen(self, screen: Screen) -> None:
        """Puts a screen in front; those behind keep their state."""
        if self._screens.indexOf(screen) < 0:
            self._screens.addWidget(screen)
            screen.language_chosen.connect(self._choose_language)
            screen.appearance_chosen.connect(self._choose_palette)
            if isinstance(screen, Workplace):
                screen.keyboard.connect(self.keyboard.toggle)
        self._screens.setCurrentWidget(screen)

    def drop_screen(self, screen: Screen) -> None:
        """Takes a screen out for good."""
        self._screens.removeWidget(screen)
        screen.hide()
        screen.deleteLater()

    def _choose_language(self, code: str) -> None:
        self.speak(code)
        self.chosen.emit()

    def _choose_palette(self, name: str) -> None:
        self.wear(name)
        self.chosen.emit()

    def wear(self, name: str) -> None:
        """Another appearance everywhere; the one worn already costs nothing."""
        if name == theme.appearance():
            return
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.choose(name)
        theme.apply_theme(application)
        # Icons and painted parts take their colours when their words are set.
        self.speak(language())

    def speak(self, code: str) -> None:
        """Speaks another language everywhere."""
        set_language(code)
        self.retitle()
        self.keyboard.retranslate()
        for place in range(self._screens.count()):
            screen = self._screens.widget(place)
            if isinstance(screen, EntryCard | Workplace):
                screen.retranslate()

    def retitle(self) -> None:
        """The title names the program only: nothing personal stands in a task bar."""
        self.setWindowTitle(_("Lao ID Workstation"))

    def show_fault(self, error: Exception) -> None:
        """An error that nobody else caught, on whatever screen is shown."""
        screen = self.screen_shown
        if isinstance(screen, Workplace):
            screen.show_error(error)
        elif isinstance(screen, EntryCard):
            screen.strip.say("stopped", explain(error).text)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        event.accept()
