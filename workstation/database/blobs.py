"""Pictures and documents by their SHA-256: the same bytes are kept once."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, insert, select

from workstation.database.tables import blobs


def put_blob(tx: Connection, content: bytes, mime: str) -> str:
    """Keeps `content` and returns its SHA-256 in hex."""
    digest = hashlib.sha256(content).hexdigest()
    if tx.execute(select(blobs.c.sha256).where(blobs.c.sha256 == digest)).first() is None:
        tx.execute(insert(blobs).values(sha256=digest, mime=mime, content=content))
    return digest


def get_blob(connection: Connection, sha256: str) -> bytes:
    """The bytes with that SHA-256 (hex). KeyError if the database does not hold them."""
    content = connection.execute(select(blobs.c.content).where(blobs.c.sha256 == sha256)).scalar_one_or_none()
    if content is None:
        raise KeyError(sha256)
    return bytes(content)


def get_mime(connection: Connection, sha256: str) -> str:
    """The media type (RFC 6838) under which the bytes were kept. KeyError if they are not."""
    mime = connection.execute(select(blobs.c.mime).where(blobs.c.sha256 == sha256)).scalar_one_or_none()
    if mime is None:
        raise KeyError(sha256)
    return str(mime)
