"""Where the authority publishes form specifications for every office (extensions.yaml).

The document travels as the bytes it was published in: each station judges it by itself, and this registry does not.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from uuid6 import uuid7

from workstation.interchange import form_event
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.form_event import FormSent
from workstation.registry.enrolment_api import JsonObject, Store, TransactionId
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.store import feed
from workstation.registry.store.decisions import next_seq

router = APIRouter(prefix="/v1/forms")

_MOST_DOCUMENT = 1_000_000


@router.post("", status_code=201)
def publish_form(transaction_id: TransactionId, body: JsonObject, store: Store) -> dict[str, Any]:
    """Appends it to the feed; the answer names its place there."""
    with store.write() as connection:
        event_id, seq = str(uuid7()), next_seq(connection)
        try:
            sent: FormSent = form_event.from_event(
                {"type": form_event.KIND, "eventId": event_id, "seq": seq} | body
            )
        except MessageDamaged as fault:
            raise RegistryRefusal(RefusalCode.MALFORMED, fault.field) from fault
        if len(sent.document) > _MOST_DOCUMENT:
            raise RegistryRefusal(RefusalCode.TOO_LARGE, f"most {_MOST_DOCUMENT}")
        if (sent.event_id, sent.seq) != (event_id, seq):
            raise RegistryRefusal(RefusalCode.MALFORMED, "seq")
        feed.add_form(connection, sent)
    return {"eventId": event_id, "seq": seq}
