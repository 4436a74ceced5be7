"""Approvals that travel by the registry: asked of a named approver, answered at her station, applied here by a person.

    ask_elsewhere --letter--> answer | refuse (her station, her key) --letter--> apply_answer (this station)

The letters are written in the verb's own transaction and sent by the synchronisation. What is signed and checked is as
with a file (steps.py).
"""

from __future__ import annotations

from datetime import datetime

from uuid6 import uuid7

from workstation import clock
from workstation.database import Connection
from workstation.database.approval_letters import HeldLetter, add_letter, letters_about
from workstation.database.approvals import approver_office
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.interchange.approval_letter import Letter, LetterKind
from workstation.interchange.approval_refusal import LONGEST_REASON, sign_refusal
from workstation.workflow.approvals.keys import open_key
from workstation.workflow.approvals.steps import (
    apply_approval,
    check_signable,
    make_request,
    note,
    put_signature,
)
from workstation.workflow.office import Office, SignedIn, acting, ask


def ask_elsewhere(office: Office, who: SignedIn, application_id: str, approver_id: str) -> str:
    """Asks that approver, whose key is trusted here, to approve the application as it is now; the request's id.

    Raises Refused: ROLE_NOT_ALLOWED, MOVE_NOT_ALLOWED (not in review), APPROVER_UNKNOWN, SAME_PERSON (she captured it,
    or asks herself).
    """

    def verb(tx: Connection) -> str:
        request, document = make_request(tx, office, who, application_id)
        to = approver_office(tx, approver_id)
        if to is None:
            raise Refused(Reason.APPROVER_UNKNOWN)
        if approver_id in (request.requested_by, *request.captured_by):
            raise Refused(Reason.SAME_PERSON, action=request.action)
        letter = Letter(
            str(uuid7()),
            LetterKind.REQUEST,
            request.id,
            office.station.office_code,
            to,
            approver_id,
            request.expires_at,
            document,
        )
        add_letter(tx, letter, outgoing=True, at=clock.now())
        return request.id

    return office.store.write(verb)


def answer(office: Office, who: SignedIn, request_id: str, passphrase: str, visited: frozenset[str]) -> None:
    """Signs the request that came for her, and sends the approval back.

    Raises Refused: APPROVAL_OTHER (no such request came for her), APPROVAL_ANSWERED, and as `sign_approval`.
    """
    held = _asked(office, who, request_id)
    request = check_signable(office, who, held.document)
    left = set(request.points) - visited
    if left:
        raise Refused(Reason.POINTS_NOT_VISITED, count=len(left))
    key = office.store.read(lambda connection: open_key(connection, who.operator.id, passphrase))

    def verb(tx: Connection) -> None:
        _require_unanswered(tx, request_id)
        document = put_signature(tx, office, who, held.document, key)
        _send_back(tx, office, held, LetterKind.APPROVAL, document)

    office.store.write(verb)


def refuse(office: Office, who: SignedIn, request_id: str, passphrase: str, reason: str) -> None:
    """Signs her no with its reason, and sends it back. Raises Refused REASON_MISSING, and as `answer`."""
    why = reason.strip()[:LONGEST_REASON]
    held = _asked(office, who, request_id)
    request = check_signable(office, who, held.document)
    if not why:
        raise Refused(Reason.REASON_MISSING)
    key = office.store.read(lambda connection: open_key(connection, who.operator.id, passphrase))

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.SIGN_APPROVAL)
        _require_unanswered(tx, request_id)
        at = clock.now().isoformat()
        document = sign_refusal(held.document, approver=actor.id, reason=why, at=at, key=key)
        note(tx, AuditTag.APPROVAL_REFUSED, actor, request.object_id, request.id)
        _send_back(tx, office, held, LetterKind.REFUSAL, document)

    office.store.write(verb)


def apply_answer(office: Office, who: SignedIn, request_id: str) -> Stage:
    """Approves in the signer's name, once, with the answer that came.

    Raises Refused: APPROVAL_OTHER (no answer came), APPROVAL_REFUSED, and as `apply_approval`.
    """
    ask(office, who, Verb.APPLY_APPROVAL)
    came = [
        one
        for one in office.store.read(lambda connection: letters_about(connection, request_id))
        if not one.outgoing and one.kind is not LetterKind.REQUEST
    ]
    if not came:
        raise Refused(Reason.APPROVAL_OTHER)
    if came[0].kind is LetterKind.REFUSAL:
        raise Refused(Reason.APPROVAL_REFUSED)
    return apply_approval(office, who, came[0].document)


def _asked(office: Office, who: SignedIn, request_id: str) -> HeldLetter:
    ask(office, who, Verb.SIGN_APPROVAL)

    def query(connection: Connection) -> HeldLetter:
        _require_unanswered(connection, request_id)
        for one in letters_about(connection, request_id):
            if not one.outgoing and one.kind is LetterKind.REQUEST and one.approver == who.operator.id:
                return one
        raise Refused(Reason.APPROVAL_OTHER)

    return office.store.read(query)


def _require_unanswered(connection: Connection, request_id: str) -> None:
    if any(
        one.outgoing and one.kind is not LetterKind.REQUEST for one in letters_about(connection, request_id)
    ):
        raise Refused(Reason.APPROVAL_ANSWERED)


def _send_back(tx: Connection, office: Office, asked: HeldLetter, kind: LetterKind, document: bytes) -> None:
    expires: datetime = asked.expires_at
    letter = Letter(
        str(uuid7()),
        kind,
        asked.request_id,
        office.station.office_code,
        asked.office_code,
        asked.approver,
        expires.isoformat(),
        document,
    )
    add_letter(tx, letter, outgoing=True, at=clock.now())
