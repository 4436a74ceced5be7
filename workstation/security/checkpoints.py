"""Checkpoints of an audit trail: how many entries there were and the hash of the last, signed by the station and
countersigned by the registry (Ed25519, RFC 8032, over RFC 8785 bytes).

Whoever holds the database's key holds the station's signing key too; only the countersignatures, and the copies which
the registry and exports hold, stand against a trail that was hashed anew from some entry on.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from workstation.security.segments import FIRST

_LABEL = "lao-id audit checkpoint 1"
_COUNTER_LABEL = "lao-id audit countersignature 1"


@dataclass(frozen=True)
class Countersignature:
    """The registry's public key (32 bytes), its signature (64 bytes) and when it was given (RFC 3339)."""

    key: bytes
    signature: bytes
    at: str


@dataclass(frozen=True)
class Checkpoint:
    """`count` entries, `head` the hash of the last (32 bytes), `at` RFC 3339; `key` is the station's public key.
    `segment` is the id of the segment that the last entry belongs to (security.segments)."""

    station_id: str
    count: int
    head: bytes
    at: str
    key: bytes
    signature: bytes
    countersignature: Countersignature | None = None
    segment: str = FIRST


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _signed_bytes(station_id: str, count: int, head: bytes, at: str, segment: str) -> bytes:
    said: dict[str, str | int] = {
        "label": _LABEL,
        "station": station_id,
        "count": count,
        "head": head.hex(),
        "at": at,
    }
    return rfc8785.dumps(said if segment == FIRST else said | {"segment": segment})


def _said(checkpoint: Checkpoint) -> bytes:
    return _signed_bytes(
        checkpoint.station_id, checkpoint.count, checkpoint.head, checkpoint.at, checkpoint.segment
    )


def _countersigned_bytes(checkpoint: Checkpoint, at: str) -> bytes:
    return rfc8785.dumps(
        {
            "label": _COUNTER_LABEL,
            "checkpoint": _base64(_said(checkpoint)),
            "stationKey": _base64(checkpoint.key),
            "signature": _base64(checkpoint.signature),
            "at": at,
        }
    )


def sign(
    key: Ed25519PrivateKey, station_id: str, count: int, head: bytes, at: str, segment: str = FIRST
) -> Checkpoint:
    """The station's checkpoint over `count` entries."""
    signature = key.sign(_signed_bytes(station_id, count, head, at, segment))
    public = key.public_key().public_bytes_raw()
    return Checkpoint(station_id, count, head, at, public, signature, segment=segment)


def countersign(key: Ed25519PrivateKey, checkpoint: Checkpoint, at: str) -> Countersignature:
    """The registry's word that it saw this checkpoint at `at`."""
    signature = key.sign(_countersigned_bytes(checkpoint, at))
    return Countersignature(key.public_key().public_bytes_raw(), signature, at)


def signature_holds(checkpoint: Checkpoint) -> bool:
    """Whether the key that the checkpoint names made its signature."""
    return _verifies(checkpoint.key, checkpoint.signature, _said(checkpoint))


def countersignature_holds(checkpoint: Checkpoint, registry_key: bytes) -> bool:
    """Whether the registry whose public key this is countersigned it."""
    counter = checkpoint.countersignature
    if counter is None or counter.key != registry_key:
        return False
    return _verifies(counter.key, counter.signature, _countersigned_bytes(checkpoint, counter.at))


def _verifies(key: bytes, signature: bytes, said: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True
