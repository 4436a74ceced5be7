"""Unlocking at a start: the TPM alone where one was provisioned, else the passphrase; and the end of a rotation.

A provisioned TPM that is gone, cleared or another one is a refusal. The passphrase opens such an office by `recover`
only, which an administrator calls by name and the trail keeps.

A rotation that was cut off is ended here: while the file holds two keys, the database is under exactly one of them,
and that one stays.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import audit_of, write_audit
from workstation.database.postgresql import Server
from workstation.database.rekey import opens
from workstation.database.station import the_station
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.security.key_ring import HeldKey, KeyRing
from workstation.security.key_wrapping import WrongPassphrase
from workstation.security.tpm import TpmGone, TpmRefuses
from workstation.workflow.keys.key_file import DATABASE, read_key_ring, tpm_address, write_key_ring
from workstation.workflow.keys.server_file import place_of

# One page of SQLCipher's; what is shorter, SQLite takes for a database that is still to be made.
_SMALLEST = 4096


def key_by_passphrase(held: HeldKey, passphrase: str | None) -> bytes:
    """The 32-byte key. Raises Refused: PASSPHRASE_NEEDED, WRONG_PASSPHRASE."""
    if not passphrase:
        raise Refused(Reason.PASSPHRASE_NEEDED)
    try:
        return held.by_passphrase(passphrase)
    except WrongPassphrase as error:
        raise Refused(Reason.WRONG_PASSPHRASE) from error


def key_by_tpm(held: HeldKey, tcti: str) -> bytes:
    """The 32-byte key. Raises Refused: TPM_GONE, TPM_REFUSES."""
    try:
        return held.by_tpm(tcti)
    except TpmGone as error:
        raise Refused(Reason.TPM_GONE) from error
    except TpmRefuses as error:
        raise Refused(Reason.TPM_REFUSES) from error


def _way(data: Path, passphrase: str | None, recover: bool) -> Callable[[HeldKey], bytes]:
    tcti = tpm_address(data)
    return lambda held: (
        key_by_tpm(held, tcti)
        if held.tpm is not None and not recover
        else key_by_passphrase(held, passphrase)
    )


def open_store(data: Path, passphrase: str | None, *, recover: bool = False) -> Store:
    """The office's database, open under its one right key; a rotation that was cut off is ended.

    `recover`: by the passphrase although a TPM was provisioned.
    Raises Refused: NO_OFFICE, PASSPHRASE_NEEDED, WRONG_PASSPHRASE, TPM_GONE, TPM_REFUSES, OFFICE_OPEN,
    DATABASE_DAMAGED, DATABASE_TOO_NEW, and for an office on a server what Store raises.
    """
    unlock = _way(data, passphrase, recover)
    ring, place = read_key_ring(data), place_of(data)
    right, key = ring.key, unlock(ring.key)
    if isinstance(place, Server):
        return Store(place, key)
    _require_database(data / DATABASE)
    if ring.coming is not None and not opens(data / DATABASE, key):
        right, key = ring.coming, unlock(ring.coming)
    return Store(data / DATABASE, key) if ring.coming is None else _settled(data, right, key)


def _require_database(path: Path) -> None:
    """A founded office has a database: what is gone or was emptied is not made anew under its key."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        size = 0
    if size < _SMALLEST:
        raise Refused(Reason.DATABASE_DAMAGED)


def _settled(data: Path, right: HeldKey, key: bytes) -> Store:
    store = Store(data / DATABASE, key)
    try:
        # No key is turned while the database is open, so the file cannot change under this hand.
        ring = read_key_ring(data)
        if ring.coming is not None and right in ring.held():
            before, coming, turned = ring.key, ring.coming, right == ring.coming
            store.write(lambda tx: _note_end(tx, before, coming, turned=turned))
            write_key_ring(data, KeyRing(right))
    except BaseException:
        store.close()
        raise
    return store


_ENDS = (AuditTag.KEY_ROTATED, AuditTag.KEY_ROTATION_UNDONE)


def _note_end(tx: Connection, before: HeldKey, coming: HeldKey, *, turned: bool) -> None:
    if any(entry.tag in _ENDS for entry in audit_of(tx, coming.id)):
        # Noted, and then cut off once more before the file was written.
        return
    station = the_station(tx)
    tag = AuditTag.KEY_ROTATED if turned else AuditTag.KEY_ROTATION_UNDONE
    write_audit(
        tx,
        tag,
        at=clock.now(),
        actor=station.id,
        station_id=station.id,
        object_id=coming.id,
        before=before.id,
    )
