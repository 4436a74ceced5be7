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

from workstation.security.hash_chain import Break, BreakKind, Chain

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
    """`count` entries, `head` the hash of the last (32 bytes), `at` RFC 3339; `key` is the station's public key."""

    station_id: str
    count: int
    head: bytes
    at: str
    key: bytes
    signature: bytes
    countersignature: Countersignature | None = None


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _signed_bytes(station_id: str, count: int, head: bytes, at: str) -> bytes:
    return rfc8785.dumps(
        {"label": _LABEL, "station": station_id, "count": count, "head": head.hex(), "at": at}
    )


def _countersigned_bytes(checkpoint: Checkpoint, at: str) -> bytes:
    said = _signed_bytes(checkpoint.station_id, checkpoint.count, checkpoint.head, checkpoint.at)
    return rfc8785.dumps(
        {
            "label": _COUNTER_LABEL,
            "checkpoint": _base64(said),
            "stationKey": _base64(checkpoint.key),
            "signature": _base64(checkpoint.signature),
            "at": at,
        }
    )


def sign(key: Ed25519PrivateKey, station_id: str, count: int, head: bytes, at: str) -> Checkpoint:
    """The station's checkpoint over `count` entries."""
    signature = key.sign(_signed_bytes(station_id, count, head, at))
    return Checkpoint(station_id, count, head, at, key.public_key().public_bytes_raw(), signature)


def countersign(key: Ed25519PrivateKey, checkpoint: Checkpoint, at: str) -> Countersignature:
    """The registry's word that it saw this checkpoint at `at`."""
    signature = key.sign(_countersigned_bytes(checkpoint, at))
    return Countersignature(key.public_key().public_bytes_raw(), signature, at)


def signature_holds(checkpoint: Checkpoint) -> bool:
    """Whether the key that the checkpoint names made its signature."""
    said = _signed_bytes(checkpoint.station_id, checkpoint.count, checkpoint.head, checkpoint.at)
    return _verifies(checkpoint.key, checkpoint.signature, said)


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


def judge(
    chain: Chain, checkpoints: list[Checkpoint], *, station_key: bytes | None, registry_key: bytes | None
) -> Break | None:
    """The first break of a chain whose entries were all added, by itself or against its checkpoints.

    `station_key` and `registry_key` are those known from elsewhere than the checkpoints; None: not known. A chain that
    breaks by itself is told as that, unless a checkpoint before the break disagrees already.
    """
    agreed = 0
    # Where the registry vouched for any, what only the station signed bounds nothing: its key lies in the database.
    vouched = any(held.countersignature is not None for held in checkpoints)
    for held in sorted(checkpoints, key=lambda one: one.count):
        forged = (
            not signature_holds(held)
            or (station_key is not None and held.key != station_key)
            or (
                held.countersignature is not None
                and not countersignature_holds(held, registry_key or held.countersignature.key)
            )
        )
        if forged:
            return _earlier(chain, Break(BreakKind.CHECKPOINT, chain.station_id, agreed + 1, held.count))
        if held.count > chain.count:
            if chain.broken:
                return chain.finding()
            return Break(BreakKind.TRUNCATION, chain.station_id, chain.count + 1, held.count)
        if chain.heads[held.count] != held.head:
            return Break(BreakKind.REHASH, chain.station_id, agreed + 1, held.count)
        if held.countersignature is not None or not vouched:
            agreed = held.count
    return chain.finding()


def _earlier(chain: Chain, other: Break) -> Break:
    own = chain.finding()
    return own if own is not None and own.first <= other.first else other
