"""The inputs of a form: one for each widget that a specification can name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QSizePolicy, QWidget

from ui.keyboard.other_layout import meant
from ui.language import _, language
from ui.stages.intake.choice_box import ChoiceBox
from ui.words.birth_date import to_draft, to_screen
from ui.words.choices import Choice, documents_of, shipped_choices
from workstation.domain.form import YES, FormDocument, FormField
from workstation.lao.dates import ascii_digits

# Longer than anything that is accepted: what was pasted must be seen whole, and its fault named.
LONGEST_TYPED = 5000
_PAPER_COLUMNS = 3


class Papers(QWidget):
    """A box for each paper that can be shown. changed(): one was marked or unmarked."""

    changed = Signal()

    def __init__(self, name: str, documents: tuple[FormDocument, ...]) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 0, 6, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        for column in range(_PAPER_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        for document in documents:
            box = QCheckBox(document.label.spoken(language()), self)
            box.setObjectName(f"intake.{name}.{document.code}")
            box.setAccessibleName(document.label.spoken(language()))
            box.setMinimumHeight(32)
            box.toggled.connect(self.changed)
            self.boxes[document.code] = box
        self._shown: tuple[str, ...] = ()
        self.offer(tuple(self.boxes))

    def offer(self, codes: tuple[str, ...]) -> None:
        """Shows the boxes of these papers; what was marked on others is kept and not told."""
        if codes == self._shown:
            return
        self._shown = codes
        for box in self.boxes.values():
            self._grid.removeWidget(box)
            box.hide()
        for number, code in enumerate(codes):
            self._grid.addWidget(self.boxes[code], number // _PAPER_COLUMNS, number % _PAPER_COLUMNS)
            self.boxes[code].show()

    @property
    def offered(self) -> tuple[str, ...]:
        """The papers whose boxes are shown, in reading order."""
        return self._shown

    def text(self) -> str:
        """The marked papers as they are stored."""
        return ",".join(code for code in self._shown if self.boxes[code].isChecked())

    def set_text(self, stored: str) -> None:
        """Marks the stored papers. Nothing is told as changed."""
        marked = documents_of(stored)
        for code, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(code in marked)


class Editor:
    """One field's input with what is stored of it, whatever kind of widget it is."""

    def __init__(
        self, field: FormField, documents: tuple[FormDocument, ...], edited: Callable[[str], None]
    ) -> None:
        self.field = field
        self.widget: QLineEdit | ChoiceBox | QCheckBox | Papers
        name = field.name
        if field.widget == "choice":
            self.widget = _list(field)
            self.widget.currentIndexChanged.connect(lambda _row: edited(name))
        elif field.widget == "check":
            self.widget = _check(field)
            self.widget.toggled.connect(lambda _on: edited(name))
        elif field.widget == "documents":
            self.widget = Papers(name, documents)
            self.widget.changed.connect(lambda: edited(name))
        else:
            self.widget = _line(field)
            self.widget.textEdited.connect(lambda _text: edited(name))
        self.widget.setObjectName(f"intake.{name}")

    @property
    def wanted(self) -> str:
        """What a text field is written in: lao, latin or number; empty where anything may stand."""
        if not isinstance(self.widget, QLineEdit):
            return ""
        return _wanted(self.field)

    def turned(self) -> str:
        """What was meant where it was typed with the wrong keyboard layout, else empty."""
        return meant(self.shown_text(), self.wanted) if self.wanted else ""

    def turn(self) -> None:
        """Writes what was meant in place of what stands there; it is told as edited."""
        text = self.turned()
        if isinstance(self.widget, QLineEdit) and text:
            # Over the selection, so that Ctrl+Z brings back what was typed.
            self.widget.selectAll()
            self.widget.insert(text)
            self.widget.textEdited.emit(text)

    def shown_text(self) -> str:
        """What is on the screen in a text field; the code of a list, box or paper."""
        if isinstance(self.widget, ChoiceBox):
            return self.widget.code()
        if isinstance(self.widget, QCheckBox):
            return YES if self.widget.isChecked() else ""
        return self.widget.text()

    def stored(self) -> str:
        """What a draft keeps of it."""
        text = self.shown_text()
        if self.field.widget == "date":
            return to_draft(text)
        return ascii_digits(text) if self.field.kind in ("telephone", "number") else text

    def show(self, stored: str) -> None:
        """Puts a stored value on the screen. Nothing is told as edited."""
        if isinstance(self.widget, ChoiceBox):
            self.widget.set_code(stored)
        elif isinstance(self.widget, QCheckBox):
            with QSignalBlocker(self.widget):
                self.widget.setChecked(stored == YES)
        elif isinstance(self.widget, Papers):
            self.widget.set_text(stored)
        else:
            self.widget.setText(to_screen(stored) if self.field.widget == "date" else stored)

    def set_editable(self, editable: bool) -> None:
        """A field that cannot be edited still shows what it holds."""
        if isinstance(self.widget, QLineEdit):
            self.widget.setReadOnly(not editable)
        else:
            self.widget.setEnabled(editable)

    def focus_widgets(self) -> tuple[QWidget, ...]:
        """What takes the focus, in the order of the Tab key."""
        if isinstance(self.widget, Papers):
            return tuple(self.widget.boxes.values())
        return (self.widget,)

    def focus(self) -> None:
        """Takes the focus; nothing is selected, so that the next letter does not wipe out a name to be mended."""
        if isinstance(self.widget, Papers):
            self.widget.boxes[self.widget.offered[0]].setFocus()
            return
        self.widget.setFocus()
        if isinstance(self.widget, QLineEdit):
            self.widget.end(False)


def _list(field: FormField) -> ChoiceBox:
    box = ChoiceBox()
    box.set_choices(list_of(field, ""), language())
    return box


def list_of(field: FormField, province_code: str) -> tuple[Choice, ...]:
    """The lines of a list; districts are those of the chosen province."""
    if field.choices:
        return tuple(Choice(choice.code, choice.name.lo, choice.name.en) for choice in field.choices)
    return shipped_choices(field.choices_from, province_code)


def _check(field: FormField) -> QCheckBox:
    box = QCheckBox(field.label.spoken(language()))
    box.setMinimumHeight(34)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return box


def _wanted(field: FormField) -> str:
    if field.widget == "date" or field.kind in ("telephone", "number"):
        return "number"
    return field.script if field.script in ("lao", "latin") else ""


def _line(field: FormField) -> QLineEdit:
    line = QLineEdit()
    hints = Qt.InputMethodHint.ImhNoPredictiveText
    if field.script == "latin":
        hints |= Qt.InputMethodHint.ImhLatinOnly
    elif field.widget == "date":
        hints |= Qt.InputMethodHint.ImhDate | Qt.InputMethodHint.ImhPreferNumbers
    elif field.kind == "telephone":
        hints |= Qt.InputMethodHint.ImhDialableCharactersOnly
    elif field.kind == "number":
        # A household or house number may hold a letter.
        hints |= Qt.InputMethodHint.ImhPreferNumbers
    line.setInputMethodHints(hints)
    line.setMaxLength(LONGEST_TYPED)
    if field.widget == "date":
        line.setPlaceholderText(_("day/month/year"))
        line.setToolTip(_("Write ? for an unknown day or month: ?/?/1960"))
    return line
