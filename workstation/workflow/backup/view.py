"""What the backup page and the pre-flight show: the last backup, the last failure, the last test, the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation import clock
from workstation.database import Connection
from workstation.database.backup_records import (
    FAILED,
    MADE,
    TESTED,
    BackupEvent,
    key_in_use,
    last_backup_event,
)
from workstation.domain.permissions import Verb
from workstation.domain.station import Work
from workstation.security.backup_sealing import key_id
from workstation.settings import SettingsDamaged, load_settings
from workstation.workflow.backup.plan import Plan, plan_of, standing, test_is_due
from workstation.workflow.office import Office, SignedIn, acting


@dataclass(frozen=True)
class BackupView:
    """`standing` is as plan.standing says it; `failed` only when nothing was made since; `key` None before there is
    one."""

    standing: str
    key: str | None
    plan: Plan | None
    made: BackupEvent | None
    failed: BackupEvent | None
    tested: BackupEvent | None
    test_due: bool
    now: datetime


def plan_here(office: Office) -> Plan | None:
    """The schedule in this computer's settings."""
    try:
        return plan_of(load_settings(office.data))
    except (SettingsDamaged, OSError):
        return None


def _view(office: Office, connection: Connection) -> BackupView:
    now, plan, public = clock.now(), plan_here(office), key_in_use(connection)
    made, failed, tested = (last_backup_event(connection, kind) for kind in (MADE, FAILED, TESTED))
    real = office.station.work is Work.REAL
    made_at = made.at if made is not None else None
    return BackupView(
        standing(plan, has_key=public is not None, real=real, made=made_at, now=now),
        None if public is None else key_id(public),
        plan,
        made,
        failed if failed is not None and (made_at is None or failed.at > made_at) else None,
        tested,
        test_is_due(tested.at if tested is not None else None, now),
        now,
    )


def backup_view(office: Office, who: SignedIn) -> BackupView:
    """Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> BackupView:
        acting(connection, office, who, Verb.LOOK_AT_BACKUPS)
        return _view(office, connection)

    return office.store.read(query)


def backup_standing(office: Office, connection: Connection) -> tuple[str, int]:
    """For the pre-flight: what is to be said, and the days since the last backup."""
    if office.store.shared:
        # Whoever looks after the server makes its backups, and the finding about the database says so.
        return "ok", 0
    seen = _view(office, connection)
    return seen.standing, 0 if seen.made is None else max(0, (seen.now - seen.made.at).days)
