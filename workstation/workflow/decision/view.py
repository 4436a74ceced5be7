"""How far the registry's decision is: what was sent, since when it is awaited, what went wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.outbox import OutboxKind, OutboxState, outbox_of
from workstation.domain.stages import Stage
from workstation.workflow.office import Office


class Waiting(StrEnum):
    """SENDING: on its way; WAITING: the registry has it; HELD: a person must look; DECIDED: the answer is here."""

    SENDING = "sending"
    WAITING = "waiting"
    HELD = "held"
    DECIDED = "decided"


@dataclass(frozen=True)
class DecisionView:
    """`last_error` is the registry error's code of the last attempt; `refusal` the registry's own reason."""

    state: Waiting
    since: datetime
    attempts: int
    last_error: str | None
    identity_number: str | None
    refusal: str | None


def view(office: Office, application_id: str) -> DecisionView:
    """Raises Refused NO_SUCH_APPLICATION."""

    def query(connection: Connection) -> DecisionView:
        row = application(connection, application_id)
        items = [i for i in outbox_of(connection, application_id) if i.kind is OutboxKind.ENROLMENT]
        newest = items[-1] if items else None
        if row.stage is not Stage.DECISION:
            state = Waiting.DECIDED
        elif newest is None or newest.state is OutboxState.WAITING:
            state = Waiting.SENDING
        elif newest.state is OutboxState.SENT:
            state = Waiting.WAITING
        else:
            state = Waiting.HELD
        return DecisionView(
            state,
            row.stage_since,
            0 if newest is None else newest.attempts,
            None if newest is None else newest.last_error,
            row.identity_number,
            row.ending if row.stage is Stage.REFUSED_BY_REGISTRY else None,
        )

    return office.store.read(query)
