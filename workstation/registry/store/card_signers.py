"""The keys that sign the code on the cards. One is made at the first start and kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert, select

from workstation.registry.store.tables import card_signers


@dataclass(frozen=True)
class CardSigner:
    """`key_id` goes into the COSE header (kid)."""

    key_id: bytes
    key: Ed25519PrivateKey


def make_first(connection: Connection, at: str) -> None:
    """Makes a key when there is none. Its id is the first 8 bytes of the SHA-256 of the public key."""
    if connection.scalar(select(card_signers.c.key_id).limit(1)) is not None:
        return
    key = Ed25519PrivateKey.generate()
    key_id = hashlib.sha256(key.public_key().public_bytes_raw()).digest()[:8]
    connection.execute(
        insert(card_signers).values(key_id=key_id.hex(), private_key=key.private_bytes_raw(), made_at=at)
    )


def signers(connection: Connection) -> list[CardSigner]:
    """All keys; the last one signs."""
    rows = connection.execute(
        select(card_signers.c.key_id, card_signers.c.private_key).order_by(card_signers.c.made_at)
    )
    return [
        CardSigner(bytes.fromhex(key_id), Ed25519PrivateKey.from_private_bytes(key)) for key_id, key in rows
    ]
