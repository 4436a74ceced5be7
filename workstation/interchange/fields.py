"""Strict reading of decoded JSON: every getter names the field that is missing or wrong."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from workstation.interchange.errors import MessageDamaged

SHA256_HEX = re.compile(r"[0-9a-f]{64}")


def only(found: Mapping[str, Any], names: Iterable[str], where: str = "") -> None:
    """Refuse names that are not among `names`: what we do not understand we do not half-obey."""
    unknown = sorted(set(found) - set(names))
    if unknown:
        raise MessageDamaged("field-unknown", f"{where}{unknown[0]}")


def text(found: Mapping[str, Any], name: str, *, pattern: str | None = None, empty: bool = False) -> str:
    """A string; `pattern` must match all of it; NUL is refused because no database takes it."""
    value = _present(found, name)
    if not isinstance(value, str) or "\0" in value or (not value and not empty):
        raise MessageDamaged("field-invalid", name)
    if pattern is not None and not re.fullmatch(pattern, value):
        raise MessageDamaged("field-invalid", name)
    return value


def number(found: Mapping[str, Any], name: str, low: int, high: int) -> int:
    """An integer in low..high."""
    value = _present(found, name)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise MessageDamaged("field-invalid", name)
    return value


def day(found: Mapping[str, Any], name: str) -> date:
    """A full date, YYYY-MM-DD."""
    value = text(found, name, pattern=r"\d{4}-\d{2}-\d{2}")
    try:
        return date.fromisoformat(value)
    except ValueError as fault:
        raise MessageDamaged("field-invalid", name) from fault


def moment(found: Mapping[str, Any], name: str) -> str:
    """A point in time as RFC 3339 text with an offset."""
    value = text(found, name)
    try:
        known = datetime.fromisoformat(value)
    except ValueError as fault:
        raise MessageDamaged("field-invalid", name) from fault
    if known.tzinfo is None:
        raise MessageDamaged("field-invalid", name)
    return value


def octets(found: Mapping[str, Any], name: str) -> bytes:
    """Bytes carried as base64."""
    try:
        return base64.b64decode(text(found, name, empty=True), validate=True)
    except binascii.Error as fault:
        raise MessageDamaged("field-invalid", name) from fault


def objects(found: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects."""
    value = _present(found, name)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise MessageDamaged("field-invalid", name)
    return value


def mapping(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    """One object."""
    value = _present(found, name)
    if not isinstance(value, dict):
        raise MessageDamaged("field-invalid", name)
    return value


def _present(found: Mapping[str, Any], name: str) -> Any:
    if name not in found or found[name] is None:
        raise MessageDamaged("field-missing", name)
    return found[name]
