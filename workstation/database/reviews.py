"""What a review asks of all applications: others of the same person, the next one that waits, how one ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, or_, select

from workstation.database.claim_tables import claims
from workstation.database.tables import applicants, applications, captured_by
from workstation.domain.stages import Stage


@dataclass(frozen=True)
class OtherApplication:
    """Another application with the same number or date of birth, with the fields accepted at its intake."""

    id: str
    number: str
    stage: Stage
    created_at: datetime
    identity_number: str
    document_number: str
    fields: Mapping[str, str]


def others_born_alike(
    connection: Connection,
    application_id: str,
    *,
    birth_date: str,
    identity_number: str,
    document_number: str,
) -> tuple[OtherApplication, ...]:
    """All other applications with that date of birth (ISO 8601, maybe partial), identity or card number, newest first.

    What is empty is not looked for.
    """
    asked = {"birth_date": birth_date, "identity_number": identity_number, "document_number": document_number}
    same = [applications.c[name] == text for name, text in asked.items() if text]
    if not same:
        return ()
    rows = connection.execute(
        select(
            applications.c.id,
            applications.c.number,
            applications.c.stage,
            applications.c.created_at,
            applications.c.identity_number,
            applications.c.document_number,
            applicants.c.fields,
        )
        .join(applicants, applicants.c.application_id == applications.c.id)
        .where(applications.c.id != application_id, or_(*same))
        .order_by(applications.c.created_at.desc(), applications.c.id.desc())
    )
    return tuple(
        OtherApplication(
            row.id,
            row.number,
            Stage(row.stage),
            row.created_at,
            row.identity_number or "",
            row.document_number or "",
            json.loads(row.fields),
        )
        for row in rows
    )


@dataclass(frozen=True)
class ReviewWaiting:
    """One application at review; `held`: somebody else works on it now."""

    id: str
    held: bool


def waiting_for(
    connection: Connection, operator_id: str, station_id: str, *, alive_since: datetime
) -> tuple[ReviewWaiting, ...]:
    """The applications at review that this operator did not capture: returned first, then by waiting.

    A claim counts while its sign of life is younger than `alive_since`; the operator's own at this station never does.
    """
    own = exists().where(
        captured_by.c.application_id == applications.c.id, captured_by.c.operator_id == operator_id
    )
    others = exists().where(
        claims.c.application_id == applications.c.id,
        claims.c.seen > alive_since,
        or_(claims.c.operator_id != operator_id, claims.c.station_id != station_id),
    )
    rows = connection.execute(
        select(applications.c.id, others.label("held"))
        .where(applications.c.stage == Stage.REVIEW.value, ~own)
        .order_by(applications.c.returned.desc(), applications.c.stage_since, applications.c.number)
    )
    return tuple(ReviewWaiting(row.id, bool(row.held)) for row in rows)
