"""Backups by the plan: the one that is due, or the one that somebody asks for."""

from __future__ import annotations

from collections.abc import Callable

from workstation import clock
from workstation.database.backup_records import MADE, key_in_use, last_backup_event
from workstation.domain.permissions import Verb
from workstation.workflow.backup.make import MadeBackup, make_backup
from workstation.workflow.backup.plan import is_due
from workstation.workflow.backup.view import plan_here
from workstation.workflow.office import Office, SignedIn, ask


def make_due_backup(office: Office, *, tick: Callable[[], None]) -> bool:
    """Makes the backup that is due, in the station's name; whether one was. `tick` may end it by an exception.

    Raises Refused as make_backup.
    """
    plan = plan_here(office)
    if plan is None:
        return False
    made, key = office.store.read(lambda c: (last_backup_event(c, MADE), key_in_use(c)))
    if key is None or not is_due(plan, clock.now(), made.at if made is not None else None):
        return False
    make_backup(office, plan.folder, actor=office.station.id, tick=tick)
    return True


def backup_now(office: Office, who: SignedIn) -> MadeBackup | None:
    """The backup that the schedule would make, because `who` asks for it; None where no folder is set up.

    Raises Refused ROLE_NOT_ALLOWED and as make_backup.
    """
    ask(office, who, Verb.MAKE_BACKUP)
    plan = plan_here(office)
    return None if plan is None else make_backup(office, plan.folder, actor=who.operator.id)
