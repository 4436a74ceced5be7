"""Pictures and documents by their SHA-256: the same bytes are kept once."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, insert, select, update

from workstation.database.tables import blobs


def put_blob(tx: Connection, content: bytes, mime: str) -> str:
    """Keeps `content` and returns its SHA-256 in hex."""
    digest = hashlib.sha256(content).hexdigest()
    held = tx.execute(
        select(func.length(blobs.c.content)).where(blobs.c.sha256 == digest)
    ).scalar_one_or_none()
    if held is None:
        tx.execute(insert(blobs).values(sha256=digest, mime=mime, content=content))
    elif held == 0:
        tx.execute(update(blobs).where(blobs.c.sha256 == digest).values(content=content))
    return digest


def empty_blob(tx: Connection, sha256: str) -> None:
    """Deletes the bytes for good; their hash and media type stay as the trace of what was held."""
    tx.execute(update(blobs).where(blobs.c.sha256 == sha256).values(content=b""))


def holds_blob(connection: Connection, sha256: str) -> bool:
    """Whether the bytes with that SHA-256 (hex) are here, and were not deleted."""
    found = select(blobs.c.sha256).where(blobs.c.sha256 == sha256, func.length(blobs.c.content) > 0)
    return connection.execute(found).first() is not None


def get_blob(connection: Connection, sha256: str) -> bytes:
    """The bytes with that SHA-256 (hex). KeyError if the database does not hold them (any more)."""
    content = connection.execute(select(blobs.c.content).where(blobs.c.sha256 == sha256)).scalar_one_or_none()
    if not content:
        raise KeyError(sha256)
    return bytes(content)


def get_mime(connection: Connection, sha256: str) -> str:
    """The media type (RFC 6838) under which the bytes were kept. KeyError if they are not."""
    mime = connection.execute(select(blobs.c.mime).where(blobs.c.sha256 == sha256)).scalar_one_or_none()
    if mime is None:
        raise KeyError(sha256)
    return str(mime)
