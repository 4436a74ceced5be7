"""Checkpoints of audit trails as documents: from the station to the registry, back with its countersignature, and in
exports."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workstation.interchange.errors import MessageDamaged
from workstation.security import checkpoints
from workstation.security.checkpoints import Checkpoint as Checkpoint
from workstation.security.checkpoints import Countersignature

MOST = 50


@dataclass(frozen=True)
class Submission:
    """What a station sends: checkpoints in rising order, and the hash that its trail has now at the last count that
    was countersigned (`previous` 0: none was; `previous_head` None: its trail has no such entry)."""

    checkpoints: tuple[Checkpoint, ...]
    previous: int
    previous_head: bytes | None


def signature_holds(checkpoint: Checkpoint) -> bool:
    """Whether the station's key that it names signed it."""
    return checkpoints.signature_holds(checkpoint)


def countersigned(checkpoint: Checkpoint, key: Ed25519PrivateKey, at: str) -> Checkpoint:
    """The same with the registry's countersignature."""
    return replace(checkpoint, countersignature=checkpoints.countersign(key, checkpoint, at))


def to_document(checkpoint: Checkpoint) -> dict[str, Any]:
    """The JSON object (extensions.yaml: Checkpoint)."""
    document: dict[str, Any] = {
        "stationId": checkpoint.station_id,
        "count": checkpoint.count,
        "head": checkpoint.head.hex(),
        "at": checkpoint.at,
        "stationKey": _base64(checkpoint.key),
        "signature": _base64(checkpoint.signature),
    }
    if checkpoint.segment:
        document["segment"] = checkpoint.segment
    if (counter := checkpoint.countersignature) is not None:
        document["countersignature"] = {
            "registryKey": _base64(counter.key),
            "signature": _base64(counter.signature),
            "at": counter.at,
        }
    return document


def from_document(document: object) -> Checkpoint:
    """Raises MessageDamaged. Says nothing of the signatures."""
    held = _mapping(document, "checkpoint")
    counter = held.get("countersignature")
    return Checkpoint(
        _string(held, "stationId"),
        _count(held, "count", 1),
        _hash(held, "head"),
        _string(held, "at"),
        _sized(held, "stationKey", 32),
        _sized(held, "signature", 64),
        None if counter is None else _countersignature(_mapping(counter, "countersignature")),
        _string(held, "segment") if "segment" in held else "",
    )


def to_submission(sent: Submission) -> dict[str, Any]:
    """The body of the request (extensions.yaml: submitCheckpoints)."""
    body = {"checkpoints": [to_document(one) for one in sent.checkpoints], "previous": sent.previous}
    return body if sent.previous_head is None else body | {"previousHead": sent.previous_head.hex()}


def from_submission(body: Mapping[str, Any]) -> Submission:
    """Raises MessageDamaged."""
    head = body.get("previousHead")
    return Submission(
        from_list(body, "checkpoints"),
        _count(body, "previous", 0),
        None if head is None else _hash(body, "previousHead"),
    )


def from_list(body: Mapping[str, Any], name: str) -> tuple[Checkpoint, ...]:
    """The checkpoints under `name`. Raises MessageDamaged."""
    held = body.get(name)
    if not isinstance(held, list):
        raise MessageDamaged("field-invalid", name)
    return tuple(from_document(one) for one in held)


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise MessageDamaged("field-invalid", name)
    return value


def _count(document: Mapping[str, Any], name: str, least: int) -> int:
    value = document.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= 2**53 - 1:
        raise MessageDamaged("field-invalid", name)
    return value


def _string(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 200 or not value.isascii():
        raise MessageDamaged("field-invalid", name)
    return value


def _hash(document: Mapping[str, Any], name: str) -> bytes:
    try:
        value = bytes.fromhex(_string(document, name))
    except ValueError as fault:
        raise MessageDamaged("field-invalid", name) from fault
    if len(value) != 32:
        raise MessageDamaged("field-invalid", name)
    return value


def _sized(document: Mapping[str, Any], name: str, size: int) -> bytes:
    try:
        value = base64.b64decode(_string(document, name), validate=True)
    except ValueError as fault:
        raise MessageDamaged("field-invalid", name) from fault
    if len(value) != size:
        raise MessageDamaged("field-invalid", name)
    return value


def _countersignature(held: Mapping[str, Any]) -> Countersignature:
    return Countersignature(
        _sized(held, "registryKey", 32), _sized(held, "signature", 64), _string(held, "at")
    )
