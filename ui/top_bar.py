"""The top bar: which office, what kind of work, search, the line to the centre, the devices, and who is signed in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton

from ui import theme
from ui.desk import DEVICES
from ui.language import LANGUAGES, _, language
from ui.messages import device_name, registry_fault
from ui.widgets.appearance_button import AppearanceButton
from ui.widgets.badge import Badge
from ui.widgets.icons import Icon
from ui.widgets.text import ElidedText
from ui.words import device_state, role_name, waiting_time, work_name
from workstation import clock
from workstation.domain.operator import Operator
from workstation.domain.station import Station
from workstation.sync.status import SyncStatus

# Width in px of the search, whether the lights have words, whether office and operator are named.
_FITS = ((230, True, True), (170, True, True), (170, False, True), (120, False, False))


class DeviceLight(QFrame):
    """One device: its drawing and the word for its state; the whole name in the tooltip."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setObjectName(f"top_bar.device.{name}")
        self._icon = Icon(name, theme.SECONDARY, 18)
        self._word = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self._icon)
        layout.addWidget(self._word)

    def show_word(self, shown: bool) -> None:
        """The word is left to the tooltip where there is no room."""
        self._word.setVisible(shown)

    def set(self, state: str) -> None:
        """Shows the state in the language spoken now."""
        kind, word = device_state(state)
        ink = theme.STATES[kind][0]
        self._icon.set(self._name, ink)
        self._word.setText(word)
        self._word.setStyleSheet(f"color: {ink}; font-size: {theme.SMALL}px; font-weight: 600;")
        self.setToolTip(f"{device_name(self._name)}: {word}")
        self.setAccessibleName(f"{device_name(self._name)}: {word}")


class TopBar(QFrame):
    """48 px. search(text) as it is typed; language_chosen(code); appearance_chosen(palette)."""

    search = Signal(str)
    language_chosen = Signal(str)
    appearance_chosen = Signal(str)

    def __init__(self, station: Station, operator: Operator) -> None:
        super().__init__()
        self._station = station
        self._operator = operator
        self._sync: SyncStatus | None = None
        self._states: dict[str, str] = dict.fromkeys(DEVICES, "unused")
        self.setProperty("surface", "bar")
        self.setFixedHeight(48)
        self._office = ElidedText("", "strong")
        self._office.setMinimumWidth(120)
        self._work = Badge("plain", "plain", "")
        self._work.setObjectName("top_bar.work")
        self.search_field = QLineEdit()
        self.search_field.setObjectName("top_bar.search")
        self.search_field.setFixedWidth(230)
        self.search_field.setMaxLength(80)
        self.search_field.setClearButtonEnabled(True)
        self.search_field.setProperty("role", "search")
        self.search_field.textChanged.connect(self.search)
        self._line = Badge("plain", "offline", "")
        self._line.setObjectName("top_bar.sync")
        self._lights = {name: DeviceLight(name) for name in DEVICES}
        self._who = QLabel()
        self._who.setObjectName("top_bar.operator")
        self._who.setProperty("role", "small")
        self._language = QPushButton()
        self._language.setObjectName("top_bar.language")
        self._language.setProperty("role", "link")
        self._language.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._appearance = AppearanceButton("top_bar.appearance")
        self._appearance.chosen.connect(self.appearance_chosen)
        self._language.clicked.connect(self._other_language)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 8, 0)
        layout.setSpacing(14)
        layout.addWidget(self._office, 1)
        layout.addWidget(self._work)
        layout.addWidget(self.search_field)
        layout.addWidget(self._line)
        for light in self._lights.values():
            layout.addWidget(light)
        layout.addWidget(self._who)
        layout.addWidget(self._language)
        layout.addWidget(self._appearance)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word again."""
        self._office.set(self._station.office_name)
        self._work.set("plain", "queue", work_name(self._station.work))
        self._work.setVisible(self._station.work.value == "real")
        self.search_field.setPlaceholderText(_("Search number or name (F3)"))
        self.search_field.setAccessibleName(_("Search number or name (F3)"))
        role = role_name(self._operator.role)
        self._who.setText(f"{self._operator.display_name} · {role}")
        self._who.setAccessibleName(f"{self._operator.display_name}, {role}")
        other = self._other()
        self._language.setText(LANGUAGES[other])
        self._language.setAccessibleName(LANGUAGES[other])
        self._appearance.retranslate()
        for name, state in self._states.items():
            self._lights[name].set(state)
        self._show_line()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room: less of the search, then lights without words, then without what is known anyway."""
        for search, words, names in _FITS:
            self.search_field.setFixedWidth(search)
            for light in self._lights.values():
                light.show_word(words)
            for widget in (self._office, self._who):
                widget.setVisible(names)
            layout = self.layout()
            assert layout is not None
            layout.invalidate()
            if layout.minimumSize().width() <= self.width():
                break

    def set_device(self, name: str, state: str) -> None:
        """The light of one device (devices without a light of their own are passed over)."""
        if name in self._lights:
            self._states[name] = state
            self._lights[name].set(state)
            self._fit()

    def set_sync(self, status: SyncStatus | None) -> None:
        """The state of the line; None where this station has no registry set up."""
        if status != self._sync:
            self._sync = status
            self._show_line()
            self._fit()

    def _show_line(self) -> None:
        status = self._sync
        if status is None:
            self._line.set("plain", "offline", _("No registry set up"))
            self._line.setToolTip("")
            return
        waiting = _("{count} waiting").format(count=status.waiting)
        if status.held:
            kind, drawing, word = (
                "stopped",
                "attention",
                _("{count} need attention").format(count=status.held),
            )
        elif status.paused:
            kind, drawing, word = "plain", "offline", _("Paused")
        elif status.online is None:
            kind, drawing, word = "plain", "sync", _("Connecting")
        elif not status.online:
            kind, drawing, word = "attention", "offline", _("Offline")
        elif status.waiting:
            kind, drawing, word = "waiting", "sync", _("Sending")
        else:
            kind, drawing, word = "good", "online", _("Online")
        self._line.set(kind, drawing, f"{word} · {waiting}" if status.waiting else word)
        told = [word, waiting]
        if status.oldest_since is not None:
            waited = waiting_time((clock.now() - status.oldest_since).total_seconds())
            told.append(_("Waiting since {time}").format(time=waited))
        if status.last_error is not None:
            told.append(registry_fault(status.last_error))
        self._line.setToolTip("\n".join(told))

    def _other(self) -> str:
        return next(code for code in LANGUAGES if code != language())

    def _other_language(self) -> None:
        self.language_chosen.emit(self._other())
