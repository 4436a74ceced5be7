"""Where stations have the checkpoints of their audit trails countersigned (extensions.yaml).

A station's key is the one it was met with first. What was countersigned once stays: the same again is answered alike,
another hash at the same count, or fewer entries than there were, is refused, and so the trail was bent. A trail that
goes on from an older copy does so in a new segment (segments_api.py); nothing more is taken for the one before.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path

from workstation import clock
from workstation.interchange import audit_checkpoint, audit_list
from workstation.interchange.audit_checkpoint import Checkpoint, Submission
from workstation.interchange.audit_list import Known
from workstation.interchange.audit_segment import FIRST, Opening
from workstation.interchange.errors import MessageDamaged
from workstation.registry.enrolment_api import JsonObject, Store, TransactionId
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.store import audit_checkpoints

router = APIRouter(prefix="/v1/audit-checkpoints")

StationId = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,36}$")]


@router.post("/{station_id}")
def submit_checkpoints(
    station_id: StationId, transaction_id: TransactionId, body: JsonObject, store: Store
) -> dict[str, Any]:
    """The same checkpoints with the countersignature of each."""
    try:
        sent = audit_checkpoint.from_submission(body)
    except MessageDamaged as fault:
        raise RegistryRefusal(RefusalCode.MALFORMED, fault.field) from fault
    if len(sent.checkpoints) > audit_checkpoint.MOST:
        raise RegistryRefusal(RefusalCode.TOO_LARGE, f"most {audit_checkpoint.MOST}")
    at = clock.now().isoformat()
    with store.write() as connection:
        key = audit_checkpoints.signing_key(connection, at)
        held = audit_checkpoints.checkpoints_of(connection, station_id)
        segments = audit_checkpoints.segments_of(connection, station_id)
        acceptable = _acceptable(station_id, sent, held, segments)
        fresh = [audit_checkpoint.countersigned(one, key, at) for one in acceptable]
        for one in fresh:
            audit_checkpoints.add(connection, one)
    answers = {(one.segment, one.count): one for one in (*held, *fresh)}
    return audit_list.to_document(Known(tuple(answers[one.segment, one.count] for one in sent.checkpoints)))


@router.get("/{station_id}")
def read_checkpoints(station_id: StationId, store: Store) -> dict[str, Any]:
    """Everything that was countersigned for that station: what an auditor holds against its trail."""
    with store.read() as connection:
        return audit_list.to_document(
            Known(
                tuple(audit_checkpoints.checkpoints_of(connection, station_id)),
                tuple(audit_checkpoints.segments_of(connection, station_id)),
            )
        )


def _acceptable(
    station_id: str, sent: Submission, every: list[Checkpoint], segments: list[Opening]
) -> list[Checkpoint]:
    """Those that are new. Raises RegistryRefusal when any contradicts what is held."""
    segment = segments[-1].id if segments else FIRST
    held = [one for one in every if one.segment == segment]
    heads = {one.count: one.head for one in held}
    last = held[-1].count if held else segments[-1].after + 1 if segments else 0
    key = station_key(every, segments)
    if any(one.segment != segment for one in sent.checkpoints):
        # Sent again after a restoration, or by a second copy of the station.
        raise RegistryRefusal(RefusalCode.AUDIT_TRAIL_DIFFERS, "segment")
    if sent.previous and heads.get(sent.previous) != sent.previous_head:
        raise RegistryRefusal(RefusalCode.AUDIT_TRAIL_DIFFERS, "previousHead")
    fresh = []
    for one in sent.checkpoints:
        key = key or one.key
        if one.station_id != station_id or one.key != key or not audit_checkpoint.signature_holds(one):
            raise RegistryRefusal(RefusalCode.CHECKPOINT_UNSIGNED, "signature")
        if one.count in heads:
            if heads[one.count] != one.head:
                raise RegistryRefusal(RefusalCode.AUDIT_TRAIL_DIFFERS, "head")
        elif one.count < last:
            raise RegistryRefusal(RefusalCode.AUDIT_TRAIL_DIFFERS, "count")
        else:
            heads[one.count], last = one.head, one.count
            fresh.append(one)
    return fresh


def station_key(held: list[Checkpoint], segments: list[Opening]) -> bytes | None:
    """The key that the station was met with first; None before anything was taken from it."""
    known = [one.key for one in held] + [one.key for one in segments]
    return known[0] if known else None
