"""Restoring: a backup becomes the office in `data`, whole and checked, in one step; or nothing has changed.

Numbers given after the backup was made are not given again: until the end of the day the restored station counts from
an ordinal that nobody can have reached (database.backup_records.first_free). What was sent already is sent again under
its old ids, and the registry knows them. The outbox goes on counting above what is known of this station.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workstation import clock
from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.backup_copy import count_outbox_from
from workstation.database.backup_records import keep_restoration
from workstation.database.station import registry_url, the_station
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb, require
from workstation.domain.refused import Reason, Refused
from workstation.interchange.backup_manifest import Manifest
from workstation.security.backup_sealing import BackupKey
from workstation.security.key_ring import KeyRing, hold
from workstation.workflow.backup.disk import closed_office, exchange, fault_code, flush_folder
from workstation.workflow.backup.make import DATABASE
from workstation.workflow.backup.position import Position, keep_position, kept_position
from workstation.workflow.backup.unpack import (
    BackupKeys,
    look_into,
    open_keys,
    require_known_schema,
    unpack,
)
from workstation.workflow.keys.key_file import write_key_ring
from workstation.workflow.keys.steps import MINIMUM_PASSPHRASE
from workstation.workflow.office import Office
from workstation.workflow.sign_in import verify

# Lies in a folder until it has become the office; a folder beside the office that has it may be thrown away.
UNFINISHED = "restore.unfinished"
_FRESH = ".restoring-"


@dataclass(frozen=True)
class Confirmation:
    """The supervisor who takes a backup although work that was done after it is lost here."""

    username: str
    password: str


@dataclass(frozen=True)
class Restored:
    """`before` is where the folder that stood there is now, None when there was none; `lost` how many messages are
    known to have been given after the backup."""

    manifest: Manifest
    before: Path | None
    lost: int


def restore(
    folder: Path,
    data: Path,
    key: BackupKey,
    passphrase: str,
    *,
    station: str | None = None,
    ask: Callable[[str, str], Position | None] | None = None,
    confirmed: Confirmation | None = None,
) -> Restored:
    """Puts the backup in `folder` in the place of `data`; the office opens with `passphrase` from then on.

    `station` (OFFICE-STATION) must be named where `data` does not say whose it is. `ask` (registry's address,
    OFFICE-STATION) tells what the registry knows of it, None when it cannot be asked.
    Raises Refused: BACKUP_NOT_ONE, BACKUP_DAMAGED, BACKUP_FOREIGN, BACKUP_STATION_UNNAMED, BACKUP_WRONG_KEY,
    BACKUP_TOO_NEW, BACKUP_OLDER, BACKUP_NO_ROOM, BACKUP_FOLDER_FAULT, OFFICE_OPEN, FIELDS_INCOMPLETE, and for the
    confirmation as signing in does, ROLE_NOT_ALLOWED.
    """
    if len(passphrase) < MINIMUM_PASSPHRASE:
        raise Refused(Reason.FIELDS_INCOMPLETE, passphrase="too-short")
    manifest = look_into(folder)
    kept = kept_position(data)
    _require_own(manifest, station, kept)
    keys = open_keys(manifest, key)
    require_known_schema(manifest)
    try:
        with closed_office(data / DATABASE), _fresh_beside(data) as fresh:
            unpack(folder, manifest, keys, fresh)
            highest = _take_over(fresh, manifest, keys, kept, ask, confirmed)
            write_key_ring(fresh, KeyRing(hold(keys.database, passphrase)))
            keep_position(fresh, Position(manifest.station, highest))
            flush_folder(fresh)
            before = _swap(fresh, data)
            (data / UNFINISHED).unlink()
            return Restored(manifest, before, highest - manifest.figures.outbox)
    except OSError as error:
        raise Refused(Reason.BACKUP_FOLDER_FAULT, code=fault_code(error)) from error


def _require_own(manifest: Manifest, station: str | None, kept: Position | None) -> None:
    expected = [] if kept is None else [kept.station]
    expected += [] if station is None else [station.strip().upper()]
    if not expected:
        raise Refused(Reason.BACKUP_STATION_UNNAMED)
    for named in expected:
        if named != manifest.station:
            raise Refused(Reason.BACKUP_FOREIGN, found=manifest.station, expected=named)


@contextmanager
def _fresh_beside(data: Path) -> Iterator[Path]:
    """A folder (0700) on the disk of `data`, removed again unless it became the office."""
    data.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # One that was killed as its very last step left it in the office itself.
    (data / UNFINISHED).unlink(missing_ok=True)
    sweep_unfinished(data)
    fresh = Path(tempfile.mkdtemp(prefix=f"{_FRESH}{data.name}-", dir=data.parent))
    try:
        (fresh / UNFINISHED).touch(mode=0o600)
        yield fresh
    except BaseException:
        # After the exchange the office before lies under this name.
        if (fresh / UNFINISHED).exists():
            shutil.rmtree(fresh, ignore_errors=True)
        raise


def sweep_unfinished(data: Path) -> None:
    """Removes what a killed restoration left beside `data`; never a whole office."""
    for left in data.parent.glob(f"{_FRESH}{data.name}-*"):
        if (left / UNFINISHED).exists() or not any(left.iterdir()):
            shutil.rmtree(left, ignore_errors=True)


def _take_over(
    fresh: Path,
    manifest: Manifest,
    keys: BackupKeys,
    kept: Position | None,
    ask: Callable[[str, str], Position | None] | None,
    confirmed: Confirmation | None,
) -> int:
    """Opens the database in `fresh` under this version's schema and notes the restoration; the highest outbox sequence
    that is known of this station."""
    store = Store(fresh / DATABASE, keys.database)
    try:
        station = store.read(the_station)
        url = store.read(registry_url)
        told = ask(url, manifest.station) if ask is not None and url else None
        highest = max([manifest.figures.outbox, *(held.outbox for held in (kept, told) if held is not None)])
        lost = highest - manifest.figures.outbox
        if lost and confirmed is None:
            raise Refused(Reason.BACKUP_OLDER, missing=lost)
        by = station.id
        if lost and confirmed is not None:
            by = _confirmed_by(Office(station, store, FingerprintAnalysis(), fresh), confirmed)

        def verb(tx: Connection) -> None:
            at = clock.now()
            restoration = keep_restoration(tx, manifest.id, at)
            count_outbox_from(tx, highest)
            write_audit(
                tx,
                AuditTag.BACKUP_RESTORED,
                at=at,
                actor=by,
                station_id=station.id,
                object_id=restoration,
                backup=manifest.id,
                made_at=manifest.made_at,
                lost=lost,
                registry_asked=told is not None,
            )

        store.write(verb)
        return highest
    finally:
        store.close()


def _confirmed_by(office: Office, confirmed: Confirmation) -> str:
    try:
        operator = verify(office, confirmed.username, confirmed.password, AuditTag.SIGN_IN)
        require(operator.role, Verb.RESTORE_OLDER)
        return operator.id
    finally:
        office.analysis.close()


def _swap(fresh: Path, data: Path) -> Path | None:
    """In one step of the file system `fresh` becomes `data`; where the folder before went. Raises OSError."""
    if not data.exists() or not any(data.iterdir()):
        os.rename(fresh, data)
        flush_folder(data.parent)
        return None
    try:
        exchange(fresh, data)
    except OSError as error:
        raise Refused(Reason.BACKUP_FOLDER_FAULT, code="no-exchange") from error
    flush_folder(data.parent)
    stamp = clock.now().astimezone(clock.OFFICE_ZONE).strftime("%Y%m%d-%H%M%S")
    before = data.with_name(f"{data.name}.before-{stamp}")
    os.rename(fresh, before)
    flush_folder(data.parent)
    return before
