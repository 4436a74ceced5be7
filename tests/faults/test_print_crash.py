"""The program dies at any moment of printing: blanks, jobs and cards agree again, and nobody gets two cards."""

from __future__ import annotations

import multiprocessing
import random
import shutil
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices.simulated.faulty_line import FaultyLine, LineFault
from devices.simulated.printer import SimulatedPrinter
from printing.printer.ipp import IppPrinter
from tests.faults import printing_station
from tests.ui.stages.counter_office import Counter, make_room
from workstation.database import Connection
from workstation.database.card_jobs import card_job_of, jobs_of
from workstation.database.stock import blank_of_job
from workstation.database.stock_tables import blanks
from workstation.domain.card import CardState
from workstation.domain.stages import Stage
from workstation.domain.stock import Place
from workstation.startup import close_office, open_office
from workstation.workflow.header import header
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.print import carry, steps
from workstation.workflow.print.job import BlankFate
from workstation.workflow.print.release import release
from workstation.workflow.print.run import run_queue
from workstation.workflow.print.view import view
from workstation.workflow.printers.steps import pause_printer
from workstation.workflow.printers.view import printers_of_office

PASSPHRASE = "a long enough passphrase"
CARDS = 2
SAMPLE, CAMPAIGN = 8, 200
# What has happened to the first card at these moments: nothing yet, it is noted, sent, its number is kept, it is there,
# it is booked; and the same once more for the second.
STRETCHES = (
    (1, 2),
    (3, 4),
    (5, 7),
    (8, 10),
    (11, 12),
    (13, 15),
    (16, 20),
    (21, CARDS * printing_station.MOMENTS),
)
EVERY_STATE = {"queued", "printing", "printing, sent", "printed, sent"}
PATIENCE = 150
STATIONS = multiprocessing.get_context("forkserver")
# Each station is a copy of a process that has read the program already.
STATIONS.set_forkserver_preload([printing_station.__name__])


@dataclass(frozen=True)
class Waiting:
    """A closed office in which the prepared cards of `applications` wait at the stage of printing."""

    data: Path
    applications: tuple[str, ...]
    operator_id: str


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Waiting:
    data = tmp_path_factory.mktemp("crash") / "data"
    room = make_room(data)
    counter = Counter(room.office, room.clerk, room.supervisor, None, None)  # type: ignore[arg-type]  # no page is shown
    applications = []
    for _number in range(CARDS):
        application = counter.at_decision()
        counter.decide(application)
        steps.prepare(room.office, room.clerk, application)
        applications.append(application)
    close_office(room.office)
    return Waiting(data, tuple(applications), room.supervisor.operator.id)


@pytest.fixture(scope="module")
def printer() -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter() as made:
        made.take_time(0.1)
        yield made


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carry, "POLL_SECONDS", printing_station.POLL)


@dataclass
class Trial:
    """One death and what came after; `died` names the moment, empty when the work was done before it came; `found` is
    how the jobs stood then."""

    office: Office
    who: SignedIn
    printer_id: str
    applications: tuple[str, ...]
    machine: SimulatedPrinter
    died: str
    found: tuple[str, ...]
    asked: int = 0

    def settle(self) -> None:
        """What a clerk does the next morning, until every card is printed."""
        link = IppPrinter(self.machine.uri)
        try:
            for _ in range(4 * CARDS):
                # Two jobs in a row that it broke off have stopped the printer.
                pause_printer(self.office, self.who, self.printer_id, False)
                end = run_queue(
                    self.office,
                    self.who,
                    self.printer_id,
                    link,
                    on_progress=lambda _application, _seen: None,
                    stopped=lambda: False,
                )
                open_ = [one for one in self.applications if header(self.office, one).stage is Stage.PRINT]
                if not open_:
                    return
                for application in open_:
                    self._answer(application, link)
                assert end.printed <= CARDS
        finally:
            link.close()
        pytest.fail(f"it does not come to an end: {end}")

    def _answer(self, application: str, link: IppPrinter) -> None:
        seen = view(self.office, application)
        if seen.uncertain:
            self.asked += 1
            lies_there = seen.job_id in [name for name, _pdf in self.machine.cards()]
            steps.settle_uncertain(
                self.office,
                self.who,
                application,
                card_is_good=lies_there,
                serial=seen.blank if lies_there else "",
                blank=BlankFate.UNUSED,
                printer=link,
            )
            if lies_there:
                return
        if view(self.office, application).state is CardState.FAILED:
            steps.prepare(self.office, self.who, application, blank=BlankFate.UNUSED)
            release(self.office, self.who, application, printer_id=self.printer_id)

    def reconcile(self) -> None:
        """Cards in the tray, jobs in the store and blanks in the ledger say the same."""
        tray = Tally(name for name, _pdf in self.machine.cards())
        for application in self.applications:
            jobs = self.office.store.read(lambda c, one=application: jobs_of(c, one))  # type: ignore[misc]  # read at once
            printed = [job for job in jobs if job.state is CardState.PRINTED]
            assert len(printed) == 1, (self.died, jobs)
            assert [tray[job.id] for job in jobs] == [int(job in printed) for job in jobs], (self.died, jobs)
            blank = self.office.store.read(lambda c, one=printed[0].id: blank_of_job(c, one))  # type: ignore[misc]  # read at once
            assert blank is not None
            assert blank.place is Place.PRINTED
        places = self.office.store.read(_places)
        assert places[Place.PRINTED.value] == CARDS
        assert places[Place.BOOKED.value] == places[Place.SPOILED.value] == 0
        assert sum(places.values()) == places[Place.PRINTED.value] + places[Place.PRINTER.value]


