"""The question about a card whose printing nobody saw end: which card is in the hand, or what became of its blank."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.language import _
from ui.widgets.field import Field
from ui.widgets.text import Text
from workstation.domain.card import CardState
from workstation.workflow.print.view import PrintView

_LONGEST = 24
_FIELD = 260


class CardQuestion(QFrame):
    """Hidden unless there is something to ask. answered(): Enter in the field of the serial."""

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("print.question")
        self.setProperty("surface", "card")
        self._job: PrintView | None = None
        self._ask = Text("", "title", wrap=True)
        self._more = Text("", wrap=True)
        self.serial = QLineEdit()
        self.serial.setObjectName("print.serial")
        self.serial.setMaxLength(_LONGEST)
        self.serial.returnPressed.connect(self.answered)
        self._field = Field("", self.serial)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 10, 16, 10)
        inside.setSpacing(4)
        inside.addWidget(self._ask)
        beside = QHBoxLayout()
        beside.setSpacing(24)
        beside.addWidget(self._more, 1)
        self._field.setFixedWidth(_FIELD)
        beside.addWidget(self._field)
        inside.addLayout(beside)
        self.hide()

    def show_job(self, job: PrintView | None) -> None:
        """Asks about this job, or nothing."""
        fresh = job is not None and (self._job is None or self._job.job_id != job.job_id)
        self._job = job
        if fresh:
            self.serial.clear()
        if job is None:
            self.hide()
            return
        failed = job.state is CardState.FAILED
        self._ask.set(_("What became of the blank card?") if failed else _("Is a good card in your hand?"))
        if failed:
            more = _(
                "The printer gave this card up. The blank {serial} is spoiled if anything is printed on it."
            )
        elif job.blank:
            more = _(
                "The program did not see the end of this print. Booked is the blank {serial}. Say yes only if the"
                " card is there and flawless, and type the serial that stands on it."
            )
        else:
            more = _(
                "The program did not see the end of this print. Say yes only if the card is there and flawless."
            )
        self._more.set(more.format(serial=job.blank))
        self._field.set_texts(_("Serial on the card"))
        self._field.setVisible(bool(job.blank) and not failed)
        self.show()
