"""What the page of approvals shows: what waits for her, what this station asked for and how far each came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from workstation import clock
from workstation.database import Connection
from workstation.database.approval_letters import HeldLetter, letters
from workstation.database.approvals import (
    known_approvers,
    request_of,
    reviews_to_ask_for,
    sealed_approval_key,
    trusted_key,
)
from workstation.domain.permissions import Verb, may
from workstation.interchange.approval import is_signed_by, read_approval, read_request
from workstation.interchange.approval_letter import LetterKind
from workstation.interchange.approval_refusal import read_refusal, refusal_is_signed_by
from workstation.interchange.canonical import sha256_hex
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.osia_names import BIOGRAPHIC_NAMES
from workstation.workflow.office import Office, SignedIn, acting

_OURS = {osia: name for name, osia in BIOGRAPHIC_NAMES.items()}


class LetterState(StrEnum):
    """How far a request came. SIGNED waits here to be applied; NOT_CARRIED: the registry would not take it; DAMAGED:
    the answer does not bear the approver's signature."""

    TO_SEND = "to-send"
    SENT = "sent"
    SIGNED = "signed"
    REFUSED = "refused"
    APPLIED = "applied"
    EXPIRED = "expired"
    NOT_CARRIED = "not-carried"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class ForMe:
    """A request that waits for her signature. `fields` is the form as this program names it, `points` what must be
    looked at, `digests` (kind of image -> SHA-256) what the signature binds besides."""

    request_id: str
    number: str
    office_code: str
    created_at: datetime
    expires_at: datetime
    points: tuple[str, ...]
    fields: Mapping[str, str]
    digests: Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """A request of this station by letter; `reason` is the approver's when she refused, or the registry's code."""

    request_id: str
    application_id: str
    number: str
    name: str
    approver: str
    office_code: str
    asked_at: datetime
    expires_at: datetime
    state: LetterState
    reason: str


@dataclass(frozen=True)
class Choice:
    """Somebody, or something, that can be chosen."""

    id: str
    name: str
    detail: str


@dataclass(frozen=True)
class ApprovalsView:
    """`approvers` may be asked, `reviews` are the applications for which nothing is asked at present."""

    for_me: tuple[ForMe, ...]
    asked: tuple[Asked, ...]
    approvers: tuple[Choice, ...]
    reviews: tuple[Choice, ...]
    may_sign: bool
    has_key: bool


def approvals_view(office: Office, who: SignedIn) -> ApprovalsView:
    """Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> ApprovalsView:
        actor = acting(connection, office, who, Verb.REQUEST_APPROVAL)
        now = clock.now()
        held = letters(connection)
        about: dict[str, list[HeldLetter]] = {}
        for one in held:
            about.setdefault(one.request_id, []).append(one)
        requests = [one for one in held if one.kind is LetterKind.REQUEST]
        asked = tuple(_asked(connection, one, about[one.request_id], now) for one in requests if one.outgoing)
        open_now = {
            one.application_id
            for one in asked
            if one.state in (LetterState.TO_SEND, LetterState.SENT, LetterState.SIGNED)
        }
        return ApprovalsView(
            tuple(
                _for_me(one)
                for one in requests
                if not one.outgoing
                and one.approver == actor.id
                and now < one.expires_at
                and not any(letter.outgoing for letter in _answers(about[one.request_id]))
            ),
            asked,
            tuple(Choice(*known) for known in known_approvers(connection) if known[0] != actor.id),
            tuple(Choice(*row) for row in reviews_to_ask_for(connection) if row[0] not in open_now),
            may(actor.role, Verb.SIGN_APPROVAL),
            sealed_approval_key(connection, actor.id) is not None,
        )

    return office.store.read(query)


def _answers(about: list[HeldLetter]) -> list[HeldLetter]:
    return [one for one in about if one.kind is not LetterKind.REQUEST]


def _for_me(letter: HeldLetter) -> ForMe:
    request = read_request(letter.document)
    enrolment: Mapping[str, Any] = request.enrolment
    said = enrolment.get("biographicData") or {}
    images = enrolment.get("biometricData") or []
    return ForMe(
        request.id,
        str((enrolment.get("requestData") or {}).get("applicationNumber", "")),
        request.office_code,
        datetime.fromisoformat(request.created_at),
        letter.expires_at,
        request.points,
        {_OURS[name]: str(value) for name, value in said.items() if name in _OURS},
        {str(entry.get("biometricSubType", "")): str(entry.get("metadata", "")) for entry in images},
    )


def _asked(connection: Connection, letter: HeldLetter, about: list[HeldLetter], now: datetime) -> Asked:
    request = read_request(letter.document)
    said = request.enrolment.get("biographicData") or {}
    lao = " ".join(str(said[name]) for name in ("firstNameLao", "lastNameLao") if said.get(name))
    state, reason = _state(connection, letter, about, now)
    names = {known: name for known, name, _office in known_approvers(connection)}
    return Asked(
        request.id,
        request.object_id,
        str((request.enrolment.get("requestData") or {}).get("applicationNumber", "")),
        lao,
        names.get(letter.approver, ""),
        letter.office_code,
        letter.at,
        letter.expires_at,
        state,
        reason,
    )


def _state(
    connection: Connection, letter: HeldLetter, about: list[HeldLetter], now: datetime
) -> tuple[LetterState, str]:
    held = request_of(connection, letter.request_id)
    if held is not None and held.used:
        return LetterState.APPLIED, ""
    answers = [one for one in _answers(about) if not one.outgoing]
    if answers:
        return _judged(connection, letter, answers[0], now)
    if letter.fault is not None:
        return LetterState.NOT_CARRIED, letter.fault
    if now >= letter.expires_at:
        return LetterState.EXPIRED, ""
    return (LetterState.SENT if letter.sent else LetterState.TO_SEND), ""


def _judged(
    connection: Connection, letter: HeldLetter, came: HeldLetter, now: datetime
) -> tuple[LetterState, str]:
    key = trusted_key(connection, letter.approver) or b""
    digest = sha256_hex(letter.document)
    try:
        if came.kind is LetterKind.REFUSAL:
            no = read_refusal(came.document)
            good = refusal_is_signed_by(no, key) and (no.request, no.approver) == (digest, letter.approver)
            return (LetterState.REFUSED, no.reason) if good else (LetterState.DAMAGED, "")
        yes = read_approval(came.document)
    except MessageDamaged:
        return LetterState.DAMAGED, ""
    if not is_signed_by(yes, key) or (yes.request, yes.approver) != (digest, letter.approver):
        return LetterState.DAMAGED, ""
    return (LetterState.EXPIRED if now >= letter.expires_at else LetterState.SIGNED), ""