def standing(connection: Connection, applications: tuple[str, ...]) -> tuple[str, ...]:
    """How the jobs stand, in the order in which they are printed."""
    jobs = [card_job_of(connection, application) for application in applications]
    return tuple(
        "none" if job is None else job.state.value + (", sent" if job.printer_job is not None else "")
        for job in jobs
    )


def _places(connection: Connection) -> Tally[str]:
    return Tally(connection.execute(blanks.select().with_only_columns(blanks.c.place)).scalars())


def died_and_opened(
    waiting: Waiting, folder: Path, machine: SimulatedPrinter, uri: str, last: int
) -> tuple[Office, Trial]:
    """Copies the office, lets a process release its cards, print and die, opens the office again."""
    shutil.copytree(waiting.data, folder)
    child = STATIONS.Process(
        target=printing_station.work,
        args=(str(folder), PASSPHRASE, waiting.operator_id, waiting.applications, uri, last),
    )
    child.start()
    child.join(PATIENCE)
    alive = child.is_alive()
    child.kill()
    child.join()
    assert not alive, "it hung"
    told = folder / "died"
    died = told.read_text(encoding="utf-8") if told.exists() else ""
    assert child.exitcode == (-9 if died else 0)
    child.close()
    office = open_office(folder, PASSPHRASE)
    office.proofs.present(waiting.operator_id)
    who = printing_station.signed_in(waiting.operator_id)
    (known,), _chosen = printers_of_office(office)
    found = office.store.read(lambda connection: standing(connection, waiting.applications))
    return office, Trial(office, who, known.id, waiting.applications, machine, died, found)


def one_death(waiting: Waiting, folder: Path, machine: SimulatedPrinter, seed: int) -> Trial:
    """Dies at a moment drawn by the seed from the stretch whose turn it is; every third time the line breaks within a
    transfer."""
    chance = random.Random(seed)
    fault = LineFault()
    if seed % 3 == 0:
        fault = LineFault(**{chance.choice(("cut_up", "cut_down")): chance.randrange(1, 40_000)})
    with FaultyLine(machine.port, fault=fault) as line:
        office, trial = died_and_opened(
            waiting,
            folder,
            machine,
            line.uri if seed % 3 == 0 else machine.uri,
            chance.randint(*STRETCHES[seed % len(STRETCHES)]),
        )
        try:
            trial.settle()
            trial.reconcile()
        finally:
            close_office(office)
    shutil.rmtree(folder)
    return trial


@pytest.mark.timeout(400)
def test_a_seeded_sample_of_deaths(waiting: Waiting, printer: SimulatedPrinter, tmp_path: Path) -> None:
    trials = [one_death(waiting, tmp_path / str(seed), printer, seed) for seed in range(SAMPLE)]
    assert sum(bool(trial.died) for trial in trials) >= SAMPLE // 2, trials
    assert {state for trial in trials for state in trial.found} >= EVERY_STATE


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_two_hundred_deaths(waiting: Waiting, printer: SimulatedPrinter, tmp_path: Path) -> None:
    trials = [one_death(waiting, tmp_path / str(seed), printer, seed) for seed in range(CAMPAIGN)]
    assert {state for trial in trials for state in trial.found} >= EVERY_STATE
    moments = [trial.died or "after the end" for trial in trials]
    states = [" | ".join(trial.found) for trial in trials]
    for heading, names in (("died", moments), ("the two jobs then", states)):
        table, asked = Tally(names), Tally[str]()
        for name, trial in zip(names, trials, strict=True):
            asked[name] += trial.asked
        print(f"\n{heading:<32}{'times':>6}{'clerk asked':>13}{'two cards':>11}{'no card':>9}")  # noqa: T201  # the table
        for row, times in sorted(table.items()):
            print(f"{row:<32}{times:>6}{asked[row]:>13}{0:>11}{0:>9}")  # noqa: T201  # each trial was reconciled


@pytest.mark.parametrize(
    "fault",
    [LineFault(cut_up=0), LineFault(cut_up=700), LineFault(cut_up=20_000), LineFault(cut_down=0)],
    ids=["before", "in the question", "in the card", "in the answer"],
)
def test_a_line_that_breaks_within_the_transfer(
    waiting: Waiting, printer: SimulatedPrinter, tmp_path: Path, fault: LineFault
) -> None:
    """The program lives; the card came or did not, and the clerk is asked only when nobody can know."""
    with FaultyLine(printer.port, fault=fault) as line:
        office, trial = died_and_opened(waiting, tmp_path / "data", printer, line.uri, 0)
        try:
            assert line.cut
            line.fault = LineFault()
            trial.settle()
            trial.reconcile()
        finally:
            close_office(office)
