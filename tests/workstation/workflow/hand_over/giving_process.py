"""A program that gives a card and is cut off at a named moment, as by a power cut: DATA PASSPHRASE CLERK
APPLICATION MOMENT.

"before-commit": all is written, nothing committed; "after-commit": committed, and the receipt was never shown.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from workstation import clock
from workstation.database.station import operator_by_id
from workstation.startup import open_office
from workstation.workflow.hand_over import steps
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.office import SignedIn


def cut_off(*_anything: Any, **_more: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(data: Path, passphrase: str, clerk: str, application_id: str, moment: str) -> None:
    office = open_office(data, passphrase)
    operator = office.store.read(lambda connection: operator_by_id(connection, clerk))
    assert operator is not None
    office.proofs.present(operator.id)
    if moment == "before-commit":
        move = vars(steps)["move"]

        def moved(*values: Any, **more: Any) -> None:
            move(*values, **more)
            cut_off()

        vars(steps)["move"] = moved
    old = Handing(old_card=OldCardAnswer("OLD-1"))
    steps.complete(office, SignedIn(operator, clock.now()), application_id, old)
    cut_off()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
