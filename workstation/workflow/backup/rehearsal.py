"""The tested restore: a backup is restored into a folder of its own, opened and checked."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.backup_records import TESTED, keep_backup_event
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.interchange.backup_manifest import Manifest
from workstation.security.backup_sealing import BackupKey
from workstation.workflow.audit.verify import verify_trail
from workstation.workflow.backup.disk import fault_code
from workstation.workflow.backup.make import DATABASE
from workstation.workflow.backup.unpack import look_into, open_keys, require_known_schema, unpack
from workstation.workflow.office import Office

_TRIAL = ".backup-trial-"


@dataclass(frozen=True)
class TestedBackup:
    """What was found in a backup that would restore: its manifest, and when it was tested."""

    manifest: Manifest
    at: datetime


def rehearse(office: Office, folder: Path, key: BackupKey, *, actor: str) -> TestedBackup:
    """Restores the backup in `folder` into a folder (0700) beside the office's data, opens it under this version's
    schema, verifies its audit trail, removes it, and notes the day.

    `actor` is an operator's id or the station's. Raises Refused: BACKUP_NOT_ONE, BACKUP_DAMAGED, BACKUP_FOREIGN,
    BACKUP_WRONG_KEY, BACKUP_TOO_NEW, BACKUP_NO_ROOM, BACKUP_FOLDER_FAULT.
    """
    manifest = look_into(folder)
    if manifest.station_id != office.station.id:
        own = f"{office.station.office_code}-{office.station.station_code}"
        raise Refused(Reason.BACKUP_FOREIGN, found=manifest.station, expected=own)
    keys = open_keys(manifest, key)
    require_known_schema(manifest)
    try:
        trial = Path(tempfile.mkdtemp(prefix=_TRIAL, dir=office.data))
        try:
            unpack(folder, manifest, keys, trial)
            _open(trial / DATABASE, keys.database)
        finally:
            shutil.rmtree(trial, ignore_errors=True)
    except OSError as error:
        raise Refused(Reason.BACKUP_FOLDER_FAULT, code=fault_code(error)) from error
    at = clock.now()

    def verb(tx: Connection) -> None:
        keep_backup_event(tx, TESTED, manifest.id, at=at, folder=str(folder))
        write_audit(
            tx,
            AuditTag.BACKUP_TESTED,
            at=at,
            actor=actor,
            station_id=office.station.id,
            object_id=manifest.id,
            made_at=manifest.made_at,
        )

    office.store.write(verb)
    return TestedBackup(manifest, at)


def _open(database: Path, key: bytes) -> None:
    store = Store(database, key)
    try:
        if not verify_trail(store).whole:
            raise Refused(Reason.BACKUP_DAMAGED, file=f"{DATABASE} (audit)")
    finally:
        store.close()
