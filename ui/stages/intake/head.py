"""The line above the form: which kind of application, the age step, what is to be paid or was paid, what is kept."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.language import _, language
from ui.stages.intake.choice_box import ChoiceBox
from ui.widgets.badge import Badge
from ui.widgets.text import Text
from ui.words.choices import Choice
from workstation.domain.form import Answers
from workstation.workflow.intake.view import IntakeView


def money(amount: int, currency: str) -> str:
    """An amount as offices write it."""
    written = f"{amount:,}".replace(",", ".")
    return _("{amount} kip").format(amount=written) if currency == "LAK" else f"{written} {currency}"


class FormHead(QWidget):
    """kind_chosen(kind): the clerk chose another kind of application."""

    kind_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown_kind = ""
        self._kind = ChoiceBox()
        self._kind.setObjectName("intake.kind")
        self._kind.setAccessibleName(_("Kind of application"))
        self._kind.setMinimumWidth(330)
        self._kind.activated.connect(self._chosen)
        label = Text(_("Kind of application"), "label")
        label.setBuddy(self._kind)
        self._age = Badge("plain", "", "")
        self._age.setObjectName("intake.age_step")
        self._fee = Badge("plain", "", "")
        self._fee.setObjectName("intake.fee")
        self._saved = Text("", "secondary")
        self._saved.setObjectName("intake.saved")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (label, self._kind, self._age, self._fee):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._saved)

    def show_view(self, view: IntakeView) -> None:
        """The kinds there are, and the one that this application is of."""
        with QSignalBlocker(self._kind):
            self._kind.set_choices([Choice(kind, name.lo, name.en) for kind, name in view.kinds], language())
            self._kind.set_code(view.form.kind)
        self._shown_kind = view.form.kind
        self._kind.setEnabled(view.editable and view.receipt is None)

    def show_answers(self, view: IntakeView, answers: Answers) -> None:
        """The age step and the fee for what is typed now."""
        step = view.form.age_step(answers.age)
        self._age.setVisible(step is not None)
        if step is not None:
            words = step.name.spoken(language())
            text = _("{age} years old, step {step}").format(age=answers.age, step=words)
            self._age.set("action" if answers.age is not None and answers.age < 15 else "plain", "", text)
        if view.receipt is not None:
            paid = money(view.receipt.amount, view.receipt.currency)
            self._fee.set(
                "good",
                "",
                _("Paid: {amount}, receipt {number}").format(amount=paid, number=view.receipt.number),
            )
        elif answers.fee():
            self._fee.set(
                "plain", "", _("Fee: {amount}").format(amount=money(answers.fee(), view.form.currency))
            )
        else:
            self._fee.set("plain", "", _("No fee"))

    def say_saved(self, text: str) -> None:
        """Whether everything typed is kept."""
        self._saved.set(text)

    def open_kinds(self) -> None:
        """Opens the list of kinds for the arrow keys and for typing."""
        self._kind.setFocus()
        self._kind.showPopup()

    def _chosen(self, _row: int) -> None:
        code = self._kind.code()
        if not code:
            self._kind.set_code(self._shown_kind)
        elif code != self._shown_kind:
            self._shown_kind = code
            self.kind_chosen.emit(code)
