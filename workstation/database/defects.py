"""Defects that a reviewer named when returning an application; mended when that stage is completed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from uuid6 import uuid7

from workstation.database.tables import defects, operators
from workstation.domain.stages import Stage


@dataclass(frozen=True)
class Defect:
    """One open defect: stage, code and place as in `domain/defects.py`, the reviewer's note and name."""

    stage: Stage
    code: str
    note: str
    raised_by_name: str
    raised_at: datetime
    place: str = ""


def raise_defect(
    tx: Connection,
    application_id: str,
    stage: Stage,
    code: str,
    note: str,
    *,
    by: str,
    at: datetime,
    place: str = "",
) -> None:
    tx.execute(
        insert(defects).values(
            id=str(uuid7()),
            application_id=application_id,
            stage=stage.value,
            code=code,
            place=place,
            note=note,
            raised_by=by,
            raised_at=at,
        )
    )


def mend_defects(tx: Connection, application_id: str, stage: Stage, *, at: datetime) -> None:
    """The stage was completed again: its defects are mended."""
    tx.execute(
        update(defects)
        .where(
            defects.c.application_id == application_id,
            defects.c.stage == stage.value,
            defects.c.mended_at.is_(None),
        )
        .values(mended_at=at)
    )


def open_defects(connection: Connection, application_id: str) -> tuple[Defect, ...]:
    """The defects still to mend, oldest first."""
    rows = connection.execute(
        select(defects, operators.c.display_name)
        .join(operators, operators.c.id == defects.c.raised_by)
        .where(defects.c.application_id == application_id, defects.c.mended_at.is_(None))
        .order_by(defects.c.raised_at, defects.c.id)
    )
    return tuple(
        Defect(Stage(row.stage), row.code, row.note, row.display_name, row.raised_at, row.place)
        for row in rows
    )


def is_defective(connection: Connection, application_id: str) -> bool:
    """Whether a defect is still to mend."""
    found = (
        select(defects.c.id)
        .where(defects.c.application_id == application_id, defects.c.mended_at.is_(None))
        .limit(1)
    )
    return connection.execute(found).first() is not None
