"""The room of finished cards: four lists that F2 goes through, and what is done with each by function key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.hand_over.lists import CardList, ListName, list_name, read_list
from ui.hand_over.table import CardTable
from ui.keyboard.typed import Scans
from ui.language import _
from ui.stages.hand_over.two_dialog import Asked, TwoDialog
from ui.stages.page import PageAction, PageContext
from ui.widgets.slip import SlipDialog, ask_where, save_slip, slip_name
from ui.widgets.text import Text
from workstation import clock
from workstation.domain.permissions import Verb, may
from workstation.domain.queue import Contact
from workstation.workflow.hand_over import old_cards, ready, uncollected

T = TypeVar("T")


class HandOverRoom(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's. open_application(application id);
    scanned(text): a card was."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()
    open_application = Signal(str)
    scanned = Signal(str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._role = context.who.operator.role
        self._name = ListName.READY
        self._shown: CardList | None = None
        self._title, self._sentence = Text("", "title"), Text("", "secondary", wrap=True)
        self._sentence.setObjectName("hand_over.sentence")
        self.table = CardTable()
        self.table.opened.connect(self.open_application)
        self.table.chosen_changed.connect(self.actions_changed)
        Scans(self.table).scanned.connect(self.scanned)
        heading = QHBoxLayout()
        heading.setSpacing(16)
        heading.addWidget(self._title)
        heading.addWidget(self._sentence, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(10)
        layout.addLayout(heading)
        layout.addWidget(self.table, 1)
        self.retranslate()

    def enter(self) -> None:
        """Reads the list that was shown last."""
        self.table.setFocus()
        self._read()

    def _read(self) -> None:
        office, who, name = self._context.office, self._context.who, self._name
        self._run(lambda: read_list(office, who, name), self._show)

    def _show(self, shown: CardList) -> None:
        if shown.name is not self._name:
            return
        self._shown = shown
        self._title.set(list_name(shown.name))
        self._sentence.set(shown.sentence)
        self.table.show_list(shown)
        self.actions_changed.emit()

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(list_name(self._name))
        self.table.setAccessibleName(list_name(self._name))
        if self._shown is not None:
            self._read()

    def page_actions(self) -> tuple[PageAction, ...]:
        """The next list, and what can be done in this one."""
        following = list(ListName)[(list(ListName).index(self._name) + 1) % len(ListName)]
        actions = [PageAction("next", list_name(following), "F2", True, False, self._next)]
        line, chosen = self.table.current is not None, bool(self.table.chosen)
        offered: dict[ListName, tuple[tuple[str, str, str, bool, Verb, Callable[[], None]], ...]] = {
            ListName.READY: (
                ("informed", _("Informed"), "F6", line, Verb.TELL, lambda: self._tell(Contact.INFORMED)),
                (
                    "not_reached",
                    _("Not reached"),
                    "F7",
                    line,
                    Verb.TELL,
                    lambda: self._tell(Contact.NOT_REACHED),
                ),
                ("messages", _("Messages"), "F8", True, Verb.HAND_OVER_LOOK, self._messages),
                ("letters", _("Notice letters"), "F9", True, Verb.HAND_OVER_LOOK, self._letters),
                ("labels", _("Labels"), "F11", True, Verb.HAND_OVER_LOOK, self._labels),
                ("file", _("File"), "F4", line, Verb.FILE_CARD, self._file),
            ),
            ListName.OLD: (
                ("all", _("Choose all"), "F4", line, Verb.CUT_OLD_CARDS, self.table.choose_all),
                ("cut", _("Cut by two"), "F12", chosen, Verb.CUT_OLD_CARDS, self._cut),
            ),
            ListName.UNCOLLECTED: (
                ("all", _("Choose all"), "F4", line, Verb.RETURN_UNCOLLECTED, self.table.choose_all),
                ("destroy", _("Destroy by two"), "F9", chosen, Verb.DESTROY_UNCOLLECTED, self._destroy),
                ("return", _("Return to the province"), "F12", chosen, Verb.RETURN_UNCOLLECTED, self._return),
            ),
            ListName.RECALLED: (),
        }
        for name, words, key, enabled, verb, run in offered[self._name]:
            if may(self._role, verb):
                primary = name in ("file", "cut", "return")
                actions.append(PageAction(name, words, key, enabled, primary, run))
        return tuple(actions)

    def _next(self) -> None:
        names = list(ListName)
        self._name = names[(names.index(self._name) + 1) % len(names)]
        self._title.set(list_name(self._name))
        self._read()

    # What is done

    def _tell(self, outcome: Contact) -> None:
        line, office, who = self.table.current, self._context.office, self._context.who
        if line is not None:
            self._run(
                lambda: ready.tell_ready(office, who, line.application_id, outcome),
                lambda _none: self._read(),
            )

    def _file(self) -> None:
        line, office, who = self.table.current, self._context.office, self._context.who
        if line is None or self._shown is None:
            return
        self._ask(
            "file",
            _("File"),
            _("Put the card at this place, or write another one."),
            lambda asked: ready.file_card(office, who, line.application_id, asked.number).text,
            lambda place: self.done.emit(_("Filed at {place}").format(place=place)),
            number=_("Place"),
            begins=self._shown.proposed,
            two=False,
        )

    def _cut(self) -> None:
        chosen, office, who = self.table.chosen, self._context.office, self._context.who
        self._ask(
            "cut",
            _("Cut by two"),
            _("Both count the {count} chosen cards, cut them through the chip, and agree here.").format(
                count=len(chosen)
            ),
            lambda asked: old_cards.cut(office, who, chosen, _counted(asked), asked.second),
            lambda count: self.done.emit(_("{count} cards were cut by two").format(count=count)),
            number=_("How many were counted"),
        )

    def _return(self) -> None:
        chosen, office, who = self.table.chosen, self._context.office, self._context.who
        self._ask(
            "return",
            _("Return to the province"),
            _("Put the {count} chosen cards and the list into the parcel and seal it.").format(
                count=len(chosen)
            ),
            lambda asked: self._named(
                f"parcel-{asked.reason}",
                uncollected.return_to_province(office, who, chosen, _counted(asked), asked.reason),
            ),
            lambda made: self._show_paper(_("Parcel list"), made),
            number=_("How many were counted"),
            reason=_("Number of the seal"),
            two=False,
        )

    def _destroy(self) -> None:
        chosen, office, who = self.table.chosen, self._context.office, self._context.who
        self._ask(
            "destroy",
            _("Destroy by two"),
            _("Both count the {count} chosen cards, destroy them, and agree here.").format(count=len(chosen)),
            lambda asked: self._named(
                "destroyed",
                uncollected.destroy_uncollected(
                    office, who, chosen, _counted(asked), asked.reason, asked.second
                ),
            ),
            lambda made: self._show_paper(_("List of destroyed cards"), made),
            number=_("How many were counted"),
            reason=_("Reason"),
        )

    # Lists on paper and in files

    def _messages(self) -> None:
        office, who = self._context.office, self._context.who

        def ask(content: bytes) -> None:
            name = f"messages-{clock.office_day(clock.now()):%Y%m%d}.csv"
            ask_where(self.window(), name, lambda path: self.save_messages(path, content))

        # With a mark of its encoding: spreadsheets take a Lao name for something else without.
        self._run(lambda: ready.notice_csv(office, who).encode("utf-8-sig"), ask)

    def save_messages(self, path: Path, content: bytes) -> None:
        """Writes names and telephone numbers where she says, never by itself: that file is hers to look after."""
        self._run(
            lambda: save_slip(path, content),
            lambda _none: self.done.emit(_("Messages written to {path}").format(path=path)),
        )

    def _letters(self) -> None:
        office, who = self._context.office, self._context.who
        self._run(
            lambda: self._named("letters", ready.letter_list(office, who)),
            lambda made: self._show_paper(_("Notice letters"), made),
        )

    def _labels(self) -> None:
        office, who = self._context.office, self._context.who
        proposed = self._shown.proposed if self._shown is not None else ""
        box = int(proposed.partition("-")[0] or "1")
        self._run(
            lambda: self._named(f"labels-{box}", ready.row_labels(office, who, box)),
            lambda made: self._show_paper(_("Labels"), made),
        )

    def _named(self, name: str, pdf: bytes) -> tuple[str, bytes]:
        stamp = f"{clock.now().astimezone(clock.OFFICE_ZONE):%Y%m%d-%H%M%S}"
        return slip_name(name, stamp), pdf

    def _show_paper(self, title: str, made: tuple[str, bytes]) -> None:
        SlipDialog(self.window(), title, *made, self._context.background).open()

    def _ask(
        self,
        name: str,
        title: str,
        sentence: str,
        work: Callable[[Asked], T],
        done: Callable[[T], None],
        *,
        number: str = "",
        begins: str = "",
        reason: str = "",
        two: bool = True,
    ) -> None:
        outcomes: list[T] = []
        dialog = TwoDialog(
            self.window(),
            self._context,
            f"hand_over.{name}",
            title,
            sentence,
            lambda asked: outcomes.append(work(asked)),
            number=number,
            begins=begins,
            reason=reason,
            two=two,
        )

        def accepted() -> None:
            done(outcomes[-1])
            self._read()

        dialog.accepted.connect(accepted)
        dialog.open()

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._context.background.run("database", work, done=done, failed=self.failed.emit)


def _counted(asked: Asked) -> int:
    # What is no number is a count that cannot balance.
    return int(asked.number) if asked.number.isdecimal() else -1
