"""Signing in and out with name and password (Argon2id).

Two transactions: the attempt is counted and committed before the password is looked at, its outcome afterwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import NoReturn

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.policies import policy_in_force
from workstation.database.sign_in import access_of, latest_time
from workstation.database.station import Credentials, credentials_of, keep_password_hash
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Operator
from workstation.domain.refused import Reason, Refused
from workstation.security.passwords import hash_password, needs_rehash, one_form, verify_password
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.sign_in_lockout import count_attempt, locked, take_back

# With these the password was right and its owner goes on: the attempt does not count.
_HERS = (Reason.PASSWORD_MUST_CHANGE, Reason.PASSWORD_UNCHANGED)


def _note(tx: Connection, office: Office, tag: AuditTag, operator_id: str, **facts: str) -> None:
    station_id = office.station.id
    write_audit(
        tx, tag, at=clock.now(), actor=operator_id, station_id=station_id, object_id=operator_id, **facts
    )


def attempt(
    office: Office,
    username: str,
    look: Callable[[Credentials | None], Refused | None],
    accepted: AuditTag,
    *,
    changing: bool = False,
    settled: Callable[[Connection, Operator], Refused | None] | None = None,
    facts: Mapping[str, str] | None = None,
) -> Operator:
    """Who that is, when `look` finds nothing wrong with what was shown; counted as an attempt before it looks. The
    trail gets `accepted` with `facts`, or the refusal.

    `look` gets None for an unknown name and must then refuse as it would for a known one. `settled` runs in the
    transaction that accepts, and may still refuse before it writes. Raises Refused SIGN_IN_LOCKED, what `look` and
    `settled` say, and only where both are content OPERATOR_INACTIVE, OPERATOR_EXPIRED, PASSWORD_MUST_CHANGE (a one-time
    password, unless it is `changing`); UNKNOWN_ROLE.
    """
    name = unicodedata.normalize("NFC", username.strip())

    def count(tx: Connection) -> tuple[Credentials | None, float]:
        held = credentials_of(tx, name)
        known = held.operator.id if held is not None else None
        seconds = count_attempt(tx, office.station.id, known, name)
        if seconds:
            reason = Reason.SIGN_IN_LOCKED.value
            _note(tx, office, AuditTag.SIGN_IN_REFUSED, known or "unknown", reason=reason)
        return held, seconds

    held, seconds = office.store.write(count)
    if seconds:
        raise locked(seconds)
    wrong = look(held)
    if held is None or wrong is not None:
        operator_id = held.operator.id if held else "unknown"
        _refuse(office, operator_id, wrong or Refused(Reason.WRONG_PASSWORD))
    operator = held.operator

    def settle(tx: Connection) -> Refused | None:
        if credentials_of(tx, name) != held:
            # Reset, or changed elsewhere, while this one was looked at.
            return Refused(Reason.WRONG_PASSWORD)
        fault = not_admitted(tx, operator, changing)
        if fault is None and settled is not None:
            fault = settled(tx, operator)
        if fault is None or fault.reason in _HERS:
            take_back(tx, office.station.id, operator.id)
        if fault is None:
            _note(tx, office, accepted, operator.id, **(facts or {}))
        return fault

    fault = office.store.write(settle)
    if fault is not None:
        _refuse(office, operator.id, fault)
    return operator


def verify(
    office: Office,
    username: str,
    password: str,
    accepted: AuditTag,
    *,
    changing: str | None = None,
    keep: Callable[[Connection, Operator], None] | None = None,
    facts: Mapping[str, str] | None = None,
) -> Operator:
    """Whose password this is; an `attempt`. `keep` runs in the transaction that accepts.

    Raises Refused as `attempt`, WRONG_PASSWORD (also for an unknown name: which of the two is not told), and
    PASSWORD_UNCHANGED when it is `changing` to the same.
    """
    stronger: list[str] = []

    def look(held: Credentials | None) -> Refused | None:
        right = verify_password(held.password_hash if held else None, password)
        if held is None or not right:
            return Refused(Reason.WRONG_PASSWORD)
        if needs_rehash(held.password_hash):
            stronger.append(hash_password(password))
        return None

    def settled(tx: Connection, operator: Operator) -> Refused | None:
        if changing is not None and one_form(changing) == one_form(password):
            return Refused(Reason.PASSWORD_UNCHANGED)
        for encoded in stronger:
            keep_password_hash(tx, operator.id, encoded)
        if keep is not None:
            keep(tx, operator)
        return None

    return attempt(
        office, username, look, accepted, changing=changing is not None, settled=settled, facts=facts
    )


def _refuse(office: Office, operator_id: str, refused: Refused) -> NoReturn:
    def verb(tx: Connection) -> None:
        _note(tx, office, AuditTag.SIGN_IN_REFUSED, operator_id, reason=refused.reason.value)

    office.store.write(verb)
    raise refused


def not_admitted(tx: Connection, operator: Operator, changing: bool) -> Refused | None:
    """Why this operator's right password opens nothing, or None. A clock set back makes nobody's access longer."""
    if not operator.active:
        return Refused(Reason.OPERATOR_INACTIVE, username=operator.username)
    access = access_of(tx, operator.id)
    until = access.valid_until
    latest = max(clock.now(), latest_time(tx) or clock.now())
    if until is not None and clock.office_day(latest) > until:
        return Refused(Reason.OPERATOR_EXPIRED, day=until.strftime("%d/%m/%Y"))
    if access.must_change and not changing:
        return Refused(Reason.PASSWORD_MUST_CHANGE)
    return None


def sign_in(office: Office, username: str, password: str) -> SignedIn:
    """Begins the operator's work at this station. Raises Refused as `verify`."""
    operator = verify(office, username, password, AuditTag.SIGN_IN)
    office.proofs.present(operator.id)
    return SignedIn(operator, clock.now())


def sign_out(office: Office, who: SignedIn) -> None:
    """Ends the sign-in in the trail; what the operator had proven counts no more."""
    office.proofs.forget(who.operator.id)
    office.store.write(lambda tx: _note(tx, office, AuditTag.SIGN_OUT, who.operator.id))


def idle_seconds(office: Office) -> float:
    """How long a window may stay open with nobody touching it, by the policy in force."""
    return 60.0 * office.store.read(policy_in_force).sign_in.idle_lock_minutes
