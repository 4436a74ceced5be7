"""Sending letters about approvals to the registry, which tells them to the office that they are for.

written      -> sent, once the registry has it; the same again is the same
refused      -> kept with the registry's reason; a person sees it on the page of approvals
too late     -> stays behind: nobody could use it; a request that came here and is too late is deleted
an older registry knows no such operation: the letters wait
"""

from __future__ import annotations

from workstation import clock
from workstation.database import Connection
from workstation.database.approval_letters import (
    HeldLetter,
    forget_late_requests,
    holds_late_requests,
    settle_letter,
    unsent_letters,
)
from workstation.database.audit import write_audit
from workstation.database.moves import Actor
from workstation.database.station import the_station
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.interchange.approval_letter import Letter
from workstation.sync.errors import RegistryError, RegistryFault
from workstation.sync.registry_client import RegistryClient

_NOT_KNOWN = (404, 405)
# The reference registry's Error.code (its extensions.yaml); another registry may send none.
_NO_SUCH_OPERATION = (None, 4013)
_FINAL = (RegistryFault.REFUSED, RegistryFault.CONFLICT, RegistryFault.EXISTS, RegistryFault.UNKNOWN)


class ApprovalExchange:
    """One station's; used by the engine's thread."""

    def __init__(self, store: Store, actor: Actor) -> None:
        self._store = store
        self._actor = actor

    def send(self, client: RegistryClient) -> None:
        """Sends what waits. Raises RegistryError for the line and for STOPPED; a refusal is kept, not raised."""
        now = clock.now()
        if self._store.read(lambda connection: holds_late_requests(connection, now)):
            self._store.write(lambda tx: forget_late_requests(tx, now))
        waiting = self._store.read(lambda connection: unsent_letters(connection, now))
        if not waiting:
            return
        office = self._store.read(the_station).office_code
        for held in waiting:
            fault: str | None = None
            try:
                client.send_approval_letter(_letter(held, office))
            except RegistryError as error:
                number = error.facts.get("number")
                if error.facts.get("status") in _NOT_KNOWN and number in _NO_SUCH_OPERATION:
                    return
                if error.code in _FINAL:
                    fault = f"{error.code.value} {number}" if number is not None else error.code.value
                else:
                    raise
            self._settle(held, fault)

    def _settle(self, held: HeldLetter, fault: str | None) -> None:
        at = clock.now()

        def verb(tx: Connection) -> None:
            settle_letter(tx, held.id, at=None if fault else at, fault=fault)
            write_audit(
                tx,
                AuditTag.APPROVAL_LETTER_SENT,
                at=at,
                actor=self._actor.id,
                station_id=self._actor.station_id,
                object_id=held.request_id,
                letter=held.kind.value,
                office=held.office_code,
                error=fault,
            )

        self._store.write(verb)


def _letter(held: HeldLetter, office: str) -> Letter:
    return Letter(
        held.id,
        held.kind,
        held.request_id,
        office,
        held.office_code,
        held.approver,
        held.expires_at.isoformat(),
        held.document,
    )
