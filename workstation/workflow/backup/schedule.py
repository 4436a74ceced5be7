"""Backups by themselves: one thread that looks at the clock and makes the one that is due.

wait TICK  -> not due, or a failure not long enough ago -> wait
           -> due -> made                               -> wait
           -> due -> refused (disk away, full ...)      -> noted by make_backup; again after RETRY
stop       ends a backup under way at its next step; what it had written is removed
"""

from __future__ import annotations

import logging
import threading
import time
import traceback

from workstation import clock
from workstation.database.backup_records import MADE, key_in_use, last_backup_event
from workstation.database.outbox import highest_sequence
from workstation.domain.permissions import Verb
from workstation.domain.refused import Refused
from workstation.workflow.backup.make import MadeBackup, make_backup
from workstation.workflow.backup.plan import is_due
from workstation.workflow.backup.position import Position, keep_position, kept_position
from workstation.workflow.backup.view import plan_here
from workstation.workflow.office import Office, SignedIn, ask

log = logging.getLogger(__name__)

TICK_SECONDS = 30.0
RETRY_SECONDS = 900.0


class _Stopped(Exception):
    """The office is being closed."""


class BackupSchedule:
    """Owns the thread "backup-schedule". Stop it before the store is closed."""

    def __init__(
        self, office: Office, *, tick_seconds: float = TICK_SECONDS, retry_seconds: float = RETRY_SECONDS
    ) -> None:
        self._office = office
        self._tick_seconds = tick_seconds
        self._retry_seconds = retry_seconds
        self._free_at = 0.0
        self._known = -1
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backup-schedule")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and waits for it."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(self._tick_seconds):
            try:
                self._keep_position()
                self._look()
            except _Stopped:
                return
            except Refused:
                self._free_at = time.monotonic() + self._retry_seconds
            except Exception as fault:
                self._free_at = time.monotonic() + self._retry_seconds
                # The text of an exception may hold personal data; where it arose does not.
                places = "".join(traceback.format_tb(fault.__traceback__))
                log.error("the backup met an unexpected %s\n%s", type(fault).__name__, places)

    def _look(self) -> None:
        office, plan = self._office, plan_here(self._office)
        if plan is None or time.monotonic() < self._free_at:
            return
        made, key = office.store.read(lambda c: (last_backup_event(c, MADE), key_in_use(c)))
        if key is not None and is_due(plan, clock.now(), made.at if made is not None else None):
            make_backup(office, plan.folder, actor=office.station.id, tick=self._go_on)

    def _keep_position(self) -> None:
        """So that the folder knows it when the database can no longer be read."""
        highest = self._office.store.read(highest_sequence)
        if highest > self._known:
            self._known = highest
            kept, station = kept_position(self._office.data), self._office.station
            if kept is None or kept.outbox < highest:
                name = f"{station.office_code}-{station.station_code}"
                keep_position(self._office.data, Position(name, highest))

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise _Stopped


def backup_now(office: Office, who: SignedIn) -> MadeBackup | None:
    """The backup that the schedule would make, because `who` asks for it; None where no folder is set up.

    Raises Refused ROLE_NOT_ALLOWED and as make_backup.
    """
    ask(office, who, Verb.MAKE_BACKUP)
    plan = plan_here(office)
    return None if plan is None else make_backup(office, plan.folder, actor=who.operator.id)
