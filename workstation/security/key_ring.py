"""The key file of an office: its database key under each of its wrappers, and during a rotation the coming key too.

    {"format": 2, "keys": [{"id": "9f0c...", "passphrase": {...}, "tpm": {"public": ..., "private": ...}}]}

The passphrase's wrapper is always there: it is the way back when a TPM is lost. It is bound to the key's id and to
whether a TPM was provisioned, so that taking the TPM's entry out of the file does not make it one that a passphrase
opens.
A file of the first version, one passphrase wrapper and nothing else, is read as it is.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass

from workstation.security.key_wrapping import FIRST_LABEL, WrappedKey, WrappedKeyDamaged, unwrap, wrap
from workstation.security.tpm import SealedInTpm, seal, unseal

KEY_LENGTH = 32
_FORMAT = 2
_FIRST_ID = "first"


@dataclass(frozen=True)
class HeldKey:
    """One database key as the file holds it; `tpm` is None where no TPM was provisioned."""

    id: str
    passphrase: WrappedKey
    tpm: SealedInTpm | None

    @property
    def _label(self) -> bytes:
        if self.id == _FIRST_ID:
            return FIRST_LABEL
        return _label(self.id, self.tpm is not None)

    def by_passphrase(self, passphrase: str) -> bytes:
        """The 32-byte key. Raises WrongPassphrase."""
        return unwrap(self.passphrase, passphrase, self._label)

    def by_tpm(self, tcti: str) -> bytes:
        """The 32-byte key. Raises TpmGone, TpmRefuses; ValueError when no TPM was provisioned."""
        if self.tpm is None:
            raise ValueError("no TPM was provisioned")
        return unseal(tcti, self.tpm)


def _label(key_id: str, with_tpm: bool) -> bytes:
    kinds = "passphrase+tpm" if with_tpm else "passphrase"
    return f"lao-id-workstation database key {_FORMAT} {key_id} {kinds}".encode()


def hold(key: bytes, passphrase: str, *, tcti: str | None = None) -> HeldKey:
    """Wraps the 32-byte `key` under `passphrase`, and in the TPM at `tcti` when one is named, under a new id.

    Raises TpmGone, TpmRefuses.
    """
    key_id = secrets.token_hex(8)
    sealed = seal(tcti, key) if tcti is not None else None
    return HeldKey(key_id, wrap(key, passphrase, _label(key_id, sealed is not None)), sealed)


@dataclass(frozen=True)
class KeyRing:
    """`coming` is set while a rotation is under way: the database is under one of the two and never under both."""

    key: HeldKey
    coming: HeldKey | None = None

    def held(self) -> tuple[HeldKey, ...]:
        return (self.key,) if self.coming is None else (self.key, self.coming)

    def to_json(self) -> bytes:
        keys = []
        for held in self.held():
            entry: dict[str, object] = {"id": held.id, "passphrase": held.passphrase.fields()}
            if held.tpm is not None:
                entry["tpm"] = {
                    "public": base64.b64encode(held.tpm.public).decode(),
                    "private": base64.b64encode(held.tpm.private).decode(),
                }
            keys.append(entry)
        return json.dumps({"format": _FORMAT, "keys": keys}, indent=1).encode()

    @classmethod
    def from_json(cls, document: bytes) -> KeyRing:
        """Raises WrappedKeyDamaged."""
        try:
            data = json.loads(document)
            if "format" not in data:
                return cls(HeldKey(_FIRST_ID, WrappedKey.from_fields(data), None))
            if data["format"] != _FORMAT:
                raise WrappedKeyDamaged("unknown-format")
            keys = [_read(entry) for entry in data["keys"]]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise WrappedKeyDamaged("unreadable") from error
        if len(keys) not in (1, 2):
            raise WrappedKeyDamaged("unreadable")
        return cls(*keys)


def _read(entry: dict[str, dict[str, str]]) -> HeldKey:
    key_id, sealed = entry["id"], entry.get("tpm")
    if not isinstance(key_id, str):
        raise WrappedKeyDamaged("unreadable")
    return HeldKey(
        key_id,
        WrappedKey.from_fields(entry["passphrase"]),
        SealedInTpm(
            base64.b64decode(sealed["public"], validate=True),
            base64.b64decode(sealed["private"], validate=True),
        )
        if sealed is not None
        else None,
    )
