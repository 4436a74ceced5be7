"""The sync engine: one thread that sends the outbox and takes in the feed.

    each item      WAITING -> begun, in one transaction -> (steps of upload.py) -> SENT
                   WAITING -> recalled before it was begun -> RECALLED: never sent (the reviewer's verb, not ours)
                   WAITING -> passing fault   -> WAITING, not before a doubling, jittered, capped wait
                   WAITING -> refused         -> REFUSED: a person looks, the rest goes on
                   WAITING -> conflict        -> CONFLICT: a person looks, the rest goes on
    order          per application by the outbox's sequence; an unsent item holds back its own application only
    the line       a line fault ends the round: whoever is next would fail alike. The failed item waits longer than the
                   round does, so the next round begins with another one.
    layouts        what the centre approved is told before the look at the feed (layout_exchange.py)
    feed           after sending: page by page, each event with the cursor in one transaction (decision_feed.py)
    audit          then: checkpoints of the audit trail, to be countersigned (checkpoint_exchange.py)
    approvals      last: letters to other offices (approval_exchange.py); theirs come with the feed
    one for all    on a server one station at a time does a round for the office; its outbox and feed are the office's
    stop           the request under way is cut off; its step is repeated at the next start

The wait of an item lives in its outbox row and survives a restart; the wait of the line lives here only.
"""

from __future__ import annotations

import logging
import random
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from workstation import clock
from workstation.database import Connection, outbox
from workstation.database.audit import write_audit
from workstation.database.layouts import layout_faults_of
from workstation.database.moves import Actor
from workstation.database.outbox import OutboxItem, OutboxKind, OutboxState
from workstation.database.outbox_mending import add_missing_roles
from workstation.database.sent_forms import form_faults_of
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Role
from workstation.sync import decision_feed
from workstation.sync.approval_exchange import ApprovalExchange
from workstation.sync.back_off import BackOff
from workstation.sync.checkpoint_exchange import CheckpointExchange
from workstation.sync.errors import LINE_FAULTS, RegistryError, RegistryFault
from workstation.sync.kept_upload import KeptUpload
from workstation.sync.layout_exchange import LayoutExchange
from workstation.sync.position_exchange import PositionExchange
from workstation.sync.registry_client import RegistryClient
from workstation.sync.status import SyncStatus
from workstation.sync.upload import send_card_issued, send_card_withdrawn, send_enrolment

log = logging.getLogger(__name__)

INTERNAL_ERROR = "internal-error"
REGISTRY_ACTOR = "registry"
_SENDERS = {
    OutboxKind.ENROLMENT: send_enrolment,
    OutboxKind.CARD_ISSUED: send_card_issued,
    OutboxKind.CARD_WITHDRAWN: send_card_withdrawn,
}


