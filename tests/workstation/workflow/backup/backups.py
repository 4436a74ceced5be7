"""An office with work in it, its backup key, and a backup, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from tests.offices import PASSPHRASE, Staffed
from workstation import clock
from workstation.database import Connection, tables
from workstation.database.outbox import OutboxKind, add_to_outbox
from workstation.domain.refused import Reason, Refused
from workstation.security.backup_sealing import BackupKey
from workstation.startup import close_office, open_office
from workstation.workflow.backup.keys import backup_key_from_text, make_backup_key
from workstation.workflow.backup.make import MadeBackup, make_backup
from workstation.workflow.intake.steps import start
from workstation.workflow.office import Office

KEY_PASSPHRASE = "the supervisor's own words"
# Small parts, so that a small office has several.
PART_BYTES = 200_000


def work(staffed: Staffed, applications: int = 1) -> tuple[str, ...]:
    """Starts applications and lets one message of each wait in the outbox; their ids."""
    ids = []
    for _ in range(applications):
        application_id = start(staffed.office, staffed.clerk)
        ids.append(application_id)

        def verb(tx: Connection, of: str = application_id) -> None:
            add_to_outbox(tx, of, OutboxKind.ENROLMENT, b"{}", at=clock.now())

        staffed.office.store.write(verb)
    return tuple(ids)


def key_of(staffed: Staffed, folder: Path) -> BackupKey:
    made = make_backup_key(staffed.office, staffed.supervisor, folder / "backup-key.json", KEY_PASSPHRASE)
    return backup_key_from_text(made.recovery_text)


def backup(staffed: Staffed, folder: Path) -> MadeBackup:
    return make_backup(staffed.office, folder, actor=staffed.supervisor.operator.id, part_bytes=PART_BYTES)


@contextmanager
def reopened(data: Path, passphrase: str = PASSPHRASE) -> Iterator[Office]:
    """The office in `data`, open."""
    office = open_office(data, passphrase)
    try:
        yield office
    finally:
        close_office(office)


def numbers(data: Path, passphrase: str = PASSPHRASE) -> list[str]:
    """Opens the office in `data`; the numbers of its applications."""
    wanted = select(tables.applications.c.number).order_by(tables.applications.c.number)
    with reopened(data, passphrase) as office:
        return office.store.read(lambda connection: list(connection.scalars(wanted)))


def outbox_count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(tables.outbox)).scalar_one())


def refusal(call: Callable[[], object]) -> Refused:
    """What `call` is refused with; fails when it is not."""
    try:
        call()
    except Refused as refused:
        return refused
    raise AssertionError("was not refused")


def reason(call: Callable[[], object]) -> Reason:
    return refusal(call).reason
