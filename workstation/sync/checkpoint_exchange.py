"""Having the audit trail's checkpoints countersigned: after each look at the feed, when there is something new.

nothing new           -> nothing is said
new entries           -> a checkpoint over them, then all that wait are sent (repeated until answered)
restored older copy   -> the opening of its segment is sent before any checkpoint of it
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
from workstation.database.audit_segments import keep_acceptance, openings
from workstation.database.moves import Actor
from workstation.database.station import registry_url
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.interchange.audit_checkpoint import Submission
from workstation.interchange.audit_list import Known
from workstation.interchange.audit_segment import Opening
from workstation.security.checkpoints import countersignature_holds
from workstation.security.hash_chain import GENESIS
from workstation.security.segments import FIRST, acceptance_holds
from workstation.sync.errors import RegistryError, RegistryFault
from workstation.sync.exchange import Patience
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
        opened = [one for one in self._store.read(openings) if one.acceptance is None]
        if not opened and not waiting.checkpoints and last[0] <= waiting.previous:
            return
        self._store.write(lambda tx: held.close_trail(tx, station, at=clock.now()))
        try:
            for opening in opened:
                self._open(client, opening)
            waiting = self._store.read(lambda connection: held.unsent(connection, station))
            while waiting.checkpoints:
                self._send(client, waiting)
                waiting = self._store.read(lambda connection: held.unsent(connection, station))
        except RegistryError as fault:
            if fault.code not in (RegistryFault.REFUSED, RegistryFault.UNKNOWN, RegistryFault.CONFLICT):
                raise
            self._keep_refusal(fault)

    def _open(self, client: RegistryClient, opening: Opening) -> None:
        answered = client.open_segment(opening, transaction=opening.id)
        assert answered.acceptance is not None
        key = self._store.read(held.registry_key)
        if not acceptance_holds(answered, key or answered.acceptance.key):
            raise RegistryError(RegistryFault.CONFLICT, count=opening.after)
        self._store.write(lambda tx: keep_acceptance(tx, answered))

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


def fetch_checkpoints(store: Store, station_id: str) -> Known:
    """Everything that the registry countersigned and accepted for the station.

    Raises RegistryError; UNREACHABLE without a line.
    """
    url = store.read(registry_url)
    if not url:
        raise RegistryError(RegistryFault.UNREACHABLE)
    client = RegistryClient(url)
    try:
        return client.read_checkpoints(station_id)
    finally:
        client.close()


def trail_known(registry_url: str, station_id: str) -> tuple[int, bytes] | None:
    """The last entry of the station's trail that the registry countersigned: how many there were and the hash; (0, -)
    when it never did. None when it cannot be asked."""
    try:
        client = RegistryClient(registry_url, Patience(connect=5.0, silence=10.0, whole=20.0))
    except ValueError:
        return None
    try:
        known = client.read_checkpoints(station_id)
    except RegistryError:
        return None
    finally:
        client.close()
    segment = known.openings[-1].id if known.openings else FIRST
    last = max(
        (one for one in known.checkpoints if one.segment == segment), key=lambda one: one.count, default=None
    )
    if last is not None:
        return last.count, last.head
    return (known.openings[-1].after, known.openings[-1].head) if known.openings else (0, GENESIS)
