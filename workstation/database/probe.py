"""Whether the open database still answers and can still be written to, without changing anything in it."""

from __future__ import annotations

import os
from concurrent.futures import TimeoutError as Late

from sqlalchemy.exc import DBAPIError

from workstation.database.store import Store
from workstation.database.tables import station
from workstation.database.transaction import StoreClosed
from workstation.domain.refused import Reason, Refused

# A little longer than a writer waits for another program's lock.
PATIENCE = 12.0
_NAMES = {
    Reason.DATABASE_BUSY: "busy",
    Reason.SERVER_AWAY: "away",
    Reason.OUTCOME_UNKNOWN: "away",
}


def database_fault(store: Store, patience: float = PATIENCE) -> str | None:
    """ "closed", "busy" (another program holds it), "read-only", "away" (the office's server), "unreadable", or None
    when all is well.

    Takes the writer's place in the queue once, so it waits for what is being written, `patience` seconds at most.
    """
    try:
        if store.read(lambda connection: connection.execute(station.select()).first()) is None:
            return "unreadable"
        taken = store.submit(lambda tx: None)
        taken.result(patience)
    except StoreClosed:
        return "closed"
    except Late:
        return "busy"
    except Refused as refused:
        return _NAMES.get(refused.reason, "unreadable")
    except DBAPIError:
        return "unreadable"
    # On a server the attempt itself left the writer's mark.
    return None if store.shared or os.access(store.path, os.W_OK) else "read-only"
