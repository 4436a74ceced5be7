"""One application by hand: what a clerk and a supervisor press, stage by stage, at the real window.

Each function is one visit to one stage; `ui/demo/__init__.py` strings them together as an ordinary day does. The
acceptance tests call the same functions in other orders.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QListWidget

from ui.app import App
from ui.demo.applicant import APPLICANT, WORDS
from ui.demo.diary import Diary, Hands
from ui.demo.person import NotShown, Person
from ui.demo.signature import signature
from ui.stages.check.page import CheckPage
from ui.stages.intake.choice_box import ChoiceBox
from ui.stages.photo.page import PhotoPage
from ui.workplace import Workplace
from workstation.domain.stages import Stage
from workstation.workflow.fingerprints.view import view as fingerprints_view
from workstation.workflow.header import header

QUICK, SLOW = 15.0, 180.0


class Surroundings(Protocol):
    """What happens around the desk by other hands."""

    def place_finger(self, position: int, impression: int) -> None:
        """The next scan sees this impression of that finger."""

    def lay_card(self, side: int) -> None:
        """Lays the newest card out of the printer before the card camera; `side` 0: front up, 1: back."""


@dataclass
class Desk:
    """One run of the program with a person before it and the devices' world around it."""

    app: App
    person: Person
    world: Surroundings
    diary: Diary
    _noted: Hands = field(default_factory=lambda: Hands(0, 0, 0))

    def note(self, stage: str, began: float) -> None:
        """Writes into the diary what was done since the last note."""
        hands = Hands(self.person.keys, self.person.letters, self.person.clicks)
        self.diary.note(stage, perf_counter() - began, hands.since(self._noted))
        self._noted = hands

    @property
    def workplace(self) -> Workplace:
        shown = self.app.window.screen_shown
        if not isinstance(shown, Workplace):
            raise NotShown("nobody is signed in")
        return shown

    @property
    def application_id(self) -> str:
        found = self.workplace.application.header
        if found is None:
            raise NotShown("no application is open")
        return found.application_id

    def stage(self) -> Stage:
        """The stage in the database, not on the screen."""
        assert self.app.office is not None
        return header(self.app.office, self.application_id).stage

    def holds_finger(self, position: int) -> bool:
        """Whether the database has that finger of the open application."""
        assert self.app.office is not None
        return position in fingerprints_view(self.app.office, self.application_id).fingers

    def arrive(self, *stages: Stage, seconds: float = QUICK) -> None:
        """Waits until the open application's page is that of one of `stages`."""

        def there() -> bool:
            shown = self.workplace.application.header
            return (
                self.workplace.room is self.workplace.application
                and shown is not None
                and shown.stage in stages
            )

        self.person.until(there, seconds, f"the page of {' or '.join(stage.value for stage in stages)}")

    def command(self, action: str, chord: str, seconds: float = QUICK) -> None:
        """Waits until the action bar offers `action`, then presses its key."""
        self.person.until(lambda: self.person.may(action), seconds, f"the command {action}")
        self.person.press(chord)


def unlock_and_sign_in(desk: Desk, username: str, password: str) -> None:
    """From the sign-in screen to the queue."""
    began, person = perf_counter(), desk.person
    person.until(lambda: person.sees("sign_in.username"), SLOW, "the sign-in screen")
    person.tab_to("sign_in.username")
    person.write(username)
    person.tab_to("sign_in.password")
    person.write(password)
    if not desk.diary.stages:
        desk.diary.picture(person, "sign-in")
    person.press("Return")
    person.until(lambda: isinstance(desk.app.window.screen_shown, Workplace), QUICK, "the workplace")
    person.until(lambda: desk.workplace.room is not desk.workplace.application, QUICK, "the first room")
    desk.note("sign_in", began)


def sign_out(desk: Desk) -> None:
    """Leaves the workplace by its key."""
    desk.person.look(0.2)
    desk.person.press("Ctrl+Shift+L")
    desk.person.until(lambda: desk.person.sees("sign_in.username"), QUICK, "the sign-in screen")


def fill_form(desk: Desk, changes: dict[str, tuple[str, str]] | None = None) -> None:
    """Types every field in the order of the Tab key and looks at what is then held."""
    person = desk.person
    for name, (typed, held) in {**APPLICANT, **(changes or {})}.items():
        editor = person.tab_to(f"intake.{name}")
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        person.write(typed, words=name in WORDS)
        now = editor.code() if isinstance(editor, ChoiceBox) else getattr(editor, "text", str)()
        if now != held:
            raise NotShown(f"{name} holds {now!r} after typing")
    for box in ("documents.household_book", "documents.old_identity_card", "consent", "fee_paid"):
        person.tab_to(f"intake.{box}")
        person.press("Space")


