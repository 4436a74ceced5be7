"""A form specification in the registry's feed: its bytes just as the authority published them, and from which day."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workstation.domain.form import KINDS
from workstation.interchange import fields

KIND = "form"


@dataclass(frozen=True)
class FormSent:
    """`kind` is the kind of application it is for. `document` is not judged yet: its reader is the station's."""

    event_id: str
    seq: int
    kind: str
    valid_from: date
    document: bytes


def to_event(sent: FormSent) -> dict[str, Any]:
    """The feed event (extensions.yaml, FormEvent)."""
    return {
        "type": KIND,
        "eventId": sent.event_id,
        "seq": sent.seq,
        "form": sent.kind,
        "validFrom": sent.valid_from.isoformat(),
        "document": base64.b64encode(sent.document).decode("ascii"),
    }


def from_event(event: Mapping[str, Any]) -> FormSent:
    """Reads the envelope strictly. Raises MessageDamaged naming the field."""
    fields.only(event, ("type", "eventId", "seq", "form", "validFrom", "document"))
    return FormSent(
        fields.text(event, "eventId", pattern=r"[0-9a-f-]{36}"),
        fields.number(event, "seq", 1, 2**53 - 1),
        fields.text(event, "form", pattern="|".join(KINDS)),
        fields.day(event, "validFrom"),
        fields.octets(event, "document"),
    )
