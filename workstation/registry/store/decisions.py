"""Decisions, the feed that tells them, and the numbers they hand out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from workstation.interchange import decision
from workstation.interchange.decision import Decision
from workstation.registry.store.enrolments import Held
from workstation.registry.store.tables import decisions, enrolments, feed, series


def undecided(connection: Connection) -> list[Held]:
    """Finalized enrolments without a decision, in the order they were finalized."""
    rows = connection.execute(
        select(enrolments.c.id, enrolments.c.status, enrolments.c.body)
        .outerjoin(decisions, decisions.c.enrolment_id == enrolments.c.id)
        .where(enrolments.c.status == "FINALIZED", decisions.c.enrolment_id.is_(None))
        .order_by(enrolments.c.finalized_at, enrolments.c.id)
    )
    return [Held(*row) for row in rows]


def next_seq(connection: Connection) -> int:
    """The place in the feed that `add` must use next; holds because one transaction writes at a time."""
    last = connection.scalar(select(feed.c.seq).order_by(feed.c.seq.desc()).limit(1))
    return (last or 0) + 1


def next_number(connection: Connection, name: str) -> int:
    """The next number, from 1, of the series `name`; never given twice once committed."""
    last = connection.scalar(select(series.c.last).where(series.c.name == name))
    if last is None:
        connection.execute(insert(series).values(name=name, last=1))
        return 1
    connection.execute(update(series).where(series.c.name == name).values(last=last + 1))
    return int(last) + 1


def add(connection: Connection, made: Decision) -> None:
    """Keeps `made` and appends it to the feed."""
    accepted = made.outcome == "accepted"
    connection.execute(
        insert(decisions).values(
            enrolment_id=made.enrolment_id,
            outcome=made.outcome,
            identity_number=made.identity_number if accepted else None,
            document_number=made.document_number if accepted else None,
            issue_date=made.issue_date if accepted else None,
            expiry_date=made.expiry_date if accepted else None,
            reason=None if accepted else made.reason,
        )
    )
    connection.execute(
        insert(feed).values(seq=made.seq, event_id=made.event_id, event=decision.to_event(made))
    )


def decision_on(connection: Connection, enrolment_id: str) -> dict[str, Any] | None:
    """The decision's columns by name."""
    row = (
        connection.execute(select(decisions).where(decisions.c.enrolment_id == enrolment_id))
        .mappings()
        .first()
    )
    return None if row is None else dict(row)
