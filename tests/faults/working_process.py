"""A process that takes applications through every kind of write while its disk is full, or fails now and then.

    python -m tests.faults.working_process DATA PASSPHRASE KIND PROBABILITY SEED APPLICATIONS [LARGE_FILE]

KIND: "errors" (EIO at reads, writes and flushes), "no-room" (ENOSPC at writes), "full" (LARGE_FILE takes what is left
of the disk before each verb). Each verb is tried until the store takes it, as a clerk does; for each attempt one line
is said: "VERB OUTCOME", where the outcome is done, refused REASON, or failed KIND. Once the disk is well again
"after OUTCOME" is said for one verb more, "held ID STAGE FINGERS" for each application, and at last "end". No room with
OpenCV is entered: its library cannot be loaded beside libfiu.
"""

from __future__ import annotations

import errno
import os
import random
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol, cast

from tests.faults.failing_disk import READING_AND_WRITING, WRITING, FailingDisk
from tests.faults.station import record
from tests.offices import CLERK, FIELDS, PASSWORD, SUPERVISOR
from workstation import clock
from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis
from workstation.database import Connection
from workstation.database.applications import keep_acceptance, keep_approver
from workstation.database.blobs import put_blob
from workstation.database.captures import StoredFinger, fingers_of, put_finger
from workstation.database.card_jobs import add_card_job
from workstation.database.moves import Actor, move
from workstation.database.portraits import add_portrait
from workstation.database.station import the_station
from workstation.domain.operator import Role
from workstation.domain.refused import Refused
from workstation.domain.stages import Action
from workstation.interchange import enrolment
from workstation.interchange.enrolment import Portrait
from workstation.workflow.fingerprints import steps as fingerprints
from workstation.workflow.header import header
from workstation.workflow.intake import steps as intake
from workstation.workflow.keys.unlocking import open_store
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.sign_in import sign_in, sign_out

MOST_ATTEMPTS = 60


class Disk(Protocol):
    """It fails while it is on."""

    def on(self) -> None: ...
    def off(self) -> None: ...


class FilledDisk:
    """A disk on which another file takes every free byte while it is on."""

    def __init__(self, filler: Path) -> None:
        self._filler = filler

    def on(self) -> None:
        with self._filler.open("wb") as file:
            size = 1 << 20
            while size:
                try:
                    os.write(file.fileno(), bytes(size))
                except OSError:
                    size //= 2

    def off(self) -> None:
        self._filler.unlink(missing_ok=True)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


class Work:
    """One person's attempts, with a disk that is well between them."""

    def __init__(self, office: Office, disk: Disk, attempts: int) -> None:
        self.office = office
        self._disk = disk
        self._attempts = attempts

    @contextmanager
    def _failing(self, ailing: bool) -> Iterator[None]:
        if ailing:
            self._disk.on()
        try:
            yield
        finally:
            if ailing:
                self._disk.off()

    def until_done(self, name: str, verb: Callable[[], object]) -> object:
        """Tries until the store takes it; the last attempts are made on a disk that is well."""
        for attempt in range(MOST_ATTEMPTS):
            said, result = "done", None
            try:
                with self._failing(attempt < self._attempts):
                    result = verb()
            except Refused as refused:
                said = f"refused {refused.reason.value}"
            except Exception as error:  # the test reads what it was
                said = f"failed {type(error).__name__}"
            say(f"{name} {said}")
            if said == "done":
                return result
        raise AssertionError(f"{name} was never taken")


