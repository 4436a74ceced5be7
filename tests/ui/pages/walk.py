"""Every page of the program with something on it, for the tests of what must hold on all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import APPLICANT, PASSWORD, Counter, face, until
from ui.queue.held import HeldPage
from ui.window import Window
from ui.workplace import Workplace
from workstation import clock
from workstation.database import Connection
from workstation.database.blobs import put_blob
from workstation.database.card_jobs import add_card_job
from workstation.database.moves import Actor, move
from workstation.domain.operator import Role
from workstation.domain.stages import Action
from workstation.workflow.claims import open_claimed
from workstation.workflow.intake import steps as intake
from workstation.workflow.office import SignedIn
from workstation.workflow.photo import steps as photo
from workstation.workflow.sign_in import sign_in

PATIENCE = 20_000


def _photo(counter: Counter) -> str:
    application = counter.at_intake(**APPLICANT)
    intake.complete(counter.office, counter.clerk, application)
    return application


def _fingerprints(counter: Counter) -> str:
    application = _photo(counter)
    counter.office.store.write(lambda tx: counter._keep_portrait(tx, application, face()))
    photo.complete(counter.office, counter.clerk, application)
    return application


def _print(counter: Counter) -> str:
    application = counter.at_decision()
    counter.decide(application)
    return application


def _check(counter: Counter) -> str:
    application = _print(counter)

    def printed(tx: Connection) -> None:
        pdf = put_blob(tx, b"%PDF-1.4 a card", "application/pdf")
        by = counter.clerk.operator.id
        add_card_job(tx, application, layout="national-id-1", pdf=pdf, by=by, at=clock.now())
        actor = Actor(by, Role.CLERK, counter.office.station.id)
        move(tx, application, Action.COMPLETE, actor=actor, at=clock.now())

    counter.office.store.write(printed)
    return application


def _withdrawn(counter: Counter) -> str:
    application = counter.at_intake(**APPLICANT)
    intake.withdraw(counter.office, counter.clerk, application, "ຂໍຖອນ")
    return application


def _held(counter: Counter) -> str:
    application = counter.at_intake(**APPLICANT)
    open_claimed(counter.office, counter.supervisor, application)
    return application


def _designer(workplace: Workplace, _application: str) -> None:
    """A draft with one element selected."""
    workplace.rooms.show_named("layouts")
    designer = workplace.rooms.layouts
    assert designer is not None
    deadline, began = time.monotonic() + PATIENCE / 1000, False
    while designer.editor.problems.count() == 0:
        assert time.monotonic() < deadline
        QApplication.processEvents()
        if designer.table.entry is not None and not began:
            began = True
            if designer.table.entry.kind == "draft":
                designer._open(designer.table.entry)
            else:
                designer._begin()
    designer.editor.canvas.select(("name-lo",))


def _queue(workplace: Workplace, _application: str) -> None:
    workplace.rooms.show_queue()


def _open(workplace: Workplace, application: str) -> None:
    workplace.open(application)


def _command(name: str) -> Callable[[Workplace, str], None]:
    """Opens the application's page and runs one of its commands, which opens something on the page."""

    def show(workplace: Workplace, application: str) -> None:
        workplace.open(application)

        def offered() -> bool:
            return any(a.name == name and a.enabled for a in workplace.rooms.page_actions())

        end = clock.now().timestamp() + PATIENCE / 1000
        while not offered() and clock.now().timestamp() < end:
            QApplication.processEvents()
        next(action for action in workplace.rooms.page_actions() if action.name == name).run()

    return show


@dataclass(frozen=True)
class Page:
    """`make` brings an application there, `who` works on it, `show` goes to the page."""

    make: Callable[[Counter], str]
    who: Role = Role.CLERK
    show: Callable[[Workplace, str], None] = _open


