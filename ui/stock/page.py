"""The room of blank cards: where they are, what moved, and every act by function key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.stages.page import PageAction, PageContext
from ui.stock.act_dialog import ActDialog
from ui.stock.acts import GIVE, LOAD, OTHERS, SPOIL, TAKE_IN, StockAct, act_words
from ui.stock.count_dialog import CountDialog
from ui.stock.entry_photo import EntryPhoto, photo_room
from ui.stock.places import Places
from ui.stock.report import report_pdf
from ui.stock.table import EntryTable
from ui.stock.words import moment
from ui.widgets.decoded import decoded
from ui.widgets.slip import SlipDialog, save_slip
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation import clock
from workstation.domain.permissions import Verb, may
from workstation.domain.stock import Place
from workstation.workflow.stock.report import figures_csv
from workstation.workflow.stock.view import StockView, photo_of_entry, stock_figures, stock_view

# Stretches of days that F7 goes through.
_DAYS = (1, 7, 31)
_REPORTS = "stock-reports"


class StockPage(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._role = context.who.operator.role
        self._seen: StockView | None = None
        self._days = _DAYS[0]
        self._title, self._sentence = Text("", "title"), Text("", "secondary")
        self._sentence.setObjectName("stock.sentence")
        self._moves = Text("", "strong")
        self.strip = Strip("stock.strip")
        self.places = Places()
        self.table = EntryTable()
        heading = QHBoxLayout()
        heading.setSpacing(16)
        heading.addWidget(self._title)
        heading.addWidget(self._sentence, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(10)
        layout.addLayout(heading)
        for widget in (self.strip, self.places, self._moves):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        self.table.photo_asked.connect(self._ask_photo)
        self.retranslate()

    def enter(self) -> None:
        """Reads the ledger. The numbers are seen first: the table would be scrolled to, had it the focus."""
        self.setFocus()
        self._read()

    def _read(self) -> None:
        office, who, days = self._context.office, self._context.who, self._days
        self._context.background.run(
            "database",
            lambda: stock_view(office, who, days=days),
            done=self._show,
            failed=self.failed.emit,
        )

    def page_actions(self) -> tuple[PageAction, ...]:
        """What this operator's role may do; the count is the primary one."""
        seen = self._seen
        own = seen.balance.own if seen is not None else dict.fromkeys(Place, 0)
        offered = (
            ("F2", TAKE_IN, _("Take in"), True),
            ("F4", GIVE, _("Give out"), own[Place.SAFE] > 0),
            ("F6", LOAD, _("Load"), own[Place.DRAWER] > 0),
            ("F8", SPOIL, _("Spoiled"), own[Place.SAFE] + own[Place.DRAWER] + own[Place.PRINTER] > 0),
        )
        actions = [
            PageAction(act.name, words, key, seen is not None and enabled, False, self._opener(act))
            for key, act, words, enabled in offered
            if may(self._role, act.verb)
        ]
        if self._others():
            actions.append(PageAction("others", _("More"), "F9", seen is not None, False, self._open_others))
        actions.append(PageAction("days", _("Days"), "F7", True, False, self._turn_days))
        actions.append(PageAction("report", _("Report"), "F11", seen is not None, False, self._report))
        if may(self._role, Verb.STOCK_COUNT):
            actions.append(PageAction("count", _("Count"), "F12", seen is not None, True, self._count))
        return tuple(actions)

    def _others(self) -> tuple[StockAct, ...]:
        return tuple(act for act in OTHERS if may(self._role, act.verb))

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Blank cards"))
        self.table.retranslate()
        if self._seen is not None:
            self._show(self._seen)

    def _show(self, seen: StockView) -> None:
        self._seen = seen
        self.places.show_view(seen)
        self.table.show_entries(seen.entries, seen.people)
        self._moves.set(_moves_words(self._days))
        count = seen.last_count
        self._sentence.set(
            _("Not counted yet")
            if count is None
            else _("Counted by two on {moment}").format(moment=moment(count.at))
        )
        self._say(seen)
        self.actions_changed.emit()

    def _say(self, seen: StockView) -> None:
        """The one thing that is to be done first."""
        own = seen.balance.own
        if seen.differences:
            named = ", ".join(one.serial for one in seen.differences[:6])
            more = " …" if len(seen.differences) > 6 else ""
            text = _("The count of {day} left {count} serials open: {serials}")
            first = seen.differences[0]
            day = date.fromisoformat(first.day).strftime("%d/%m/%Y")
            self.strip.say(
                "attention", text.format(day=day, count=len(seen.differences), serials=named + more)
            )
        elif own[Place.PRINTER] + own[Place.BOOKED] == 0:
            self.strip.say("attention", _how_to_load(own))
        elif not seen.counted_today and count_due():
            self.strip.say("waiting", _("The count of today is still to be made: F12, two people."))
        else:
            self.strip.clear()

    # Acts

    def _opener(self, act: StockAct) -> Callable[[], None]:
        return lambda: self._open((act,))

    def _open_others(self) -> None:
        self._open(self._others())

    def _open(self, acts: Sequence[StockAct]) -> None:
        seen = self._seen
        if seen is None:
            return
        dialog = ActDialog(self.window(), self._context, acts, seen)

        def done() -> None:
            if dialog.moved is not None:
                self.done.emit(
                    _("{what}: {count} blanks, {serials}").format(
                        what=act_words(dialog.act)[0], count=dialog.moved.count, serials=dialog.moved.text
                    )
                )
            self._read()

        dialog.accepted.connect(done)
        dialog.open()

    def _count(self) -> None:
        dialog = CountDialog(self.window(), self._context)

        def done() -> None:
            found = dialog.comparison
            balanced = found is not None and found.balances
            self.done.emit(
                _("Counted and signed: it balances")
                if balanced
                else _("Counted and signed: the difference stays open")
            )
            self._read()

        dialog.accepted.connect(done)
        dialog.open()

    def _turn_days(self) -> None:
        self._days = _DAYS[(_DAYS.index(self._days) + 1) % len(_DAYS)]
        self._read()

    def _ask_photo(self, sequence: int) -> None:
        office, who = self._context.office, self._context.who
        room = photo_room(self.window()) * self.devicePixelRatioF()

        def read() -> QImage:
            return decoded(photo_of_entry(office, who, sequence), room)

        def show(picture: QImage) -> None:
            dialog = EntryPhoto(self.window(), picture)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._context.background.run("database", read, done=show, failed=self.failed.emit)

    # Reports

    def _report(self) -> None:
        office, who, days = self._context.office, self._context.who, self._days

        def make() -> tuple[str, bytes]:
            today = clock.office_day(clock.now())
            figures = stock_figures(office, who, today - timedelta(days=days - 1), today)
            pdf = report_pdf(office.station, figures)
            name = f"blanks-{figures.first_day:%Y%m%d}-{figures.last_day:%Y%m%d}"
            # Numbers of blanks name nobody, so they may lie on the station's disk.
            folder = office.data / _REPORTS
            folder.mkdir(mode=0o700, exist_ok=True)
            path = folder / f"{name}.pdf"
            save_slip(path, pdf)
            # With a mark of its encoding: spreadsheets take a Lao name for something else without.
            path.with_suffix(".csv").write_text(figures_csv(figures), encoding="utf-8-sig", newline="")
            return path.name, pdf

        def show(made: tuple[str, bytes]) -> None:
            SlipDialog(self.window(), _("Report of blank cards"), *made, self._context.background).open()

        self._context.background.run("database", make, done=show, failed=self.failed.emit)


def count_due() -> bool:
    """Whether the office day is so late that its count is to be made: from three in the afternoon."""
    return clock.now().astimezone(clock.OFFICE_ZONE).hour >= 15


def _moves_words(days: int) -> str:
    return _("What moved today") if days == 1 else _("What moved in {days} days").format(days=days)


def _how_to_load(own: dict[Place, int]) -> str:
    if own[Place.DRAWER]:
        return _(
            "No blanks are loaded: nothing can be printed. Put some into the printer and book them with F6."
        )
    if own[Place.SAFE]:
        return _(
            "No blanks are loaded, the drawer is empty: the stock keeper gives some to this station with F4, then F6."
        )
    return _(
        "This office has no blank cards: nothing can be printed. Take a box in (F2), give it to the station (F4), load"
        " it (F6)."
    )
