"""Having the audit trail's checkpoints countersigned: after each look at the feed, when there is something new.

nothing new           -> nothing is said
new entries           -> a checkpoint over them, then all that wait are sent (repeated until answered)
answered              -> each countersignature is checked under the registry's key and kept; the key met first stays
refused               -> an audit entry says so, once in each run of the program; the rest of the sync goes on
an older registry     -> knows no such operation: the checkpoints wait
"""

from __future__ import annotations

from workstation import clock
from workstation.database import Connection
from workstation.database import audit_checkpoints as held
from workstation.database.audit import write_audit
from workstation.database.audit_checkpoints import Unsent
from workstation.database.moves import Actor
from workstation.database.station import registry_url
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.interchange.audit_checkpoint import Submission
from workstation.security.checkpoints import Checkpoint, countersignature_holds
from workstation.sync.errors import RegistryError, RegistryFault
from workstation.sync.registry_client import RegistryClient


class CheckpointExchange:
    """One station's; used by the engine's thread."""

    def __init__(self, store: Store, actor: Actor) -> None:
        self._store = store
        self._actor = actor
        # Nothing is sent again before the trail has grown beyond what was refused.
        self._refused_at = 0
        self._disputed = False

    def send(self, client: RegistryClient) -> None:
        """Sends what waits. Raises RegistryError for the line and for STOPPED; a refusal is kept, not raised."""
        station = self._actor.station_id
        last = self._store.read(lambda connection: held.last_entry(connection, station))
        if last is None or last[0] <= self._refused_at:
            return
        waiting = self._store.read(lambda connection: held.unsent(connection, station))
        if not waiting.checkpoints and last[0] <= waiting.previous:
            return
        self._store.write(lambda tx: held.close_trail(tx, station, at=clock.now()))
        waiting = self._store.read(lambda connection: held.unsent(connection, station))
        while waiting.checkpoints:
            try:
                self._send(client, waiting)
            except RegistryError as fault:
                if fault.code not in (RegistryFault.REFUSED, RegistryFault.UNKNOWN, RegistryFault.CONFLICT):
                    raise
                self._keep_refusal(fault)
                return
            waiting = self._store.read(lambda connection: held.unsent(connection, station))

    def _send(self, client: RegistryClient, waiting: Unsent) -> None:
        sent = waiting.checkpoints
        answered = client.submit_checkpoints(
            self._actor.station_id,
            Submission(sent, waiting.previous, waiting.previous_head),
            transaction=f"{self._actor.station_id}-{sent[-1].count}",
        )
        key = self._store.read(held.registry_key)
        fresh = key is None
        for asked, answer in zip(sent, answered, strict=True):
            given = answer.countersignature
            assert given is not None
            key = key or given.key
            if not countersignature_holds(answer, key):
                raise RegistryError(RegistryFault.CONFLICT, count=asked.count)

        def keep(tx: Connection) -> None:
            if fresh and key is not None:
                held.pin_registry_key(tx, key, at=clock.now())
            for answer in answered:
                if answer.countersignature is not None:
                    held.keep_countersignature(tx, answer.station_id, answer.count, answer.countersignature)

        self._store.write(keep)

    def _keep_refusal(self, fault: RegistryError) -> None:
        station, at = self._actor.station_id, clock.now()

        def verb(tx: Connection) -> int:
            if fault.code is not RegistryFault.UNKNOWN and not self._disputed:
                write_audit(
                    tx,
                    AuditTag.AUDIT_DISPUTED,
                    at=at,
                    actor=self._actor.id,
                    station_id=station,
                    object_id=station,
                    code=fault.code.value,
                    number=fault.facts.get("number"),
                )
            last = held.last_entry(tx, station)
            return last[0] if last is not None else 0

        self._refused_at = self._store.write(verb)
        self._disputed = self._disputed or fault.code is not RegistryFault.UNKNOWN


def fetch_checkpoints(store: Store, station_id: str) -> tuple[Checkpoint, ...]:
    """Everything that the registry countersigned for the station. Raises RegistryError; UNREACHABLE without a line."""
    url = store.read(registry_url)
    if not url:
        raise RegistryError(RegistryFault.UNREACHABLE)
    client = RegistryClient(url)
    try:
        return client.read_checkpoints(station_id)
    finally:
        client.close()
