"""Values that are sealed by us where the database itself is not: images, templates and private keys on a server.

On SQLite the whole file is encrypted, and here they pass through as they are. The engine of a server carries the seal
(postgresql.py). Each value is bound to its `place`, the table and the row where it belongs.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, insert, select

from workstation.database.tables import metadata
from workstation.domain.refused import Reason, Refused
from workstation.security.office_seal import OfficeSeal, SealBroken

# One row: it opens under the key of this office and no other.
seal_check = Table(
    "seal_check",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)
_KNOWN, _PLACE = b"lao-id-workstation", "seal_check 1"


def _seal(connection: Connection) -> OfficeSeal | None:
    found: OfficeSeal | None = connection.get_execution_options().get("seal")
    return found


def as_kept(connection: Connection, value: bytes, place: str) -> bytes:
    """The value as it is written to `place`; nothing stays nothing."""
    seal = _seal(connection)
    return value if seal is None or not value else seal.seal(value, place)


def as_was(connection: Connection, held: bytes, place: str) -> bytes:
    """What was written to `place`. Raises Refused DATABASE_DAMAGED: changed on the server, or of another place."""
    seal = _seal(connection)
    if seal is None or not held:
        return held
    try:
        return seal.open(held, place)
    except SealBroken as error:
        raise Refused(Reason.DATABASE_DAMAGED, place=place.split()[0]) from error


def require_own_key(tx: Connection) -> None:
    """On a server: this office's key is the one its values are sealed with. Raises Refused SERVER_UNSUITABLE (what
    "key")."""
    held = tx.scalar(select(seal_check.c.sealed))
    if held is None:
        tx.execute(insert(seal_check).values(id=1, sealed=as_kept(tx, _KNOWN, _PLACE)))
        return
    try:
        as_was(tx, held, _PLACE)
    except Refused as error:
        raise Refused(Reason.SERVER_UNSUITABLE, what="key", found="") from error
