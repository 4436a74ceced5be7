"""What opens an office, as its key file says without being unlocked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from workstation.security.tpm import answers
from workstation.workflow.keys.key_file import read_key_ring, tpm_address


@dataclass(frozen=True)
class KeysView:
    """`opens_by`: "tpm" or "passphrase"; `tpm_answers` says of any TPM at `tpm`, not only of the one provisioned.
    `argon2` is memory in KiB, passes and lanes of the passphrase's wrapper."""

    key: str
    opens_by: str
    rotation_cut_off: bool
    tpm: str
    tpm_answers: bool
    argon2: str

    def facts(self) -> dict[str, str | bool]:
        """By name, for a command's answer."""
        return asdict(self)


def view(data: Path) -> KeysView:
    """Raises Refused: NO_OFFICE, DATABASE_DAMAGED (part "key")."""
    ring = read_key_ring(data)
    wrapped, tcti = ring.key.passphrase, tpm_address(data)
    return KeysView(
        key=ring.key.id,
        opens_by="passphrase" if ring.key.tpm is None else "tpm",
        rotation_cut_off=ring.coming is not None,
        tpm=tcti,
        tpm_answers=answers(tcti),
        argon2=f"m={wrapped.memory_kib},t={wrapped.time_cost},p={wrapped.lanes}",
    )
