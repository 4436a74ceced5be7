"""Old cards taken at the counter and cards that were recalled, until two people have cut them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from uuid6 import uuid7

from workstation.database.hand_over_tables import card_recalls, old_cards
from workstation.database.tables import applications
from workstation.domain.hand_over import OldCardState, RecallState
from workstation.domain.stages import Stage


@dataclass(frozen=True)
class OldCard:
    """`application_id` and `application_number` are of the application whose new card was given for it; `job_id` only
    of a recalled card of this office; `number` may be empty: old cards do not all have one that can be read."""

    id: str
    application_id: str
    application_number: str
    name_lo: str
    job_id: str | None
    number: str
    state: OldCardState
    reason: str
    taken_at: datetime


@dataclass(frozen=True)
class Recall:
    """A delivered card that is wrong: `application_id` is its own, `correction_id` that of the one that mends it."""

    application_id: str
    stage: Stage
    code: str
    note: str
    state: RecallState
    correction_id: str
    at: datetime
    by: str


@dataclass(frozen=True)
class RecallRow:
    """A recall as the list shows it."""

    recall: Recall
    number: str
    name_lo: str
    name_latin: str
    document_number: str
    correction_number: str
    correction_stage: Stage


def add_old_card(
    tx: Connection,
    application_id: str,
    *,
    state: OldCardState,
    number: str = "",
    reason: str = "",
    job_id: str | None = None,
    by: str,
    at: datetime,
) -> str:
    """Keeps that it was taken, or why it was not; returns its id."""
    card_id = str(uuid7())
    tx.execute(
        insert(old_cards).values(
            id=card_id,
            application_id=application_id,
            job_id=job_id,
            number=number.strip(),
            state=state.value,
            reason=reason.strip(),
            taken_at=at,
            taken_by=by,
        )
    )
    return card_id


_CARDS = (
    select(
        old_cards.c.id,
        old_cards.c.application_id,
        applications.c.number.label("application_number"),
        applications.c.name_lo,
        old_cards.c.job_id,
        old_cards.c.number,
        old_cards.c.state,
        old_cards.c.reason,
        old_cards.c.taken_at,
    )
    .join(applications, applications.c.id == old_cards.c.application_id)
    .order_by(old_cards.c.taken_at, old_cards.c.id)
)


def cards_at(connection: Connection, state: OldCardState, limit: int = 2000) -> tuple[OldCard, ...]:
    """The old cards of that state, oldest first."""
    rows = connection.execute(_CARDS.where(old_cards.c.state == state.value).limit(limit))
    return tuple(OldCard(*row[:6], OldCardState(row[6]), *row[7:]) for row in rows)


def old_card_of(connection: Connection, application_id: str) -> OldCard | None:
    """The card that was taken, or told to be absent, when that application's new card was given."""
    row = connection.execute(_CARDS.where(old_cards.c.application_id == application_id)).first()
    return None if row is None else OldCard(*row[:6], OldCardState(row[6]), *row[7:])


def cut_cards(tx: Connection, ids: Collection[str], *, by: str, second: str, at: datetime) -> int:
    """Two people have cut these; how many of them were not cut before."""
    return tx.execute(
        update(old_cards)
        .where(old_cards.c.id.in_(ids), old_cards.c.state == OldCardState.TAKEN.value)
        .values(state=OldCardState.CUT.value, cut_at=at, cut_by=by, cut_second=second)
    ).rowcount


def earlier_document_number(connection: Connection, application_id: str) -> str:
    """The number of the newest card that this office gave to the same person before; "" where it knows none."""
    asked = applications.alias("asked")
    own = select(asked.c.identity_number).where(asked.c.id == application_id)
    found = connection.execute(
        select(applications.c.document_number)
        .where(
            applications.c.identity_number == own.scalar_subquery(),
            applications.c.id != application_id,
            applications.c.stage == Stage.CLOSED.value,
            applications.c.document_number.is_not(None),
        )
        .order_by(applications.c.stage_since.desc())
        .limit(1)
    ).scalar_one_or_none()
    return found or ""


_RECALL = tuple(card_recalls.c[name] for name in Recall.__dataclass_fields__)


def _recall(
    application_id: str, stage: str, code: str, note: str, state: str, correction: str, at: datetime, by: str
) -> Recall:
    return Recall(application_id, Stage(stage), code, note, RecallState(state), correction, at, by)


def add_recall(tx: Connection, recall: Recall) -> None:
    tx.execute(
        insert(card_recalls).values(
            application_id=recall.application_id,
            stage=recall.stage.value,
            code=recall.code,
            note=recall.note,
            state=recall.state.value,
            correction_id=recall.correction_id,
            at=recall.at,
            by=recall.by,
        )
    )


def recall_of(connection: Connection, application_id: str) -> Recall | None:
    """The recall of that application's card."""
    row = connection.execute(select(*_RECALL).where(card_recalls.c.application_id == application_id)).first()
    return None if row is None else _recall(*row)


def recall_mended_by(connection: Connection, correction_id: str) -> Recall | None:
    """The recall that this application mends."""
    row = connection.execute(select(*_RECALL).where(card_recalls.c.correction_id == correction_id)).first()
    return None if row is None else _recall(*row)


def recalls(connection: Connection, limit: int = 500) -> tuple[RecallRow, ...]:
    """Open ones first, the newest at the top."""
    wrong, mending = applications.alias("wrong"), applications.alias("mending")
    found = connection.execute(
        select(
            *_RECALL,
            wrong.c.number,
            wrong.c.name_lo,
            wrong.c.name_latin,
            wrong.c.document_number,
            mending.c.number,
            mending.c.stage,
        )
        .join(wrong, wrong.c.id == card_recalls.c.application_id)
        .join(mending, mending.c.id == card_recalls.c.correction_id)
        .order_by(card_recalls.c.state != RecallState.OPEN.value, card_recalls.c.at.desc())
        .limit(limit)
    )
    rows = []
    for row in found:
        number, name_lo, name_latin, document, correction, stage = row[len(_RECALL) :]
        recall = _recall(*row[: len(_RECALL)])
        rows.append(RecallRow(recall, number, name_lo, name_latin, document or "", correction, Stage(stage)))
    return tuple(rows)


def set_recall_state(tx: Connection, application_id: str, state: RecallState) -> None:
    tx.execute(
        update(card_recalls).where(card_recalls.c.application_id == application_id).values(state=state.value)
    )
