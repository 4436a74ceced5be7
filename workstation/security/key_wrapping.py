"""A 32-byte key wrapped by a passphrase (Argon2id, RFC 9106; AES-256-GCM, NIST SP 800-38D).

Python keeps copies of what it computes with and cannot promise to overwrite them: a key that was unwrapped is in this
process's memory until the process ends.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# The label of a key file that held one wrapper and nothing else.
FIRST_LABEL = b"lao-id-workstation database key 1"
_TIME, _MEMORY_KIB, _LANES = 3, 65536, 1
_WRAPPING = "argon2id+aes-256-gcm"
_SALT, _NONCE, _SEALED = 16, 12, 48


class WrongPassphrase(Exception):
    """The passphrase does not open this key."""


class WrappedKeyDamaged(Exception):
    """The wrapped key cannot be read."""


@dataclass(frozen=True)
class WrappedKey:
    """A 32-byte key under a passphrase: salt (16 bytes), nonce (12 bytes), sealed (48 bytes) and the costs used."""

    salt: bytes
    nonce: bytes
    sealed: bytes
    time_cost: int
    memory_kib: int
    lanes: int

    def fields(self) -> dict[str, str | int]:
        """As JSON holds it."""
        return {
            "wrapping": _WRAPPING,
            "salt": base64.b64encode(self.salt).decode(),
            "nonce": base64.b64encode(self.nonce).decode(),
            "sealed": base64.b64encode(self.sealed).decode(),
            "time_cost": self.time_cost,
            "memory_kib": self.memory_kib,
            "lanes": self.lanes,
        }

    def to_json(self) -> bytes:
        return json.dumps(self.fields(), indent=1).encode()

    @classmethod
    def from_json(cls, document: bytes) -> WrappedKey:
        """Raises WrappedKeyDamaged."""
        try:
            data = json.loads(document)
        except ValueError as error:
            raise WrappedKeyDamaged("not-json") from error
        return cls.from_fields(data)

    @classmethod
    def from_fields(cls, data: Mapping[str, object]) -> WrappedKey:
        """Raises WrappedKeyDamaged."""
        try:
            if data["wrapping"] != _WRAPPING:
                raise WrappedKeyDamaged("unknown-wrapping")
            wrapped = cls(
                salt=base64.b64decode(str(data["salt"]), validate=True),
                nonce=base64.b64decode(str(data["nonce"]), validate=True),
                sealed=base64.b64decode(str(data["sealed"]), validate=True),
                time_cost=int(str(data["time_cost"])),
                memory_kib=int(str(data["memory_kib"])),
                lanes=int(str(data["lanes"])),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise WrappedKeyDamaged("unreadable") from error
        if (len(wrapped.salt), len(wrapped.nonce), len(wrapped.sealed)) != (_SALT, _NONCE, _SEALED):
            raise WrappedKeyDamaged("wrong-length")
        if not (
            8 <= wrapped.memory_kib <= 1 << 20 and 1 <= wrapped.time_cost <= 20 and 1 <= wrapped.lanes <= 16
        ):
            raise WrappedKeyDamaged("costs-out-of-range")
        return wrapped


def _wrapping_key(passphrase: str, salt: bytes, time_cost: int, memory_kib: int, lanes: int) -> AESGCM:
    raw = hash_secret_raw(passphrase.encode(), salt, time_cost, memory_kib, lanes, 32, Type.ID)
    return AESGCM(raw)


def wrap(key: bytes, passphrase: str, label: bytes = FIRST_LABEL) -> WrappedKey:
    """Wraps the 32-byte `key` under `passphrase`; `label` is what the wrapped key is bound to."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    sealed = _wrapping_key(passphrase, salt, _TIME, _MEMORY_KIB, _LANES).encrypt(nonce, key, label)
    return WrappedKey(salt, nonce, sealed, _TIME, _MEMORY_KIB, _LANES)


def unwrap(wrapped: WrappedKey, passphrase: str, label: bytes = FIRST_LABEL) -> bytes:
    """The 32-byte key. Raises WrongPassphrase, also when it was bound to another label."""
    cipher = _wrapping_key(passphrase, wrapped.salt, wrapped.time_cost, wrapped.memory_kib, wrapped.lanes)
    try:
        return cipher.decrypt(wrapped.nonce, wrapped.sealed, label)
    except InvalidTag as error:
        raise WrongPassphrase from error
