"""OSIA 7.1 credential operations (cms.yaml 1.3.0) as far as a hand-over needs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response
from uuid6 import uuid7

from workstation.interchange.decision import LIFETIME
from workstation.interchange.osia_names import CREDENTIAL_PROFILE
from workstation.registry.enrolment_api import JsonObject, Store, TransactionId
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.request_body import json_list
from workstation.registry.role_rules import may_hand_over
from workstation.registry.schemas import (
    Credential,
    CredentialRequest,
    Expression,
    StatusChange,
    Withdrawn,
    check_shape,
)
from workstation.registry.store import credentials, decisions

router = APIRouter(prefix="/v1")

RequestId = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]
CredentialId = Annotated[str, Path(max_length=36)]

# What setCredentialStatus may do here; suspension and revocation have operations of their own.
_STATUS_MOVES = {("NEW", "ACTIVE"), ("ACTIVE", "ACTIVE")}
# A revoked card never comes back, not even as a suspended one.
_SUSPENDED_FROM = {"NEW", "ACTIVE", "SUSPENDED"}


@router.post("/credentialRequests/{request_id}", status_code=201, response_class=Response)
def create_credential_request(
    request_id: RequestId, transaction_id: TransactionId, body: JsonObject, store: Store
) -> None:
    """createCredentialRequest: refused (NO_SUCH_CARD) unless the person and card number are those of an accepted
    enrolment, named in requestData.others.enrolmentId."""
    check_shape(CredentialRequest, body)
    wanted = body["requestData"]
    with store.write() as connection:
        if credentials.find_request(connection, request_id) is not None:
            raise RegistryRefusal(RefusalCode.EXISTS_ALREADY, "credentialRequestId")
        enrolment_id = str((wanted.get("others") or {}).get("enrolmentId", ""))
        decision = decisions.decision_on(connection, enrolment_id)
        if (
            decision is None
            or decision["outcome"] != "accepted"
            or decision["identity_number"] != body["personId"]
            or decision["document_number"] != wanted.get("credentialNumber")
            or wanted["credentialProfileId"] != CREDENTIAL_PROFILE
        ):
            raise RegistryRefusal(RefusalCode.NO_SUCH_CARD, "requestData")
        credentials.add_request(
            connection, request_id=request_id, credential_id=str(uuid7()), body=body, decision=decision
        )


@router.get("/credentialRequests/{request_id}")
def read_credential_request(
    request_id: RequestId, transaction_id: TransactionId, store: Store
) -> dict[str, Any]:
    """readCredentialRequest."""
    with store.read() as connection:
        held = credentials.find_request(connection, request_id)
    if held is None:
        raise RegistryRefusal(RefusalCode.UNKNOWN_CREDENTIAL_REQUEST, "credentialRequestId")
    return {
        **held["body"],
        "credentialRequestId": held["id"],
        "status": held["status"],
        "credentialIds": [held["credential_id"]],
    }


def _card(held: Mapping[str, Any]) -> dict[str, Any]:
    card = {
        "credentialId": held["id"],
        "status": held["status"],
        "credentialNumber": held["number"],
        "personId": held["person_id"],
        "credentialProfileId": CREDENTIAL_PROFILE,
        "issuedDate": f"{held['issue_date']}T00:00:00+07:00",
        "others": held["others"],
    }
    if held["expiry_date"] != LIFETIME:
        card["expiryDate"] = f"{held['expiry_date']}T23:59:59+07:00"
    return card


@router.post("/credentials")
def find_credentials(
    transaction_id: TransactionId, expressions: Annotated[list[Any], Depends(json_list)], store: Store
) -> list[dict[str, Any]]:
    """findCredentials by card number alone: MALFORMED for anything but one "credentialNumber =" and a text."""
    for expression in expressions:
        check_shape(Expression, expression)
    if len(expressions) != 1 or (expressions[0]["attributeName"], expressions[0]["operator"]) != (
        "credentialNumber",
        "=",
    ):
        raise RegistryRefusal(RefusalCode.MALFORMED, "attributeName")
    with store.read() as connection:
        held = credentials.cards_of_number(connection, str(expressions[0]["value"]))
    return [_card(one) for one in held]


@router.get("/credentials/{credential_id}")
def read_credential(
    credential_id: CredentialId, transaction_id: TransactionId, store: Store
) -> dict[str, Any]:
    """readCredential."""
    with store.read() as connection:
        held = credentials.find_credential(connection, credential_id)
    if held is None:
        raise RegistryRefusal(RefusalCode.UNKNOWN_CREDENTIAL, "credentialId")
    return _card(held)


@router.put("/credentials/{credential_id}", status_code=204, response_class=Response)
def update_credential(
    credential_id: CredentialId, transaction_id: TransactionId, body: JsonObject, store: Store
) -> None:
    """updateCredential: `others` alone can be set, until the card is in use; repeating the same is no fault."""
    check_shape(Credential, body)
    others = body.get("others") or {}
    with store.write() as connection:
        held = credentials.find_credential(connection, credential_id)
        if held is None:
            raise RegistryRefusal(RefusalCode.UNKNOWN_CREDENTIAL, "credentialId")
        if held["others"] == others:
            return
        if not may_hand_over(others):
            raise RegistryRefusal(RefusalCode.ROLE_NOT_ALLOWED, "others.handedOverRole")
        if held["status"] != "NEW":
            raise RegistryRefusal(RefusalCode.CARD_ISSUED_ALREADY, "others")
        credentials.set_others(connection, credential_id, others)


@router.post("/credentials/{credential_id}/status", status_code=204, response_class=Response)
def set_credential_status(
    credential_id: CredentialId, transaction_id: TransactionId, body: JsonObject, store: Store
) -> None:
    """setCredentialStatus: NEW to ACTIVE at hand-over, once the chip serial is known."""
    check_shape(StatusChange, body)
    with store.write() as connection:
        held = credentials.find_credential(connection, credential_id)
        if held is None:
            raise RegistryRefusal(RefusalCode.UNKNOWN_CREDENTIAL, "credentialId")
        if (held["status"], body["status"]) not in _STATUS_MOVES:
            raise RegistryRefusal(RefusalCode.CARD_ISSUED_ALREADY, "status")
        if not held["others"].get("chipSerial"):
            raise RegistryRefusal(RefusalCode.MALFORMED, "others.chipSerial")
        credentials.set_status(connection, credential_id, body["status"], body.get("reason"))


@router.post("/credentials/{credential_id}/suspend", status_code=204, response_class=Response)
def suspend_credential(
    credential_id: CredentialId, transaction_id: TransactionId, body: JsonObject, store: Store
) -> None:
    """suspendCredential: a card that is wrong and not yet back; repeating it is no fault."""
    check_shape(Withdrawn, body)
    with store.write() as connection:
        held = credentials.find_credential(connection, credential_id)
        if held is None:
            raise RegistryRefusal(RefusalCode.UNKNOWN_CREDENTIAL, "credentialId")
        if held["status"] not in _SUSPENDED_FROM:
            raise RegistryRefusal(RefusalCode.CARD_ISSUED_ALREADY, "status")
        credentials.set_status(connection, credential_id, "SUSPENDED", body.get("reason"))


@router.post("/credentials/{credential_id}/revoke", status_code=204, response_class=Response)
def revoke_credential(
    credential_id: CredentialId, transaction_id: TransactionId, body: JsonObject, store: Store
) -> None:
    """revokeCredential: for good; repeating it is no fault."""
    check_shape(Withdrawn, body)
    with store.write() as connection:
        if credentials.find_credential(connection, credential_id) is None:
            raise RegistryRefusal(RefusalCode.UNKNOWN_CREDENTIAL, "credentialId")
        credentials.set_status(connection, credential_id, "REVOKED", body.get("reason"))
