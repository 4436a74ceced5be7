"""Sealing single values with the office's key, where the database itself is not encrypted by us: on a server.

AES-256-GCM (NIST SP 800-38D) under a key derived from the office's by HKDF-SHA-256 (RFC 5869). Each value is bound to
the place where it belongs, so that one moved to another place does not open.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"lao-id-workstation values on a server 1"
_MARK = b"LS1"
_NONCE, _TAG = 12, 16


class SealBroken(Exception):
    """The value was not sealed with this key for this place."""


def derived_key(key: bytes, purpose: bytes) -> bytes:
    """A 32-byte key for one purpose, from which the office's own cannot be found."""
    return HKDF(SHA256(), 32, None, purpose).derive(key)


class OfficeSeal:
    """Seals and opens values; the 32-byte key of the office stays in this process."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(derived_key(key, _PURPOSE))

    def seal(self, value: bytes, place: str) -> bytes:
        """Mark, nonce (12 bytes), sealed value and tag (16 bytes)."""
        nonce = secrets.token_bytes(_NONCE)
        return _MARK + nonce + self._cipher.encrypt(nonce, value, _MARK + place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Raises SealBroken."""
        body = sealed[len(_MARK) :]
        if sealed[: len(_MARK)] != _MARK or len(body) < _NONCE + _TAG:
            raise SealBroken(place)
        try:
            return self._cipher.decrypt(body[:_NONCE], body[_NONCE:], _MARK + place.encode())
        except InvalidTag as error:
            raise SealBroken(place) from error