def begin_application(desk: Desk) -> None:
    """Who is it? Nobody known here: the application begins."""
    desk.command("new", "Ctrl+N")
    desk.person.until(lambda: desk.workplace.room is desk.workplace.search, QUICK, "the search")
    desk.diary.picture(desk.person, "who-is-it")
    desk.command("new", "Ctrl+N")
    desk.arrive(Stage.INTAKE)


def intake(desk: Desk) -> str:
    """A new application, typed and completed; returns its id."""
    began = perf_counter()
    desk.diary.picture(desk.person, "queue")
    begin_application(desk)
    desk.person.until(lambda: desk.person.may("complete"), QUICK, "the form")
    fill_form(desk)
    desk.diary.picture(desk.person, "intake")
    desk.command("complete", "Ctrl+Return")
    desk.arrive(Stage.PHOTO)
    desk.note("intake", began)
    return desk.application_id


def _proposed(desk: Desk) -> bool:
    """Arms again where a camera that hesitated has disarmed."""
    page = desk.workplace.application.page
    if isinstance(page, PhotoPage) and not page.presenter.armed and desk.person.may("photo.arm"):
        desk.person.press("F6")
    return desk.person.may("photo.accept")


def photo(desk: Desk) -> None:
    """Arms the automatic shot; what it proposes meets every requirement, is looked at, kept, and work goes on."""
    began = perf_counter()
    desk.person.until(lambda: desk.person.may("photo.arm"), SLOW, "the live picture")
    desk.person.until(partial(_proposed, desk), SLOW, "a proposed portrait")
    desk.diary.picture(desk.person, "photo-proposed")
    desk.person.press("Return")
    desk.person.until(lambda: desk.person.may("photo.complete"), SLOW, "an acceptable portrait")
    desk.diary.picture(desk.person, "photo")
    desk.command("photo.complete", "Ctrl+Return")
    desk.arrive(Stage.FINGERPRINTS)
    desk.note("photo", began)


def _take(desk: Desk, position: int, *, pictured: bool) -> bool:
    """Lays the finger on once; False when the sensor's line broke off and it has to be laid on again."""
    desk.world.place_finger(position, 0)
    desk.command("fingerprints.take", "F5")
    desk.person.until(lambda: desk.person.may("fingerprints.cancel"), QUICK, "the capture to begin")
    if pictured:
        desk.person.look(1.5)
        desk.diary.picture(desk.person, "fingerprints-capture")
    desk.person.until(lambda: not desk.person.may("fingerprints.cancel"), SLOW, "the page to be ready")
    for _ in range(50):
        if desk.holds_finger(position):
            return True
        desk.person.look(0.1)
    return False


def fingerprints(desk: Desk, positions: tuple[int, ...] = (2, 7)) -> None:
    """Takes each finger over the serial sensor, then the signature."""
    began = perf_counter()
    for position in positions:
        pictured = position == positions[-1]
        if not any(_take(desk, position, pictured=pictured and not again) for again in range(3)):
            raise NotShown(f"finger {position} kept")
    sign(desk)
    desk.diary.picture(desk.person, "fingerprints")
    desk.command("fingerprints.complete", "Ctrl+Return")
    desk.person.until(lambda: desk.stage() is Stage.REVIEW, QUICK, "the way to review")
    desk.note("fingerprints", began)


def sign(desk: Desk) -> None:
    """The person signs on the pad, and the clerk keeps it."""
    desk.command("fingerprints.signature", "F6")
    desk.person.until(lambda: in_front("signature"), QUICK, "the signature pad")
    desk.person.write_by_pen("signature.pad", signature())
    desk.diary.picture(desk.person, "signature")
    desk.person.press("Return")
    desk.person.until(lambda: QApplication.activeModalWidget() is None, QUICK, "the signature to be kept")
    desk.person.sit_down()


def open_first(desk: Desk, *stages: Stage) -> None:
    """Opens the first application of the queue, which must be at one of `stages`."""
    desk.person.until(lambda: desk.workplace.room is desk.workplace.queue, QUICK, "the queue")
    desk.person.until(lambda: desk.person.may("open"), QUICK, "an application in the queue")
    desk.person.tab_to("queue.table")
    desk.person.press("Return")
    desk.arrive(*stages)


