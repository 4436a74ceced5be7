"""Telling the registry which card layouts two people of the centre have approved.

approved   -> told, repeated until it is answered: the publication's id makes repeats harmless
answered   -> sent; the layout comes back signed, in the feed
refused    -> kept with the refusal: a person looks, and it is not told again
an older registry -> knows no such operation: what is approved waits
"""

from __future__ import annotations

from workstation import clock
from workstation.database.layout_publications import Approved, approved_unsent, keep_refusal, keep_sent
from workstation.database.store import Store
from workstation.sync.errors import RegistryError, RegistryFault
from workstation.sync.registry_client import RegistryClient

_NOT_KNOWN = (404, 405)
_FINAL = (RegistryFault.REFUSED, RegistryFault.CONFLICT, RegistryFault.EXISTS)


class LayoutExchange:
    """One station's; used by the engine's thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def send(self, client: RegistryClient) -> None:
        """Tells what waits. Raises RegistryError for the line and for STOPPED; a refusal is kept, not raised."""
        for waiting in self._store.read(approved_unsent):
            try:
                client.publish_layout(_body(waiting), transaction=waiting.id)
            except RegistryError as fault:
                if fault.facts.get("status") in _NOT_KNOWN:
                    return
                if fault.code not in _FINAL:
                    raise
                self._refused(waiting, f"{fault.code.value} {fault.facts.get('number', '')}".strip())
            else:
                self._sent(waiting)

    def _sent(self, waiting: Approved) -> None:
        self._store.write(lambda tx: keep_sent(tx, waiting.id, at=clock.now()))

    def _refused(self, waiting: Approved, code: str) -> None:
        self._store.write(lambda tx: keep_refusal(tx, waiting.id, code))


def _body(waiting: Approved) -> dict[str, str | bytes]:
    return {
        "layout": waiting.name,
        "document": waiting.document,
        "proposedBy": waiting.proposed_by,
        "proposedRole": waiting.proposed_role,
        "approvedBy": waiting.approved_by,
        "approvedRole": waiting.approved_role,
    }
