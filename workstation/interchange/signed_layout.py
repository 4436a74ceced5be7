"""A card layout under the registry's signature: as an event of its feed, and as a file that travels by hand.

The signature (Ed25519, RFC 8032) is over a label of its own, the layout's name and the SHA-256 of its document, by a
key that the station has pinned; nothing else that this key signs begins with that label.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from workstation.interchange import fields
from workstation.interchange.canonical import canonical, read_json_object, sha256_hex
from workstation.interchange.errors import MessageDamaged

KIND = "layout"
NAME = r"[a-z0-9][a-z0-9_-]{0,59}"
# In base64 it must stay below what a page of the feed holds.
MOST_DOCUMENT = 2_500_000
_LABEL = b"lao-id-workstation card layout 1\0"
_SIGNED = ("layout", "document", "kid", "signature")


@dataclass(frozen=True)
class SignedLayout:
    """`document` are the layout's bytes just as the centre published them; `key_id` names the registry's key."""

    name: str
    document: bytes
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class LayoutSent:
    """One event of the feed."""

    event_id: str
    seq: int
    layout: SignedLayout


def sign_layout(name: str, document: bytes, *, key_id: bytes, key: Ed25519PrivateKey) -> SignedLayout:
    """The registry's signature on the layout."""
    return SignedLayout(name, document, key_id, key.sign(_signed_bytes(name, document)))


def is_signed_by(layout: SignedLayout, public_key: bytes) -> bool:
    """Whether the signature holds under that key (32 bytes)."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            layout.signature, _signed_bytes(layout.name, layout.document)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def to_file(layout: SignedLayout) -> bytes:
    """The signed layout as a file (canonical JSON)."""
    return canonical(_to_fields(layout))


def from_file(content: bytes) -> SignedLayout:
    """Raises MessageDamaged."""
    if len(content) > 2 * MOST_DOCUMENT:
        raise MessageDamaged("too-large")
    found = read_json_object(content)
    fields.only(found, _SIGNED)
    return _from_fields(found)


def to_event(sent: LayoutSent) -> dict[str, Any]:
    """The feed event (extensions.yaml, LayoutEvent)."""
    return {"type": KIND, "eventId": sent.event_id, "seq": sent.seq} | _to_fields(sent.layout)


def from_event(event: Mapping[str, Any]) -> LayoutSent:
    """Reads the envelope strictly; the signature is not judged yet. Raises MessageDamaged naming the field."""
    fields.only(event, ("type", "eventId", "seq", *_SIGNED))
    return LayoutSent(
        fields.text(event, "eventId", pattern=r"[0-9a-f-]{36}"),
        fields.number(event, "seq", 1, 2**53 - 1),
        _from_fields(event),
    )


def _signed_bytes(name: str, document: bytes) -> bytes:
    return _LABEL + canonical({"layout": name, "sha256": sha256_hex(document)})


def _to_fields(layout: SignedLayout) -> dict[str, str]:
    return {
        "layout": layout.name,
        "document": base64.b64encode(layout.document).decode("ascii"),
        "kid": layout.key_id.hex(),
        "signature": base64.b64encode(layout.signature).decode("ascii"),
    }


def _from_fields(found: Mapping[str, Any]) -> SignedLayout:
    layout = SignedLayout(
        fields.text(found, "layout", pattern=NAME),
        fields.octets(found, "document"),
        bytes.fromhex(fields.text(found, "kid", pattern=r"([0-9a-f]{2}){1,32}")),
        fields.octets(found, "signature"),
    )
    if len(layout.document) > MOST_DOCUMENT:
        raise MessageDamaged("field-invalid", "document")
    return layout
