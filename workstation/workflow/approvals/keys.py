"""Keys of those who approve elsewhere: made where she works, sealed under her passphrase, trusted where it counts."""

from __future__ import annotations

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workstation import clock
from workstation.database import Connection
from workstation.database.approvals import keep_approval_key, sealed_approval_key, trust_approver
from workstation.database.audit import write_audit
from workstation.database.station import add_operator, operator_by_id
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Operator, Role
from workstation.domain.permissions import Verb, may
from workstation.domain.refused import Reason, Refused
from workstation.interchange.approval import ApproverCard, card_document, read_card
from workstation.interchange.errors import MessageDamaged
from workstation.security.key_wrapping import WrappedKey, WrappedKeyDamaged, WrongPassphrase, unwrap, wrap
from workstation.workflow.office import Office, SignedIn, acting, ask

_SHORTEST = 10
# No hash of this form exists: with it nobody signs in.
_NO_PASSWORD = "-"


def make_approval_key(office: Office, who: SignedIn, passphrase: str) -> bytes:
    """Makes her key and returns her card, the public half. An earlier key of hers is forgotten.

    Raises Refused ROLE_NOT_ALLOWED, PASSWORD_TOO_SHORT.
    """
    ask(office, who, Verb.MAKE_APPROVAL_KEY)
    if len(passphrase) < _SHORTEST:
        raise Refused(Reason.PASSWORD_TOO_SHORT, minimum=_SHORTEST)
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    sealed = wrap(key.private_bytes_raw(), passphrase).to_json()

    def verb(tx: Connection) -> bytes:
        actor = acting(tx, office, who, Verb.MAKE_APPROVAL_KEY)
        now = clock.now()
        operator = operator_by_id(tx, actor.id)
        assert operator is not None
        keep_approval_key(tx, actor.id, public, sealed, at=now)
        write_audit(
            tx,
            AuditTag.APPROVAL_KEY_MADE,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=actor.id,
        )
        return card_document(
            ApproverCard(
                actor.id, operator.display_name, actor.role.value, office.station.office_code, public
            )
        )

    return office.store.write(verb)


def open_key(connection: Connection, operator_id: str, passphrase: str) -> Ed25519PrivateKey:
    """Raises Refused NO_APPROVAL_KEY, WRONG_PASSPHRASE."""
    sealed = sealed_approval_key(connection, operator_id)
    if sealed is None:
        raise Refused(Reason.NO_APPROVAL_KEY)
    try:
        return Ed25519PrivateKey.from_private_bytes(unwrap(WrappedKey.from_json(sealed), passphrase))
    except (WrongPassphrase, WrappedKeyDamaged) as error:
        raise Refused(Reason.WRONG_PASSPHRASE) from error


def card_of(document: bytes) -> ApproverCard:
    """Raises Refused APPROVAL_DAMAGED."""
    try:
        return read_card(document)
    except MessageDamaged as error:
        raise Refused(Reason.APPROVAL_DAMAGED) from error


def trust(office: Office, who: SignedIn, document: bytes, fingerprint: str) -> ApproverCard:
    """The administrator trusts the key on this card, after the fingerprint was compared by voice.

    Whoever works elsewhere becomes known here without being able to sign in. Raises Refused ROLE_NOT_ALLOWED (also
    for a card of somebody who may not approve), APPROVAL_DAMAGED, APPROVER_UNKNOWN (another fingerprint, or a card
    that says other things of a known operator).
    """
    ask(office, who, Verb.TRUST_APPROVER)
    card = card_of(document)
    if fingerprint.replace(" ", "").lower() != card.fingerprint.replace(" ", ""):
        raise Refused(Reason.APPROVER_UNKNOWN)
    roles = {role.value: role for role in Role if may(role, Verb.APPROVE)}
    if card.role not in roles:
        raise Refused(Reason.ROLE_NOT_ALLOWED, role=card.role, action=Verb.APPROVE.value)
    elsewhere = Operator(
        card.operator_id,
        f"{card.operator_id[-12:]}@{card.office_code}",
        card.display_name,
        roles[card.role],
        False,
    )

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.TRUST_APPROVER)
        now = clock.now()
        known = operator_by_id(tx, card.operator_id)
        if known is None:
            add_operator(tx, elsewhere, _NO_PASSWORD, at=now)
        elif replace(known, username="", active=False) != replace(elsewhere, username=""):
            raise Refused(Reason.APPROVER_UNKNOWN)
        trust_approver(tx, card.operator_id, card.office_code, card.public_key, by=actor.id, at=now)
        write_audit(
            tx,
            AuditTag.APPROVER_TRUSTED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=card.operator_id,
            office=card.office_code,
            fingerprint=card.fingerprint,
        )

    office.store.write(verb)
    return card
