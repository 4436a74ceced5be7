"""Openings of an audit trail's segments as documents: to the registry, back with its acceptance, and in exports."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workstation.interchange import fields
from workstation.interchange.errors import MessageDamaged
from workstation.security import segments
from workstation.security.segments import FIRST as FIRST
from workstation.security.segments import FIRST_NUMBER as FIRST_NUMBER
from workstation.security.segments import Acceptance
from workstation.security.segments import Opening as Opening

_ID = r"[0-9A-Za-z-]{1,36}"
_NAME = r"[ -~]{1,80}"
_HASH = r"[0-9a-f]{64}"
_MOST = 2**53 - 1
_NAMES = (
    "id", "stationId", "after", "head", "known", "knownHead", "restoration", "by", "role", "at", "stationKey",
    "signature", "acceptance",
)  # fmt: skip


def opening_holds(opening: Opening) -> bool:
    """Whether the station's key that it names signed it."""
    return segments.opening_holds(opening)


def accepted(opening: Opening, key: Ed25519PrivateKey, *, number: int, held: int, at: str) -> Opening:
    """The same with the registry's acceptance."""
    return segments.accept(key, opening, number=number, held=held, at=at)


def to_document(opening: Opening) -> dict[str, Any]:
    """The JSON object (extensions.yaml: SegmentOpening)."""
    document: dict[str, Any] = {
        "id": opening.id,
        "stationId": opening.station_id,
        "after": opening.after,
        "head": opening.head.hex(),
        "known": opening.known,
        "knownHead": opening.known_head.hex(),
        "restoration": opening.restoration,
        "by": opening.by,
        "role": opening.role,
        "at": opening.at,
        "stationKey": _base64(opening.key),
        "signature": _base64(opening.signature),
    }
    if (given := opening.acceptance) is not None:
        document["acceptance"] = {
            "number": given.number,
            "held": given.held,
            "registryKey": _base64(given.key),
            "signature": _base64(given.signature),
            "at": given.at,
        }
    return document


def from_document(document: object) -> Opening:
    """Raises MessageDamaged. Says nothing of the signatures."""
    held = _mapping(document, "segment")
    fields.only(held, _NAMES)
    given = held.get("acceptance")
    return Opening(
        fields.text(held, "id", pattern=_ID),
        fields.text(held, "stationId", pattern=_ID),
        fields.number(held, "after", 1, _MOST),
        bytes.fromhex(fields.text(held, "head", pattern=_HASH)),
        fields.number(held, "known", 0, _MOST),
        bytes.fromhex(fields.text(held, "knownHead", pattern=_HASH)),
        fields.text(held, "restoration", pattern=_ID),
        fields.text(held, "by", pattern=_NAME),
        fields.text(held, "role", pattern=_NAME),
        fields.moment(held, "at"),
        _sized(held, "stationKey", 32),
        _sized(held, "signature", 64),
        None if given is None else _acceptance(_mapping(given, "acceptance")),
    )


def from_list(body: Mapping[str, Any], name: str) -> tuple[Opening, ...]:
    """The openings under `name`; none where a registry of an earlier version says nothing of them.

    Raises MessageDamaged.
    """
    held = body.get(name, [])
    if not isinstance(held, list):
        raise MessageDamaged("field-invalid", name)
    return tuple(from_document(one) for one in held)


def _acceptance(held: Mapping[str, Any]) -> Acceptance:
    return Acceptance(
        fields.number(held, "number", FIRST_NUMBER + 1, _MOST),
        fields.number(held, "held", 0, _MOST),
        _sized(held, "registryKey", 32),
        _sized(held, "signature", 64),
        fields.moment(held, "at"),
    )


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise MessageDamaged("field-invalid", name)
    return value


def _sized(document: Mapping[str, Any], name: str, size: int) -> bytes:
    try:
        value = base64.b64decode(fields.text(document, name), validate=True)
    except ValueError as fault:
        raise MessageDamaged("field-invalid", name) from fault
    if len(value) != size:
        raise MessageDamaged("field-invalid", name)
    return value
