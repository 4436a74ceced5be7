"""Where the citizens' app and the web portal leave and withdraw pre-registrations (extensions.yaml)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from workstation.interchange.errors import MessageDamaged
from workstation.interchange.pre_registration import LARGEST, from_document
from workstation.registry.enrolment_api import JsonObject, Store, TransactionId
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.store import pre_registrations

router = APIRouter(prefix="/v1/pre-registrations")

Number = Annotated[str, Path(pattern=r"^PR-[0-9A-Z]{2,8}-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-Z*]$")]


@router.post("/{number}", status_code=204, response_class=Response)
def create_pre_registration(
    number: Number, transaction_id: TransactionId, body: JsonObject, store: Store
) -> None:
    """Takes it in for its office; the same again is no fault, another under its number is (409)."""
    try:
        record = from_document(body)
    except MessageDamaged as fault:
        code = RefusalCode.TOO_LARGE if fault.code == "too-large" else RefusalCode.MALFORMED
        raise RegistryRefusal(code, fault.field or f"most {LARGEST}") from fault
    if record.number != number:
        raise RegistryRefusal(RefusalCode.MALFORMED, "number")
    with store.write() as connection:
        if not pre_registrations.add(connection, record):
            raise RegistryRefusal(RefusalCode.EXISTS_ALREADY, "number")


@router.delete("/{number}", status_code=204, response_class=Response)
def withdraw_pre_registration(number: Number, transaction_id: TransactionId, store: Store) -> None:
    """The citizen does not come; again is no fault."""
    with store.write() as connection:
        if not pre_registrations.withdraw(connection, number):
            raise RegistryRefusal(RefusalCode.UNKNOWN_PRE_REGISTRATION, "number")
