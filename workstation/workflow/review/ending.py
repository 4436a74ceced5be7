"""How an application ended: the reason that was written down, who ended it, and when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.audit import audit_of
from workstation.database.station import operator_by_id
from workstation.domain.audit import AuditTag
from workstation.domain.stages import ENDS
from workstation.workflow.office import Office


@dataclass(frozen=True)
class Ending:
    """`reason` may be empty; `by` is a display name, empty when the registry ended it."""

    reason: str
    by: str
    at: datetime


def ending(office: Office, application_id: str) -> Ending | None:
    """None while it goes on. Raises Refused NO_SUCH_APPLICATION."""

    def query(connection: Connection) -> Ending | None:
        row = application(connection, application_id)
        if row.stage not in ENDS:
            return None
        moves = [
            entry
            for entry in audit_of(connection, application_id)
            if entry.tag is AuditTag.APPLICATION_MOVED and json.loads(entry.facts)["to"] == row.stage.value
        ]
        by = operator_by_id(connection, moves[-1].actor) if moves else None
        return Ending(row.ending or "", "" if by is None else by.display_name, row.stage_since)

    return office.store.read(query)
