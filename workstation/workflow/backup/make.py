"""Making a backup while the office works: a snapshot of the database and the files beside it, sealed, manifest last."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from uuid6 import uuid7

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.backup_copy import CopyFault, copy_database, figures_of
from workstation.database.backup_records import FAILED, MADE, keep_backup_event, key_in_use
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.interchange.backup_manifest import MANIFEST, Figures, Manifest
from workstation.interchange.canonical import canonical
from workstation.security.backup_sealing import Sealer, key_id, new_stream_key, seal_header
from workstation.workflow.backup.disk import (
    MEBIBYTE,
    fault_code,
    flush_file,
    flush_folder,
    only_one,
    require_room,
    write_file,
)
from workstation.workflow.backup.parts import PART_BYTES, PartWriter, check_parts
from workstation.workflow.backup.position import POSITION, Position, farther, keep_position, kept_position
from workstation.workflow.keys.server_file import require_own_file
from workstation.workflow.office import Office

DATABASE = "office.db"
LOCK = "backup.lock"
_COPY = ".backup-"
_PARTIAL = ".partial-"
# The database comes as a snapshot; its key goes with the header; what is half written is of no use.
_LEFT_OUT = (DATABASE, "database.key", "first-start.code", LOCK, POSITION, _COPY, _PARTIAL)
_MARGIN = 16 * MEBIBYTE
_SQLITE_FULL = "SQLITE_FULL"


@dataclass(frozen=True)
class MadeBackup:
    """`size` is in bytes, as it lies on the disk."""

    id: str
    folder: Path
    made_at: datetime
    size: int
    figures: Figures


def _go_on() -> None:
    """Nobody asks to stop."""


def make_backup(
    office: Office,
    folder: Path,
    *,
    actor: str,
    tick: Callable[[], None] = _go_on,
    part_bytes: int = PART_BYTES,
) -> MadeBackup:
    """Makes a backup in a new folder inside `folder`; it has its name once all of it is on the disk and was read again.

    `actor` is an operator's id or the station's. `tick` is called often and may raise to stop. Blocks for as long as
    it takes; the office goes on meanwhile. Raises Refused: BACKUP_NO_KEY, BACKUP_NO_ROOM, BACKUP_FOLDER_FAULT,
    BACKUP_DAMAGED (what was written cannot be read again), BACKUP_RUNNING, NOT_ON_SERVER.
    """
    require_own_file(office.data)
    backup_id = str(uuid7())
    try:
        with only_one(office.data / LOCK):
            made = _make(office, folder, backup_id, tick, part_bytes)
    except OSError as error:
        refused = Refused(Reason.BACKUP_FOLDER_FAULT, code=fault_code(error))
        _note_failure(office, folder, backup_id, actor, refused)
        raise refused from error
    except Refused as refused:
        _note_failure(office, folder, backup_id, actor, refused)
        raise
    _note_success(office, made, actor)
    return made


def _make(
    office: Office, folder: Path, backup_id: str, tick: Callable[[], None], part_bytes: int
) -> MadeBackup:
    public = office.store.read(key_in_use)
    if public is None:
        raise Refused(Reason.BACKUP_NO_KEY)
    station = f"{office.station.office_code}-{office.station.station_code}"
    copy, partial = office.data / f"{_COPY}{backup_id}", folder / f"{_PARTIAL}{station}-{backup_id}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(office.data, _COPY)
        _sweep(folder, f"{_PARTIAL}{station}-")
        _require_room(office, folder)
        copy.mkdir(mode=0o700)
        partial.mkdir(mode=0o700)
        return _write(office, folder, backup_id, public, copy, partial, tick, part_bytes)
    except CopyFault as error:
        code = "takes-no-more" if error.code == _SQLITE_FULL else "fault"
        raise Refused(Reason.BACKUP_FOLDER_FAULT, code=code) from error
    finally:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.rmtree(partial, ignore_errors=True)


def _sweep(folder: Path, beginning: str) -> None:
    """What a killed backup of this station left behind."""
    for left in folder.glob(f"{beginning}*"):
        shutil.rmtree(left, ignore_errors=True)


def _require_room(office: Office, folder: Path) -> None:
    database = sum(
        path.stat().st_size for path in office.data.glob(f"{DATABASE}*") if not path.name.endswith("-shm")
    )
    whole = database + sum(path.stat().st_size for path in _beside(office.data, folder)) + _MARGIN
    same = office.data.stat().st_dev == folder.stat().st_dev
    require_room(office.data, database + _MARGIN)
    require_room(folder, whole + (database if same else 0))


def _beside(data: Path, folder: Path) -> Iterator[Path]:
    """The files of the office beside its database; not the backups themselves when they lie in there."""
    for path in sorted(data.rglob("*")):
        inside = path.relative_to(data)
        if inside.parts[0].startswith(_LEFT_OUT) or ".new" in path.name or path.is_symlink():
            continue
        if path.is_file() and not path.is_relative_to(folder):
            yield path


def _write(
    office: Office,
    folder: Path,
    backup_id: str,
    public: bytes,
    copy: Path,
    partial: Path,
    tick: Callable[[], None],
    part_bytes: int,
) -> MadeBackup:
    stream_key, database_key = new_stream_key(), new_stream_key()
    made_at = clock.now()
    copy_database(office.store, copy / DATABASE, database_key, tick)
    flush_file(copy / DATABASE)
    whose, figures = figures_of(copy / DATABASE, database_key)
    parts = PartWriter(partial, part_bytes)
    try:
        plain = _seal_files(office.data, folder, copy / DATABASE, Sealer(stream_key, parts.write), tick)
        written = parts.finish()
    finally:
        parts.abandon()
    check_parts(partial, written)
    manifest = Manifest(
        backup_id,
        whose.office_code,
        whose.station_code,
        whose.station_id,
        whose.work,
        made_at.isoformat(),
        key_id(public),
        plain,
        figures,
        written,
    )
    header = canonical({"stream": stream_key.hex(), "database": database_key.hex()})
    sealed = seal_header(header, public, manifest.bound())
    document = Manifest(**{**manifest.__dict__, "sealed": sealed}).to_bytes()
    write_file(partial / MANIFEST, document)
    flush_folder(partial)
    stamp = made_at.astimezone(clock.OFFICE_ZONE).strftime("%Y%m%d-%H%M%S")
    named = folder / f"{manifest.station}-{stamp}-{backup_id[-6:]}"
    os.rename(partial, named)
    flush_folder(folder)
    size = len(document) + sum(part.size for part in written)
    return MadeBackup(backup_id, named, made_at, size, figures)


def _seal_files(data: Path, folder: Path, database: Path, sealer: Sealer, tick: Callable[[], None]) -> int:
    """Database and files as one tar stream (POSIX.1-2001 pax); the sum of their sizes."""
    plain = 0
    with tarfile.open(fileobj=sealer, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]  # a stream is only written to
        for path in (database, *_beside(data, folder)):
            tick()
            try:
                file = path.open("rb")
            except FileNotFoundError:
                # A slip that was thrown away meanwhile.
                continue
            with file:
                entry = tarfile.TarInfo(DATABASE if path == database else str(path.relative_to(data)))
                entry.size = os.fstat(file.fileno()).st_size
                entry.mode = 0o600
                tar.addfile(entry, file)
                plain += entry.size
    sealer.close()
    return plain


def _note_success(office: Office, made: MadeBackup, actor: str) -> None:
    def verb(tx: Connection) -> None:
        keep_backup_event(tx, MADE, made.id, at=made.made_at, folder=str(made.folder), detail=str(made.size))
        _audit(tx, office, AuditTag.BACKUP_MADE, made.id, actor, size=made.size)

    office.store.write(verb)
    station = f"{office.station.office_code}-{office.station.station_code}"
    # The backup is whole without it; the next one, or the registry, tells the same.
    reached = farther(Position(station, made.figures.outbox), kept_position(office.data))
    with suppress(OSError):
        keep_position(office.data, reached)


def _note_failure(office: Office, folder: Path, backup_id: str, actor: str, refused: Refused) -> None:
    code = str(refused.facts.get("code", refused.reason.value))

    def verb(tx: Connection) -> None:
        keep_backup_event(tx, FAILED, backup_id, at=clock.now(), folder=str(folder), detail=code)
        _audit(tx, office, AuditTag.BACKUP_FAILED, backup_id, actor, code=code)

    # A store that takes no more cannot note it; what was refused first is what the clerk hears.
    with suppress(Refused, OSError):
        office.store.write(verb)


def _audit(
    tx: Connection, office: Office, tag: AuditTag, backup_id: str, actor: str, **facts: str | int
) -> None:
    station_id = office.station.id
    write_audit(tx, tag, at=clock.now(), actor=actor, station_id=station_id, object_id=backup_id, **facts)
