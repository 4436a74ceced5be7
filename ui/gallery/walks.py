"""What each operator of the gallery's office walks through: the clerk, the supervisor, the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from devices.errors import DeviceGone
from ui.gallery.album import still, window_picture
from ui.gallery.office import CLERK, PASSWORD, SUPERVISOR
from ui.language import LANGUAGES
from ui.palettes import PALETTES
from ui.preflight.clock_dialog import ClockDialog
from ui.queue.held import HeldPage
from ui.sign_in.page import SignInPage
from ui.stages.photo.page import PhotoPage
from ui.widgets.slip import SlipDialog
from ui.workplace import Workplace
from workstation.domain.stages import Stage
from workstation.domain.take_over import TakeOverReason
from workstation.workflow.claims import open_claimed, release, standing, take_over
from workstation.workflow.hand_over.view import view as hand_over_view
from workstation.workflow.sign_in import sign_in

if TYPE_CHECKING:
    from ui.gallery.pages import Tour

CLERKS_PAGES = (
    "intake_new",
    "intake",
    "intake_faults",
    "photo",
    "photo_taken",
    "returned",
    "fingerprints",
    "fingerprints_taken",
    "decision",
    "print",
    "check",
    "check_read",
    "hand_over",
    "hand_over_matched",
    "closed",
    "rejected",
    "withdrawn",
)
# What a command of a page opens on it: the page, the command, the picture.
CLERKS_PANELS = (
    ("intake", "withdraw", "page-intake-withdraw"),
    ("photo", "photo.arm", "page-photo-proposed"),
    ("photo", "photo.exception", "page-photo-exception"),
    ("photo", "photo.camera", "page-photo-camera"),
    ("photo_taken", "photo.compare", "page-photo-compare"),
    ("fingerprints", "fingerprints.missing", "page-fingerprints-missing"),
    ("fingerprints", "fingerprints.signature", "page-fingerprints-signature"),
)
SUPERVISORS_PANELS = (
    ("review", "return", "page-review-return"),
    ("review", "reject", "page-review-reject"),
    ("check", "check.reprint", "page-check-reprint"),
)
# These in every appearance: a list, a form, the page with most on it.
EVERY_APPEARANCE = ("intake", "review")


def clerk(tour: Tour) -> None:
    """The counter's whole day, with everything that may stand in its way."""
    workplace = tour.workplace
    tour.shoot("page-queue")
    _appearances(tour, "page-queue")
    workplace.rooms.show_preflight()
    tour.person.look(0.5)
    tour.shoot("page-preflight")
    for name, asking, text in (
        ("page-search", False, ""),
        ("page-search-found", False, "Nounoy"),
        ("page-search-nothing", False, "0000000"),
        ("page-who-is-it", True, "Bounthavy"),
    ):
        workplace.rooms.show_search(asking=asking, text=text)
        tour.person.look(0.6)
        tour.shoot(name)
    for name in CLERKS_PAGES:
        tour.open(name)
        if name == "intake_faults":
            tour.command("complete")
        _wait_for_measures(tour)
        tour.shoot(f"page-{name.replace('_', '-')}")
        if name in EVERY_APPEARANCE:
            _appearances(tour, f"page-{name}")
    _panels(tour, CLERKS_PANELS)
    _printing(tour)
    _family(tour)
    _colleagues(tour)
    _keyboard(tour)
    _fault(tour)
    _locked(tour)
    _slip(tour)


def supervisor(tour: Tour) -> None:
    """The queue of a supervisor, the review with its panels, an application that a clerk holds."""
    tour.shoot("page-supervisors-queue")
    tour.open("review")
    tour.shoot("page-review")
    _appearances(tour, "page-review")
    _panels(tour, SUPERVISORS_PANELS)
    office = tour.office
    other = sign_in(office, CLERK, PASSWORD)
    held = tour.shown.applications["intake"]
    open_claimed(office, other, held)
    tour.open("intake")
    tour.shoot("page-held-supervisor")
    if tour.command("take_over"):
        tour.shoot("page-take-over", lambda: tour.command("take_over"))
        tour.person.press("Esc")
    release(office, other, held)
    _blank_cards(tour)
    for code in LANGUAGES:
        tour.window.speak(code)
        dialog = ClockDialog(tour.window, tour.context)
        dialog.open()
        tour.keep("page-clock", code, still(tour.person, lambda: window_picture(tour.window)))
        tour.close_dialog(dialog)


def _printing(tour: Tour) -> None:
    """The cards that wait to be printed."""
    rooms = tour.workplace.rooms
    rooms.show_named("printing")
    tour.until(
        lambda: any(one.name == "slips" and one.enabled for one in rooms.page_actions()),
        "the cards that wait",
    )
    tour.shoot("page-printing")


def _blank_cards(tour: Tour) -> None:
    """Where the blanks are, a box that is taken in, and the count by two."""
    rooms = tour.workplace.rooms
    rooms.show_named("stock")
    assert rooms.stock is not None
    tour.until(lambda: any(one.name == "count" and one.enabled for one in rooms.page_actions()), "the ledger")
    tour.shoot("page-blanks")
    dialogs = {"page-blanks-take-in": "take_in", "page-blanks-count": "count"}
    for name, command in dialogs.items():
        for code in LANGUAGES:
            tour.window.speak(code)
            next(one for one in rooms.page_actions() if one.name == command).run()
            tour.person.look(0.3)
            tour.keep(name, code, still(tour.person, lambda: window_picture(tour.window)))
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QDialog)
            dialog.reject()
            tour.until(lambda: QApplication.activeModalWidget() is None, "the dialog's end")


