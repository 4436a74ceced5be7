"""Card layouts for tests: the shipped ones changed, pinned to their fonts, and signed as a registry would."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from printing.specification import built_in_document
from workstation.interchange.signed_layout import SignedLayout, sign_layout

NAME = "national-id-1"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY_ID = bytes(8)
PUBLIC = KEY.public_key().public_bytes_raw()


def changed_layout(change: Callable[[dict[str, Any]], object] = lambda data: None, name: str = NAME) -> bytes:
    """The shipped layout with `change` made to its document."""
    data: dict[str, Any] = json.loads(built_in_document(name))
    change(data)
    return json.dumps(data, ensure_ascii=False).encode()


def element(data: dict[str, Any], name: str) -> dict[str, Any]:
    """The element of that id."""
    found: dict[str, Any] = next(e for side in ("front", "back") for e in data[side] if e["id"] == name)
    return found


def newer(version: int = 2, valid_from: str = "2026-01-01", colour: str = "#000000") -> bytes:
    """A later version of the shipped layout that looks different."""

    def change(data: dict[str, Any]) -> None:
        data.update(version=version, valid_from=valid_from)
        element(data, "name-lo")["colour"] = colour

    return changed_layout(change)


def signed(document: bytes, name: str = NAME, key: Ed25519PrivateKey = KEY) -> SignedLayout:
    """Under the tests' key."""
    return sign_layout(name, document, key_id=KEY_ID, key=key)