class SyncEngine:
    """Owns the thread "sync-engine" and the connection to the registry.

    Stop it before the store is closed. `on_change` is called on the engine's thread.
    """

    def __init__(
        self,
        store: Store,
        registry_url: str,
        station_id: str,
        *,
        on_change: Callable[[SyncStatus], None] | None = None,
        poll_seconds: float = 10.0,
        tick_seconds: float = 1.0,
        item_back_off: BackOff | None = None,
        line_back_off: BackOff | None = None,
        connect: Callable[[str], RegistryClient] = RegistryClient,
    ) -> None:
        """`poll_seconds` between looks at the feed, `tick_seconds` between looks at the outbox.

        ValueError for an address that is not http:// or https://.
        """
        self._store = store
        self._client = connect(registry_url)
        self._actor = Actor(REGISTRY_ACTOR, Role.REGISTRY, station_id)
        self._checkpoints = CheckpointExchange(store, self._actor)
        self._position = PositionExchange(store)
        self._approvals = ApprovalExchange(store, self._actor)
        self._layouts = LayoutExchange(store)
        self._on_change = on_change
        self._poll_seconds = poll_seconds
        self._tick_seconds = tick_seconds
        self._item_back_off = item_back_off or BackOff()
        # The line is tried often, one connection at a time; half the item's first step, so that the next round begins
        # with another item than the one that failed.
        self._line_back_off = line_back_off or BackOff(first=0.5, most=30.0)
        self._chance = random.Random()
        self._line_failures = 0
        self._line_free_at = 0.0
        self._poll_at = 0.0
        self._hurry = False
        self._paused = False
        self._stopping = False
        self._woken = threading.Event()
        # What the engine knows, and what it last told: a status is told whole, never half old.
        self._found = self._status = SyncStatus(None, False, 0, None, 0, None, None)
        self._thread = threading.Thread(target=self._run, name="sync-engine")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and waits for it; a request under way is cut off."""
        self._stopping = True
        self._client.abort()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def wake(self) -> None:
        """Try now whatever waits: something was written, the line is back, or a person asked."""
        self._hurry = True
        self._woken.set()

    def pause(self) -> None:
        """Begins nothing new until `resume`; an item under way is finished."""
        self._paused = True
        self._woken.set()

    def resume(self) -> None:
        self._paused = False
        self.wake()

    def status(self) -> SyncStatus:
        """As last told; never waits."""
        return self._status

    def _run(self) -> None:
        mended = False
        try:
            while not self._stopping:
                self._woken.clear()
                try:
                    with self._store.only_one("sync") as ours:
                        if ours and not mended:
                            self._mend_older()
                            mended = True
                        if ours:
                            self._round()
                    self._publish()
                except Exception as fault:
                    self._report(fault)
                    self._line_failed()
                    self._tell(replace(self._found, last_error=INTERNAL_ERROR))
                self._woken.wait(self._tick_seconds)
        finally:
            self._client.close()

    def _round(self) -> None:
        if self._hurry:
            self._hurry = False
            self._line_free_at = self._poll_at = 0.0
            self._store.write(lambda tx: outbox.hurry(tx, now=clock.now()))
        if self._paused or self._stopping or time.monotonic() < self._line_free_at:
            return
        self._mend_reset_clock()
        try:
            if self._send_due():
                self._poll_at = 0.0
            if time.monotonic() >= self._poll_at and not self._stopping:
                self._layouts.send(self._client)
                while decision_feed.pull(self._client, self._store, self._actor) and not self._stopping:
                    self._contact()
                self._checkpoints.send(self._client)
                self._position.send(self._client)
                self._approvals.send(self._client)
                self._contact()
                self._poll_at = time.monotonic() + self._poll_seconds
        except RegistryError as fault:
            if fault.code is RegistryFault.STOPPED:
                return
            self._line_failed()
            online = False if fault.code in LINE_FAULTS else self._found.online
            self._found = replace(self._found, online=online, last_error=fault.code.value)

    def _send_due(self) -> int:
        """Sends what is due; how many items were settled. Raises RegistryError for line faults and STOPPED."""
        settled = 0
        while not (self._stopping or self._paused):
            item = self._next_begun()
            if item is None:
                break
            self._publish()
            try:
                _SENDERS[item.kind](
                    self._client,
                    item.message,
                    item.progress,
                    KeptUpload(self._store, item, self._actor),
                    transaction=item.id,
                )
            except RegistryError as fault:
                settled += self._failed(item, fault)
            except Exception as fault:
                self._report(fault)
                self._wait_longer(item, INTERNAL_ERROR)
            else:
                self._contact()
                self._settle(item, OutboxState.SENT, None)
                settled += 1
        return settled

    def _next_begun(self) -> OutboxItem | None:
        # Looking costs no transaction of the writer; taking is one, so that a recall comes before it or too late.
        if self._store.read(lambda connection: outbox.next_due(connection, clock.now())) is None:
            return None
        return self._store.write(lambda tx: outbox.begin_next(tx, clock.now()))

    def _failed(self, item: OutboxItem, fault: RegistryError) -> int:
        if fault.code is RegistryFault.STOPPED:
            raise fault
        if fault.passing:
            self._wait_longer(item, fault.code.value)
            if fault.code in LINE_FAULTS:
                raise fault
            return 0
        number = fault.facts.get("number")
        said = fault.code.value if number is None else f"{fault.code.value} {number}"
        conflict = fault.code is RegistryFault.CONFLICT
        self._settle(item, OutboxState.CONFLICT if conflict else OutboxState.REFUSED, said)
        return 1

    def _settle(self, item: OutboxItem, state: OutboxState, error: str | None) -> None:
        tag = AuditTag.OUTBOX_SENT if state is OutboxState.SENT else AuditTag.OUTBOX_REFUSED
        at = clock.now()

        def verb(tx: Connection) -> None:
            outbox.settle(tx, item.id, state, at=at, error=error)
            write_audit(
                tx,
                tag,
                at=at,
                actor=self._actor.id,
                station_id=self._actor.station_id,
                object_id=item.application_id,
                kind=item.kind.value,
                state=state.value,
                error=error,
            )

        self._store.write(verb)

    def _wait_longer(self, item: OutboxItem, error: str) -> None:
        wait = self._item_back_off.seconds(item.attempts + 1, self._chance)
        not_before = clock.now() + timedelta(seconds=wait)
        self._store.write(lambda tx: outbox.keep_attempt(tx, item.id, error, not_before=not_before))
        self._found = replace(self._found, last_error=error)

    def _mend_older(self) -> None:
        """What an earlier version left in the outbox is completed once, before anything is sent."""
        actor = self._actor
        self._store.write(
            lambda tx: add_missing_roles(tx, actor=actor.id, station_id=actor.station_id, at=clock.now())
        )

    def _mend_reset_clock(self) -> None:
        """A clock that was set back must not keep the outbox waiting for the day it had before."""
        now = clock.now()
        soonest = self._store.read(outbox.next_time)
        if soonest is not None and soonest > now + timedelta(seconds=2 * self._item_back_off.most):
            self._store.write(lambda tx: outbox.hurry(tx, now=now))

    def _line_failed(self) -> None:
        self._line_failures += 1
        wait = self._line_back_off.seconds(self._line_failures, self._chance)
        self._line_free_at = time.monotonic() + wait

    def _contact(self) -> None:
        self._line_failures = 0
        self._found = replace(self._found, online=True, last_error=None, last_contact=clock.now())

    def _publish(self) -> None:
        held, faults, layouts = self._store.read(
            lambda c: (outbox.summary(c), form_faults_of(c), layout_faults_of(c))
        )
        self._tell(
            replace(
                self._found,
                paused=self._paused,
                waiting=held.waiting,
                oldest_since=held.oldest_since,
                held=held.held,
                refused_forms=tuple((fault.kind, fault.code) for fault in faults),
                refused_layouts=tuple((fault.name, fault.code) for fault in layouts),
            )
        )

    def _tell(self, status: SyncStatus) -> None:
        before = self._status
        self._found = self._status = status
        shown = replace(status, last_contact=None)
        if self._on_change is not None and shown != replace(before, last_contact=None):
            self._on_change(status)

    def _report(self, fault: Exception) -> None:
        # The text of an exception may hold personal data; where it arose does not.
        places = "".join(traceback.format_tb(fault.__traceback__))
        log.error("synchronisation met an unexpected %s\n%s", type(fault).__name__, places)
