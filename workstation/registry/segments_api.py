"""Where a station whose older copy was restored begins a new segment of its audit trail (extensions.yaml).

The station states it, signed, in the name of a supervisor who showed who she is; the registry asks the table of
permissions again, keeps what it held of the segments before, and says how far that reached. What it holds of entries
that the copy took over must agree: a segment bends nothing that comes before it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter

from workstation import clock
from workstation.domain.permissions import Verb, may
from workstation.interchange import audit_segment
from workstation.interchange.audit_checkpoint import Checkpoint
from workstation.interchange.audit_segment import FIRST, FIRST_NUMBER, Opening
from workstation.interchange.errors import MessageDamaged
from workstation.registry.checkpoints_api import StationId, station_key
from workstation.registry.enrolment_api import JsonObject, Store, TransactionId
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.role_rules import role_of
from workstation.registry.store import audit_checkpoints

router = APIRouter(prefix="/v1/audit-segments")


@router.post("/{station_id}")
def open_segment(
    station_id: StationId, transaction_id: TransactionId, body: JsonObject, store: Store
) -> dict[str, Any]:
    """The opening with the registry's acceptance; the same again is answered alike."""
    try:
        sent = audit_segment.from_document(body)
    except MessageDamaged as fault:
        raise RegistryRefusal(RefusalCode.MALFORMED, fault.field) from fault
    at = clock.now().isoformat()
    with store.write() as connection:
        held = audit_checkpoints.checkpoints_of(connection, station_id)
        segments = audit_checkpoints.segments_of(connection, station_id)
        for known in segments:
            if known.id == sent.id:
                if replace(known, acceptance=None) != sent:
                    raise RegistryRefusal(RefusalCode.AUDIT_TRAIL_DIFFERS, "id")
                return audit_segment.to_document(known)
        _require_acceptable(station_id, sent, held, segments)
        before = segments[-1].id if segments else FIRST
        accepted = audit_segment.accepted(
            sent,
            audit_checkpoints.signing_key(connection, at),
            number=FIRST_NUMBER + 1 + len(segments),
            held=max((one.count for one in held if one.segment == before), default=0),
            at=at,
        )
        audit_checkpoints.add_segment(connection, accepted)
    return audit_segment.to_document(accepted)


def _require_acceptable(
    station_id: str, sent: Opening, held: list[Checkpoint], segments: list[Opening]
) -> None:
    key = station_key(held, segments) or sent.key
    if sent.acceptance is not None or sent.station_id != station_id:
        raise RegistryRefusal(RefusalCode.MALFORMED, "segment")
    if sent.key != key or not audit_segment.opening_holds(sent):
        raise RegistryRefusal(RefusalCode.CHECKPOINT_UNSIGNED, "signature")
    role = role_of(sent.role)
    if role is None or not may(role, Verb.RESTORE_OLDER):
        raise RegistryRefusal(RefusalCode.ROLE_NOT_ALLOWED, "role")
    if not _agrees(sent.after, sent.head, held):
        raise RegistryRefusal(RefusalCode.AUDIT_TRAIL_DIFFERS, "head")
    if not _agrees(sent.known, sent.known_head, held):
        raise RegistryRefusal(RefusalCode.AUDIT_TRAIL_DIFFERS, "knownHead")


def _agrees(count: int, head: bytes, held: list[Checkpoint]) -> bool:
    """Whether nothing is held at that count, or in some segment just that."""
    heads = [one.head for one in held if one.count == count]
    return not heads or head in heads
