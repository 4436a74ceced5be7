"""Letters about approvals from office to office: a request, or the answer to one, as the registry carries them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from workstation.interchange import fields
from workstation.interchange.approval import read_approval, read_request
from workstation.interchange.approval_refusal import read_refusal
from workstation.interchange.errors import MessageDamaged

TYPE = "approval-letter"
LARGEST = 200_000
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_OFFICE = r"[0-9A-Z]{2,8}"
_BODY = ("letter", "from", "to", "requestId", "approver", "expiresAt", "document")


class LetterKind(StrEnum):
    REQUEST = "request"
    APPROVAL = "approval"
    REFUSAL = "refusal"


@dataclass(frozen=True)
class Letter:
    """`from_office` and `to_office` are office codes; `approver` is whose answer is asked for, or who answers; the
    answer bears the request's `expires_at` (RFC 3339). `document` is what was asked or signed."""

    id: str
    kind: LetterKind
    request_id: str
    from_office: str
    to_office: str
    approver: str
    expires_at: str
    document: bytes


@dataclass(frozen=True)
class LetterArrived:
    """A letter in the registry's feed."""

    event_id: str
    seq: int
    letter: Letter


def to_body(letter: Letter) -> dict[str, Any]:
    """What is sent to the registry (extensions.yaml, ApprovalLetter)."""
    return {
        "letter": letter.kind.value,
        "from": letter.from_office,
        "to": letter.to_office,
        "requestId": letter.request_id,
        "approver": letter.approver,
        "expiresAt": letter.expires_at,
        "document": base64.b64encode(letter.document).decode("ascii"),
    }


def from_body(letter_id: str, body: Mapping[str, Any]) -> Letter:
    """Reads it strictly, also what is in it. Raises MessageDamaged naming the field; TOO_LARGE is "too-large"."""
    fields.only(body, _BODY)
    letter = Letter(
        letter_id,
        LetterKind(fields.text(body, "letter", pattern="|".join(LetterKind))),
        fields.text(body, "requestId", pattern=_UUID),
        fields.text(body, "from", pattern=_OFFICE),
        fields.text(body, "to", pattern=_OFFICE),
        fields.text(body, "approver", pattern=_UUID),
        fields.moment(body, "expiresAt"),
        fields.octets(body, "document"),
    )
    if len(letter.document) > LARGEST:
        raise MessageDamaged("too-large", "document")
    if not _fits(letter):
        raise MessageDamaged("field-invalid", "document")
    return letter


def expires(letter: Letter) -> datetime:
    """Until when it may be answered or applied, aware."""
    return datetime.fromisoformat(letter.expires_at)


def to_event(arrived: LetterArrived) -> dict[str, Any]:
    """The feed event (extensions.yaml, ApprovalLetterEvent)."""
    told = {"type": TYPE, "eventId": arrived.event_id, "seq": arrived.seq, "letterId": arrived.letter.id}
    return told | to_body(arrived.letter)


def from_event(event: Mapping[str, Any]) -> LetterArrived:
    """Reads it strictly. Raises MessageDamaged naming the field."""
    fields.only(event, ("type", "eventId", "seq", "letterId", *_BODY))
    body = {name: event[name] for name in _BODY if name in event}
    return LetterArrived(
        fields.text(event, "eventId", pattern=_UUID),
        fields.number(event, "seq", 1, 2**53 - 1),
        from_body(fields.text(event, "letterId", pattern=_UUID), body),
    )


def _fits(letter: Letter) -> bool:
    """Whether the document says what the envelope says."""
    if letter.kind is LetterKind.REQUEST:
        request = read_request(letter.document)
        said = (request.id, request.office_code, request.expires_at)
        people = (request.requested_by, *request.captured_by)
        return said == (letter.request_id, letter.from_office, letter.expires_at) and (
            letter.approver not in people
        )
    answer = (
        read_approval(letter.document)
        if letter.kind is LetterKind.APPROVAL
        else read_refusal(letter.document)
    )
    return (answer.request_id, answer.approver) == (letter.request_id, letter.approver)
