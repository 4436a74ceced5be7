"""Segments of an audit trail: after an older copy was restored, the trail goes on from there beside what it had become.

The opening of a segment says after which entry it begins, how much was known to have been written besides, and which
supervisor confirmed it; the station signs it and the registry accepts it with a number of its own (Ed25519, RFC 8032,
over RFC 8785 bytes). What was written after that entry before the restoration is known to the registry only: nothing
brings it back, and nothing hides that it is missing here.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# The segment that every trail begins with has no opening.
FIRST = ""
FIRST_NUMBER = 1
_LABEL = "lao-id audit segment 1"
_ACCEPTED_LABEL = "lao-id audit segment accepted 1"


@dataclass(frozen=True)
class Acceptance:
    """The registry's word: the segment's number, the highest count it had countersigned before (`held`, 0: none), its
    public key (32 bytes), its signature (64 bytes) and when (RFC 3339)."""

    number: int
    held: int
    key: bytes
    signature: bytes
    at: str


@dataclass(frozen=True)
class Opening:
    """`after` entries with the hash `head` (32 bytes) of the last were taken over from the copy; `known` entries, the
    last with `known_head`, are known to have been written before the restoration. `by` is the supervisor's id, `role`
    what she was, `restoration` the id of what was restored; `key` is the station's public key."""

    id: str
    station_id: str
    after: int
    head: bytes
    known: int
    known_head: bytes
    restoration: str
    by: str
    role: str
    at: str
    key: bytes
    signature: bytes = b""
    acceptance: Acceptance | None = None


def said_bytes(opening: Opening) -> bytes:
    """What the station signs; its SHA-256 stands in the segment's first entry."""
    return rfc8785.dumps(
        {
            "label": _LABEL,
            "id": opening.id,
            "station": opening.station_id,
            "after": opening.after,
            "head": opening.head.hex(),
            "known": opening.known,
            "knownHead": opening.known_head.hex(),
            "restoration": opening.restoration,
            "by": opening.by,
            "role": opening.role,
            "at": opening.at,
        }
    )


def _accepted_bytes(opening: Opening, number: int, held: int, at: str) -> bytes:
    return rfc8785.dumps(
        {
            "label": _ACCEPTED_LABEL,
            "opening": base64.b64encode(said_bytes(opening)).decode(),
            "signature": base64.b64encode(opening.signature).decode(),
            "stationKey": base64.b64encode(opening.key).decode(),
            "number": number,
            "held": held,
            "at": at,
        }
    )


def sign_opening(key: Ed25519PrivateKey, opening: Opening) -> Opening:
    """The same, signed by the station."""
    signed = replace(opening, key=key.public_key().public_bytes_raw())
    return replace(signed, signature=key.sign(said_bytes(signed)))


def accept(key: Ed25519PrivateKey, opening: Opening, *, number: int, held: int, at: str) -> Opening:
    """The same with the registry's acceptance."""
    signature = key.sign(_accepted_bytes(opening, number, held, at))
    given = Acceptance(number, held, key.public_key().public_bytes_raw(), signature, at)
    return replace(opening, acceptance=given)


def opening_holds(opening: Opening) -> bool:
    """Whether the key that the opening names signed it."""
    return _verifies(opening.key, opening.signature, said_bytes(opening))


def acceptance_holds(opening: Opening, registry_key: bytes) -> bool:
    """Whether the registry whose public key this is accepted it."""
    given = opening.acceptance
    if given is None or given.key != registry_key:
        return False
    said = _accepted_bytes(opening, given.number, given.held, given.at)
    return _verifies(given.key, given.signature, said)


def _verifies(key: bytes, signature: bytes, said: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True
