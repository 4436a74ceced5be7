"""The power goes while a card is given: it was given with its receipt, or nothing of it happened."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.faults.registry_process import PROJECT
from tests.ui.stages.counter_office import PASSPHRASE, make_room
from tests.workstation.workflow.hand_over.conftest import Desk
from workstation.database.old_cards import old_card_of
from workstation.database.outbox import OutboxKind, outbox_of
from workstation.database.stock import blank_of_job
from workstation.database.stock_check import prove_ledger
from workstation.domain.stages import Stage
from workstation.domain.stock import Place
from workstation.startup import close_office, open_office
from workstation.workflow.hand_over import steps
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.hand_over.ready import file_card
from workstation.workflow.hand_over.view import view

MOMENTS = {
    "before-commit": Stage.HAND_OVER,
    "after-commit": Stage.CLOSED,
}


def test_at_every_moment_it_is_given_whole_or_not_at_all(tmp_path: Path) -> None:
    data = tmp_path / "data"
    room = make_room(data)
    desk = Desk(room.office, room.clerk, room.supervisor, room.clerk)
    jobs: dict[str, tuple[str, str]] = {}
    try:
        for moment in MOMENTS:
            one = desk.ready(old_card=True)
            file_card(desk.office, desk.clerk, one)
            desk.recognised(one)
            jobs[moment] = one, desk.job(one)
    finally:
        close_office(room.office)
    for moment, (one, _job) in jobs.items():
        module = "tests.workstation.workflow.hand_over.giving_process"
        words = (sys.executable, "-m", module, str(data), PASSPHRASE, room.clerk.operator.id, one, moment)
        done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, timeout=90, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
    desk.office = open_office(data, PASSPHRASE)
    try:
        desk.office.proofs.present(desk.clerk.operator.id)
        for moment, (one, job) in jobs.items():
            _whole_or_nothing(desk, one, job, MOMENTS[moment])
        assert desk.office.store.read(prove_ledger).wrong == ""
    finally:
        close_office(desk.office)


def _whole_or_nothing(desk: Desk, one: str, job: str, expected: Stage) -> None:
    given = expected is Stage.CLOSED
    store = desk.office.store
    assert desk.counter.stage(one) is expected
    seen = view(desk.office, one)
    assert (seen.receipt is not None) is given
    assert (seen.place is None) is given, "the place in the box is free again only when the card has left it"
    blank = store.read(lambda c: blank_of_job(c, job))
    assert blank is not None
    assert blank.place is (Place.ISSUED if given else Place.PRINTED)
    assert (store.read(lambda c: old_card_of(c, one)) is not None) is given
    kinds = [item.kind for item in store.read(lambda c: outbox_of(c, one))]
    assert kinds.count(OutboxKind.CARD_ISSUED) == kinds.count(OutboxKind.CARD_WITHDRAWN) == int(given)
    if not given:
        # The clerk asks again and it goes on as if nothing had been.
        steps.complete(desk.office, desk.clerk, one, Handing(old_card=OldCardAnswer("OLD-1")))
        assert view(desk.office, one).receipt is not None
