"""Sealing a backup: a supervisor's X25519 key pair, the sealed header (HPKE, RFC 9180), and a stream in chunks.

The station holds the public key only: it can make backups and not open them. Each backup has a random key of its own,
which travels in a header sealed by HPKE (X25519-HKDF-SHA256, AES-256-GCM) and bound to the manifest by its info. The
stream is AES-256-GCM in chunks of 1 MiB; the nonce is the chunk's number and whether it is the last, so that a chunk
that was changed, exchanged, repeated or cut off is found (Hoang et al., 2015, STREAM).
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from workstation.security.key_wrapping import WrappedKey, WrappedKeyDamaged, unwrap, wrap

CHUNK = 1 << 20
_TAG = 16
_LABEL = b"lao-id-workstation backup 1"
_KEY_LABEL = b"lao-id-workstation backup key 1"
_CHECK = 3
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class NotThisKey(Exception):
    """The header does not open: another private key, or header and manifest do not belong together."""


class StreamDamaged(Exception):
    """The stream was changed or cut off."""


class BackupKeyDamaged(Exception):
    """Key file or recovery text cannot be read."""


@dataclass(frozen=True)
class BackupKey:
    """The supervisor's private key (X25519, 32 bytes)."""

    private: bytes

    @classmethod
    def generate(cls) -> BackupKey:
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> bytes:
        """The X25519 public key (32 bytes)."""
        return X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()

    def recovery_text(self) -> str:
        """Fourteen groups of four letters (RFC 4648 base32) for paper; the last three bytes find a wrong letter."""
        held = self.private + _check(self.private)
        letters = base64.b32encode(held).decode().rstrip("=")
        return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))

    @classmethod
    def from_recovery_text(cls, text: str) -> BackupKey:
        """Raises BackupKeyDamaged."""
        letters = "".join(text.upper().replace("0", "O").replace("1", "I").replace("8", "B").split("-"))
        letters = "".join(letters.split())
        try:
            held = base64.b32decode(letters + "=" * (-len(letters) % 8))
        except ValueError as error:
            raise BackupKeyDamaged("recovery-text") from error
        private, check = held[:-_CHECK], held[-_CHECK:]
        if len(private) != 32 or check != _check(private):
            raise BackupKeyDamaged("recovery-text")
        return cls(private)

    def to_file(self, passphrase: str, station: str) -> bytes:
        """The key file: the private key under `passphrase`, for which station it was made, its id."""
        return json.dumps(
            {
                "format": 1,
                "purpose": "backup",
                "station": station,
                "key": key_id(self.public),
                "private": wrap(self.private, passphrase, _KEY_LABEL).fields(),
            },
            indent=1,
        ).encode()

    @classmethod
    def from_file(cls, document: bytes, passphrase: str) -> BackupKey:
        """Raises BackupKeyDamaged, key_wrapping.WrongPassphrase."""
        try:
            data = json.loads(document)
            if data["format"] != 1 or data["purpose"] != "backup":
                raise BackupKeyDamaged("key-file")
            wrapped = WrappedKey.from_fields(data["private"])
            named = data["key"]
        except (KeyError, TypeError, ValueError, AttributeError, WrappedKeyDamaged) as error:
            raise BackupKeyDamaged("key-file") from error
        found = cls(unwrap(wrapped, passphrase, _KEY_LABEL))
        if key_id(found.public) != named:
            raise BackupKeyDamaged("key-file")
        return found


def _check(private: bytes) -> bytes:
    return sha256(_KEY_LABEL + private).digest()[:_CHECK]


def key_id(public: bytes) -> str:
    """What people compare: sixteen hexadecimal digits of the public key's SHA-256."""
    return sha256(public).hexdigest()[:16]


def new_stream_key() -> bytes:
    """A random 32-byte key for one backup."""
    return secrets.token_bytes(32)


def seal_header(secret: bytes, public: bytes, manifest_sha256: bytes) -> bytes:
    """`secret` sealed to the public key and bound to the manifest it lies in."""
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public), _LABEL + manifest_sha256)


def open_header(sealed: bytes, key: BackupKey, manifest_sha256: bytes) -> bytes:
    """Raises NotThisKey."""
    private = X25519PrivateKey.from_private_bytes(key.private)
    try:
        return _SUITE.decrypt(sealed, private, _LABEL + manifest_sha256)
    except (InvalidTag, ValueError) as error:
        raise NotThisKey from error


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealer:
    """Takes plain bytes, hands sealed ones to `write`; `close` seals the last chunk, which ends the stream."""

    def __init__(self, key: bytes, write: Callable[[bytes], None]) -> None:
        self._cipher = AESGCM(key)
        self._write = write
        self._held = bytearray()
        self._number = 0

    def write(self, data: bytes) -> int:
        self._held += data
        # A whole chunk waits until more follows: only then is it known not to be the last.
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self._held), last=True)
        self._held.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._write(self._cipher.encrypt(_nonce(self._number, last), chunk, _LABEL))
        self._number += 1


class Opener:
    """The plain bytes of a sealed stream that `sealed` yields in pieces of any size.

    Raises StreamDamaged at the chunk that was changed, and at the end when the last chunk is missing.
    """

    def __init__(self, key: bytes, sealed: Iterator[bytes]) -> None:
        self._cipher = AESGCM(key)
        self._sealed = sealed
        self._raw = bytearray()
        self._plain = bytearray()
        self._number = 0
        self._ended = False

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; empty only at the end."""
        while not self._ended and len(self._plain) < size:
            self._next()
        found = bytes(self._plain[:size])
        del self._plain[:size]
        return found

    def drain(self) -> None:
        """Reads to the end, so that the end is known to be the true one."""
        while self.read(CHUNK):
            pass

    def _next(self) -> None:
        # One byte more than a chunk tells whether it is the last.
        while len(self._raw) <= CHUNK + _TAG:
            piece = next(self._sealed, b"")
            if not piece:
                break
            self._raw += piece
        chunk = bytes(self._raw[: CHUNK + _TAG])
        del self._raw[: CHUNK + _TAG]
        last = not self._raw
        try:
            self._plain += self._cipher.decrypt(_nonce(self._number, last), chunk, _LABEL)
        except (InvalidTag, ValueError) as error:
            raise StreamDamaged from error
        self._number += 1
        self._ended = last
