"""`workstation printers` against a real printer and a real print service: JSON, lines, exit codes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from devices.simulated.printer import SimulatedPrinter
from printing.printer import JobState
from printing.printer.ipp import IppPrinter
from tests.offices import PASSPHRASE, staffed_office
from tests.printing.printer.print_service import PrintService, card_ppd
from tests.printing.printer.test_ipp import PATIENCE, PDF
from ui.commands import main
from workstation.startup import close_office, open_office
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.printers.steps import add_printer, pause_printer, remove_printer
from workstation.workflow.printers.view import KnownPrinter, printers_of_office

T = TypeVar("T")


@pytest.fixture(scope="module")
def machine() -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter() as made:
        yield made


@pytest.fixture(scope="module")
def service(machine: SimulatedPrinter) -> Iterator[PrintService]:
    with PrintService() as made:
        made.add("Card", machine.uri, card_ppd())
        made.add("Spare", machine.uri, card_ppd())
        yield made


@dataclass(frozen=True)
class Closed:
    """A closed office: the command opens it, and so does `write` for what is done beside."""

    data: Path
    supervisor: SignedIn

    def write(self, act: Callable[[Office, SignedIn], T]) -> T:
        office = open_office(self.data, PASSPHRASE)
        try:
            return act(office, self.supervisor)
        finally:
            close_office(office)

    def add(self, address: str, name: str, ribbon_cards: int = 0) -> KnownPrinter:
        return self.write(
            lambda office, who: add_printer(
                office, who, address=address, name=name, ribbon_cards=ribbon_cards
            )
        )


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Closed:
    data = tmp_path_factory.mktemp("printers") / "office"
    with staffed_office(data) as opened:
        return Closed(data, opened.supervisor)


@pytest.fixture
def office(founded: Closed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Closed]:
    """The office's passphrase is at hand; no printer is left to the next test."""
    path = tmp_path / "passphrase"
    path.touch(mode=0o600)
    path.write_text(PASSPHRASE)
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(path))
    # Nothing of this computer's own print service.
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
    yield founded

    def remove_all(opened: Office, who: SignedIn) -> None:
        for one in printers_of_office(opened)[0]:
            remove_printer(opened, who, one.id)

    founded.write(remove_all)


def called(office: Closed, *words: str) -> int:
    return main(["printers", *words, "--data", str(office.data)])


def told(office: Closed, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = called(office, "--json", *words)
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, answer


def test_an_office_without_a_printer(office: Closed, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(office) == 1
    assert capsys.readouterr().out == "No printer is set up.\n"
    assert told(office, capsys) == (1, {"printers": [], "found": []})


def test_a_printer_with_state_supplies_and_what_waits(
    office: Closed, machine: SimulatedPrinter, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.set_ribbon(16)
    line = IppPrinter(machine.uri)
    try:
        number = line.submit(PDF, "a card")
        deadline = time.monotonic() + PATIENCE
        # It tells of its ribbon with its first card.
        while line.job(number) is not JobState.COMPLETED or not line.state().supplies:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        line.close()
    known = office.add(machine.uri, "Counter", ribbon_cards=250)
    code, answer = told(office, capsys)
    assert code == 0
    assert answer["printers"] == [
        {
            "id": known.id,
            "name": "Counter",
            "way": "ipp",
            "address": machine.uri,
            "default": True,
            "paused": False,
            "state": "idle",
            "reasons": [],
            "supplies": [{"name": "Ribbon", "kind": "ribbonWax", "level": 16, "low": 10}],
            "cards_left": 40,
            "waiting": 0,
        }
    ]
    office.write(lambda opened, who: pause_printer(opened, who, known.id, True))
    assert called(office) == 0
    assert capsys.readouterr().out == f"Counter* paused\t{machine.uri}\tidle\t0 wait\tRibbon 16 %\n"


def test_a_queue_of_a_print_service_and_one_that_is_not_added_yet(
    office: Closed,
    service: PrintService,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CUPS_SERVER", service.server)
    _code, nothing = told(office, capsys, "--find")
    queues = sorted(nothing["found"])
    assert [address.rpartition("/")[2] for address in queues] == ["Card", "Spare"]
    office.add(queues[0], "Queue")
    code, answer = told(office, capsys, "--find")
    assert code == 0
    assert [(one["name"], one["state"], one["reasons"]) for one in answer["printers"]] == [
        ("Queue", "idle", [])
    ]
    assert answer["found"] == queues[1:]
    assert called(office, "--find") == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"found\t{queues[1]}"


def test_one_that_does_not_answer(
    office: Closed, machine: SimulatedPrinter, capsys: pytest.CaptureFixture[str]
) -> None:
    # The first one stays this station's own.
    office.add(machine.uri, "Counter")
    office.add("ipp://127.0.0.1:9/ipp/print", "Gone")
    office.add("Evolis", "Driver")
    code, answer = told(office, capsys)
    assert code == 1
    assert {one["name"]: (one["way"], one["state"], one["default"]) for one in answer["printers"]} == {
        "Counter": ("ipp", "idle", True),
        "Gone": ("ipp", "unreachable", False),
        "Driver": ("system", "unknown", False),
    }
    assert "Gone\tipp://127.0.0.1:9/ipp/print\tunreachable\t0 wait\t\n" in _plain(office, capsys)


def _plain(office: Closed, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    called(office)
    return capsys.readouterr().out


def test_what_cannot_be_asked_at_all(
    office: Closed,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert main(["printers", "--data", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err.strip()
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(tmp_path / "no file"))
    assert called(office) == 1
    assert "passphrase" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        called(office, "--everything")
    assert ended.value.code == 2
