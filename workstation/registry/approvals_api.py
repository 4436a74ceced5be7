"""Where offices leave letters about approvals for each other (extensions.yaml); the feed tells them.

The registry checks again what it can see: an answer belongs to a request that it carried, comes from the office and the
approver that were asked, in time and once; who asked or captured answers nothing. It does not hold the approvers' keys:
the signature is judged where the approval is applied.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from workstation import clock
from workstation.interchange.approval import read_approval
from workstation.interchange.approval_letter import Letter, LetterKind, expires, from_body
from workstation.interchange.approval_refusal import read_refusal
from workstation.interchange.errors import MessageDamaged
from workstation.registry.enrolment_api import JsonObject, Store, TransactionId
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.store import approval_letters
from workstation.registry.store.approval_letters import Known, request_digest

router = APIRouter(prefix="/v1/approval-letters")

LetterId = Annotated[str, Path(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]


@router.put("/{letter_id}", status_code=204, response_class=Response)
def send_approval_letter(
    letter_id: LetterId, transaction_id: TransactionId, body: JsonObject, store: Store
) -> None:
    """Takes it in for its office. The same again is no fault; a second request or answer is (409)."""
    try:
        letter = from_body(letter_id, body)
    except MessageDamaged as fault:
        code = RefusalCode.TOO_LARGE if fault.code == "too-large" else RefusalCode.MALFORMED
        raise RegistryRefusal(code, fault.field) from fault
    with store.write() as connection:
        known = approval_letters.known_about(connection, letter.request_id)
        if letter in (known.request, known.answer):
            return
        if clock.now() >= expires(letter):
            raise RegistryRefusal(RefusalCode.APPROVAL_TOO_LATE, "expiresAt")
        if letter.kind is LetterKind.REQUEST:
            if known.request is not None:
                raise RegistryRefusal(RefusalCode.EXISTS_ALREADY, "requestId")
        else:
            _check_answer(letter, known)
        approval_letters.add(connection, letter, now=clock.now())


def _check_answer(letter: Letter, known: Known) -> None:
    request = known.request
    if request is None:
        raise RegistryRefusal(RefusalCode.UNKNOWN_APPROVAL_REQUEST, "requestId")
    if known.answer is not None:
        raise RegistryRefusal(RefusalCode.EXISTS_ALREADY, "requestId")
    said = (letter.from_office, letter.to_office, letter.expires_at)
    if said != (request.to_office, request.from_office, request.expires_at):
        raise RegistryRefusal(RefusalCode.MALFORMED, "to")
    if letter.approver != request.approver:
        raise RegistryRefusal(RefusalCode.ROLE_NOT_ALLOWED, "approver")
    answer = (
        read_approval(letter.document)
        if letter.kind is LetterKind.APPROVAL
        else read_refusal(letter.document)
    )
    if answer.request != request_digest(request):
        raise RegistryRefusal(RefusalCode.MALFORMED, "document")