def one_application(work: Work, chance: random.Random, clerk: SignedIn, supervisor: SignedIn) -> str:
    """From the counter to the printed card; its id."""
    office, do = work.office, work.until_done
    write = office.store.write
    one = cast(str, do("start", lambda: intake.start(office, clerk)))
    do("draft", lambda: intake.save_draft(office, clerk, one, FIELDS).result(30))
    do("complete intake", lambda: intake.complete(office, clerk, one))
    picture = chance.randbytes(40_000)

    def keep_portrait(tx: Connection) -> None:
        add_portrait(
            tx,
            one,
            original=put_blob(tx, picture + b" ", "image/png"),
            cropped=put_blob(tx, picture, "image/jpeg"),
            width=300,
            height=384,
            report={"verdict": "green", "requirements": []},
            by=clerk.operator.id,
            at=clock.now(),
        )

    do("portrait", lambda: write(keep_portrait))
    actor = Actor(clerk.operator.id, Role.CLERK, office.station.id)
    do(
        "complete photo",
        lambda: write(lambda tx: move(tx, one, Action.COMPLETE, actor=actor, at=clock.now())),
    )
    for position in (2, 7):
        wsq = chance.randbytes(20_000)

        def keep_finger(tx: Connection, position: int = position, wsq: bytes = wsq) -> None:
            content = put_blob(tx, wsq, "image/x-wsq")
            finger = StoredFinger(position, content, b"FMR\0 20\0", 70, 272, 320, 500, None, 1)
            put_finger(tx, one, finger, by=clerk.operator.id, at=clock.now())

        do("finger", lambda: write(keep_finger))
    do("complete fingerprints", lambda: fingerprints.complete(office, clerk, one))

    do("approve", lambda: write(lambda tx: _approved(tx, supervisor, office, one)))
    do("decision", lambda: write(lambda tx: _accepted(tx, office, one)))
    do("card", lambda: write(lambda tx: _card(tx, one, clerk.operator.id)))
    return one


def _approved(tx: Connection, supervisor: SignedIn, office: Office, one: str) -> None:
    actor = Actor(supervisor.operator.id, Role.SUPERVISOR, office.station.id)
    keep_approver(tx, one, supervisor.operator.id)
    portrait = Portrait(put_blob(tx, b"JPEG of " + one.encode(), "image/jpeg"), "image/jpeg", 600, 768)
    announcement = enrolment.to_message(replace(record(one), portrait=portrait))
    move(tx, one, Action.APPROVE, actor=actor, at=clock.now(), announcement=announcement)


def _accepted(tx: Connection, office: Office, one: str) -> None:
    keep_acceptance(
        tx,
        one,
        identity_number=f"1011990{int(one[-7:], 16):08d}"[:15],
        document_number=f"LA{int(one[-5:], 16):07d}",
        issue_date="2026-01-05",
        expiry_date="2036-01-04",
        card_signature="6BF",
    )
    move(tx, one, Action.ACCEPT, actor=Actor("registry", Role.REGISTRY, office.station.id), at=clock.now())


def _card(tx: Connection, one: str, by: str) -> None:
    pdf = put_blob(tx, b"%PDF-1.4 a card of " + one.encode(), "application/pdf")
    add_card_job(tx, one, layout="national-id-1", pdf=pdf, by=by, at=clock.now())


def main(data: Path, passphrase: str, kind: str, probability: float, seed: int, count: int) -> None:
    store = open_store(data, passphrase)
    # No verb here looks at fingers; the child that does would outlive a killed parent.
    office = Office(store.read(the_station), store, cast(FingerprintAnalysis, None), data)
    disk: Disk
    if kind == "full":
        disk = FilledDisk(Path(sys.argv[7]))
    elif kind == "no-room":
        disk = FailingDisk(probability, seed, points=WRITING, error=errno.ENOSPC)
    else:
        disk = FailingDisk(probability, seed, points=READING_AND_WRITING)
    well = Work(office, disk, 0)
    clerk = cast(SignedIn, well.until_done("sign in", lambda: sign_in(office, CLERK, PASSWORD)))
    supervisor = cast(SignedIn, well.until_done("sign in", lambda: sign_in(office, SUPERVISOR, PASSWORD)))
    chance = random.Random(seed)
    # Once on a disk that is well: everything that is loaded at its first use is loaded.
    made = [one_application(well, chance, clerk, supervisor)]
    ailing = Work(office, disk, 2 if kind == "full" else 25)
    for _ in range(count):
        made.append(one_application(ailing, chance, clerk, supervisor))
        ailing.until_done("sign out", partial(sign_out, office, clerk))
        clerk = cast(SignedIn, ailing.until_done("sign in", lambda: sign_in(office, CLERK, PASSWORD)))
    try:
        made.append(intake.start(office, clerk))
        say("after done")
    except Exception as error:  # the test reads what it was
        say(f"after failed {error}")
    for one in made:
        fingers = store.read(partial(fingers_of, application_id=one))
        say(f"held {one} {header(office, one).stage.value} {len(fingers)}")
    store.close()
    say("end")


if __name__ == "__main__":
    try:
        main(
            Path(sys.argv[1]),
            sys.argv[2],
            sys.argv[3],
            float(sys.argv[4]),
            int(sys.argv[5]),
            int(sys.argv[6]),
        )
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        # Whatever happened, the threads of an open store keep nobody waiting.
        os._exit(1)
