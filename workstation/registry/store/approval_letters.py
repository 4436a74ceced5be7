"""Letters about approvals in the registry's database: each stands in the feed once, for the office it is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from uuid6 import uuid7

from workstation.interchange.approval_letter import Letter, LetterArrived, LetterKind, to_event
from workstation.interchange.canonical import sha256_hex
from workstation.registry.store.decisions import next_seq
from workstation.registry.store.tables import approval_letters, feed


@dataclass(frozen=True)
class Known:
    """What the registry holds about one request."""

    request: Letter | None
    answer: Letter | None


def known_about(connection: Connection, request_id: str) -> Known:
    """The request of that id and its answer, as far as they were sent."""
    rows = connection.execute(select(approval_letters).where(approval_letters.c.request_id == request_id))
    held = [
        Letter(
            row.id,
            LetterKind(row.kind),
            row.request_id,
            row.from_office,
            row.to_office,
            row.approver,
            row.expires_at,
            bytes(row.document),
        )
        for row in rows
    ]
    requests = [one for one in held if one.kind is LetterKind.REQUEST]
    answers = [one for one in held if one.kind is not LetterKind.REQUEST]
    return Known(requests[0] if requests else None, answers[0] if answers else None)


def request_digest(request: Letter) -> str:
    """What an answer must name."""
    return sha256_hex(request.document)


def add(connection: Connection, letter: Letter, *, now: datetime) -> None:
    """Appends it to the feed; letters whose time is over leave it, and with them what they said of people."""
    seq = next_seq(connection)
    told = LetterArrived(str(uuid7()), seq, letter)
    connection.execute(insert(feed).values(seq=seq, event_id=told.event_id, event=to_event(told)))
    connection.execute(
        insert(approval_letters).values(
            id=letter.id,
            request_id=letter.request_id,
            kind=letter.kind.value,
            from_office=letter.from_office,
            to_office=letter.to_office,
            approver=letter.approver,
            expires_at=letter.expires_at,
            document=letter.document,
            seq=seq,
        )
    )
    _forget_late(connection, now, below=seq)


def _forget_late(connection: Connection, now: datetime, *, below: int) -> None:
    # The newest event stays: the feed's end must never go back.
    held = connection.execute(
        select(approval_letters.c.seq, approval_letters.c.expires_at).where(approval_letters.c.seq < below)
    )
    late = [row.seq for row in held if datetime.fromisoformat(row.expires_at) < now]
    connection.execute(delete(feed).where(feed.c.seq.in_(late)))
    connection.execute(delete(approval_letters).where(approval_letters.c.seq.in_(late)))
