"""Pictures and documents by their SHA-256: the same bytes are kept once, on a server sealed."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, insert, select, update

from workstation.database.office_values import as_kept, as_was
from workstation.database.tables import blobs
from workstation.domain.refused import Reason, Refused


def _place(sha256: str) -> str:
    return f"blobs {sha256}"


def put_blob(tx: Connection, content: bytes, mime: str) -> str:
    """Keeps `content` and returns its SHA-256 in hex."""
    digest = hashlib.sha256(content).hexdigest()
    held = tx.execute(
        select(func.length(blobs.c.content)).where(blobs.c.sha256 == digest)
    ).scalar_one_or_none()
    if held is None:
        kept = as_kept(tx, content, _place(digest))
        tx.execute(insert(blobs).values(sha256=digest, mime=mime, content=kept))
    elif held == 0:
        kept = as_kept(tx, content, _place(digest))
        tx.execute(update(blobs).where(blobs.c.sha256 == digest).values(content=kept))
    return digest


def empty_blob(tx: Connection, sha256: str) -> None:
    """Deletes the bytes for good; their hash and media type stay as the trace of what was held."""
    tx.execute(update(blobs).where(blobs.c.sha256 == sha256).values(content=b""))


def holds_blob(connection: Connection, sha256: str) -> bool:
    """Whether the bytes with that SHA-256 (hex) are here, and were not deleted."""
    found = select(blobs.c.sha256).where(blobs.c.sha256 == sha256, func.length(blobs.c.content) > 0)
    return connection.execute(found).first() is not None


def get_blob(connection: Connection, sha256: str) -> bytes:
    """The bytes with that SHA-256 (hex). KeyError if the database does not hold them (any more).

    Raises Refused DISK_FAILING when they are not what was kept: SQLCipher gives zeros for the last page of a value
    whose HMAC does not hold, and says so to nobody.
    """
    held = connection.execute(select(blobs.c.content).where(blobs.c.sha256 == sha256)).scalar_one_or_none()
    if not held:
        raise KeyError(sha256)
    content = as_was(connection, bytes(held), _place(sha256))
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused(Reason.DISK_FAILING)
    return content


def get_mime(connection: Connection, sha256: str) -> str:
    """The media type (RFC 6838) under which the bytes were kept. KeyError if they are not."""
    mime = connection.execute(select(blobs.c.mime).where(blobs.c.sha256 == sha256)).scalar_one_or_none()
    if mime is None:
        raise KeyError(sha256)
    return str(mime)
