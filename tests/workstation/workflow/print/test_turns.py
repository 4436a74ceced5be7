"""Cards wait in turn for a printer with their blanks: hurried, held, sent away, withdrawn, stopped by what is open."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from devices.simulated.printer import SimulatedPrinter
from printing.printer.ipp import IppPrinter
from tests.ui.stages.counter_office import PASSWORD, Counter, Room, room
from workstation import clock
from workstation.database import Connection
from workstation.database.audit import audit_of
from workstation.database.card_jobs import CardJob, card_job_of, jobs_of, move_card_job
from workstation.database.stock import blank_of_job
from workstation.domain.card import UNCERTAIN, CardState
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.domain.stock import Place
from workstation.workflow.claims import open_claimed
from workstation.workflow.claims import release as let_go
from workstation.workflow.header import header
from workstation.workflow.office import SignedIn
from workstation.workflow.print import carry, release, steps, void
from workstation.workflow.print.job import BlankFate
from workstation.workflow.print.run import RunEnd, run_queue
from workstation.workflow.print.view import view
from workstation.workflow.printers import steps as printers
from workstation.workflow.printers.view import KnownPrinter, print_room
from workstation.workflow.sign_in_confirming import confirm

__all__ = ["room"]
PATIENCE = 60.0


@pytest.fixture(scope="module")
def machine() -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter() as made:
        yield made


@dataclass
class Office:
    """The counter, its printer over IPP, and the verbs with the clerk's name on them."""

    counter: Counter
    known: KnownPrinter
    machine: SimulatedPrinter
    link: IppPrinter

    @property
    def who(self) -> SignedIn:
        return self.counter.clerk

    def cards(self, number: int) -> list[str]:
        """So many prepared cards."""
        made = []
        for _ in range(number):
            application = self.counter.at_decision()
            self.counter.decide(application)
            steps.prepare(self.counter.office, self.who, application)
            made.append(application)
        return made

    def release(self, application: str, *, urgent: bool = False) -> str:
        return release.release(
            self.counter.office, self.who, application, printer_id=self.known.id, urgent=urgent
        )

    def run(self, stopped: Callable[[], bool] = lambda: False) -> RunEnd:
        return run_queue(
            self.counter.office,
            self.who,
            self.known.id,
            self.link,
            on_progress=lambda _application, _seen: None,
            stopped=stopped,
        )

    def job(self, application: str) -> CardJob:
        found = self.counter.office.store.read(lambda c: card_job_of(c, application))
        assert found is not None
        return found

    def blank(self, application: str) -> str:
        return view(self.counter.office, application).blank

    def place(self, application: str) -> Place | None:
        job = self.job(application)
        held = self.counter.office.store.read(lambda c: blank_of_job(c, job.id))
        return None if held is None else held.place

    def tray(self) -> list[str]:
        return [name for name, _pdf in self.machine.cards()]


