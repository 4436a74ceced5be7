"""Applications: starting one, its draft and its fields, the registry's decision, the queue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from workstation.database.backup_records import first_free
from workstation.database.claims import refuse_late
from workstation.database.search_index import index_fields, index_identity_number, index_number
from workstation.database.tables import applicants, applications, drafts, numbering
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage


@dataclass(frozen=True)
class ApplicationRow:
    """One application as stored, without pictures. Dates of the card are ISO 8601, `expiry_date` may be "lifetime"."""

    id: str
    number: str
    kind: str
    stage: Stage
    version: int
    policy_version: str
    created_at: datetime
    created_by: str
    stage_since: datetime
    returned: bool
    approved_by: str | None
    name_lo: str
    name_latin: str
    birth_date: str
    village: str
    identity_number: str | None
    document_number: str | None
    issue_date: str | None
    expiry_date: str | None
    card_signature: str | None
    ending: str | None


_COLUMNS = [applications.c[name] for name in ApplicationRow.__dataclass_fields__]


def _row(row: Row[Any]) -> ApplicationRow:
    values = row._asdict()
    values["stage"] = Stage(values["stage"])
    return ApplicationRow(**values)


def next_ordinal(tx: Connection, day: date) -> int:
    """The next number of that office day, from 1; never given twice, also not after a restoration."""
    key = day.isoformat()
    last = tx.execute(select(numbering.c.last).where(numbering.c.day == key)).scalar_one_or_none()
    if last is None:
        given = first_free(tx, day)
        tx.execute(insert(numbering).values(day=key, last=given))
        return given
    given = max(int(last) + 1, first_free(tx, day))
    tx.execute(update(numbering).where(numbering.c.day == key).values(last=given))
    return given


def add_application(
    tx: Connection, application_id: str, number: str, *, kind: str, policy_version: str, by: str, at: datetime
) -> None:
    """Begins an application at intake with an empty draft."""
    tx.execute(
        insert(applications).values(
            id=application_id,
            number=number,
            kind=kind,
            stage=Stage.INTAKE.value,
            version=1,
            policy_version=policy_version,
            created_at=at,
            created_by=by,
            stage_since=at,
            returned=False,
            name_lo="",
            name_latin="",
            name_sort_key=b"",
            birth_date="",
            village="",
        )
    )
    index_number(tx, application_id, number)


def application(connection: Connection, application_id: str) -> ApplicationRow:
    """Raises Refused NO_SUCH_APPLICATION."""
    row = connection.execute(select(*_COLUMNS).where(applications.c.id == application_id)).first()
    if row is None:
        raise Refused(Reason.NO_SUCH_APPLICATION)
    return _row(row)


def require_stage(connection: Connection, application_id: str, *stages: Stage) -> ApplicationRow:
    """The application, which must be at one of `stages`. Raises Refused MOVE_NOT_ALLOWED."""
    found = application(connection, application_id)
    if found.stage not in stages:
        raise Refused(Reason.MOVE_NOT_ALLOWED, stage=found.stage.value)
    return found


def keep_draft(
    tx: Connection, application_id: str, fields: Mapping[str, str], *, by: str, at: datetime
) -> None:
    """Keeps what has been typed so far; no audit, no outbox. Raises Overtaken, which puts late words aside."""
    refuse_late(tx, application_id, by, at=at, fields=fields)
    text = json.dumps(dict(fields), ensure_ascii=False, sort_keys=True)
    kept = tx.execute(
        update(drafts)
        .where(drafts.c.application_id == application_id)
        .values(fields=text, saved_at=at, saved_by=by)
    )
    if not kept.rowcount:
        tx.execute(
            insert(drafts).values(application_id=application_id, fields=text, saved_at=at, saved_by=by)
        )
    index_fields(tx, application_id, fields, accepted=False)


def draft_fields(connection: Connection, application_id: str) -> dict[str, str] | None:
    """The draft as last typed, or None when nothing is unfinished."""
    text = connection.execute(
        select(drafts.c.fields).where(drafts.c.application_id == application_id)
    ).scalar_one_or_none()
    return None if text is None else dict(json.loads(text))


def accepted_fields(connection: Connection, application_id: str) -> dict[str, str]:
    """The applicant's fields as the completed intake left them; empty before that."""
    text = connection.execute(
        select(applicants.c.fields).where(applicants.c.application_id == application_id)
    ).scalar_one_or_none()
    return {} if text is None else dict(json.loads(text))


def accept_fields(
    tx: Connection,
    application_id: str,
    fields: Mapping[str, str],
    *,
    name_lo: str,
    name_latin: str,
    sort_key: bytes,
) -> None:
    """Turns the draft into the applicant's fields."""
    text = json.dumps(dict(fields), ensure_ascii=False, sort_keys=True)
    kept = tx.execute(
        update(applicants).where(applicants.c.application_id == application_id).values(fields=text)
    )
    if not kept.rowcount:
        tx.execute(insert(applicants).values(application_id=application_id, fields=text))
    tx.execute(delete(drafts).where(drafts.c.application_id == application_id))
    tx.execute(
        update(applications)
        .where(applications.c.id == application_id)
        .values(
            name_lo=name_lo,
            name_latin=name_latin,
            name_sort_key=sort_key,
            birth_date=fields.get("birth_date", ""),
            village=fields.get("village", ""),
        )
    )
    index_fields(tx, application_id, fields, accepted=True)


def keep_approver(tx: Connection, application_id: str, operator_id: str | None) -> None:
    """Who approved it last; None after a recall."""
    tx.execute(
        update(applications).where(applications.c.id == application_id).values(approved_by=operator_id)
    )


def keep_acceptance(
    tx: Connection,
    application_id: str,
    *,
    identity_number: str,
    document_number: str,
    issue_date: str,
    expiry_date: str,
    card_signature: str,
) -> None:
    """What the registry decided for the card: numbers, dates (ISO 8601 or "lifetime"), signed card code."""
    tx.execute(
        update(applications)
        .where(applications.c.id == application_id)
        .values(
            identity_number=identity_number,
            document_number=document_number,
            issue_date=issue_date,
            expiry_date=expiry_date,
            card_signature=card_signature,
        )
    )
    index_identity_number(tx, application_id, identity_number)


def keep_ending(tx: Connection, application_id: str, reason: str) -> None:
    """Why it ended without a card: the registry's, the reviewer's or the person's own reason."""
    tx.execute(update(applications).where(applications.c.id == application_id).values(ending=reason))


def stage_counts(connection: Connection) -> dict[Stage, int]:
    """How many applications are at each stage; stages with none are absent."""
    rows = connection.execute(
        select(applications.c.stage, func.count().label("count")).group_by(applications.c.stage)
    )
    return {Stage(row.stage): row._mapping["count"] for row in rows}


def list_applications(
    connection: Connection, stages: tuple[Stage, ...], limit: int
) -> tuple[ApplicationRow, ...]:
    """Returned work first, then the longest wait."""
    rows = connection.execute(
        select(*_COLUMNS)
        .where(applications.c.stage.in_([stage.value for stage in stages]))
        .order_by(applications.c.returned.desc(), applications.c.stage_since, applications.c.number)
        .limit(limit)
    )
    return tuple(_row(row) for row in rows)
