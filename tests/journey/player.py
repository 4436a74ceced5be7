"""The program with a person before it, as a process of its own that a test can kill at any moment.

Called with a data folder, the folder of the devices' world, a layout (us or la) and the visits to make. At a mark it
writes "AT <mark>" and waits for a line. Its last words are "HANDS <stage> <keys> <letters> <clicks>" for each stage
and "DONE".
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.offices import CLERK, PASSWORD, SUPERVISOR
from ui.app import App
from ui.demo import journey
from ui.demo.diary import Diary
from ui.demo.journey import Desk
from ui.demo.person import NotShown, Person
from ui.language import set_language
from ui.stages.print.words import printer_words
from ui.theme import apply_theme
from ui.widgets.badge import Badge
from workstation.database.outbox import OutboxState, outbox_of
from workstation.domain.stages import Stage
from workstation.domain.station import Work
from workstation.silence import keep_silent


def mark(name: str) -> None:
    """Tells the test where the person is and waits until it says go."""
    print(f"AT {name}", flush=True)
    if not sys.stdin.readline():
        sys.exit(3)


class FarWorld:
    """The devices' world belongs to the test; the person reaches it by its folder and by marks."""

    def __init__(self, folder: Path) -> None:
        self._fingers = folder / "fingers"

    def place_finger(self, position: int, impression: int) -> None:
        fresh = self._fingers / "next.new"
        fresh.write_text(f"{position}-{impression}.png\n", encoding="utf-8")
        fresh.replace(self._fingers / "next")

    def lay_card(self, side: int) -> None:
        mark(f"lay-card {side}")


def begin(desk: Desk) -> None:
    """The clerk types half of the form and is then cut off."""
    journey.unlock_and_sign_in(desk, CLERK, PASSWORD)
    journey.begin_application(desk)
    desk.person.until(lambda: desk.person.may("complete"), journey.QUICK, "the form")
    for name, typed in (("given_name_lo", "ສຸດາວັນ"), ("given_name_latin", "Soudavanh")):
        desk.person.tab_to(f"intake.{name}")
        desk.person.write(typed, words=True)
    # What is older than one second must outlive the program.
    desk.person.look(1.0)
    mark("half-typed")


def capture(desk: Desk) -> None:
    """Resumes the cut-off application and captures it."""
    journey.unlock_and_sign_in(desk, CLERK, PASSWORD)
    journey.open_first(desk, Stage.INTAKE)
    desk.person.until(lambda: desk.person.may("complete"), journey.QUICK, "the form")
    kept = [
        getattr(desk.person.find(f"intake.{n}"), "text", str)() for n in ("given_name_lo", "given_name_latin")
    ]
    if kept != ["ສຸດາວັນ", "Soudavanh"]:
        raise NotShown(f"the typed names; the form holds {kept}")
    journey.fill_form(desk)
    desk.command("complete", "Ctrl+Return")
    desk.arrive(Stage.PHOTO)
    journey.photo(desk)
    journey.fingerprints(desk)
    journey.sign_out(desk)


def send_back(desk: Desk) -> None:
    """The reviewer returns it, the clerk mends it, the reviewer approves."""
    journey.unlock_and_sign_in(desk, SUPERVISOR, PASSWORD)
    journey.open_first(desk, Stage.REVIEW)
    journey.send_back(desk, "see the book, page 2")
    desk.person.until(lambda: desk.stage() is Stage.INTAKE, journey.QUICK, "the return")
    journey.sign_out(desk)
    journey.unlock_and_sign_in(desk, CLERK, PASSWORD)
    journey.open_first(desk, Stage.INTAKE)
    desk.person.until(lambda: desk.person.may("complete"), journey.QUICK, "the form")
    desk.person.tab_to("intake.house_number")
    desk.person.write("215")
    desk.command("complete", "Ctrl+Return")
    desk.arrive(Stage.PHOTO)
    desk.command("photo.complete", "Ctrl+Return")
    desk.arrive(Stage.FINGERPRINTS)
    desk.command("fingerprints.complete", "Ctrl+Return")
    desk.person.until(lambda: desk.stage() is Stage.REVIEW, journey.QUICK, "the way to review")
    journey.sign_out(desk)


