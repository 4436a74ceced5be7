"""Whether an approval can still be recalled, until when and by whom; and which application is reviewed next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.claims import claim_first_free, silence
from workstation.database.outbox import held_until
from workstation.database.reviews import ReviewWaiting, waiting_for
from workstation.database.station import operator_by_id
from workstation.domain.permissions import Verb, may
from workstation.domain.stages import Stage
from workstation.workflow.claims import works_at
from workstation.workflow.office import Office, SignedIn, acting


@dataclass(frozen=True)
class Held:
    """An approval that is not on its way yet: sending begins at `until`; `own` when this operator may recall it,
    else `by` (a display name) may."""

    until: datetime
    own: bool
    by: str


def held(office: Office, who: SignedIn, application_id: str) -> Held | None:
    """None when there is nothing (any more) to recall. Raises Refused NO_SUCH_APPLICATION."""

    def query(connection: Connection) -> Held | None:
        acting(connection, office, who, Verb.LOOK)
        row = application(connection, application_id)
        until = held_until(connection, application_id, clock.now())
        if until is None or row.stage is not Stage.DECISION:
            return None
        approver = operator_by_id(connection, row.approved_by or "")
        own = approver is not None and approver.id == who.operator.id and may(approver.role, Verb.RECALL)
        return Held(until, own, "" if approver is None else approver.display_name)

    return office.store.read(query)


@dataclass(frozen=True)
class NextReview:
    """`application_id` is None when nothing is free; `held` is how many others colleagues work on now."""

    application_id: str | None
    held: int


def next_to_review(office: Office, who: SignedIn, after: str = "") -> NextReview:
    """The application that she reviews next, hers from now on: the one that waits behind `after`, from the top at the
    end. Who may not claim is only told of it.

    Those that she captured herself and those that somebody else works on are left out.
    """

    def query(connection: Connection) -> tuple[ReviewWaiting, ...]:
        acting(connection, office, who, Verb.LOOK)
        alive_since = clock.now() - silence(connection)
        return waiting_for(connection, who.operator.id, office.station.id, alive_since=alive_since)

    waiting = office.store.read(query)
    place = next((order + 1 for order, one in enumerate(waiting) if one.id == after), 0)
    others = [one for one in (*waiting[place:], *waiting[:place]) if one.id != after]
    free = [one.id for one in others if not one.held]
    held = len(others) - len(free)
    if not works_at(who.operator.role, Stage.REVIEW):
        return NextReview(free[0] if free else None, held)

    def verb(tx: Connection) -> str | None:
        actor = acting(tx, office, who, Verb.CLAIM)
        return claim_first_free(tx, free, operator_id=actor.id, station_id=actor.station_id, at=clock.now())

    return NextReview(office.store.write(verb, alone=False) if free else None, held)
