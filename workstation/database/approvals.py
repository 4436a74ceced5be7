"""Approvals from elsewhere as stored: own keys (sealed), keys that are trusted, requests and whether they were used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from workstation.database.tables import UtcTime, applications, metadata, operators
from workstation.domain.stages import Stage

approval_keys = Table(
    "approval_keys",
    metadata,
    Column("operator_id", String(36), ForeignKey("operators.id"), primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

approvers = Table(
    "approvers",
    metadata,
    Column("operator_id", String(36), ForeignKey("operators.id"), primary_key=True),
    Column("office_code", String(8), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("trusted_at", UtcTime, nullable=False),
    Column("trusted_by", String(36), ForeignKey("operators.id"), nullable=False),
)

approval_requests = Table(
    "approval_requests",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, index=True),
    Column("document", LargeBinary, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("approval", LargeBinary),
    Column("used_at", UtcTime),
)


@dataclass(frozen=True)
class HeldRequest:
    """A request of this station; `used` once an approval of it was applied."""

    document: bytes
    expires_at: datetime
    used: bool


def keep_approval_key(
    tx: Connection, operator_id: str, public_key: bytes, sealed: bytes, *, at: datetime
) -> None:
    """Replaces the operator's key; what was signed with the one before is refused where the new one is trusted."""
    tx.execute(delete(approval_keys).where(approval_keys.c.operator_id == operator_id))
    tx.execute(
        insert(approval_keys).values(
            operator_id=operator_id, public_key=public_key, sealed=sealed, made_at=at
        )
    )


def sealed_approval_key(connection: Connection, operator_id: str) -> bytes | None:
    """The operator's private key under her passphrase, or None."""
    found = connection.execute(
        select(approval_keys.c.sealed).where(approval_keys.c.operator_id == operator_id)
    ).scalar_one_or_none()
    return None if found is None else bytes(found)


def trust_approver(
    tx: Connection, operator_id: str, office_code: str, public_key: bytes, *, by: str, at: datetime
) -> None:
    """From now on this key, and no earlier one, is the approver's."""
    tx.execute(delete(approvers).where(approvers.c.operator_id == operator_id))
    tx.execute(
        insert(approvers).values(
            operator_id=operator_id,
            office_code=office_code,
            public_key=public_key,
            trusted_at=at,
            trusted_by=by,
        )
    )


def trusted_key(connection: Connection, operator_id: str) -> bytes | None:
    """The approver's public key, or None when nobody here trusts one."""
    found = connection.execute(
        select(approvers.c.public_key).where(approvers.c.operator_id == operator_id)
    ).scalar_one_or_none()
    return None if found is None else bytes(found)


def add_request(
    tx: Connection, request_id: str, application_id: str, document: bytes, *, expires_at: datetime
) -> None:
    """Keeps what was asked for."""
    tx.execute(
        insert(approval_requests).values(
            id=request_id, application_id=application_id, document=document, expires_at=expires_at
        )
    )


def request_of(connection: Connection, request_id: str) -> HeldRequest | None:
    """The request of that id, or None when this station never made it."""
    row = connection.execute(select(approval_requests).where(approval_requests.c.id == request_id)).first()
    return None if row is None else HeldRequest(bytes(row.document), row.expires_at, row.used_at is not None)


def use_request(tx: Connection, request_id: str, approval: bytes, *, at: datetime) -> bool:
    """Marks it used and keeps the signed approval as evidence; False when it was used before."""
    done = tx.execute(
        update(approval_requests)
        .where(approval_requests.c.id == request_id, approval_requests.c.used_at.is_(None))
        .values(approval=approval, used_at=at)
        .returning(approval_requests.c.id)
    )
    return done.first() is not None


def approver_office(connection: Connection, operator_id: str) -> str | None:
    """Where the approver works, or None when nobody here trusts a key of hers."""
    office: str | None = connection.execute(
        select(approvers.c.office_code).where(approvers.c.operator_id == operator_id)
    ).scalar_one_or_none()
    return office


def known_approvers(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """(id, name, office code) of everybody whose key is trusted here, by name."""
    rows = connection.execute(
        select(operators.c.id, operators.c.display_name, approvers.c.office_code)
        .join(approvers, approvers.c.operator_id == operators.c.id)
        .order_by(operators.c.display_name)
    )
    return tuple((row.id, row.display_name, row.office_code) for row in rows)


def reviews_to_ask_for(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """(id, name in Lao, number) of the applications in review, the longest waiting first; at most a hundred."""
    rows = connection.execute(
        select(applications.c.id, applications.c.name_lo, applications.c.number)
        .where(applications.c.stage == Stage.REVIEW.value)
        .order_by(applications.c.stage_since)
        .limit(100)
    )
    return tuple((row.id, row.name_lo, row.number) for row in rows)
