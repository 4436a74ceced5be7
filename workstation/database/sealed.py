"""The registry's pinned sealing key, and the images of approved applications sealed to it until they are sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from workstation.database.blobs import get_blob
from workstation.database.sealed_tables import registry_sealing_keys, sealed_parts
from workstation.interchange import enrolment
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.sealed_packet import SealingKey, seal_part


def pinned_sealing_key(connection: Connection) -> SealingKey | None:
    """The key that was told at the first contact; it is not asked for again."""
    public = connection.execute(select(registry_sealing_keys.c.public_key)).scalar_one_or_none()
    return None if public is None else SealingKey(bytes(public))


def pin_sealing_key(tx: Connection, key: SealingKey, *, at: datetime) -> None:
    """Keeps the registry's key for good."""
    tx.execute(
        insert(registry_sealing_keys).values(key_id=key.key_id.hex(), public_key=key.public, pinned_at=at)
    )


def seal_enrolment(tx: Connection, application_id: str, message: bytes) -> None:
    """Seals every image that the enrolment message names, when a key is pinned; what was sealed before is replaced.

    A message that cannot be read and an image that is not held are told when they are to be sent.
    """
    key = pinned_sealing_key(tx)
    if key is None:
        return
    forget_sealed(tx, application_id)
    try:
        record = enrolment.from_message(message)
        images = {p.sha256: (get_blob(tx, p.sha256), p.mime) for p in enrolment.parts(record)}
    except (MessageDamaged, KeyError):
        return
    for sha256, (image, mime) in images.items():
        sealed = seal_part(key, record.enrolment_id, image, mime)
        tx.execute(insert(sealed_parts).values(application_id=application_id, sha256=sha256, content=sealed))


def sealed_part(connection: Connection, application_id: str, sha256: str) -> bytes | None:
    """The sealed image, or None when none waits."""
    content = connection.execute(
        select(sealed_parts.c.content).where(
            sealed_parts.c.application_id == application_id, sealed_parts.c.sha256 == sha256
        )
    ).scalar_one_or_none()
    return None if content is None else bytes(content)


def forget_sealed(tx: Connection, application_id: str) -> None:
    """Removes what was sealed: the registry has it, or the approval was taken back."""
    tx.execute(delete(sealed_parts).where(sealed_parts.c.application_id == application_id))
