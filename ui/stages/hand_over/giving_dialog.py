"""What is settled in the moment of giving: who takes the card, the old card in the hand, the signature."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.keyboard.typed import CodeField
from ui.language import _
from ui.messages import explain
from ui.stages.hand_over.facing import OTHER, SigningWindow, may_face
from ui.stock.fitting import fit_dialog
from ui.widgets.field import Field
from ui.widgets.scrolled import Scrolled
from ui.widgets.signature_pad import SignaturePad
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.words import key_name
from workstation.domain.hand_over import CollectedBy, Collector
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.hand_over.view import HandOverView

_WIDTH = 640


def collector_name(kind: CollectedBy) -> str:
    """Who takes the card, as people call it."""
    return {
        CollectedBy.HOLDER: _("The holder"),
        CollectedBy.GUARDIAN: _("A guardian of the child"),
        CollectedBy.PROXY: _("Somebody authorised by the holder"),
    }[kind]


class GivingDialog(QDialog):
    """asked(Handing): everything was answered. Whoever opened it tells the outcome by `end`. Esc: nothing is given;
    while the person signs on the other screen it takes that back."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None, view: HandOverView, screen: str = OTHER) -> None:
        """`screen`: which monitor faces the person, as the settings say."""
        super().__init__(parent)
        self.setObjectName("hand_over.giving")
        self.setWindowTitle(_("Hand over"))
        self._view = view
        self._busy = False
        self._screen = screen
        self._facing: SigningWindow | None = None
        self._strip = Strip("hand_over.giving.strip")
        self.collector = QComboBox()
        self.collector.setObjectName("hand_over.giving.collector")
        kinds = CollectedBy if view.child else (CollectedBy.HOLDER, CollectedBy.PROXY)
        for kind in kinds:
            self.collector.addItem(collector_name(kind), kind)
        self.name, self.identity, self.authorisation = QLineEdit(), QLineEdit(), QLineEdit()
        self.number, self.absent, self.unsigned = QLineEdit(), QLineEdit(), QLineEdit()
        self.card = CodeField()
        for editor, part in (
            (self.card, "card"),
            (self.name, "name"),
            (self.identity, "identity"),
            (self.authorisation, "authorisation"),
            (self.number, "old_number"),
            (self.absent, "old_absent"),
            (self.unsigned, "unsigned"),
        ):
            editor.setObjectName(f"hand_over.giving.{part}")
            # Name and numbers stand on the receipt.
            editor.setMaxLength({"card": 5000, "name": 80, "identity": 24, "old_number": 24}.get(part, 120))
        self.old = QCheckBox(_("The old card is in my hand"))
        self.old.setObjectName("hand_over.giving.old")
        self.pad = SignaturePad("hand_over.giving.pad")
        self._wipe = QPushButton(_("Wipe"))
        self._wipe.setObjectName("hand_over.giving.wipe")
        self._wipe.setAutoDefault(False)
        self._wipe.clicked.connect(self.pad.clear)
        self._turn = QPushButton(f"{_('On the other screen')}  {key_name('F8')}")
        self._turn.setObjectName("hand_over.giving.turn")
        self._turn.setAccessibleName(_("On the other screen"))
        self._turn.setAutoDefault(False)
        self._turn.setVisible(may_face(self, screen))
        self._turn.clicked.connect(self._sign_facing)
        self._signing = Text("", "secondary", wrap=True)
        self._signing.setObjectName("hand_over.giving.signing")
        self.finished.connect(lambda _result: self._take_back())
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("hand_over.giving.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._submit = QPushButton(_("Hand over"))
        self._submit.setObjectName("hand_over.giving.submit")
        self._submit.setProperty("role", "primary")
        self._submit.setDefault(True)
        self._submit.clicked.connect(self._ask)
        self.collector.currentIndexChanged.connect(lambda _index: self._show_person())
        self._lay_out(cancel)
        self._show_person()
        (self.old if view.old_card else self._submit).setFocus()

    def _lay_out(self, cancel: QPushButton) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Field(_("Who takes the card"), self.collector), 1)
        top.addWidget(Field(_("Scan the new card"), self.card), 1)
        column.addLayout(top)
        self._person = QWidget()
        person = QGridLayout(self._person)
        person.setContentsMargins(0, 0, 0, 0)
        person.setHorizontalSpacing(12)
        person.addWidget(Field(_("Name of who takes it"), self.name), 0, 0)
        person.addWidget(Field(_("Number of her own identity card"), self.identity), 0, 1)
        person.addWidget(
            Field(_("How related, or the paper that authorises"), self.authorisation), 1, 0, 1, 2
        )
        column.addWidget(self._person)
        if self._view.old_card:
            column.addWidget(Text(_("The recalled card") if self._view.recalled else _("Old card"), "strong"))
            column.addWidget(self.old)
            old = QHBoxLayout()
            old.setSpacing(12)
            old.addWidget(Field(_("Number on it, if it can be read"), self.number))
            old.addWidget(Field(_("Or why it is not there"), self.absent))
            column.addLayout(old)
        column.addWidget(Text(_("Signature"), "strong"))
        buttons = QVBoxLayout()
        buttons.addWidget(self._wipe)
        buttons.addWidget(self._turn)
        buttons.addStretch(1)
        pad = QHBoxLayout()
        pad.setSpacing(12)
        pad.addWidget(self.pad)
        pad.addLayout(buttons)
        pad.addStretch(1)
        column.addLayout(pad)
        column.addWidget(self._signing)
        self._tell_signing()
        column.addWidget(Field(_("Cannot sign: why; a thumb print goes on the receipt"), self.unsigned))
        below = QHBoxLayout()
        below.addWidget(cancel)
        below.addStretch(1)
        below.addWidget(self._submit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(Text(_("Hand over"), "title"))
        layout.addWidget(self._strip)
        layout.addWidget(Scrolled(inside), 1)
        layout.addLayout(below)
        fit_dialog(self, inside, _WIDTH)

    def _show_person(self) -> None:
        self._person.setVisible(self._kind() is not CollectedBy.HOLDER)

    def _kind(self) -> CollectedBy:
        kind = self.collector.currentData()
        return CollectedBy(kind)

    @property
    def handing(self) -> Handing:
        """What was answered."""
        absent = self.absent.text().strip()
        old = OldCardAnswer(self.number.text().strip(), absent) if self.old.isChecked() or absent else None
        return Handing(
            Collector(
                self._kind(),
                self.name.text().strip(),
                self.identity.text().strip(),
                self.authorisation.text().strip(),
            ),
            self.pad.signature,
            self.unsigned.text().strip(),
            old,
            self.card.text().strip(),
        )

    # The screen that faces the person

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._facing is not None:
            self.pad.clear()
            self._take_back()
        elif event.key() == Qt.Key.Key_F8 and not event.isAutoRepeat():
            self._sign_facing()
        else:
            super().keyPressEvent(event)

    def _sign_facing(self) -> None:
        if self._facing is not None:
            return
        if not may_face(self, self._screen):
            self._strip.say(
                "attention", _("No screen faces the person. Let her sign here or on the receipt.")
            )
            return
        header = self._view.header
        window = self._facing = SigningWindow(self, header.name_lo, header.name_latin, self._screen)
        self.pad.clear()
        self.pad.setEnabled(False)
        window.drawn.connect(lambda: self.pad.show_strokes(window.pad.strokes))
        window.signed.connect(self._take_back)
        window.gone.connect(self._take_back)
        window.face()
        self._tell_signing()

    def _take_back(self) -> None:
        window, self._facing = self._facing, None
        if window is None:
            return
        self.pad.setEnabled(True)
        window.hide()
        window.deleteLater()
        self._tell_signing()

    def _tell_signing(self) -> None:
        self._signing.set(
            _("The person signs on the other screen. Esc takes it back.")
            if self._facing is not None
            else _("Left empty, the person signs on the printed receipt.")
        )

    def _ask(self) -> None:
        if self._busy:
            return
        if self._view.old_card and self.old.isChecked() == bool(self.absent.text().strip()):
            self._strip.say("attention", _("Take the old card in your hand, or say why it is not there."))
            self.old.setFocus()
            return
        self._take_back()
        self._wait(True)
        self.asked.emit(self.handing)

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self._submit.setEnabled(not busy)

    def end(self, error: Exception | None) -> None:
        """Closes when the card was given; says what stood against it otherwise."""
        self._wait(False)
        if error is None:
            self.accept()
        else:
            self._strip.say("stopped", explain(error).text)
