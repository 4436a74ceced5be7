"""Where finished cards are filed, which lie ready, and which nobody collected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from workstation.database.hand_over_tables import filed_cards, parcel_cards, parcels
from workstation.database.tables import applications, card_jobs
from workstation.domain.card import CardState
from workstation.domain.hand_over import BoxPlace, HandOverRules
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage

_TRIES = 20


@dataclass(frozen=True)
class ReadyCard:
    """One finished card that waits for its person; `since` it waits. `seal` names the parcel it left in, or None."""

    application_id: str
    job_id: str
    number: str
    name_lo: str
    name_latin: str
    birth_date: str
    village: str
    since: datetime
    place: BoxPlace | None
    seal: str | None


_PLACE = (filed_cards.c.box, filed_cards.c.row, filed_cards.c.position)
_READY = (
    select(
        applications.c.id,
        card_jobs.c.id.label("job_id"),
        applications.c.number,
        applications.c.name_lo,
        applications.c.name_latin,
        applications.c.birth_date,
        applications.c.village,
        applications.c.stage_since,
        *_PLACE,
        parcels.c.seal,
    )
    .select_from(applications)
    .join(
        card_jobs,
        (card_jobs.c.application_id == applications.c.id) & (card_jobs.c.state != CardState.VOID.value),
    )
    .outerjoin(filed_cards, filed_cards.c.job_id == card_jobs.c.id)
    .outerjoin(parcel_cards, parcel_cards.c.job_id == card_jobs.c.id)
    .outerjoin(parcels, parcels.c.id == parcel_cards.c.parcel_id)
    .where(applications.c.stage == Stage.HAND_OVER.value)
)


def _place(box: int | None, row: int | None, position: int | None) -> BoxPlace | None:
    if box is None or row is None or position is None:
        return None
    return BoxPlace(box, row, position)


def _ready(row: Sequence[Any]) -> ReadyCard:
    application_id, job_id, number, lo, latin, birth, village, since, box, line, position, seal = row
    place = _place(box, line, position)
    return ReadyCard(application_id, job_id, number, lo, latin, birth, village, since, place, seal)


def ready_cards(
    connection: Connection, *, before: datetime | None = None, limit: int = 2000
) -> tuple[ReadyCard, ...]:
    """Cards that lie here: what is not filed yet first, then in the order of the boxes. `before`: those that have
    waited since before that moment."""
    # What left in a parcel is no longer here.
    wanted = _READY.where(parcel_cards.c.job_id.is_(None))
    if before is not None:
        wanted = wanted.where(applications.c.stage_since < before)
    ordered = wanted.order_by(
        filed_cards.c.box.is_not(None), *_PLACE, applications.c.stage_since, applications.c.number
    )
    return tuple(_ready(row) for row in connection.execute(ordered.limit(limit)))


def ready_card(connection: Connection, application_id: str) -> ReadyCard | None:
    """The card of that application, where it waits or in which parcel it left; None: no card waits."""
    row = connection.execute(_READY.where(applications.c.id == application_id)).first()
    return None if row is None else _ready(row)


def place_of(connection: Connection, job_id: str) -> BoxPlace | None:
    """Where the job's card is filed."""
    row = connection.execute(select(*_PLACE).where(filed_cards.c.job_id == job_id)).first()
    return None if row is None else BoxPlace(*row)


def free_place(connection: Connection, rules: HandOverRules) -> BoxPlace:
    """The first place in the order of the boxes where no card is."""
    proposed = rules.next_place(None)
    for row in connection.execute(select(*_PLACE).order_by(*_PLACE)):
        taken = BoxPlace(*row)
        if taken > proposed:
            break
        # A box divided otherwise before: what lies beyond today's rows takes no place of them.
        if taken == proposed:
            proposed = rules.next_place(proposed)
    return proposed


def file_card(
    tx: Connection, job_id: str, place: BoxPlace | None, rules: HandOverRules, *, by: str, at: datetime
) -> BoxPlace:
    """Files the card there, or at the first free place; filed before, it is moved. Raises Refused BOX_PLACE_TAKEN."""
    for _ in range(_TRIES):
        wanted = place or free_place(tx, rules)
        try:
            with tx.begin_nested():
                _file(tx, job_id, wanted, by=by, at=at)
        except IntegrityError:
            # Another station has just put a card there.
            if place is not None:
                break
        else:
            return wanted
    raise Refused(Reason.BOX_PLACE_TAKEN, place=wanted.text)


def _file(tx: Connection, job_id: str, place: BoxPlace, *, by: str, at: datetime) -> None:
    values = {
        "box": place.box,
        "row": place.row,
        "position": place.position,
        "filed_at": at,
        "filed_by": by,
    }
    if not tx.execute(update(filed_cards).where(filed_cards.c.job_id == job_id).values(**values)).rowcount:
        tx.execute(insert(filed_cards).values(job_id=job_id, **values))


def take_out(tx: Connection, job_id: str) -> None:
    """The card leaves its place: given away, sent away, void or destroyed."""
    tx.execute(delete(filed_cards).where(filed_cards.c.job_id == job_id))
