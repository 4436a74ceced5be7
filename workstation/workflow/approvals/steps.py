"""An approval by a second person elsewhere: asked for here, signed there, applied here, once.

    request (this station) --file or letter--> sign (her station, her key) --file or letter--> apply (here, in time)

Nobody's own approval comes of it: the signer is neither who asks nor one of those who captured, and the move is made
in her name under the rules of every approval.
"""

from __future__ import annotations

import secrets
from collections.abc import Set
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from uuid6 import uuid7

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import keep_approver, require_stage
from workstation.database.approvals import add_request, request_of, trusted_key, use_request
from workstation.database.audit import write_audit
from workstation.database.moves import Actor, capturers, move
from workstation.database.station import operator_by_id
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.interchange.approval import (
    Approval,
    ApprovalRequest,
    content_hash,
    is_signed_by,
    read_approval,
    read_request,
    request_document,
    shown_part,
    sign,
)
from workstation.interchange.canonical import sha256_hex
from workstation.interchange.enrolment import from_message
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.osia_enrolment import to_osia
from workstation.workflow.approvals.keys import open_key
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.review.record import enrolment_message
from workstation.workflow.review.view import read_points

LIFETIME = timedelta(hours=24)


def request_approval(office: Office, who: SignedIn, application_id: str) -> bytes:
    """The document that asks a second person elsewhere for the approval of this application as it is now.

    It holds what is on the form and the digests of the images: personal data, for her eyes. Raises Refused
    ROLE_NOT_ALLOWED, MOVE_NOT_ALLOWED (not in review).
    """

    return office.store.write(lambda tx: make_request(tx, office, who, application_id)[1])


def make_request(
    tx: Connection, office: Office, who: SignedIn, application_id: str
) -> tuple[ApprovalRequest, bytes]:
    """`request_approval` inside the caller's transaction."""
    actor = acting(tx, office, who, Verb.REQUEST_APPROVAL)
    require_stage(tx, application_id, Stage.REVIEW)
    now = clock.now()
    osia = to_osia(from_message(enrolment_message(tx, office, application_id, approved_by=actor.id, at=now)))
    request = ApprovalRequest(
        str(uuid7()),
        Action.APPROVE.value,
        application_id,
        content_hash(osia),
        office.station.office_code,
        office.station.id,
        actor.id,
        tuple(sorted(capturers(tx, application_id))),
        now.isoformat(),
        (now + LIFETIME).isoformat(),
        secrets.token_hex(16),
        tuple(point.id for point in read_points(tx, application_id).points),
        shown_part(osia),
    )
    document = request_document(request)
    add_request(tx, request.id, application_id, document, expires_at=now + LIFETIME)
    note(tx, AuditTag.APPROVAL_REQUESTED, actor, application_id, request.id)
    return request, document


def look_at_request(document: bytes) -> ApprovalRequest:
    """What a request asks for, to be looked at before it is signed. Raises Refused APPROVAL_DAMAGED."""
    try:
        return read_request(document)
    except MessageDamaged as error:
        raise Refused(Reason.APPROVAL_DAMAGED) from error


def sign_approval(
    office: Office, who: SignedIn, document: bytes, passphrase: str, visited: Set[str]
) -> bytes:
    """Her signature on that request. `visited` are the ids of the points that she looked at.

    Raises Refused: ROLE_NOT_ALLOWED, APPROVAL_DAMAGED, APPROVAL_OTHER (another action than approving),
    APPROVAL_EXPIRED, SAME_PERSON, POINTS_NOT_VISITED, NO_APPROVAL_KEY, WRONG_PASSPHRASE.
    """
    request = check_signable(office, who, document)
    left = set(request.points) - visited
    if left:
        raise Refused(Reason.POINTS_NOT_VISITED, count=len(left))
    key = office.store.read(lambda connection: open_key(connection, who.operator.id, passphrase))
    return office.store.write(lambda tx: put_signature(tx, office, who, document, key))


