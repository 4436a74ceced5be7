"""The registry's feed as this station has taken it in: cursor, applied events, pinned card signers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from workstation.database.tables import card_signers, feed_cursor, inbox

_FEED = "registry"


def cursor(connection: Connection) -> int:
    """The sequence number of the last event taken in; 0 before the first."""
    held = connection.execute(
        select(feed_cursor.c.cursor).where(feed_cursor.c.feed == _FEED)
    ).scalar_one_or_none()
    return 0 if held is None else int(held)


def advance(tx: Connection, sequence: int) -> None:
    """Moves the cursor to `sequence`, never back."""
    changed = tx.execute(
        update(feed_cursor).where(feed_cursor.c.feed == _FEED).values(cursor=sequence)
    ).rowcount
    if not changed:
        tx.execute(insert(feed_cursor).values(feed=_FEED, cursor=sequence))


def is_applied(connection: Connection, event_id: str) -> bool:
    """Whether that event has had its effect already."""
    return (
        connection.execute(select(inbox.c.event_id).where(inbox.c.event_id == event_id)).first() is not None
    )


def keep_event(tx: Connection, event_id: str, sequence: int, outcome: str, *, at: datetime) -> None:
    """Remembers that the event had its effect, in the same transaction as that effect."""
    tx.execute(insert(inbox).values(event_id=event_id, sequence=sequence, outcome=outcome, applied_at=at))


def card_signer_keys(connection: Connection) -> dict[bytes, bytes]:
    """Key id -> Ed25519 public key (32 bytes) of everyone whose signature on a card this station accepts."""
    return {
        bytes.fromhex(row.key_id): bytes(row.public_key)
        for row in connection.execute(select(card_signers.c.key_id, card_signers.c.public_key))
    }


def pin_card_signer(tx: Connection, key_id: bytes, public_key: bytes, *, at: datetime) -> None:
    """Accepts that signer from now on."""
    tx.execute(insert(card_signers).values(key_id=key_id.hex(), public_key=public_key, pinned_at=at))