def decide(desk: Desk) -> None:
    """Approval with a line that breaks: the test pulls it meanwhile."""
    journey.unlock_and_sign_in(desk, SUPERVISOR, PASSWORD)
    journey.open_first(desk, Stage.REVIEW)
    mark("approving")
    journey.approve(desk)
    mark("approved")
    journey.await_decision(desk)


def printer_badge(desk: Desk) -> Badge:
    """The printer's state on the print page."""
    badge = desk.person.find("print.printer")
    assert isinstance(badge, Badge)
    return badge


def jammed(desk: Desk) -> None:
    """Prints with a jam: the page says so, and the test cuts the program off while it lasts."""
    jam = printer_words("stopped", ("media-jam",))
    desk.command("print.print", "Ctrl+Return", journey.SLOW)
    desk.person.until(lambda: printer_badge(desk).text == jam.word, journey.SLOW, "the jam to be told")
    desk.diary.picture(desk.person, "jammed")
    mark("jammed")
    desk.arrive(Stage.CHECK, seconds=journey.SLOW)


def finish(desk: Desk) -> None:
    """Goes on with the print that was cut off, checks the card and hands it over."""
    journey.unlock_and_sign_in(desk, SUPERVISOR, PASSWORD)
    # The program goes on with it by itself as soon as somebody is there: the card may come before the page does.
    journey.open_first(desk, Stage.PRINT, Stage.CHECK)
    desk.arrive(Stage.CHECK, seconds=journey.SLOW)
    journey.check_card(desk)
    journey.hand_over(desk)
    office, given = desk.app.office, desk.application_id
    assert office is not None

    def told() -> bool:
        items = office.store.read(lambda connection: outbox_of(connection, given))
        return all(item.state is OutboxState.SENT for item in items)

    # The line has a pause of its own after the registry's power cut.
    desk.person.until(told, journey.SLOW, "the registry told of everything")


def straight(desk: Desk) -> None:
    """Everything in one go."""
    journey.unlock_and_sign_in(desk, CLERK, PASSWORD)
    journey.intake(desk)
    journey.photo(desk)
    journey.fingerprints(desk)
    journey.sign_out(desk)
    journey.unlock_and_sign_in(desk, SUPERVISOR, PASSWORD)
    journey.open_first(desk, Stage.REVIEW)
    journey.approve(desk)
    journey.await_decision(desk)
    journey.print_card(desk)
    journey.check_card(desk)
    journey.hand_over(desk)


VISITS: dict[str, Callable[[Desk], None]] = {
    visit.__name__: visit for visit in (begin, capture, send_back, decide, jammed, finish, straight)
}


def main(data: Path, world: Path, layout: str, *visits: str) -> int:
    # As the program's own command does.
    keep_silent()
    application = QApplication(["workstation"])
    set_language("lo")
    apply_theme(application)
    app = App(data, Work.TRAINING)
    try:
        app.start()
        pictures = world / "pictures"
        pictures.mkdir(exist_ok=True)
        person = Person(lambda: app.window, lao_layout=layout == "la")
        desk = Desk(app, person, FarWorld(world), Diary(pictures))
        person.sit_down()
        try:
            for visit in visits:
                VISITS[visit](desk)
        except NotShown as missing:
            desk.diary.picture(person, "stopped-here")
            print(f"STOPPED {missing}", flush=True)
            return 1
    finally:
        app.close()
    for stage, hands in desk.diary.hands:
        print(f"HANDS {stage} {hands.keys} {hands.letters} {hands.clicks}", flush=True)
    print("DONE", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
