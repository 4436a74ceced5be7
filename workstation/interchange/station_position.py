"""How far a station's outbox has come, as it tells the registry: signed with the key that signs its checkpoints.

Who could tell it unsigned could have every backup of that station refused as too old. Ed25519 (RFC 8032) over canonical
JSON (RFC 8785).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from workstation.interchange import fields
from workstation.interchange.canonical import canonical

_LABEL = b"lao-id-workstation station position 1\0"
_MOST = 2**31 - 1


@dataclass(frozen=True)
class ToldPosition:
    """`station` is OFFICE-STATION, `outbox` the highest sequence it has given, `key` its public key (32 bytes)."""

    station: str
    outbox: int
    key: bytes
    signature: bytes


def _signed_bytes(station: str, outbox: int) -> bytes:
    return _LABEL + canonical({"station": station, "outbox": outbox})


def signed_position(station: str, outbox: int, key: Ed25519PrivateKey) -> ToldPosition:
    """What the station says."""
    signature = key.sign(_signed_bytes(station, outbox))
    return ToldPosition(station, outbox, key.public_key().public_bytes_raw(), signature)


def signature_holds(told: ToldPosition) -> bool:
    """Whether it was signed with the key it names."""
    try:
        Ed25519PublicKey.from_public_bytes(told.key).verify(
            told.signature, _signed_bytes(told.station, told.outbox)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def to_document(told: ToldPosition) -> dict[str, Any]:
    return {
        "outbox": told.outbox,
        "stationKey": base64.b64encode(told.key).decode(),
        "signature": base64.b64encode(told.signature).decode(),
    }


def from_document(station: str, document: Mapping[str, Any]) -> ToldPosition:
    """Raises MessageDamaged; the signature is not checked."""
    fields.only(document, ("outbox", "stationKey", "signature"))
    return ToldPosition(
        station,
        fields.number(document, "outbox", 0, _MOST),
        fields.octets(document, "stationKey"),
        fields.octets(document, "signature"),
    )
