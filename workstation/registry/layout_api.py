"""Where the centre publishes card layouts: two people stand for each, and the registry signs it for every office.

The document travels as the bytes it was proposed in: each station judges it by itself, and this registry does not.
The caller's transactionId (a UUID) is the publication's: the same again is answered as before.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from workstation.domain.permissions import Verb, may
from workstation.interchange import fields
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.signed_layout import MOST_DOCUMENT, NAME, LayoutSent, sign_layout
from workstation.registry.enrolment_api import JsonObject, Store, TransactionId
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.role_rules import role_of
from workstation.registry.store import card_signers, feed
from workstation.registry.store.decisions import next_seq

router = APIRouter(prefix="/v1/layouts")

_PEOPLE = (
    ("proposedBy", "proposedRole", Verb.PROPOSE_LAYOUT),
    ("approvedBy", "approvedRole", Verb.APPROVE_LAYOUT),
)
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@router.post("", status_code=201)
def publish_layout(transaction_id: TransactionId, body: JsonObject, store: Store) -> dict[str, Any]:
    """Signs it and appends it to the feed; the answer names its place there."""
    try:
        fields.only(body, ("layout", "document", *(name for who, role, _ in _PEOPLE for name in (who, role))))
        name = fields.text(body, "layout", pattern=NAME)
        document = fields.octets(body, "document")
        event_id = fields.text({"transactionId": transaction_id}, "transactionId", pattern=_UUID)
        people = [(fields.text(body, who), fields.text(body, role), verb) for who, role, verb in _PEOPLE]
    except MessageDamaged as fault:
        raise RegistryRefusal(RefusalCode.MALFORMED, fault.field) from fault
    if len(document) > MOST_DOCUMENT:
        raise RegistryRefusal(RefusalCode.TOO_LARGE, f"most {MOST_DOCUMENT}")
    roles = [(role_of(role), verb) for _, role, verb in people]
    is_allowed = all(role is not None and may(role, verb) for role, verb in roles)
    if not is_allowed or people[0][0] == people[1][0]:
        raise RegistryRefusal(RefusalCode.ROLE_NOT_ALLOWED, "approvedBy")
    with store.write() as connection:
        held = feed.event_of(connection, event_id)
        if held is not None:
            if [held.get("layout"), held.get("document")] != [name, body["document"]]:
                raise RegistryRefusal(RefusalCode.EXISTS_ALREADY, "transactionId")
            return {"eventId": event_id, "seq": held["seq"]}
        signer = card_signers.signers(connection)[-1]
        signed = sign_layout(name, document, key_id=signer.key_id, key=signer.key)
        sent = LayoutSent(event_id, next_seq(connection), signed)
        feed.add_layout(connection, sent)
    return {"eventId": event_id, "seq": sent.seq}
