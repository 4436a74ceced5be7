"""The keys to which stations seal images. One is made at the first start; those before it still open."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from workstation.interchange.sealed_packet import new_registry_key, sealing_key_of
from workstation.registry.store.tables import sealing_keys


def make_first(connection: Connection, at: str) -> None:
    """Makes a key when there is none."""
    if connection.scalar(select(sealing_keys.c.key_id).limit(1)) is not None:
        return
    private = new_registry_key()
    connection.execute(
        insert(sealing_keys).values(
            key_id=sealing_key_of(private).key_id.hex(), private_key=private, made_at=at
        )
    )


def newest(connection: Connection) -> bytes:
    """The private key whose public half is told to stations."""
    statement = select(sealing_keys.c.private_key).order_by(sealing_keys.c.made_at.desc()).limit(1)
    return bytes(connection.execute(statement).scalar_one())


def private_key(connection: Connection, key_id: bytes) -> bytes | None:
    """The private key of that id, or None."""
    found = connection.scalar(select(sealing_keys.c.private_key).where(sealing_keys.c.key_id == key_id.hex()))
    return None if found is None else bytes(found)
