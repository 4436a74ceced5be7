"""The panel of the search page for pre-registrations: who comes today, what was found, and the camera's picture."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.camera.live_picture import LivePicture
from ui.language import _
from ui.messages import explain
from ui.pre_registrations.expected import ExpectedModel, ExpectedTable
from ui.pre_registrations.presenter import PreRegistrationPresenter
from ui.pre_registrations.words import state_sentence
from ui.search.model import HitModel, shown_date
from ui.search.presenter import Found
from ui.search.table import HitTable
from ui.search.words import field_word
from ui.stages.page import PageAction, PageContext
from ui.widgets.facts import FactCard
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.permissions import Verb, may
from workstation.workflow.pre_registrations.view import Expected, FoundPreRegistration, State

CAMERA_KEY = "F6"
_TODAY, _FOUND, _CAMERA = range(3)


class PreRegistrationPanel(QWidget):
    """open_application(id): the one it was opened into, or somebody like it. begin(code, by hand): open it, or begin by
    hand under its number. begin_plain(): a new application without it. changed(): shown, hidden, or other actions."""

    open_application = Signal(str)
    begin = Signal(str, bool)
    begin_plain = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._may_capture = may(context.who.operator.role, Verb.START)
        self._asking = False
        self._found: FoundPreRegistration | None = None
        self._watching = False
        self._presenter = PreRegistrationPresenter(context, self)
        self._presenter.found.connect(self._show)
        self._presenter.expected.connect(self._show_expected)
        self._presenter.seen.connect(self.look_up)
        self._presenter.strange.connect(self._tell_strange)
        self._presenter.failed.connect(self.failed)
        self._presenter.stream.fresh.connect(self._show_picture)
        self._presenter.stream.interrupted.connect(self._tell_interrupted)
        self._coming = Text("", "strong")
        self._people = ExpectedModel()
        self._today = ExpectedTable(self._people)
        self._today.chosen.connect(self.look_up)
        self.strip = Strip("pre_registration.state")
        self._card = FactCard(label_width=170)
        self._card.setObjectName("pre_registration.card")
        self._address = FactCard(label_width=170)
        self._hits = HitModel()
        self.likely = HitTable(self._hits)
        self.likely.setObjectName("pre_registration.likely")
        self.likely.opened.connect(self.run_entered)
        self.picture = LivePicture("pre_registration.camera")
        self.picture.resized.connect(self._presenter.stream.fit_into)
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        today, found, camera = QWidget(), QWidget(), QWidget()
        column = QVBoxLayout(today)
        column.addWidget(self._coming)
        column.addWidget(self._today, 1)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self._card, 1)
        cards.addWidget(self._address, 1)
        column = QVBoxLayout(found)
        column.addWidget(self.strip)
        column.addLayout(cards)
        column.addWidget(self.likely, 1)
        column.addStretch()
        column = QVBoxLayout(camera)
        column.addWidget(self.picture, 1)
        self._stack = QStackedLayout(self)
        for part in (today, found, camera):
            inside = part.layout()
            assert inside is not None
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(8)
            self._stack.addWidget(part)

    @property
    def shown(self) -> bool:
        """Whether there is something for the search page to show in place of its own list."""
        return self._watching or self._found is not None or (self._asking and self._people.rowCount() > 0)

    @property
    def found(self) -> FoundPreRegistration | None:
        """The pre-registration before the clerk."""
        return self._found

    def enter(self, *, asking: bool) -> None:
        """The search page begins anew."""
        self.clear()
        self._asking = asking
        if asking:
            self._presenter.ask_who_comes()

    def leave(self) -> None:
        """Closes the camera and keeps nothing of a person on the screen."""
        self._presenter.stop()
        self._asking = self._watching = False
        self._people.show(())
        self.clear()

    def clear(self) -> None:
        """Something else is searched for."""
        self._stop_camera()
        self._found = None
        self._hits.show(Found("", (), {}))
        self._stack.setCurrentIndex(_TODAY)
        self.changed.emit()

    def look_up(self, text: str) -> None:
        """A slip's code, or a number, however it came."""
        self._stop_camera()
        self._presenter.look_up(text)

    def page_actions(self) -> tuple[PageAction, ...]:
        """The camera, and what can be done with the one that was found."""
        word = _("Close the camera") if self._watching else _("Read the slip with the camera")
        camera = PageAction("slip_camera", word, CAMERA_KEY, True, False, self.turn_camera)
        found = self._found
        if found is None:
            return (camera,)
        if found.state is State.OPENED:
            show = PageAction("open", _("Open"), "Return", True, True, self.run_entered)
            return (camera, show)
        word = _("Begin by hand") if found.state is State.NOT_HERE else _("New application")
        if found.state is State.READY:
            word = _("Open the pre-registration")
        begin = PageAction("new", word, "Ctrl+N", self._may_capture, True, self.start)
        look = PageAction("open", _("Open"), "Return", True, False, self.run_entered)
        return (camera, look, begin) if found.likely else (camera, begin)

    def start(self) -> None:
        """Begins: with what was said, by hand under the number, or without one that was withdrawn."""
        found = self._found
        if found is None or not self._may_capture:
            return
        if found.state is State.OPENED:
            self.open_application.emit(found.application_id)
        elif found.state is State.WITHDRAWN:
            self.begin_plain.emit()
        else:
            self.begin.emit(found.code, found.state is not State.READY)

    def run_entered(self) -> None:
        """Enter: whoever is like it is looked at first; else it is opened. What cannot be opened needs Ctrl+N."""
        found = self._found
        if found is None:
            return
        if found.state is State.OPENED:
            self.open_application.emit(found.application_id)
        elif found.likely:
            hit = self._hits.hit_at(self.likely.currentIndex().row())
            if hit is not None:
                self.open_application.emit(hit.application_id)
        elif found.state is State.READY:
            self.start()

    def choose_next(self, step: int) -> None:
        """The arrows move in the list that is shown while the field keeps the focus."""
        table = self.likely if self._found is not None else self._today
        lines = table.model().rowCount()
        if lines:
            table.selectRow(min(max(table.currentIndex().row() + step, 0), lines - 1))

    def choose_expected(self) -> None:
        """Enter while nothing is typed: the one chosen in today's list."""
        person = self._people.at(self._today.currentIndex().row())
        if person is not None and self._found is None and not self._watching:
            self.look_up(person.number)

    def turn_camera(self) -> None:
        """Opens or closes the camera."""
        if self._watching:
            self._stop_camera()
            self.clear()
            return
        self.clear()
        self._watching = True
        self._stack.setCurrentIndex(_CAMERA)
        self.picture.show_notice(_("The camera is being opened."), "", "waiting")
        self._presenter.stream.fit_into(self.picture.picture_room())
        self._presenter.watch()
        self.changed.emit()

    def retranslate(self) -> None:
        """Every word again."""
        self._coming.set(_("Pre-registered for today"))
        self._today.setAccessibleName(_("Pre-registered for today"))
        self.picture.setAccessibleName(_("What the camera sees now"))
        self._people.retranslate()
        self._hits.retranslate()
        if self._found is not None:
            self._say(self._found)

    def _stop_camera(self) -> None:
        self._presenter.stop_watching()
        self._watching = False
        self.picture.clear()

    def _show_expected(self, people: tuple[Expected, ...]) -> None:
        self._people.show(people)
        self.changed.emit()

    def _show(self, found: FoundPreRegistration) -> None:
        self._found = found
        likely = {one.hit.application_id: one for one in found.likely}
        self._hits.show(Found(found.number, tuple(one.hit for one in found.likely), likely))
        self.likely.setVisible(bool(found.likely))
        if found.likely:
            self.likely.selectRow(0)
        self._say(found)
        self._stack.setCurrentIndex(_FOUND)
        self.changed.emit()

    def _say(self, found: FoundPreRegistration) -> None:
        kind, text = state_sentence(found, may_capture=self._may_capture)
        self.strip.say(kind, text)
        said = found.fields
        coming = f"{found.appointment:%d/%m/%Y}" if found.appointment is not None else ""
        until = f"{found.expires:%d/%m/%Y}" if found.expires is not None else ""
        self._card.set_title(_("Pre-registration {number}").format(number=found.number))
        self._card.set_facts(
            (
                (field_word("name_lo"), full_name_lo(said)),
                (field_word("name_latin"), full_name_latin(said)),
                (field_word("birth_date"), shown_date(said.get("birth_date", ""))),
                (_("Comes on"), coming),
            )
        )
        self._address.set_title(_("Household"))
        self._address.set_facts(
            (
                (field_word("household_number"), said.get("household_number", "")),
                (field_word("village"), said.get("village", "")),
                (field_word("telephone"), said.get("telephone", "")),
                (_("Can be opened until"), until),
            )
        )
        for card in (self._card, self._address):
            card.setVisible(found.state is State.READY)

    def _show_picture(self) -> None:
        newest = self._presenter.stream.newest()
        if newest is not None and self._watching:
            self.picture.show_picture(newest[1])

    def _tell_strange(self) -> None:
        self.picture.show_notice(
            _("This code is no pre-registration."), _("Hold the slip's code before the camera."), "attention"
        )

    def _tell_interrupted(self, error: Exception) -> None:
        if self._watching:
            told = explain(error)
            self.picture.show_notice(told.what, told.next_step, "stopped")