PAGES: dict[str, Page] = {
    "queue": Page(lambda counter: counter.at_intake(**APPLICANT), show=_queue),
    "queue of a supervisor": Page(lambda counter: counter.at_review(), Role.SUPERVISOR, _queue),
    "search": Page(
        lambda counter: counter.at_intake(**APPLICANT),
        show=lambda workplace, _id: workplace.rooms.show_search(text="Bouavannalisavanh"),
    ),
    "search, nothing": Page(
        lambda _counter: "", show=lambda workplace, _id: workplace.rooms.show_search(text="0000000")
    ),
    "who is it": Page(
        _photo, show=lambda workplace, _id: workplace.rooms.show_search(asking=True, text="Bouavanna")
    ),
    "pre-flight": Page(lambda _counter: "", show=lambda workplace, _id: workplace.rooms.show_preflight()),
    "held by a colleague": Page(_held),
    "intake, empty": Page(lambda counter: counter.at_intake()),
    "intake, filled": Page(lambda counter: counter.at_intake(**APPLICANT)),
    "intake, withdraw": Page(lambda counter: counter.at_intake(**APPLICANT), show=_command("withdraw")),
    "photo": Page(_photo),
    "fingerprints": Page(_fingerprints),
    "fingerprints, missing": Page(_fingerprints, show=_command("fingerprints.missing")),
    "fingerprints, signature": Page(_fingerprints, show=_command("fingerprints.signature")),
    "review": Page(lambda counter: counter.at_review(), Role.SUPERVISOR),
    "review, return": Page(lambda counter: counter.at_review(), Role.SUPERVISOR, _command("return")),
    "review, reject": Page(lambda counter: counter.at_review(), Role.SUPERVISOR, _command("reject")),
    "decision": Page(lambda counter: counter.at_decision(), Role.SUPERVISOR),
    "print": Page(_print),
    "check": Page(_check),
    "hand over": Page(lambda counter: counter.at_hand_over()),
    "withdrawn": Page(_withdrawn),
    "printing": Page(_print, show=lambda workplace, _id: workplace.rooms.show_named("printing")),
    "audit trail": Page(
        lambda _counter: "",
        Role.ADMINISTRATOR,
        lambda workplace, _id: workplace.rooms.show_named("audit"),
    ),
    "approvals": Page(
        lambda counter: counter.at_review(),
        Role.SUPERVISOR,
        lambda workplace, _id: workplace.rooms.show_named("approvals"),
    ),
    "finished cards": Page(
        lambda counter: counter.at_hand_over(),
        Role.SUPERVISOR,
        lambda workplace, _id: workplace.rooms.show_named("hand_over"),
    ),
    "blank cards": Page(
        lambda _counter: "", Role.SUPERVISOR, lambda workplace, _id: workplace.rooms.show_named("stock")
    ),
    "card layouts": Page(
        lambda _counter: "",
        Role.ADMINISTRATOR,
        lambda workplace, _id: workplace.rooms.show_named("layouts"),
    ),
    "designer": Page(lambda _counter: "", Role.ADMINISTRATOR, _designer),
    "users": Page(
        lambda _counter: "",
        Role.ADMINISTRATOR,
        lambda workplace, _id: workplace.rooms.show_named("operators"),
    ),
}


def _who(counter: Counter, role: Role) -> SignedIn:
    if role is Role.ADMINISTRATOR:
        return sign_in(counter.office, "admin", PASSWORD)
    return counter.supervisor if role is Role.SUPERVISOR else counter.clerk


@contextmanager
def at_work(counter: Counter, window: Window, who: SignedIn) -> Iterator[Workplace]:
    """The workplace in the window; suspended before its lanes are closed."""
    workplace = Workplace(counter.context(who), window.keys)
    window.show_screen(workplace)
    workplace.begin()
    try:
        yield workplace
    finally:
        workplace.suspend()


@contextmanager
def shown(name: str, counter: Counter, window: Window, qtbot: QtBot) -> Iterator[Workplace]:
    """The page of that name in the window, read and drawn."""
    page = PAGES[name]
    application = page.make(counter)
    with at_work(counter, window, _who(counter, page.who)) as workplace:
        qtbot.waitUntil(until(lambda: not workplace.preflight.gate._job), timeout=PATIENCE)
        page.show(workplace, application)
        if page.show is _open:

            def there() -> bool:
                held = workplace.application.header
                return (
                    held is not None
                    and held.application_id == application
                    and isinstance(workplace.application.page, HeldPage) is (page.make is _held)
                )

            qtbot.waitUntil(until(there), timeout=PATIENCE)
        qtbot.wait(400)
        yield workplace


__all__ = ["PAGES", "PATIENCE", "Page", "at_work", "shown"]
