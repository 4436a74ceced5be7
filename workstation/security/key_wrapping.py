"""The database key: random, and wrapped by a passphrase (Argon2id, RFC 9106; AES-256-GCM, NIST SP 800-38D)."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_LABEL = b"lao-id-workstation database key 1"
_TIME, _MEMORY_KIB, _LANES = 3, 65536, 1


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

    def to_json(self) -> bytes:
        return json.dumps(
            {
                "wrapping": "argon2id+aes-256-gcm",
                "salt": base64.b64encode(self.salt).decode(),
                "nonce": base64.b64encode(self.nonce).decode(),
                "sealed": base64.b64encode(self.sealed).decode(),
                "time_cost": self.time_cost,
                "memory_kib": self.memory_kib,
                "lanes": self.lanes,
            },
            indent=1,
        ).encode()

    @classmethod
    def from_json(cls, document: bytes) -> WrappedKey:
        """Raises WrappedKeyDamaged."""
        try:
            data = json.loads(document)
            if data["wrapping"] != "argon2id+aes-256-gcm":
                raise WrappedKeyDamaged("unknown wrapping")
            wrapped = cls(
                salt=base64.b64decode(data["salt"], validate=True),
                nonce=base64.b64decode(data["nonce"], validate=True),
                sealed=base64.b64decode(data["sealed"], validate=True),
                time_cost=int(data["time_cost"]),
                memory_kib=int(data["memory_kib"]),
                lanes=int(data["lanes"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise WrappedKeyDamaged(str(error)) from error
        if not (
            8 <= wrapped.memory_kib <= 1 << 20 and 1 <= wrapped.time_cost <= 20 and 1 <= wrapped.lanes <= 16
        ):
            raise WrappedKeyDamaged("costs out of range")
        return wrapped


def _wrapping_key(passphrase: str, salt: bytes, time_cost: int, memory_kib: int, lanes: int) -> AESGCM:
    raw = hash_secret_raw(passphrase.encode(), salt, time_cost, memory_kib, lanes, 32, Type.ID)
    return AESGCM(raw)


def wrap(key: bytes, passphrase: str) -> WrappedKey:
    """Wraps the 32-byte `key` under `passphrase`."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = _wrapping_key(passphrase, salt, _TIME, _MEMORY_KIB, _LANES).encrypt(nonce, key, _LABEL)
    return WrappedKey(salt, nonce, sealed, _TIME, _MEMORY_KIB, _LANES)


def unwrap(wrapped: WrappedKey, passphrase: str) -> bytes:
    """The 32-byte key. Raises WrongPassphrase."""
    cipher = _wrapping_key(passphrase, wrapped.salt, wrapped.time_cost, wrapped.memory_kib, wrapped.lanes)
    try:
        return cipher.decrypt(wrapped.nonce, wrapped.sealed, _LABEL)
    except InvalidTag as error:
        raise WrongPassphrase from error
