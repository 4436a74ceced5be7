"""What the office does by itself while it is open: one thread that makes due backups and deletes what has served.

wait TICK  -> the position is kept beside the database; a due backup is made; biometrics that are due are deleted
           -> refused or failed (disk away, full ...): noted by the duty, which rests for RETRY; the others go on
stop       ends a backup under way at its next step; what it had written is removed
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable

from workstation.database.audit_checkpoints import last_vouched
from workstation.database.outbox import highest_sequence
from workstation.domain.refused import Refused
from workstation.workflow.backup.position import Position, farther, keep_position, kept_position
from workstation.workflow.backup.schedule import make_due_backup
from workstation.workflow.office import Office
from workstation.workflow.retention import delete_due_biometrics

log = logging.getLogger(__name__)

TICK_SECONDS = 30.0
RETRY_SECONDS = 900.0
# What is due is counted in days; looking once an hour costs nothing and reaches a station that is never switched off.
DELETION_SECONDS = 3600.0


class _Stopped(Exception):
    """The office is being closed."""


class Upkeep:
    """Owns the thread "upkeep". Stop it before the store is closed."""

    def __init__(
        self,
        office: Office,
        *,
        tick_seconds: float = TICK_SECONDS,
        retry_seconds: float = RETRY_SECONDS,
        deletion_seconds: float = DELETION_SECONDS,
    ) -> None:
        self._office = office
        self._tick_seconds = tick_seconds
        self._retry_seconds = retry_seconds
        self._deletion_seconds = deletion_seconds
        self._free_at: dict[str, float] = {}
        self._known: tuple[int, tuple[int, bytes]] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep")

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
                self._do("position", self._keep_position)
                self._do("backup", self._make_backup)
                self._do("deletion", self._delete)
            except _Stopped:
                return

    def _do(self, name: str, duty: Callable[[], None]) -> None:
        """One duty's fault keeps no other from being done."""
        if time.monotonic() < self._free_at.get(name, 0.0):
            return
        try:
            duty()
        except _Stopped:
            raise
        except Refused:
            self._rest(name, self._retry_seconds)
        except Exception as fault:
            self._rest(name, self._retry_seconds)
            # The text of an exception may hold personal data; where it arose does not.
            places = "".join(traceback.format_tb(fault.__traceback__))
            log.error("the %s met an unexpected %s\n%s", name, type(fault).__name__, places)

    def _rest(self, name: str, seconds: float) -> None:
        self._free_at[name] = time.monotonic() + seconds

    def _make_backup(self) -> None:
        make_due_backup(self._office, tick=self._go_on)

    def _delete(self) -> None:
        delete_due_biometrics(self._office.store, self._office.station.id)
        self._rest("deletion", self._deletion_seconds)

    def _keep_position(self) -> None:
        """So that the folder knows it when the database can no longer be read."""
        station = self._office.station
        highest, vouched = self._office.store.read(
            lambda connection: (highest_sequence(connection), last_vouched(connection, station.id))
        )
        if (highest, vouched) != self._known:
            self._known = highest, vouched
            kept = kept_position(self._office.data)
            name = f"{station.office_code}-{station.station_code}"
            reached = farther(Position(name, highest, vouched[0], vouched[1].hex()), kept)
            if reached != kept:
                keep_position(self._office.data, reached)

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise _Stopped
