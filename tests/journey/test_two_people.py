"""A whole day of an office with two people, below the window: nobody approves her own, and both cards are given.

The clerk captures and the supervisor approves; the supervisor captures and the province approves by the registry.
Then each card is printed, checked and handed over, and the trail is whole.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from devices.simulated.printer import SimulatedPrinter
from printing.preview import rasterise
from printing.printer.ipp import IppPrinter
from tests.faults.registry_process import RegistryProcess
from tests.offices import PASSWORD, Staffed, at_their_desks, staffed_office
from tests.ui.stages.counter_office import Room, make_room
from tests.workstation.workflow.test_path import _image, captured, decided
from workstation.database.applications import application
from workstation.database.approval_letters import letters
from workstation.domain.operator import Role
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.interchange.approval import read_card
from workstation.startup import close_office
from workstation.sync.engine import SyncEngine
from workstation.workflow.approvals.keys import make_approval_key, trust
from workstation.workflow.approvals.letters import answer, apply_answer, ask_elsewhere
from workstation.workflow.approvals.view import LetterState, approvals_view
from workstation.workflow.audit.look import verify
from workstation.workflow.check import steps as check
from workstation.workflow.hand_over import steps as hand_over
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.header import header
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.print import steps as printing
from workstation.workflow.queue import stage_counts
from workstation.workflow.review import steps as review
from workstation.workflow.sign_in_confirming import confirm

PASSPHRASE = "her own passphrase"


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[RegistryProcess]:
    process = RegistryProcess(tmp_path / "registry.db")
    yield process
    process.kill()


@pytest.fixture
def staffed(data_folder: Path, registry: RegistryProcess) -> Iterator[Staffed]:
    with staffed_office(data_folder, registry_url=registry.url) as office:
        yield office


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "province")
    yield made
    close_office(made.office)


def synchronised(office: Office, registry: RegistryProcess, condition: Callable[[], object]) -> None:
    """Runs the station's engine until the condition holds."""
    engine = SyncEngine(office.store, registry.url, office.station.id, poll_seconds=0.1, tick_seconds=0.05)
    engine.start()
    try:
        waited = threading.Event()
        for _ in range(600):
            if condition():
                return
            waited.wait(0.1)
    finally:
        engine.stop()
    raise AssertionError("did not come in time")


def given(staffed: Staffed, who: SignedIn, one: str, chip: str) -> None:
    """Printed, checked and handed over by `who`."""
    office = staffed.office
    printing.prepare(office, who, one)
    with SimulatedPrinter() as machine:
        printer = IppPrinter(machine.uri)
        try:
            stage = printing.print_card(
                office, who, one, printer, on_progress=lambda _seen: None, cancelled=lambda: False
            )
            assert stage is Stage.CHECK
            (paper,) = machine.printed()
        finally:
            printer.close()
    sides = [np.ascontiguousarray(rasterise(paper, side, 300)[:, :, ::-1]) for side in (0, 1)]
    assert all(item.agrees for item in check.read_card(office, who, one, sides).items)
    check.bind_chip(office, who, one, bytes.fromhex(chip))
    assert check.complete(office, who, one) is Stage.HAND_OVER
    assert hand_over.match(office, who, one, 2, _image(2, 1)).matched
    given = Handing(old_card=OldCardAnswer(absent="ບັດເກົ່າເສຍ"))
    assert hand_over.complete(office, who, one, given).startswith(b"%PDF")


def test_two_people_finish_their_day(staffed: Staffed, registry: RegistryProcess, province: Room) -> None:
    office, clerk, supervisor = staffed.office, staffed.clerk, staffed.supervisor
    card = make_approval_key(province.office, province.supervisor, PASSPHRASE)
    trust(office, staffed.administrator, card, read_card(card).fingerprint)
    approver = read_card(card).operator_id

    first = captured(staffed, clerk)
    confirm(office, supervisor, PASSWORD, Verb.APPROVE, first)
    seen = header(office, first).version
    assert review.approve(office, supervisor, first, seen) is Stage.DECISION
    decided(staffed, registry, first)

    second = captured(staffed, supervisor)
    with pytest.raises(Refused) as refusal:
        review.approve(office, supervisor, second, header(office, second).version)
    assert refusal.value.reason is Reason.SAME_PERSON
    request = ask_elsewhere(office, clerk, second, approver)

    def state() -> LetterState:
        return next(one.state for one in approvals_view(office, clerk).asked if one.request_id == request)

    synchronised(office, registry, lambda: state() is LetterState.SENT)
    synchronised(
        province.office, registry, lambda: approvals_view(province.office, province.supervisor).for_me
    )
    (asked,) = approvals_view(province.office, province.supervisor).for_me
    answer(province.office, province.supervisor, request, PASSPHRASE, frozenset(asked.points))
    # The answer goes while the province's station is open, and comes when this one looks.
    synchronised(
        province.office,
        registry,
        lambda: (
            not approvals_view(province.office, province.supervisor).for_me and _all_sent(province.office)
        ),
    )
    synchronised(office, registry, lambda: state() is LetterState.SIGNED)
    assert header(office, second).stage is Stage.REVIEW, "nothing is applied by itself"
    assert apply_answer(office, clerk, request) is Stage.DECISION
    decided(staffed, registry, second)
    approvers = [
        office.store.read(lambda c, one=one: application(c, one).approved_by)  # type: ignore[misc]  # bound now
        for one in (first, second)
    ]
    assert approvers == [supervisor.operator.id, approver]

    at_their_desks(staffed)
    given(staffed, clerk, first, "04A2247B1E6180")
    given(staffed, supervisor, second, "04A2247B1E6181")
    assert stage_counts(office) == {Stage.CLOSED: 2}
    assert clerk.operator.role is Role.CLERK
    assert verify(office, staffed.administrator).whole


def _all_sent(office: Office) -> bool:
    return all(one.sent for one in office.store.read(letters) if one.outgoing)
