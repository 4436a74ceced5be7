"""The print page: both sides of the card exactly as they will be printed, and how printer and job are."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from devices.errors import DeviceError
from printing.errors import PrinterError
from printing.printer import PrinterState
from ui.language import _
from ui.messages import explain
from ui.stages.page import PageAction, PageContext, StagePage
from ui.stages.print.presenter import CardSides, PrintPresenter
from ui.stages.print.words import PrinterWords, printer_words
from ui.widgets.badge import Badge
from ui.widgets.picture import Picture
from ui.widgets.progress import Progress
from ui.widgets.text import Text
from workstation.domain.card import CardState
from workstation.domain.stages import Stage
from workstation.workflow.header import Header
from workstation.workflow.print.carry import PrintProgress

# ID-1 is 85.60 x 53.98 mm (ISO/IEC 7810).
_SIDE = (456, 288)
_ASIDE = 284


class PrintPage(StagePage):
    """F5 or Ctrl+Return prints. An uncertain job asks whether a good card is there: F6 yes, F9 no."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("print")
        self._application = ""
        self._stage = Stage.PRINT
        self._sides: CardSides | None = None
        self._printing = False
        self.presenter = PrintPresenter(context)
        self.front = Picture(_SIDE)
        self.front.setObjectName("print.front")
        self.back = Picture(_SIDE)
        self.back.setObjectName("print.back")
        self._printer_title = Text("", "label")
        self.printer = Badge("waiting")
        self.printer.setObjectName("print.printer")
        self.advice = Text("", wrap=True)
        self.advice.setObjectName("print.advice")
        self._job_title = Text("", "label")
        self.job = Badge("waiting")
        self.job.setObjectName("print.job")
        self.note = Text("", "secondary", wrap=True)
        self.note.setObjectName("print.note")
        self.progress = Progress("print.progress")
        # How the printer was said to be, to say it again in another language.
        self._told: object = None
        self.question = QFrame()
        self.question.setObjectName("print.question")
        self.question.setProperty("surface", "card")
        self._ask = Text("", "title", wrap=True)
        self._ask_more = Text("", wrap=True)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.question)
        inside.setContentsMargins(16, 10, 16, 10)
        inside.setSpacing(4)
        inside.addWidget(self._ask)
        inside.addWidget(self._ask_more)
        column = QWidget()
        column.setFixedWidth(_ASIDE)
        aside = QVBoxLayout(column)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.setSpacing(6)
        for widget in (self._printer_title, self.printer, self.advice, self._job_title, self.job, self.note):
            aside.addWidget(widget)
            if widget in (self.printer, self.job):
                aside.setAlignment(widget, Qt.AlignmentFlag.AlignLeft)
            if widget is self.advice:
                aside.addSpacing(10)
        aside.addWidget(self.progress)
        aside.addStretch(1)
        sides = QGridLayout()
        sides.setHorizontalSpacing(16)
        sides.setVerticalSpacing(8)
        sides.addWidget(self.front, 0, 0)
        sides.addWidget(self.back, 0, 1)
        sides.addWidget(self.question, 1, 0, 1, 2)
        sides.setRowStretch(2, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 12, 16, 12)
        across.setSpacing(24)
        across.addLayout(sides)
        across.addWidget(column)
        across.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.shown.connect(self._shown)
        presenter.printer.connect(self._tell_printer)
        presenter.progress.connect(self._tell_printer)
        presenter.printing.connect(self._printing_changed)
        presenter.completed.connect(self._completed)
        presenter.failed.connect(self.failed)

    def show_application(self, header: Header) -> None:
        self._application = header.application_id
        self._stage = header.stage
        self._sides = None
        self._printing = False
        self._tell_printer(None)
        self.progress.end(whole=False)
        self._show_all()
        self.presenter.fit_sides_into(QSize(*_SIDE) * self.devicePixelRatioF())
        self.presenter.open(header.application_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.presenter.leave()

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # as StagePage has it
        job = self._sides.job if self._sides is not None else None
        if job is not None and job.uncertain and not self._printing:
            return (
                PageAction(
                    "print.no_card", _("No good card"), "F9", True, False, lambda: self._settle(False)
                ),
                PageAction(
                    "print.good_card", _("Yes, a good card"), "F6", True, True, lambda: self._settle(True)
                ),
            )
        may = (
            job is not None
            and not self._printing
            and job.state in (CardState.QUEUED, CardState.FAILED, CardState.PRINTING)
        )
        failed = job is not None and job.state is CardState.FAILED
        text = _("Print another card") if failed else _("Print card")
        return (
            PageAction("print.again", text, "F5", may, False, self.presenter.print_card),
            PageAction("print.print", text, "Ctrl+Return", may, True, self.presenter.print_card),
        )

    def retranslate(self) -> None:
        self.front.set_texts(_("Front side"), _("The card is being prepared"))
        self.back.set_texts(_("Back side"), _("The card is being prepared"))
        self._printer_title.set(_("Printer"))
        self._job_title.set(_("Card"))
        self._ask.set(_("Is a good card in your hand?"))
        self._ask_more.set(
            _(
                "The program did not see the end of this print. Say yes only if the card is there and flawless."
            )
        )
        self.progress.setAccessibleName(_("Printing"))
        self._tell_printer(self._told)
        self._show_all()

    def _settle(self, card_is_good: bool) -> None:
        self.presenter.settle(card_is_good)

    def _shown(self, sides: CardSides) -> None:
        self._sides = sides
        self._show_all()
        waits = (CardState.QUEUED, CardState.PRINTING, CardState.FAILED)
        if self._stage is Stage.PRINT and sides.job.state not in waits:
            # The job ended between the window's look at the application and this one.
            self.moved.emit(self._application)

    def _tell_printer(self, told: object) -> None:
        """PrinterState, PrintProgress, an error of the printer, or None while it is being asked."""
        self._told = told
        if isinstance(told, PrinterState):
            words = printer_words(told.state, told.reasons)
        elif isinstance(told, PrintProgress):
            words = printer_words(told.printer_state, told.reasons)
        elif isinstance(told, PrinterError | DeviceError):
            words = printer_words(told.code, ())
            if words.word == told.code:
                message = explain(told)
                words = PrinterWords("attention", message.what, message.next_step)
        else:
            words = PrinterWords("waiting", _("The printer is being asked"), "")
        self._say_printer(words)

    def _printing_changed(self, printing: bool) -> None:
        if printing and not self._printing:
            self.progress.begin()
        elif not printing:
            self.progress.end(whole=False)
        self._printing = printing
        self._show_all()

    def _completed(self) -> None:
        # Only a card that came out tells how long the next one takes.
        self.progress.end(whole=True)
        self.done.emit(_("The card is printed."))
        self.moved.emit(self._application)

    def _say_printer(self, words: PrinterWords) -> None:
        self.printer.set(words.kind, "", words.word)
        self.advice.set(words.advice)
        self.advice.setVisible(bool(words.advice))

    def _show_all(self) -> None:
        sides = self._sides
        self.front.set_picture(sides.front if sides is not None else None)
        self.back.set_picture(sides.back if sides is not None else None)
        uncertain = sides is not None and sides.job.uncertain and not self._printing
        self.question.setVisible(uncertain)
        kind, word, note = self._job_words()
        self.job.set(kind, "", word)
        self.note.set(note)
        self.note.setVisible(bool(note))
        self.actions_changed.emit()

    def _job_words(self) -> tuple[str, str, str]:
        if self._sides is None:
            return "waiting", _("Please wait"), ""
        if self._printing:
            return "action", _("Being printed"), _("You may leave this page; the printer goes on.")
        job = self._sides.job
        if job.uncertain:
            return "attention", _("Uncertain"), _("Nothing goes on before you have answered.")
        match job.state:
            case CardState.QUEUED:
                return "plain", _("Ready to print"), _("The pictures show exactly what will be printed.")
            case CardState.PRINTING:
                return "action", _("Being printed"), ""
            case CardState.FAILED:
                return (
                    "stopped",
                    _("Not printed"),
                    _("No card was made of this job. Put a spoiled blank aside."),
                )
            case _:
                return "good", _("Printed"), ""
