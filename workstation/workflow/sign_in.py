"""Signing in and out with name and password (Argon2id)."""

from __future__ import annotations

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.station import credentials_of, keep_password_hash
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.security.passwords import hash_password, needs_rehash, verify_password
from workstation.workflow.office import Office, SignedIn


def sign_in(office: Office, username: str, password: str) -> SignedIn:
    """Raises Refused WRONG_PASSWORD (also for an unknown name: which of the two is not told), OPERATOR_INACTIVE."""
    held = office.store.read(lambda connection: credentials_of(connection, username.strip()))
    right = verify_password(held.password_hash if held else None, password)
    now = clock.now()
    if held is None or not right or not held.operator.active:
        reason = Reason.WRONG_PASSWORD if not right else Reason.OPERATOR_INACTIVE

        def note_refusal(tx: Connection) -> None:
            write_audit(
                tx,
                AuditTag.SIGN_IN_REFUSED,
                at=now,
                actor=held.operator.id if held else "unknown",
                station_id=office.station.id,
                object_id=held.operator.id if held else "unknown",
                reason=reason.value,
            )

        office.store.write(note_refusal)
        raise Refused(reason)

    operator = held.operator
    stronger = hash_password(password) if needs_rehash(held.password_hash) else None

    def note_sign_in(tx: Connection) -> None:
        if stronger is not None:
            keep_password_hash(tx, operator.id, stronger)
        write_audit(
            tx,
            AuditTag.SIGN_IN,
            at=now,
            actor=operator.id,
            station_id=office.station.id,
            object_id=operator.id,
        )

    office.store.write(note_sign_in)
    return SignedIn(operator, now)


def sign_out(office: Office, who: SignedIn) -> None:
    """Ends the sign-in in the trail."""
    office.store.write(
        lambda tx: write_audit(
            tx,
            AuditTag.SIGN_OUT,
            at=clock.now(),
            actor=who.operator.id,
            station_id=office.station.id,
            object_id=who.operator.id,
        )
    )
