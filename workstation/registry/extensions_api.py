"""What goes beyond OSIA (extensions.yaml): the feed, the card signers, the state of a registration."""

from __future__ import annotations

import base64
from typing import Annotated, Any

from fastapi import APIRouter, Query

from workstation import clock
from workstation.registry.enrolment_api import EnrolmentId, Store
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.store import card_signers, credentials, decisions, enrolments, feed

router = APIRouter(prefix="/v1")


@router.get("/feed")
def read_feed(
    store: Store,
    after: Annotated[int, Query(ge=0, le=2**53 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    office: Annotated[str, Query(pattern=r"^[0-9A-Z]{0,8}$")] = "",
) -> dict[str, Any]:
    """Events with seq above `after`, in the order they were committed; `last` is the highest seq there is.

    Pre-registrations are told to the office that is named and meant only.
    """
    today = clock.office_day(clock.now())
    with store.read() as connection:
        events = feed.events_after(connection, after, limit, office=office, today=today)
        last = decisions.next_seq(connection) - 1
    return {"events": events, "last": last}


@router.get("/card-signers")
def read_card_signers(store: Store) -> dict[str, Any]:
    """The public keys under which the codes on the cards verify."""
    with store.read() as connection:
        held = card_signers.signers(connection)
    return {
        "cardSigners": [
            {
                "kid": signer.key_id.hex(),
                "alg": "EdDSA",
                "publicKey": base64.b64encode(signer.key.public_key().public_bytes_raw()).decode(),
            }
            for signer in held
        ]
    }


@router.get("/registrations/{enrolment_id}")
def read_registration(enrolment_id: EnrolmentId, store: Store) -> dict[str, Any]:
    """Where an enrolment is: IN_PROGRESS, FINALIZED, ACCEPTED, REFUSED, HANDED_OVER."""
    with store.read() as connection:
        held = enrolments.find(connection, enrolment_id)
        decision = decisions.decision_on(connection, enrolment_id)
        card = credentials.card_of_enrolment(connection, enrolment_id)
    if held is None:
        raise RegistryRefusal(RefusalCode.UNKNOWN_ENROLMENT, "enrollmentId")
    registration: dict[str, Any] = {"enrollmentId": held.id, "status": held.status}
    if decision is None:
        return registration
    if decision["outcome"] == "refused":
        return {**registration, "status": "REFUSED", "reason": decision["reason"]}
    registration |= {
        "status": "ACCEPTED",
        "identityNumber": decision["identity_number"],
        "documentNumber": decision["document_number"],
        "issueDate": decision["issue_date"],
        "expiryDate": decision["expiry_date"],
    }
    if card is not None and card["status"] != "NEW":
        registration |= {
            "status": "HANDED_OVER",
            "credentialId": card["id"],
            "chipSerial": card["others"].get("chipSerial"),
            "handedOverAt": card["others"].get("handedOverAt"),
        }
    return registration
