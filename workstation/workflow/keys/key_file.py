"""The key file in the office's folder: read whole, written whole or not at all; the passphrase's own file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from workstation.domain.refused import Reason, Refused
from workstation.security.key_ring import KeyRing
from workstation.security.key_wrapping import WrappedKeyDamaged
from workstation.security.tpm import DEFAULT_TPM
from workstation.settings import SettingsDamaged, load_settings

KEY = "database.key"
DATABASE = "office.db"
PASSPHRASE_FILE = "LAO_ID_PASSPHRASE_FILE"
TPM = "LAO_ID_TPM"


def read_key_ring(data: Path) -> KeyRing:
    """Raises Refused: NO_OFFICE, DATABASE_DAMAGED (part "key")."""
    try:
        return KeyRing.from_json((data / KEY).read_bytes())
    except FileNotFoundError as error:
        raise Refused(Reason.NO_OFFICE) from error
    except WrappedKeyDamaged as error:
        raise Refused(Reason.DATABASE_DAMAGED, part="key") from error


def write_key_ring(data: Path, ring: KeyRing) -> None:
    """On the disk when it returns; a crash leaves the file as it was or as it is to be."""
    fresh = data / f"{KEY}.new-{os.getpid()}"
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(ring.to_json())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(data / KEY)
    if os.name == "posix":
        folder = os.open(data, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    for leftover in data.glob(KEY + ".new*"):
        leftover.unlink(missing_ok=True)


def tpm_address(data: Path) -> str:
    """Where this computer's TPM is, as tpm2-tss names it: LAO_ID_TPM, else the settings, else the kernel's device."""
    named = os.environ.get(TPM)
    if named:
        return named
    try:
        return load_settings(data).tpm or DEFAULT_TPM
    except SettingsDamaged:
        # Damaged settings are told elsewhere; they must not decide whether the office opens.
        return DEFAULT_TPM


def tpm_provisioned(data: Path) -> bool:
    """Whether this office opens by its TPM alone. Raises as read_key_ring."""
    return read_key_ring(data).key.tpm is not None


def passphrase_from_file() -> str | None:
    """The passphrase in the file that LAO_ID_PASSPHRASE_FILE names, or None when it names none.

    Raises OSError; Refused PASSPHRASE_FILE_OPEN when others than its owner can read it, or its owner is neither root
    nor the one who runs this.
    """
    named = os.environ.get(PASSPHRASE_FILE)
    return secret_from_file(Path(named)) if named else None


def secret_from_file(path: Path) -> str:
    """What a file holds that is its owner's alone. Raises OSError, Refused PASSPHRASE_FILE_OPEN."""
    with path.open(encoding="utf-8") as file:
        held = os.fstat(file.fileno())
        if os.name == "posix" and (
            stat.S_IMODE(held.st_mode) & 0o077 or held.st_uid not in (0, os.geteuid())
        ):
            raise Refused(Reason.PASSPHRASE_FILE_OPEN, path=str(path))
        return file.read().rstrip("\r\n")
