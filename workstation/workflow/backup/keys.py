"""The supervisor's backup key: made at set-up; its private half leaves the station as a file and as words on paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.backup_records import take_into_use
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.security.backup_sealing import BackupKey, BackupKeyDamaged, key_id
from workstation.security.key_wrapping import WrongPassphrase
from workstation.workflow.backup.disk import fault_code, flush_folder, write_file
from workstation.workflow.office import Office, SignedIn, acting, ask

MINIMUM_PASSPHRASE = 12


@dataclass(frozen=True)
class MadeKey:
    """`recovery_text` is shown once, for paper, and kept nowhere."""

    id: str
    file: Path
    recovery_text: str


def make_backup_key(office: Office, who: SignedIn, file: Path, passphrase: str) -> MadeKey:
    """A new key pair: the private half under `passphrase` in the new `file`, the public one in use from now on.

    Backups made before open with the key before. Raises Refused: ROLE_NOT_ALLOWED, FIELDS_INCOMPLETE,
    BACKUP_FOLDER_FAULT (also when the file is there already).
    """
    ask(office, who, Verb.MAKE_BACKUP_KEY)
    if len(passphrase) < MINIMUM_PASSPHRASE:
        raise Refused(Reason.FIELDS_INCOMPLETE, passphrase="too-short")
    key = BackupKey.generate()
    named = key_id(key.public)
    station = f"{office.station.office_code}-{office.station.station_code}"
    try:
        write_file(file, key.to_file(passphrase, station))
        flush_folder(file.absolute().parent)
    except FileExistsError as error:
        raise Refused(Reason.BACKUP_FOLDER_FAULT, code="exists") from error
    except OSError as error:
        raise Refused(Reason.BACKUP_FOLDER_FAULT, code=fault_code(error)) from error

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.MAKE_BACKUP_KEY)
        take_into_use(tx, named, key.public, at=clock.now(), by=actor.id)
        write_audit(
            tx,
            AuditTag.BACKUP_KEY_MADE,
            at=clock.now(),
            actor=actor.id,
            station_id=office.station.id,
            object_id=named,
        )

    office.store.write(verb)
    return MadeKey(named, file, key.recovery_text())


def backup_key_from_file(file: Path, passphrase: str) -> BackupKey:
    """Raises Refused: BACKUP_KEY_DAMAGED, WRONG_PASSPHRASE."""
    try:
        return BackupKey.from_file(file.read_bytes(), passphrase)
    except (OSError, BackupKeyDamaged) as error:
        raise Refused(Reason.BACKUP_KEY_DAMAGED) from error
    except WrongPassphrase as error:
        raise Refused(Reason.WRONG_PASSPHRASE) from error


def backup_key_from_text(text: str) -> BackupKey:
    """From the words on paper. Raises Refused BACKUP_KEY_DAMAGED."""
    try:
        return BackupKey.from_recovery_text(text)
    except BackupKeyDamaged as error:
        raise Refused(Reason.BACKUP_KEY_DAMAGED) from error
