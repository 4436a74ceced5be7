"""Sealing to a public key: HPKE (RFC 9180), base mode, DHKEM X25519 with HKDF-SHA256, HKDF-SHA256, AES-256-GCM.

Whoever holds the private key opens it; it does not say who sealed it. `info` binds what is sealed to its place.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

KEY_LENGTH = 32
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class NotSealedForThis(Exception):
    """The sealed bytes were changed, or belong to another key or place."""


def new_private_key() -> bytes:
    """A random X25519 private key, 32 bytes."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_key(private: bytes) -> bytes:
    """The X25519 public key of `private`, both 32 bytes."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public: bytes, plaintext: bytes, info: bytes) -> bytes:
    """Encapsulated key (32 bytes), then the ciphertext with its tag (16 bytes): 48 bytes more than `plaintext`."""
    return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public), info)


def unseal(private: bytes, sealed: bytes, info: bytes) -> bytes:
    """The plaintext. Raises NotSealedForThis."""
    try:
        return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info)
    except (InvalidTag, ValueError) as error:
        raise NotSealedForThis from error
