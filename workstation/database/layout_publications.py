"""Layouts that the centre is about to publish: proposed, approved by a second person, sent to the registry."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from uuid6 import uuid7

from printing.specification import CardLayout
from workstation.database.layout_tables import card_layouts, layout_publications
from workstation.database.moves import Actor


@dataclass(frozen=True)
class Publication:
    """`state`: proposed, approved (waits for the registry), sent, or refused by the registry (`refusal` says why)."""

    id: str
    name: str
    version: int
    sha256: str
    state: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    refusal: str | None

    @property
    def label(self) -> str:
        """`name@version`."""
        return f"{self.name}@{self.version}"


@dataclass(frozen=True)
class Approved:
    """What the registry is told: the document and the two people with their roles."""

    id: str
    name: str
    document: bytes
    proposed_by: str
    proposed_role: str
    approved_by: str
    approved_role: str


def next_version(connection: Connection, name: str) -> int:
    """One more than any version of `name` held or proposed here."""
    highest = [
        connection.execute(select(func.max(table.c.version)).where(table.c.name == name)).scalar_one()
        for table in (card_layouts, layout_publications)
    ]
    return max(version or 0 for version in highest) + 1


def add_publication(
    tx: Connection, layout: CardLayout, document: bytes, by: Actor, *, at: datetime
) -> Publication:
    """Keeps what was proposed."""
    publication_id = str(uuid7())
    tx.execute(
        insert(layout_publications).values(
            id=publication_id,
            name=layout.name,
            version=layout.version,
            document=document,
            proposed_by=by.id,
            proposed_role=by.role.value,
            proposed_at=at,
        )
    )
    return _whole(tx, publication_id)


def keep_approval(tx: Connection, publication_id: str, by: Actor, *, at: datetime) -> Publication:
    """The second person agreed."""
    _set(tx, publication_id, approved_by=by.id, approved_role=by.role.value, approved_at=at)
    return _whole(tx, publication_id)


def keep_sent(tx: Connection, publication_id: str, *, at: datetime) -> None:
    """The registry has it."""
    _set(tx, publication_id, sent_at=at)


def keep_refusal(tx: Connection, publication_id: str, code: str) -> None:
    """The registry does not take it: a person looks."""
    _set(tx, publication_id, refusal=code[:60])


def forget_publication(tx: Connection, publication_id: str) -> None:
    """It was withdrawn."""
    tx.execute(delete(layout_publications).where(layout_publications.c.id == publication_id))


def publication(connection: Connection, publication_id: str) -> Publication | None:
    """That one, or None."""
    row = connection.execute(
        select(layout_publications).where(layout_publications.c.id == publication_id)
    ).first()
    return None if row is None else _publication(row)


def publications(connection: Connection) -> tuple[Publication, ...]:
    """All, the newest first."""
    rows = connection.execute(select(layout_publications).order_by(layout_publications.c.id.desc()))
    return tuple(_publication(row) for row in rows)


def document_of(connection: Connection, publication_id: str) -> bytes | None:
    """What was proposed, or None."""
    document = connection.execute(
        select(layout_publications.c.document).where(layout_publications.c.id == publication_id)
    ).scalar_one_or_none()
    return None if document is None else bytes(document)


def approved_unsent(connection: Connection) -> tuple[Approved, ...]:
    """What the registry must still be told, in order."""
    table = layout_publications
    rows = connection.execute(
        select(table)
        .where(table.c.approved_by.is_not(None), table.c.sent_at.is_(None), table.c.refusal.is_(None))
        .order_by(table.c.id)
    )
    return tuple(
        Approved(
            row.id,
            row.name,
            bytes(row.document),
            row.proposed_by,
            row.proposed_role,
            row.approved_by,
            row.approved_role,
        )
        for row in rows
    )


def _whole(tx: Connection, publication_id: str) -> Publication:
    row = tx.execute(select(layout_publications).where(layout_publications.c.id == publication_id)).one()
    return _publication(row)


def _set(tx: Connection, publication_id: str, **values: Any) -> None:
    tx.execute(update(layout_publications).where(layout_publications.c.id == publication_id).values(**values))


def _publication(row: Any) -> Publication:
    if row.refusal is not None:
        state = "refused"
    elif row.sent_at is not None:
        state = "sent"
    else:
        state = "proposed" if row.approved_by is None else "approved"
    return Publication(
        row.id,
        row.name,
        row.version,
        hashlib.sha256(bytes(row.document)).hexdigest(),
        state,
        row.proposed_by,
        row.proposed_at,
        row.approved_by,
        row.approved_at,
        row.refusal,
    )
