"""Canonical JSON (RFC 8785) and SHA-256 over it: the bytes both sides hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785

from workstation.interchange.errors import MessageDamaged


def canonical(value: Any) -> bytes:
    """UTF-8 bytes of `value` in the form of RFC 8785.

    Raises MessageDamaged("not-canonical") for what JSON cannot carry exactly: NaN, integers beyond 2**53, bytes,
    lone surrogates.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError) as fault:
        raise MessageDamaged("not-canonical", type(fault).__name__) from fault


def sha256_hex(data: bytes) -> str:
    """SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def canonical_sha256(value: Any) -> str:
    """SHA-256, in hexadecimal, of the canonical bytes of `value`."""
    return sha256_hex(canonical(value))


def read_json_object(data: bytes) -> dict[str, Any]:
    """The JSON object in `data`. Duplicate names, NaN and anything but an object are MessageDamaged("not-json")."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as fault:
        raise MessageDamaged("not-json") from fault
    if not isinstance(value, dict):
        raise MessageDamaged("not-json")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found


def _refuse_constant(text: str) -> Any:
    raise ValueError(text)
