"""The print page: both sides of the card exactly as they will be printed, and how printer and job are."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.printing.printer_box import PrinterBox
from ui.stages.page import PageAction, PageContext, StagePage
from ui.stages.print.presenter import PrintPresenter
from ui.stages.print.question import CardQuestion
from ui.stages.print.sides import CardSides
from ui.stages.print.words import another_words
from ui.widgets.badge import Badge
from ui.widgets.picture import Picture
from ui.widgets.progress import Progress
from ui.widgets.text import Text
from workstation.domain.card import CardState
from workstation.domain.stages import Stage
from workstation.workflow.header import Header
from workstation.workflow.print.carry import PrintProgress
from workstation.workflow.print.job import BlankFate
from workstation.workflow.print.view import PrintView

# ID-1 is 85.60 x 53.98 mm (ISO/IEC 7810).
_SIDE = (456, 288)
_ASIDE = 284
# Below this width the two sides and what is said of them have no room beside each other.
_NARROW = 1200


class PrintPage(StagePage):
    """F5 or Ctrl+Return prints. An uncertain job asks whether a good card is there: F6 yes, F9 spoiled, F7 none came.
    A failed one asks after its blank: F6 unused, F9 spoiled; another card follows."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("print")
        self._application = ""
        self._stage = Stage.PRINT
        self._sides: CardSides | None = None
        self._printing = False
        self._unreachable = False
        self.presenter = PrintPresenter(context)
        self.front = Picture(_SIDE)
        self.front.setObjectName("print.front")
        self.back = Picture(_SIDE)
        self.back.setObjectName("print.back")
        self._printer_title = Text("", "label", wrap=True)
        self.printer = PrinterBox("print")
        self._job_title = Text("", "label")
        self.job = Badge("waiting")
        self.job.setObjectName("print.job")
        self.note = Text("", "secondary", wrap=True)
        self.note.setObjectName("print.note")
        self.blank = Text("", wrap=True)
        self.blank.setObjectName("print.blank")
        self.progress = Progress("print.progress")
        # How the printer was said to be, to say it again in another language.
        self._told: object = None
        self.question = CardQuestion()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        column = self._column = QWidget()
        aside = QVBoxLayout(column)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.setSpacing(6)
        aside.addWidget(self._printer_title)
        aside.addWidget(self.printer)
        aside.addSpacing(10)
        aside.addWidget(self._job_title)
        aside.addWidget(self.job, 0, Qt.AlignmentFlag.AlignLeft)
        aside.addWidget(self.blank)
        aside.addWidget(self.note)
        aside.addWidget(self.progress)
        aside.addStretch(1)
        sides = self._grid = QGridLayout()
        sides.setHorizontalSpacing(16)
        sides.setVerticalSpacing(8)
        sides.setRowStretch(4, 1)
        across = self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        across.setContentsMargins(16, 12, 16, 12)
        across.setSpacing(24)
        across.addLayout(sides)
        across.addWidget(column)
        across.addStretch(1)
        self._fit()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _fit(self) -> None:
        """In a narrow window everything stands below the question, one thing under the other; the page scrolls."""
        narrow = self.width() < _NARROW
        columns = 1 if narrow else 2
        self._grid.addWidget(self.question, 0, 0, 1, columns)
        self._grid.addWidget(self.front, 1, 0)
        self._grid.addWidget(self.back, 2 if narrow else 1, columns - 1)
        way = QBoxLayout.Direction
        self._across.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._column.setFixedWidth(_SIDE[0] if narrow else _ASIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(_SIDE[0] + 32, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.shown.connect(self._shown)
        presenter.printer.connect(self._tell_printer)
        presenter.progress.connect(self._tell_printer)
        presenter.printing.connect(self._printing_changed)
        presenter.completed.connect(self._completed)
        presenter.failed.connect(self.failed)
        self.question.answered.connect(lambda: self._settle(True))

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
        if self._printing:
            away = job is not None and self._unreachable
            return (
                PageAction(
                    "print.give_up", _("What became of the card?"), "F7", away, False, self.presenter.give_up
                ),
                PageAction("print.print", _("Print card"), "Ctrl+Return", False, True, _nothing),
            )
        if job is not None and job.uncertain:
            return (
                self._settling("print.none", _("No card came"), "F7", False, blank=BlankFate.UNUSED),
                self._settling("print.no_card", _("Card is spoiled"), "F9", False),
                self._settling("print.good_card", _("Yes, a good card"), "F6", True),
            )
        if job is not None and job.state is CardState.FAILED and job.blank:
            again = self.presenter.print_card
            return (
                PageAction(
                    "print.again", _("Blank spoiled: print another card"), "F9", True, False, partial(again)
                ),
                PageAction(
                    "print.print",
                    _("Blank unused: print again"),
                    "F6",
                    True,
                    True,
                    partial(again, BlankFate.UNUSED),
                ),
            )
        may = job is not None and job.state in (CardState.QUEUED, CardState.FAILED, CardState.PRINTING)
        failed = job is not None and job.state is CardState.FAILED
        text = _("Print another card") if failed else _("Print card")
        waits = job is not None and job.waits
        return (
            PageAction("print.withdraw", _("Do not print"), "F9", waits, False, self.presenter.withdraw),
            PageAction("print.again", text, "F5", may, False, self.presenter.print_card),
            PageAction("print.print", text, "Ctrl+Return", may, True, self.presenter.print_card),
        )

    def _settling(
        self, name: str, text: str, key: str, card_is_good: bool, *, blank: BlankFate = BlankFate.SPOILED
    ) -> PageAction:
        return PageAction(
            name, text, key, True, card_is_good, partial(self._settle, card_is_good, blank=blank)
        )

    def retranslate(self) -> None:
        self.front.set_texts(_("Front side"), _("The card is being prepared"))
        self.back.set_texts(_("Back side"), _("The card is being prepared"))
        self._job_title.set(_("Card"))
        self.progress.setAccessibleName(_("Printing"))
        self._tell_printer(self._told)
        self._show_all()

    def _settle(self, card_is_good: bool, *, blank: BlankFate = BlankFate.SPOILED) -> None:
        job = self._sides.job if self._sides is not None else None
        serial = self.question.serial.text().strip()
        if card_is_good and job is not None and job.blank and not serial:
            self.question.serial.setFocus()
            return
        self.presenter.settle(card_is_good, serial=serial, blank=blank)

    def _shown(self, sides: CardSides) -> None:
        self._sides = sides
        self._show_all()
        self._tell_printer(self._told)
        waits = (CardState.QUEUED, CardState.PRINTING, CardState.FAILED)
        if self._stage is Stage.PRINT and sides.job.state not in waits:
            # The job ended between the window's look at the application and this one, or while a colleague had it.
            self.presenter.go_on()

    def _tell_printer(self, told: object) -> None:
        """As PrinterBox.tell; kept, to say it again in another language."""
        self._told = told
        known = self._sides.printer if self._sides is not None else None
        self._printer_title.set(_("Printer") if known is None else f"{_('Printer')}: {known.name}")
        self.printer.tell(told, ribbon_cards=0 if known is None else known.ribbon_cards, waiting=1)
        unreachable = isinstance(told, PrintProgress) and told.printer_state == "unreachable"
        if unreachable != self._unreachable:
            self._unreachable = unreachable
            self.actions_changed.emit()

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

    def _show_all(self) -> None:
        sides = self._sides
        self.front.set_picture(sides.front if sides is not None else None)
        self.back.set_picture(sides.back if sides is not None else None)
        job = None if sides is None or self._printing else sides.job
        asks = job is not None and (job.uncertain or (job.state is CardState.FAILED and bool(job.blank)))
        self.question.show_job(job if asks else None)
        kind, word, note = self._job_words()
        self.job.set(kind, "", word)
        self.note.set(note)
        self.note.setVisible(bool(note))
        blank = _blank_words(sides.job) if sides is not None else ""
        self.blank.set(blank)
        self.blank.setVisible(bool(blank))
        self.actions_changed.emit()

    def _job_words(self) -> tuple[str, str, str]:
        if self._sides is None:
            return "waiting", _("Please wait"), ""
        if self._printing:
            return "action", _("Being printed"), _("You may leave this page; the printer goes on.")
        job = self._sides.job
        if job.uncertain:
            return "attention", _("Uncertain"), _("Nothing goes on before you have answered.")
        if job.waits:
            word = _("Held back") if job.held else _("Waits for the printer")
            return "waiting", word, _("It is printed in its turn; you may leave this page.")
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


def _blank_words(job: PrintView) -> str:
    """Blank and try in one line each, where there is something to say."""
    lines = []
    if job.blank:
        lines.append(_("Blank card: {serial}").format(serial=job.blank))
    if another := another_words(job.attempt, job.reprint_reason):
        lines.append(another)
    return "\n".join(lines)


def _nothing() -> None:
    """What a disabled command does."""