@pytest.fixture
def office(room: Room, machine: SimulatedPrinter, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(carry, "POLL_SECONDS", 0.03)
    for who in (room.clerk, room.supervisor):
        room.office.proofs.present(who.operator.id)
    counter = Counter(room.office, room.clerk, room.supervisor, None, None)  # type: ignore[arg-type]  # no page is shown
    known = printers.add_printer(room.office, room.supervisor, address=machine.uri, name="Counter")
    printers.pause_printer(room.office, room.clerk, known.id, False)
    link = IppPrinter(machine.uri)
    yield Office(counter, known, machine, link)
    machine.clear()
    link.close()


def refused(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value


def test_the_urgent_card_goes_first_on_the_first_blank(office: Office) -> None:
    first, second, urgent = office.cards(3)
    store, who = office.counter.office, office.who
    serials = [office.release(first), office.release(second), office.release(urgent, urgent=True)]
    assert serials == sorted(serials)
    release.hold(store, who, first, True)
    end = office.run()
    assert (end.printed, end.error) == (2, None)
    assert office.tray()[-2:] == [office.job(urgent).id, office.job(second).id]
    # A printer takes its blanks in the order of their numbers, whoever's card comes first.
    assert [office.blank(one) for one in (urgent, second, first)] == serials
    assert [office.place(one) for one in (urgent, second, first)] == [
        Place.PRINTED,
        Place.PRINTED,
        Place.BOOKED,
    ]
    assert header(store, first).stage is Stage.PRINT
    release.hold(store, who, first, False)
    assert office.run().printed == 1
    assert header(store, first).stage is Stage.CHECK


def test_what_waits_goes_to_another_printer_with_its_blank(office: Office) -> None:
    one, two = office.cards(2)
    store, who = office.counter.office, office.who
    serials = [office.release(one), office.release(two)]
    other = printers.add_printer(store, office.counter.supervisor, address="ipp://127.0.0.1:9/ipp/print")
    assert release.send_waiting(store, who, office.known.id, other.id) == tuple(serials)
    assert [office.job(card).printer_id for card in (one, two)] == [other.id] * 2
    assert [office.blank(card) for card in (one, two)] == serials
    seen = print_room(store, who)
    assert (seen.awaited(office.known.id), seen.awaited(other.id)) == (0, 2)
    assert office.run().printed == 0
    refusal = refused(lambda: printers.remove_printer(store, office.counter.supervisor, other.id))
    assert (refusal.reason, refusal.facts) == (Reason.PRINTER_AWAITED, {"count": 2})
    release.send_waiting(store, who, other.id, office.known.id)
    assert office.run().printed == 2
    printers.remove_printer(store, office.counter.supervisor, other.id)


def test_a_withdrawn_card_lets_go_of_its_blank(office: Office) -> None:
    (one,) = office.cards(1)
    store, who = office.counter.office, office.who
    serial = office.release(one)
    release.withdraw(store, who, one)
    assert (office.blank(one), office.job(one).released_at) == ("", None)
    assert refused(lambda: release.withdraw(store, who, one)).reason is Reason.CARD_JOB_STATE
    assert office.run().printed == 0
    assert office.release(one) == serial
    assert office.run().printed == 1


def test_a_batch_is_released_whole_or_not_at_all(office: Office) -> None:
    cards = office.cards(2)
    store, who = office.counter.office, office.who
    store.proofs.forget(who.operator.id)
    refusal = refused(lambda: release.release_batch(store, who, cards, printer_id=office.known.id))
    assert refusal.facts == {"action": "print.print", "object": office.known.id}
    assert [office.blank(card) for card in cards] == ["", ""]
    store.proofs.present(who.operator.id)
    undecided = office.counter.at_decision()
    refused(lambda: release.release_batch(store, who, [*cards, undecided], printer_id=office.known.id))
    assert [office.blank(card) for card in cards] == ["", ""]
    serials = release.release_batch(store, who, cards, printer_id=office.known.id)
    assert serials == tuple(office.blank(card) for card in cards)
    assert office.run().printed == 2


def test_a_paused_printer_and_an_open_question_begin_nothing(office: Office) -> None:
    one, two = office.cards(2)
    store, who = office.counter.office, office.who
    office.release(one)
    printers.pause_printer(store, who, office.known.id, True)
    assert office.run().printed == 0
    printers.pause_printer(store, who, office.known.id, False)
    job = office.job(one).id
    store.store.write(lambda tx: move_card_job(tx, job, CardState.PRINTING, at=clock.now(), reason=UNCERTAIN))
    office.release(two)
    assert office.run().printed == 0, "nobody knows which blank comes next"
    booked = office.blank(one)
    wrong = refused(
        lambda: steps.settle_uncertain(store, who, one, card_is_good=True, serial=office.blank(two))
    )
    assert wrong.reason is Reason.BLANK_OTHER
    assert wrong.facts["booked"] == booked
    assert (
        refused(lambda: steps.settle_uncertain(store, who, one, card_is_good=True, serial="")).reason
        is Reason.SERIAL_UNREADABLE
    )
    assert steps.settle_uncertain(store, who, one, card_is_good=True, serial=booked.lower()) is Stage.CHECK
    assert office.place(one) is Place.PRINTED
    assert office.run().printed == 1


def test_a_job_that_the_printer_still_has_is_not_said_to_be_nothing(office: Office) -> None:
    (one,) = office.cards(1)
    store, who = office.counter.office, office.who
    office.machine.set_fault("media-jam")
    office.release(one)
    gone = threading.Event()
    running = threading.Thread(target=lambda: office.run(gone.is_set))
    running.start()
    until(lambda: office.job(one).printer_job is not None)
    gone.set()
    running.join(PATIENCE)
    steps.give_up(store, who, one)
    settle = lambda: steps.settle_uncertain(  # noqa: E731  # called twice, with the card at the printer and not
        store, who, one, card_is_good=False, blank=BlankFate.UNUSED, printer=office.link
    )
    assert refused(settle).reason is Reason.PRINTER_HAS_CARD
    office.machine.clear()
    until(lambda: office.job(one).id in office.tray())
    steps.settle_uncertain(store, who, one, card_is_good=True, serial=office.blank(one))
    assert header(store, one).stage is Stage.CHECK


def test_what_the_printer_breaks_off_asks_for_its_blank_and_stops_the_rest(office: Office) -> None:
    cards = office.cards(3)
    store, who = office.counter.office, office.who
    for card in cards:
        office.release(card)
    office.machine.set_fault("refuse")
    assert office.run().printed == 0
    assert [office.job(card).state for card in cards] == [
        CardState.FAILED,
        CardState.FAILED,
        CardState.QUEUED,
    ]
    assert next(one for one in print_room(store, who).printers if one.id == office.known.id).paused
    office.machine.clear()
    spoiled, unused = office.blank(cards[0]), office.blank(cards[1])
    steps.prepare(store, who, cards[0], reason="streaks", blank=BlankFate.SPOILED)
    steps.prepare(store, who, cards[1], blank=BlankFate.UNUSED)
    seen = view(store, cards[0])
    assert (seen.attempt, seen.reprint_reason, seen.blank) == (2, "streaks", "")
    again = [office.release(card) for card in cards[:2]]
    assert spoiled not in again
    assert unused in again
    printers.pause_printer(store, who, office.known.id, False)
    assert office.run().printed == 3
    jobs = store.store.read(lambda c: jobs_of(c, cards[0]))
    assert [job.state for job in jobs] == [CardState.VOID, CardState.PRINTED]


def test_a_card_is_printed_although_a_colleague_has_it_open(office: Office) -> None:
    (one,) = office.cards(1)
    store = office.counter.office
    office.release(one)
    open_claimed(store, office.counter.supervisor, one)
    assert office.run().printed == 1
    assert (office.job(one).state, office.place(one)) == (CardState.PRINTED, Place.PRINTED)
    assert header(store, one).stage is Stage.PRINT
    assert steps.go_on(store, office.counter.supervisor, one) is Stage.CHECK
    assert steps.go_on(store, office.counter.supervisor, one) is Stage.CHECK
    let_go(store, office.counter.supervisor, one)


# Switched on again, the file's printer is another process.
@pytest.mark.outlives("/usr/sbin/ippeveprinter", "/bin/sh")
def test_a_printer_that_was_switched_off_and_on_knows_nothing(office: Office) -> None:
    (one,) = office.cards(1)
    office.machine.set_fault("media-empty")
    office.release(one)
    gone = threading.Event()
    running = threading.Thread(target=lambda: office.run(gone.is_set))
    running.start()
    until(lambda: office.job(one).printer_job is not None)
    office.machine.forget()
    until(lambda: office.job(one).reason == UNCERTAIN)
    gone.set()
    running.join(PATIENCE)
    assert office.job(one).id not in office.tray()
    store, who = office.counter.office, office.who
    steps.settle_uncertain(store, who, one, card_is_good=False, blank=BlankFate.UNUSED, printer=office.link)
    office.machine.clear()
    steps.prepare(store, who, one, blank=BlankFate.UNUSED)
    office.release(one)
    assert office.run().printed == 1


def test_voiding_takes_two(office: Office) -> None:
    (one,) = office.cards(1)
    store, supervisor = office.counter.office, office.counter.supervisor
    office.release(one)
    office.run()

    def say(username: str, reason: str = "wrong photo") -> Stage:
        confirm(store, supervisor, PASSWORD, Verb.REPRINT, one)
        return void.void_card(store, supervisor, one, reason, username=username, password=PASSWORD)

    assert refused(lambda: say("clerk", " ")).reason is Reason.REASON_MISSING
    assert refused(lambda: say("supervisor")).reason is Reason.SECOND_PERSON_NEEDED
    assert refused(lambda: say("admin")).reason is Reason.ROLE_NOT_ALLOWED
    job = office.job(one)
    assert job.state is CardState.PRINTED
    assert say("clerk") is Stage.PRINT
    assert store.store.read(lambda c: card_job_of(c, one)) is None
    assert store.store.read(lambda c: _place_of(c, job.id)) == ["void"]
    steps.prepare(store, office.who, one)
    seen = view(store, one)
    assert (seen.attempt, seen.reprint_reason) == (2, "wrong photo")
    trail = store.store.read(lambda c: audit_of(c, one))
    assert [entry.facts for entry in trail if b'"again"' in entry.facts] == [
        f'{{"attempt":2,"job":"{office.job(one).id}","order":"again"}}'.encode()
    ]


def _place_of(connection: Connection, job_id: str) -> list[str]:
    from workstation.database.stock_tables import blanks

    return list(
        connection.execute(
            blanks.select().with_only_columns(blanks.c.place).where(blanks.c.job_id == job_id)
        ).scalars()
    )


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("ipp://printer.local/ipp/print", "ipp"),
        ("ipps://10.0.0.7:8631/ipp", "ipp"),
        ("Evolis Primacy 2", "system"),
    ],
)
def test_the_way_to_an_address(address: str, way: str) -> None:
    assert printers.way_of(address).value == way


@pytest.mark.parametrize("address", ["", "http://printer/", "ipp://", " queue", "a/b", "que\nue", "x" * 200])
def test_what_is_no_address(address: str) -> None:
    assert refused(lambda: printers.way_of(address)).reason is Reason.PRINTER_ADDRESS_WRONG