def check_signable(office: Office, who: SignedIn, document: bytes) -> ApprovalRequest:
    """What she would sign, or say no to. Raises Refused ROLE_NOT_ALLOWED, APPROVAL_DAMAGED, APPROVAL_OTHER,
    APPROVAL_EXPIRED, SAME_PERSON."""
    ask(office, who, Verb.SIGN_APPROVAL)
    request = look_at_request(document)
    if request.action != Action.APPROVE.value:
        raise Refused(Reason.APPROVAL_OTHER)
    if who.operator.id in (request.requested_by, *request.captured_by):
        raise Refused(Reason.SAME_PERSON, action=request.action)
    if clock.now() >= datetime.fromisoformat(request.expires_at):
        raise Refused(Reason.APPROVAL_EXPIRED)
    return request


def put_signature(
    tx: Connection, office: Office, who: SignedIn, document: bytes, key: Ed25519PrivateKey
) -> bytes:
    """Her approval of a request that was checked, inside the caller's transaction."""
    actor = acting(tx, office, who, Verb.SIGN_APPROVAL)
    request = look_at_request(document)
    note(tx, AuditTag.APPROVAL_SIGNED, actor, request.object_id, request.id)
    return sign(document, approver=actor.id, at=clock.now().isoformat(), key=key)


def apply_approval(office: Office, who: SignedIn, document: bytes) -> Stage:
    """Approves in the signer's name, once.

    Raises Refused: ROLE_NOT_ALLOWED, APPROVAL_DAMAGED (not whole, or not her signature), APPROVAL_OTHER (not asked for
    here, or another action, object or content than was asked for), APPROVAL_USED, APPROVAL_EXPIRED, APPROVER_UNKNOWN,
    SAME_PERSON, APPROVAL_CONTENT_CHANGED (the application is not what she saw any more), MOVE_NOT_ALLOWED.
    """
    ask(office, who, Verb.APPLY_APPROVAL)
    try:
        approval = read_approval(document)
    except MessageDamaged as error:
        raise Refused(Reason.APPROVAL_DAMAGED) from error

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.APPLY_APPROVAL)
        now = clock.now()
        _require_asked_for(tx, approval, now)
        signer = _signer(tx, office, approval)
        application_id = approval.object_id
        require_stage(tx, application_id, Stage.REVIEW)
        message = enrolment_message(tx, office, application_id, approved_by=signer.id, at=now)
        if content_hash(to_osia(from_message(message))) != approval.content:
            raise Refused(Reason.APPROVAL_CONTENT_CHANGED)
        if not use_request(tx, approval.request_id, document, at=now):
            raise Refused(Reason.APPROVAL_USED)
        to = move(tx, application_id, Action.APPROVE, actor=signer, at=now, announcement=message)
        keep_approver(tx, application_id, signer.id)
        note(tx, AuditTag.APPROVAL_APPLIED, actor, application_id, approval.request_id)
        return to

    return office.store.write(verb)


def _require_asked_for(tx: Connection, approval: Approval, now: datetime) -> None:
    held = request_of(tx, approval.request_id)
    if held is None:
        raise Refused(Reason.APPROVAL_OTHER)
    asked = read_request(held.document)
    said = (approval.request, approval.action, approval.object_id, approval.content, approval.nonce)
    if said != (sha256_hex(held.document), asked.action, asked.object_id, asked.content, asked.nonce):
        raise Refused(Reason.APPROVAL_OTHER)
    if held.used:
        raise Refused(Reason.APPROVAL_USED)
    if now >= held.expires_at:
        raise Refused(Reason.APPROVAL_EXPIRED)
    if approval.approver == asked.requested_by:
        raise Refused(Reason.SAME_PERSON, action=asked.action)


def _signer(tx: Connection, office: Office, approval: Approval) -> Actor:
    public = trusted_key(tx, approval.approver)
    signer = operator_by_id(tx, approval.approver)
    if public is None or signer is None:
        raise Refused(Reason.APPROVER_UNKNOWN)
    if not is_signed_by(approval, public):
        raise Refused(Reason.APPROVAL_DAMAGED)
    return Actor(signer.id, signer.role, office.station.id)


def note(tx: Connection, tag: AuditTag, actor: Actor, application_id: str, request_id: str) -> None:
    """One entry of the trail about a request."""
    write_audit(
        tx,
        tag,
        at=clock.now(),
        actor=actor.id,
        station_id=actor.station_id,
        object_id=application_id,
        request=request_id,
    )
