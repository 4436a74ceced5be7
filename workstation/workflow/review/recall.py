"""Whether an approval can still be recalled, until when and by whom; and which application is reviewed next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.outbox import held_until
from workstation.database.reviews import waiting_for
from workstation.database.station import operator_by_id
from workstation.domain.operator import Role
from workstation.domain.stages import Stage
from workstation.workflow.office import Office, SignedIn


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
        row = application(connection, application_id)
        until = held_until(connection, application_id, clock.now())
        if until is None or row.stage is not Stage.DECISION:
            return None
        approver = operator_by_id(connection, row.approved_by or "")
        own = approver is not None and approver.id == who.operator.id and approver.role is Role.SUPERVISOR
        return Held(until, own, "" if approver is None else approver.display_name)

    return office.store.read(query)


def next_to_review(office: Office, who: SignedIn, after: str = "") -> str | None:
    """The id of the application that she reviews next: the one that waits behind `after`, from the top at the end.

    Those that she captured herself are left out. None when no other waits.
    """
    waiting = office.store.read(lambda connection: waiting_for(connection, who.operator.id))
    place = waiting.index(after) + 1 if after in waiting else 0
    onward = [one for one in (*waiting[place:], *waiting[:place]) if one != after]
    return onward[0] if onward else None
