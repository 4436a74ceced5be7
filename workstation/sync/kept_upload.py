"""What sending an item needs of the database: images, progress, and the pinned key of the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workstation import clock
from workstation.database import Connection, outbox
from workstation.database.audit import write_audit
from workstation.database.blobs import get_blob
from workstation.database.moves import Actor
from workstation.database.outbox import OutboxItem
from workstation.database.policies import policy_in_force
from workstation.database.sealed import pin_sealing_key, pinned_sealing_key, sealed_part
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.interchange.sealed_packet import SealingKey
from workstation.sync.errors import RegistryError, RegistryFault
from workstation.sync.registry_client import RegistryClient


class KeptUpload:
    """The surroundings of one outbox item (upload.Upload)."""

    def __init__(self, store: Store, item: OutboxItem, actor: Actor) -> None:
        self._store = store
        self._item = item
        self._actor = actor

    def image(self, sha256: str) -> bytes:
        return self._store.read(lambda connection: get_blob(connection, sha256))

    def sealing_key(self, client: RegistryClient) -> SealingKey | None:
        held, policy = self._store.read(lambda c: (pinned_sealing_key(c), policy_in_force(c)))
        if held is not None:
            return held
        told = client.read_sealing_key()
        if told is not None:
            self._store.write(lambda tx: self._pin(tx, told))
        elif policy.sealing_required:
            raise RegistryError(RegistryFault.SEALING_KEY_MISSING)
        return told

    def _pin(self, tx: Connection, key: SealingKey) -> None:
        at = clock.now()
        pin_sealing_key(tx, key, at=at)
        write_audit(
            tx,
            AuditTag.SEALING_KEY_PINNED,
            at=at,
            actor=self._actor.id,
            station_id=self._actor.station_id,
            object_id=key.key_id.hex(),
        )

    def sealed(self, sha256: str) -> bytes | None:
        return self._store.read(lambda connection: sealed_part(connection, self._item.application_id, sha256))

    def keep_progress(self, progress: Mapping[str, Any]) -> None:
        self._store.write(lambda tx: outbox.keep_progress(tx, self._item.id, progress))
