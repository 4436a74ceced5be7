"""The fingers with which operators sign in: sealed templates, and the digests of images that were shown before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    or_,
    select,
)

from workstation.database.office_values import as_kept, as_was
from workstation.database.sign_in_tables import operator_access
from workstation.database.tables import UtcTime, metadata, operators
from workstation.security.template_sealing import new_key, open_template, seal_template

operator_finger_keys = Table(
    "operator_finger_keys",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", LargeBinary, nullable=False),
    CheckConstraint("id = 1", name="only_one"),
)

operator_fingers = Table(
    "operator_fingers",
    metadata,
    Column("operator_id", String(36), ForeignKey("operators.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("enrolled_at", UtcTime, nullable=False),
    CheckConstraint("position BETWEEN 1 AND 10", name="position_known"),
)

operator_finger_images = Table(
    "operator_finger_images",
    metadata,
    Column("operator_id", String(36), ForeignKey("operators.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
)


_KEY_PLACE = "operator_finger_keys 1"


def _key(connection: Connection) -> bytes | None:
    found = connection.execute(select(operator_finger_keys.c.key)).scalar_one_or_none()
    return None if found is None else as_was(connection, bytes(found), _KEY_PLACE)


def put_operator_fingers(
    tx: Connection, operator_id: str, templates: Mapping[int, bytes], *, at: datetime
) -> None:
    """Replaces all of the operator's fingers: position (ISO/IEC 19794-2) -> template."""
    key = _key(tx)
    if key is None:
        key = new_key()
        tx.execute(insert(operator_finger_keys).values(id=1, key=as_kept(tx, key, _KEY_PLACE)))
    tx.execute(delete(operator_fingers).where(operator_fingers.c.operator_id == operator_id))
    for position, template in templates.items():
        sealed = seal_template(key, template, operator_id, position)
        tx.execute(
            insert(operator_fingers).values(
                operator_id=operator_id, position=position, sealed=sealed, enrolled_at=at
            )
        )


def operator_fingers_of(connection: Connection, operator_id: str) -> dict[int, bytes]:
    """Position -> template; empty for who enrolled none. Raises TemplateMoved."""
    rows = connection.execute(
        select(operator_fingers.c.position, operator_fingers.c.sealed)
        .where(operator_fingers.c.operator_id == operator_id)
        .order_by(operator_fingers.c.position)
    ).all()
    key = _key(connection) or b"\0" * 32
    return {row.position: open_template(key, bytes(row.sealed), operator_id, row.position) for row in rows}


def enrolled_positions(connection: Connection) -> dict[str, tuple[int, ...]]:
    """Operator -> positions, for everybody with enrolled fingers."""
    found: dict[str, tuple[int, ...]] = {}
    for row in connection.execute(
        select(operator_fingers.c.operator_id, operator_fingers.c.position).order_by(
            operator_fingers.c.operator_id, operator_fingers.c.position
        )
    ):
        found[row.operator_id] = (*found.get(row.operator_id, ()), row.position)
    return found


def delete_operator_fingers(tx: Connection, operator_id: str) -> int:
    """Deletes templates and what is known of images shown; how many fingers there were."""
    tx.execute(delete(operator_finger_images).where(operator_finger_images.c.operator_id == operator_id))
    gone = tx.execute(
        delete(operator_fingers)
        .where(operator_fingers.c.operator_id == operator_id)
        .returning(operator_fingers.c.position)
    )
    return len(gone.all())


def keep_image_shown(tx: Connection, operator_id: str, sha256: str) -> bool:
    """Remembers that image; False when the very same was shown before."""
    shown = operator_finger_images
    known = select(shown.c.sha256).where(shown.c.operator_id == operator_id, shown.c.sha256 == sha256)
    if tx.execute(known).first() is not None:
        return False
    tx.execute(insert(shown).values(operator_id=operator_id, sha256=sha256))
    return True


def with_ended_access(connection: Connection, today: date) -> tuple[str, ...]:
    """Who has fingers here although the access has ended before `today`, or the operator may act no more."""
    query = (
        select(operator_fingers.c.operator_id)
        .distinct()
        .join(operators, operators.c.id == operator_fingers.c.operator_id)
        .outerjoin(operator_access, operator_access.c.operator_id == operator_fingers.c.operator_id)
        .where(
            or_(
                operators.c.active.is_(False),
                operator_access.c.valid_until < today.isoformat(),
            )
        )
    )
    return tuple(connection.execute(query).scalars())
