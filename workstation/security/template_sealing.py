"""Fingerprint templates of operators at rest: AES-256-GCM, bound to whose finger and which one it is.

A row that was changed, cut short, or put under another operator's name or another finger does not open.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_LENGTH = 32
_NONCE = 12


class TemplateMoved(Exception):
    """The sealed bytes were changed, or belong to another operator, finger or key."""


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_LENGTH)


def seal_template(key: bytes, template: bytes, operator_id: str, position: int) -> bytes:
    """Nonce (12 bytes), then the ciphertext with its tag (16 bytes): 28 bytes more than `template`."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, template, _place(operator_id, position))


def open_template(key: bytes, sealed: bytes, operator_id: str, position: int) -> bytes:
    """The template. Raises TemplateMoved."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _place(operator_id, position))
    except (InvalidTag, ValueError) as error:
        raise TemplateMoved from error


def _place(operator_id: str, position: int) -> bytes:
    return f"lao-id-workstation operator finger 1 {operator_id} {position}".encode()
