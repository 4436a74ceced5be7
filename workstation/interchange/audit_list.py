"""What is held of a station's audit trail away from it, as one document: its checkpoints and its segments' openings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.interchange import audit_checkpoint, audit_segment
from workstation.interchange.audit_checkpoint import Checkpoint
from workstation.interchange.audit_segment import Opening


@dataclass(frozen=True)
class Known:
    """Of one station or of several."""

    checkpoints: tuple[Checkpoint, ...] = ()
    openings: tuple[Opening, ...] = ()


NOTHING = Known()


def to_document(known: Known) -> dict[str, Any]:
    """The JSON object (extensions.yaml: Checkpoints)."""
    document: dict[str, Any] = {
        "checkpoints": [audit_checkpoint.to_document(one) for one in known.checkpoints]
    }
    if known.openings:
        document["segments"] = [audit_segment.to_document(one) for one in known.openings]
    return document


def from_document(document: Mapping[str, Any]) -> Known:
    """Raises MessageDamaged."""
    return Known(
        audit_checkpoint.from_list(document, "checkpoints"), audit_segment.from_list(document, "segments")
    )
