"""Signing in against looking at the password alone: what counting, admitting and the trail cost besides Argon2id.

The goal is at most 1.5 times as long.

Medians in milliseconds in one run; a wrong password of a known and of an unknown name are compared as well.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.offices import CLERK, PASSPHRASE, PASSWORD, found_office, staff_office
from workstation.domain.permissions import Verb
from workstation.domain.refused import Refused
from workstation.security.passwords import hash_password, verify_password
from workstation.startup import close_office, open_office
from workstation.workflow.office import Office
from workstation.workflow.operator_access import unlock_operator
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_confirming import confirm

ROUNDS = 15
GOAL = 1.5


def _milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return 1000 * (perf_counter() - began)


def _refused(office: Office, username: str) -> None:
    try:
        sign_in(office, username, "not the password")
    except Refused:
        return
    raise AssertionError("a wrong password opened the office")


def main() -> None:
    """Prints the table."""
    encoded = hash_password(PASSWORD)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "office"
        found_office(data)
        office = open_office(data, PASSPHRASE)
        try:
            staffed = staff_office(office)
            clerk, administrator = staffed.clerk, staffed.administrator
            times: dict[str, list[float]] = {}

            def take(name: str, work: Callable[[], object]) -> None:
                times.setdefault(name, []).append(_milliseconds(work))

            for number in range(ROUNDS):
                take("Argon2id alone", lambda: verify_password(encoded, PASSWORD))
                take("sign in", lambda: sign_in(office, CLERK, PASSWORD))
                take("confirm again", lambda: confirm(office, clerk, PASSWORD, Verb.REPRINT, "card"))
                take("wrong, known name", lambda: _refused(office, CLERK))
                take("wrong, unknown name", partial(_refused, office, f"nobody {number}"))
                # Nobody is closed out, so that each attempt is looked at.
                unlock_operator(office, administrator, clerk.operator.id)
                sign_in(office, CLERK, PASSWORD)
        finally:
            close_office(office)
    alone = median(times["Argon2id alone"])
    for name, taken in times.items():
        print(f"{name:22} {median(taken):8.1f} ms   {median(taken) / alone:5.2f} of Argon2id alone")
    ratio = median(times["sign in"]) / alone
    print(f"sign in against Argon2id alone: {ratio:.2f} times as long (goal {GOAL}: {ratio <= GOAL})")


if __name__ == "__main__":
    main()
