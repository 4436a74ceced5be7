"""An image of an enrolment, sealed by the station to the registry's public key (HPKE, RFC 9180).

    "LAOSEAL1" | key id (8 bytes) | SHA-256 of the image (32 bytes) | HPKE of: media type, LF, image

It is bound to the enrolment, to the key and to the hash, so that a sealed image cannot be moved to another person. It
travels as a buffer of the media type below; the registry opens it and keeps the image under the image's own hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.interchange.errors import MessageDamaged
from workstation.security.sealing import (
    KEY_LENGTH,
    NotSealedForThis,
    new_private_key,
    public_key,
    seal,
    unseal,
)

MEDIA_TYPE = "application/vnd.lao-id.sealed"
SUITE = "X25519-HKDF-SHA256-AES256GCM"
_MAGIC = b"LAOSEAL1"
_ID, _HASH = 8, 32
_HEAD = len(_MAGIC) + _ID + _HASH


@dataclass(frozen=True)
class SealingKey:
    """The registry's public key (X25519, 32 bytes)."""

    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first 8 bytes of the SHA-256 of the public key."""
        return hashlib.sha256(self.public).digest()[:_ID]


def new_registry_key() -> bytes:
    """A private key for a registry, 32 bytes."""
    return new_private_key()


def sealing_key_of(private: bytes) -> SealingKey:
    """What the registry tells of its private key."""
    return SealingKey(public_key(private))


def to_document(key: SealingKey) -> dict[str, str]:
    """The JSON object with which a registry tells its key."""
    public = base64.b64encode(key.public).decode()
    return {"kid": key.key_id.hex(), "suite": SUITE, "publicKey": public}


def from_document(document: Mapping[str, Any]) -> SealingKey:
    """Raises MessageDamaged: not such an object, another suite, a key id that is not the key's."""
    try:
        key = SealingKey(base64.b64decode(document["publicKey"], validate=True))
        if document["suite"] != SUITE:
            raise MessageDamaged("suite")
        if len(key.public) != KEY_LENGTH or document["kid"] != key.key_id.hex():
            raise MessageDamaged("kid")
    except (KeyError, TypeError, ValueError) as error:
        raise MessageDamaged("publicKey") from error
    return key


def _info(head: bytes, enrolment_id: str) -> bytes:
    return head + enrolment_id.encode()


def seal_part(key: SealingKey, enrolment_id: str, content: bytes, mime: str) -> bytes:
    """The sealed image; another one at each call."""
    head = _MAGIC + key.key_id + hashlib.sha256(content).digest()
    return head + seal(key.public, mime.encode("ascii") + b"\n" + content, _info(head, enrolment_id))


def sealed_for(sealed: bytes) -> bytes:
    """The id of the key that opens it. Raises MessageDamaged."""
    if len(sealed) < _HEAD or not sealed.startswith(_MAGIC):
        raise MessageDamaged("sealed")
    return sealed[len(_MAGIC) : len(_MAGIC) + _ID]


def open_part(private: bytes, enrolment_id: str, sealed: bytes) -> tuple[bytes, str]:
    """The image and its media type. Raises MessageDamaged: changed, of another enrolment or for another key."""
    sealed_for(sealed)
    head = sealed[:_HEAD]
    try:
        mime, _line, content = unseal(private, sealed[_HEAD:], _info(head, enrolment_id)).partition(b"\n")
        if hashlib.sha256(content).digest() != head[-_HASH:]:
            raise MessageDamaged("sealed")
        return content, mime.decode("ascii")
    except (NotSealedForThis, UnicodeDecodeError) as error:
        raise MessageDamaged("sealed") from error
