"""The card in the middle of the window on which all of signing in happens."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.language import LANGUAGES, _, language
from ui.messages import explain
from ui.training_band import TrainingBand
from ui.widgets.appearance_button import AppearanceButton
from ui.widgets.icons import Icon
from ui.widgets.scrolled import Scrolled
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation.domain.station import Work


def program_version() -> str:
    """The version installed, empty when run without installation."""
    try:
        return version("lao-id-workstation")
    except PackageNotFoundError:
        return ""


class LanguageChoice(QWidget):
    """Lao or English. chosen(code)."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._group = QButtonGroup(self)
        for code, word in LANGUAGES.items():
            button = QPushButton(word)
            button.setObjectName(f"{name}.language.{code}")
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setAccessibleName(word)
            button.clicked.connect(self._choose(code))
            self._group.addButton(button)
            layout.addWidget(button, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Marks the language spoken now."""
        for code, button in zip(LANGUAGES, self._group.buttons(), strict=True):
            button.setChecked(code == language())

    def _choose(self, code: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(code)


class EntryCard(QWidget):
    """A screen with one card: product's name, a title, a place for fields, a strip for what went wrong.

    language_chosen(code); appearance_chosen(palette). What is not real work wears the training band.
    """

    language_chosen = Signal(str)
    appearance_chosen = Signal(str)

    def __init__(self, name: str, *, width: int = 440, work: Work = Work.REAL) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._product = Text("", "strong")
        self._edition = Text("", "secondary")
        self.title = Text("", "title", wrap=True)
        self.title.setObjectName(f"{name}.title")
        self.lead = Text("", "secondary", wrap=True)
        self.strip = Strip(f"{name}.strip")
        self._error: Exception | None = None
        self.languages = LanguageChoice(name)
        self.languages.chosen.connect(self.language_chosen)
        self._appearance = AppearanceButton(f"{name}.appearance")
        self._appearance.setFixedWidth(40)
        self._appearance.chosen.connect(self.appearance_chosen)
        self._drawing = Icon("card_reader", theme.ACTION, 32)
        self._band = TrainingBand(work)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(10)

        card = QFrame()
        card.setProperty("surface", "card")
        card.setFixedWidth(width)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 24, 32, 28)
        inside.setSpacing(10)
        inside.addWidget(self.title)
        inside.addWidget(self.lead)
        inside.addWidget(self.strip)
        inside.addLayout(self.fields)

        mark = QHBoxLayout()
        mark.setSpacing(10)
        mark.addWidget(self._drawing)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._product)
        names.addWidget(self._edition)
        mark.addLayout(names, 1)
        self.languages.setFixedWidth(170)
        mark.addWidget(self.languages)
        mark.addWidget(self._appearance)
        head = QWidget()
        head.setFixedWidth(width)
        head.setLayout(mark)

        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(8, 12, 8, 12)
        layout.addStretch(2)
        for part in (head, card):
            # A row of its own, not an alignment: only so is the card's height asked for at its own width.
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(part)
            row.addStretch(1)
            layout.addLayout(row)
            layout.addSpacing(8)
        layout.addStretch(3)
        # At 200 % on a small screen the card is higher than the window.
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._band)
        whole.addWidget(Scrolled(page), 1)

    def retranslate(self) -> None:
        """Every word again."""
        self._product.set(_("Lao ID Workstation"))
        self._edition.set(_("Version {version}").format(version=program_version()))
        self._edition.setVisible(bool(program_version()))
        self.languages.retranslate()
        self._drawing.set("card_reader", theme.ACTION)
        self._appearance.retranslate()
        self._band.retranslate()
        if self._error is not None and self.strip.text:
            self.refuse(self._error)

    def refuse(self, error: Exception) -> None:
        """Says what went wrong and what to do next; another language says it again."""
        self._error = error
        message = explain(error)
        self.strip.say("stopped", " ".join(part for part in (message.what, message.next_step) if part))
