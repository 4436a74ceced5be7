"""Deleting what the station need not keep; the office's upkeep asks every hour.

An application's originals, fingerprint images and templates go once its card was handed over or it ended without one,
the policy's days are past and nothing of it waits for the registry. Nothing goes while the clock cannot be trusted.
"""

from __future__ import annotations

from datetime import timedelta

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.policies import policy_in_force
from workstation.database.retention import delete_biometrics, due_for_deletion
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Refused
from workstation.workflow.preflight.view import require_usable_clock


def delete_due_biometrics(store: Store, station_id: str) -> int:
    """Deletes what is due, in transactions of some applications each; of how many applications."""
    deleted = 0
    while batch := store.write(lambda tx: _batch(tx, station_id)):
        deleted += batch
    return deleted


def _batch(tx: Connection, station_id: str) -> int:
    days = policy_in_force(tx).keep_biometrics_days
    if days is None:
        return 0
    now = clock.now()
    due = due_for_deletion(tx, now - timedelta(days=days))
    if not due:
        return 0
    try:
        require_usable_clock(tx, station_id)
    except Refused:
        return 0
    for application_id in due:
        pictures, fingers = delete_biometrics(tx, application_id, at=now)
        write_audit(
            tx,
            AuditTag.BIOMETRICS_DELETED,
            at=now,
            actor=station_id,
            station_id=station_id,
            object_id=application_id,
            pictures=pictures,
            fingers=fingers,
        )
    return len(due)