def approve(desk: Desk) -> None:
    """The second person looks and approves."""
    began = perf_counter()
    desk.person.until(lambda: desk.person.may("reject"), QUICK, "the review")
    desk.diary.picture(desk.person, "review")
    while not desk.person.may("approve"):
        desk.command("next_point", "F2")
    desk.command("approve", "F8")
    desk.person.until(lambda: desk.stage() not in (Stage.REVIEW,), QUICK, "the approval")
    desk.note("review", began)


def send_back(desk: Desk, note: str) -> None:
    """The reviewer returns it for the first defect of the list, with a note."""
    desk.command("return", "F6")
    desk.person.tab_to("review.defects")
    desk.person.press("Return")
    desk.person.tab_to("review.note")
    desk.person.write(note, words=True)
    desk.diary.picture(desk.person, "review-return")
    desk.command("return_it", "Ctrl+Return")


def await_decision(desk: Desk) -> None:
    """The registry answers and the page goes on by itself."""
    began = perf_counter()
    if desk.stage() is Stage.DECISION:
        desk.diary.picture(desk.person, "decision")
    desk.arrive(Stage.PRINT, seconds=SLOW)
    desk.note("decision", began)


def print_card(desk: Desk) -> None:
    """Prints and waits for the card."""
    began = perf_counter()
    desk.person.until(lambda: desk.person.may("print.print"), SLOW, "the rendered card")
    desk.diary.picture(desk.person, "print")
    desk.command("print.print", "Ctrl+Return")
    desk.arrive(Stage.CHECK, seconds=SLOW)
    desk.note("print", began)


def check_card(desk: Desk) -> None:
    """Reads both sides of the card by camera and its chip by the serial reader."""
    began = perf_counter()
    for side in (0, 1):
        read_side(desk, side)
    desk.person.until(lambda: desk.person.may("check.complete"), SLOW, "a card that agrees")
    desk.diary.picture(desk.person, "check")
    desk.command("check.complete", "Ctrl+Return")
    desk.arrive(Stage.HAND_OVER)
    desk.note("check", began)


def read_side(desk: Desk, side: int) -> None:
    """Lays one side of the card before the camera and reads until the page has that side."""
    desk.world.lay_card(side)
    page = desk.workplace.application.page
    assert isinstance(page, CheckPage)
    for _ in range(10):
        # What lies there now has to be in the picture first.
        desk.person.look(0.6)
        desk.command("check.read", "F5", SLOW)
        desk.person.until(lambda: not page.busy, SLOW, "a reading")
        if ("front", "back")[side] in page.sides_read:
            return
    raise NotShown("that side of the card")


def hand_over(desk: Desk, position: int = 2) -> None:
    """Matches the finger and gives the card."""
    began, person = perf_counter(), desk.person
    desk.world.place_finger(position, 1)
    person.until(lambda: person.may("take"), QUICK, "the hand-over page")
    choose_finger(desk, position)
    desk.command("take", "F5")
    person.until(lambda: person.may("complete"), SLOW, "the finger to match")
    desk.diary.picture(person, "hand-over")
    desk.command("complete", "Ctrl+Return")
    person.until(lambda: in_front("hand_over.giving"), QUICK, "what is settled at the hand-over")
    if isinstance(QApplication.focusWidget(), QCheckBox):
        # The old card is in the clerk's hand.
        person.press("Space")
    desk.diary.picture(person, "giving")
    person.press("Return")
    person.until(lambda: desk.stage() is Stage.CLOSED, QUICK, "the hand-over")
    person.until(lambda: in_front("slip.dialog"), QUICK, "the receipt")
    desk.diary.picture(person, "receipt")
    close_dialog(desk)
    desk.arrive(Stage.CLOSED)
    desk.diary.picture(person, "closed")
    desk.note("hand_over", began)


def in_front(name: str) -> bool:
    """Whether the dialog of that name waits for an answer."""
    dialog = QApplication.activeModalWidget()
    return dialog is not None and dialog.objectName() == name


def choose_finger(desk: Desk, position: int) -> None:
    """Moves to that finger by the arrow keys."""
    fingers = desk.person.tab_to("hand_over.fingers")
    assert isinstance(fingers, QListWidget)
    desk.person.press("Home")
    for _ in range(10):
        if fingers.currentItem().data(Qt.ItemDataRole.UserRole) == position:
            return
        desk.person.press("Down")
    raise NotShown(f"finger {position}")


def close_dialog(desk: Desk) -> None:
    """Closes the dialog in front as Esc does."""
    desk.person.press("Esc")
    desk.person.until(lambda: QApplication.activeModalWidget() is None, QUICK, "the dialog to close")