def administrator(tour: Tour) -> None:
    """The users of the office, and a form that is not complete."""
    tour.shoot("page-users")
    operators = tour.workplace.operators
    assert operators is not None
    operators.page_actions()[0].run()
    tour.shoot("page-users-faults")
    _designer(tour)


def _designer(tour: Tour) -> None:
    """The card layouts, and a draft that is compared with the version in use."""
    rooms = tour.workplace.rooms
    rooms.show_named("layouts")
    designer = rooms.layouts
    assert designer is not None

    def run(name: str) -> None:
        next(one for one in rooms.page_actions() if one.name == name and one.enabled).run()

    tour.until(lambda: designer.table.entry is not None, "the layouts")
    tour.shoot("page-layouts")
    run("draft")
    tour.until(lambda: designer.editing and designer.editor.problems.count() > 0, "the draft")
    designer.editor.canvas.select(("name-lo",))
    tour.person.look(0.5)
    tour.shoot("page-designer")
    _appearances(tour, "page-designer")
    run("side")
    tour.person.look(0.8)
    tour.shoot("page-designer-back")


def _appearances(tour: Tour, name: str) -> None:
    """The page as it is now, dark and in high contrast; only as large as screens are."""
    if tour.scale != 1:
        return
    for palette in PALETTES:
        if palette != "light":
            tour.window.wear(palette)
            tour.shoot(f"{name}-{palette}")
    tour.window.wear("light")


def _panels(tour: Tour, panels: tuple[tuple[str, str, str], ...]) -> None:
    for page, command, name in panels:
        tour.open(page)
        _wait_for_measures(tour)
        if tour.command(command):
            # A change of language builds the page anew and closes what was open on it.
            tour.shoot(name, lambda chosen=command: _open_panel(tour, chosen))  # type: ignore[misc]  # bound at once
            tour.person.press("Esc")
            tour.person.look(0.2)


def _open_panel(tour: Tour, command: str) -> None:
    _wait_for_measures(tour)
    tour.command(command)
    _wait_for_measures(tour)


def _wait_for_measures(tour: Tour) -> None:
    if isinstance(tour.workplace.application.page, PhotoPage):
        tour.judged()


def _family(tour: Tour) -> None:
    tour.open("family")
    workplace = tour.workplace
    tour.command("complete")
    tour.until(workplace.family.strip.isVisible, "the question for the family")
    found = workplace.application.header
    assert found is not None
    # The strip is put away with the language it was said in.
    tour.shoot("page-family", lambda: workplace.family.moved(Stage.INTAKE, found))


def _colleagues(tour: Tour) -> None:
    """Held by somebody else; and words that were typed after a supervisor took the application over."""
    office, workplace = tour.office, tour.workplace
    other = sign_in(office, SUPERVISOR, PASSWORD)
    held = tour.shown.applications["intake"]
    workplace.rooms.show_queue()
    tour.until(lambda: not standing(office, other, held).foreign, "the claim's end")
    open_claimed(office, other, held)
    tour.open("intake")
    tour.shoot("page-held")
    release(office, other, held)
    workplace.rooms.show_queue()
    tour.open("intake_new")
    late = tour.shown.applications["intake_new"]
    take_over(office, other, late, TakeOverReason.HOLDER_AWAY, "")
    field = workplace.findChild(QLineEdit, "intake.given_name_latin")
    assert field is not None
    field.setText("Keo")
    field.textEdited.emit("Keo")
    tour.until(lambda: isinstance(workplace.application.page, HeldPage), "the conflict by name")
    tour.person.look(1.0)
    tour.shoot("page-conflict")
    release(office, other, late)


def _keyboard(tour: Tour) -> None:
    tour.open("intake")
    tour.window.keyboard.toggle()
    # Another language builds the form anew.
    tour.shoot("page-keyboard", lambda: tour.person.find("intake.given_name_lo").setFocus())
    tour.window.keyboard.close()


def _fault(tour: Tour) -> None:
    tour.open("fingerprints")
    workplace, fault = tour.workplace, DeviceGone("fingerprint", "unplugged")
    tour.shoot("page-fault", lambda: workplace.show_error(fault))
    workplace.strip.clear()


def _locked(tour: Tour) -> None:
    tour.workplace.lock.emit()
    tour.shoot("page-locked")
    page = tour.window.screen_shown
    assert isinstance(page, SignInPage)
    page.password.setText(PASSWORD)
    page.button.click()
    tour.until(lambda: isinstance(tour.window.screen_shown, Workplace), "the workplace again")


def _slip(tour: Tour) -> None:
    tour.open("closed")
    pdf = hand_over_view(tour.office, tour.shown.applications["closed"]).receipt or b""
    for code in LANGUAGES:
        tour.window.speak(code)
        dialog = SlipDialog(tour.window, "VTE-S1", "VTE-S1.pdf", pdf, tour.app.background)
        dialog.open()
        tour.keep("page-slip", code, still(tour.person, lambda: window_picture(tour.window)))
        tour.close_dialog(dialog)
