"""Restoring: a backup becomes the office in `data`, whole and checked, in one step; or nothing has changed.

Numbers given after the backup was made are not given again: until the end of the day the restored station counts from
an ordinal that nobody can have reached (database.backup_records.first_free). What was sent already is sent again under
its old ids, and the registry knows them. The outbox goes on counting above what is known of this station.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.audit_checkpoints import hash_at, last_entry
from workstation.database.audit_segments import open_segment
from workstation.database.backup_copy import count_outbox_from
from workstation.database.backup_records import keep_restoration
from workstation.database.station import credentials_of, registry_url, the_station
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Operator
from workstation.domain.permissions import Verb, require
from workstation.domain.refused import Reason, Refused
from workstation.interchange.backup_manifest import Manifest
from workstation.security.backup_sealing import BackupKey
from workstation.security.key_ring import KeyRing, hold
from workstation.security.passwords import verify_password
from workstation.workflow.backup.disk import closed_office, exchange, fault_code, flush_folder
from workstation.workflow.backup.make import DATABASE
from workstation.workflow.backup.position import Position, farther, keep_position, kept_position
from workstation.workflow.backup.unpack import (
    BackupKeys,
    look_into,
    open_keys,
    require_known_schema,
    unpack,
)
from workstation.workflow.keys.key_file import write_key_ring
from workstation.workflow.keys.steps import MINIMUM_PASSPHRASE
from workstation.workflow.sign_in import not_admitted

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
    ask_trail: Callable[[str, str], tuple[int, bytes] | None] | None = None,
    confirmed: Confirmation | None = None,
) -> Restored:
    """Puts the backup in `folder` in the place of `data`; the office opens with `passphrase` from then on.

    `station` (OFFICE-STATION) must be named where `data` does not say whose it is. `ask` (registry's address,
    OFFICE-STATION) tells what the registry knows of it, None when it cannot be asked; `ask_trail` (registry's address,
    station's id) the last entry of its audit trail that the registry countersigned. A trail that is known to have gone
    on after the backup goes on here in a new segment, in the name of the supervisor who confirmed it.
    Raises Refused: BACKUP_NOT_ONE, BACKUP_DAMAGED, BACKUP_FOREIGN, BACKUP_STATION_UNNAMED, BACKUP_WRONG_KEY,
    BACKUP_TOO_NEW, BACKUP_TRAIL_OLDER, BACKUP_OLDER, BACKUP_NO_ROOM, BACKUP_FOLDER_FAULT, OFFICE_OPEN,
    FIELDS_INCOMPLETE, and for the confirmation WRONG_PASSWORD, OPERATOR_INACTIVE, OPERATOR_EXPIRED,
    PASSWORD_MUST_CHANGE, ROLE_NOT_ALLOWED.
    """
    if len(passphrase) < MINIMUM_PASSPHRASE:
        raise Refused(Reason.FIELDS_INCOMPLETE, passphrase="too-short")
    try:
        manifest = look_into(folder)
        kept = kept_position(data)
        _require_own(manifest, station, kept)
        keys = open_keys(manifest, key)
        require_known_schema(manifest)
        with closed_office(data / DATABASE), _fresh_beside(data) as fresh:
            unpack(folder, manifest, keys, fresh)
            reached = _take_over(fresh, manifest, keys, _Known(kept, ask, ask_trail), confirmed)
            write_key_ring(fresh, KeyRing(hold(keys.database, passphrase)))
            keep_position(fresh, reached)
            flush_folder(fresh)
            before = _swap(fresh, data)
            (data / UNFINISHED).unlink()
            return Restored(manifest, before, reached.outbox - manifest.figures.outbox)
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


@dataclass(frozen=True)
class _Known:
    """Where it stands how far the station had come: the folder that is there, and the registry."""

    kept: Position | None
    ask: Callable[[str, str], Position | None] | None
    ask_trail: Callable[[str, str], tuple[int, bytes] | None] | None

    def together(self, url: str, manifest: Manifest) -> tuple[Position, bool]:
        """The farthest that is known, and whether the registry could be asked."""
        known = farther(Position(manifest.station, manifest.figures.outbox), self.kept)
        told = self.ask(url, manifest.station) if self.ask is not None and url else None
        trail = self.ask_trail(url, manifest.station_id) if self.ask_trail is not None and url else None
        if told is not None:
            known = farther(known, told)
        if trail is not None:
            # What the registry says of the trail counts alone: the folder may know another segment of it.
            known = replace(known, trail=trail[0], trail_head=trail[1].hex())
        return known, told is not None or trail is not None


def _take_over(
    fresh: Path, manifest: Manifest, keys: BackupKeys, known: _Known, confirmed: Confirmation | None
) -> Position:
    """Opens the database in `fresh` under this version's schema and notes the restoration; how far this station is
    known to have come."""
    store = Store(fresh / DATABASE, keys.database)
    try:
        station = store.read(the_station)
        reached, asked = known.together(store.read(registry_url), manifest)
        lost = reached.outbox - manifest.figures.outbox
        if lost and confirmed is None:
            raise Refused(Reason.BACKUP_OLDER, missing=lost)
        lacks = store.read(lambda connection: entries_lacking(connection, station.id, reached))
        if lacks and confirmed is None:
            raise Refused(Reason.BACKUP_TRAIL_OLDER, entries=lacks)
        by = None
        if (lost or lacks) and confirmed is not None:
            sure = confirmed
            by = store.read(lambda connection: _confirmed_by(connection, sure))

        def verb(tx: Connection) -> None:
            at = clock.now()
            restoration = keep_restoration(tx, manifest.id, at)
            count_outbox_from(tx, reached.outbox)
            if lacks and by is not None:
                open_segment(
                    tx,
                    station.id,
                    known=reached.trail,
                    known_head=bytes.fromhex(reached.trail_head),
                    restoration=restoration,
                    by=by,
                    at=at,
                )
            if by is not None:
                write_audit(
                    tx,
                    AuditTag.SIGN_IN_CONFIRMED,
                    at=at,
                    actor=by.id,
                    station_id=station.id,
                    object_id=by.id,
                    verb=Verb.RESTORE_OLDER.value,
                )
            write_audit(
                tx,
                AuditTag.BACKUP_RESTORED,
                at=at,
                actor=by.id if by is not None else station.id,
                station_id=station.id,
                object_id=restoration,
                backup=manifest.id,
                made_at=manifest.made_at,
                lost=lost,
                registry_asked=asked,
            )

        store.write(verb)
        return reached
    finally:
        store.close()


def entries_lacking(connection: Connection, station_id: str, known: Position) -> int:
    """How many entries that are known of the station's trail are not in it as they were; 0 when it has them all."""
    held = hash_at(connection, station_id, known.trail) if known.trail else None
    if not known.trail or (held is not None and held.hex() == known.trail_head):
        return 0
    last = last_entry(connection, station_id)
    return max(1, known.trail - (last[0] if last is not None else 0))


def _confirmed_by(connection: Connection, confirmed: Confirmation) -> Operator:
    """The supervisor whose password this is, by what the copy knows of her.

    Nothing is written: a copy that is refused is thrown away, and the first entry of the trail's new segment must
    follow the copy's last.
    """
    held = credentials_of(connection, unicodedata.normalize("NFC", confirmed.username.strip()))
    right = verify_password(held.password_hash if held else None, confirmed.password)
    if held is None or not right:
        raise Refused(Reason.WRONG_PASSWORD)
    fault = not_admitted(connection, held.operator, False)
    if fault is not None:
        raise fault
    require(held.operator.role, Verb.RESTORE_OLDER)
    return held.operator


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
