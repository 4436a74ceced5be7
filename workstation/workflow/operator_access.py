"""What opens the station to an operator: what the administrator gives, ends and unlocks, and her own password."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.operator_fingers import enrolled_positions
from workstation.database.sign_in import access_of, attempt_counts, keep_access
from workstation.database.station import all_operators, keep_password_hash, operator_by_id
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Operator
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.security.passwords import hash_password, one_time_code
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.operator_fingers import delete_with_entry
from workstation.workflow.operators import check_password
from workstation.workflow.sign_in import verify
from workstation.workflow.sign_in_lockout import clear_attempts, operator_subject, seconds_left


@dataclass(frozen=True)
class OperatorAccess:
    """`locked_minutes` is 0 when the operator may try; `must_change`: a one-time password; `valid_until`: last day;
    `fingers`: positions enrolled for sign-in."""

    operator: Operator
    locked_minutes: int
    must_change: bool
    valid_until: date | None
    fingers: tuple[int, ...] = ()


def accesses(office: Office, who: SignedIn) -> tuple[OperatorAccess, ...]:
    """Everyone of this office and what keeps them out, by user name. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> tuple[OperatorAccess, ...]:
        acting(connection, office, who, Verb.LIST_OPERATORS)
        counts, fingers = attempt_counts(connection), enrolled_positions(connection)
        found = []
        for operator in all_operators(connection):
            count = counts.get(operator_subject(operator.id))
            left = math.ceil(seconds_left(count) / 60) if count is not None else 0
            access = access_of(connection, operator.id)
            held = fingers.get(operator.id, ())
            found.append(OperatorAccess(operator, left, access.must_change, access.valid_until, held))
        return tuple(found)

    return office.store.read(query)


def _known(tx: Connection, operator_id: str) -> Operator:
    operator = operator_by_id(tx, operator_id)
    if operator is None:
        raise Refused(Reason.NO_SUCH_OPERATOR)
    return operator


def unlock_operator(office: Office, who: SignedIn, operator_id: str) -> None:
    """The operator may try again at once. Raises Refused ROLE_NOT_ALLOWED, NO_SUCH_OPERATOR."""

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.UNLOCK_OPERATOR)
        _known(tx, operator_id)
        clear_attempts(tx, operator_id)
        write_audit(
            tx,
            AuditTag.SIGN_IN_UNLOCKED,
            at=clock.now(),
            actor=actor.id,
            station_id=actor.station_id,
            object_id=operator_id,
        )

    office.store.write(verb)


def reset_password(office: Office, who: SignedIn, operator_id: str) -> str:
    """Replaces the operator's password by a one-time one, which is told here once and nowhere kept.

    It opens nothing but `change_password`. Raises Refused ROLE_NOT_ALLOWED, NO_SUCH_OPERATOR.
    """
    code = one_time_code()
    encoded = hash_password(code)

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.RESET_PASSWORD)
        _known(tx, operator_id)
        keep_password_hash(tx, operator_id, encoded)
        keep_access(tx, operator_id, replace(access_of(tx, operator_id), must_change=True))
        clear_attempts(tx, operator_id)
        write_audit(
            tx,
            AuditTag.PASSWORD_RESET,
            at=clock.now(),
            actor=actor.id,
            station_id=actor.station_id,
            object_id=operator_id,
        )

    office.store.write(verb)
    return code


def limit_access(office: Office, who: SignedIn, operator_id: str, until: date | None) -> None:
    """The last day of the office on which the operator can sign in; None: without an end. With the access go the
    fingers enrolled for it, at once when the day is past.

    Raises Refused ROLE_NOT_ALLOWED, NO_SUCH_OPERATOR, SECOND_PERSON_NEEDED (nobody ends her own access by a slip).
    """

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.LIMIT_ACCESS)
        _known(tx, operator_id)
        if operator_id == actor.id:
            raise Refused(Reason.SECOND_PERSON_NEEDED)
        keep_access(tx, operator_id, replace(access_of(tx, operator_id), valid_until=until))
        if until is not None and until < clock.office_day(clock.now()):
            delete_with_entry(tx, operator_id, by=actor.id, station_id=actor.station_id)
        write_audit(
            tx,
            AuditTag.ACCESS_LIMITED,
            at=clock.now(),
            actor=actor.id,
            station_id=actor.station_id,
            object_id=operator_id,
            until=until.isoformat() if until else None,
        )

    office.store.write(verb)


def change_password(office: Office, username: str, password: str, new: str) -> None:
    """The operator's own change, by the password held before; that is also how a one-time password becomes a real one.

    Raises Refused PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG, PASSWORD_TOO_COMMON, PASSWORD_UNCHANGED, and as `verify`.
    """
    check_password(new, username)
    encoded = hash_password(new)

    def keep(tx: Connection, operator: Operator) -> None:
        keep_password_hash(tx, operator.id, encoded)
        keep_access(tx, operator.id, replace(access_of(tx, operator.id), must_change=False))

    verify(office, username, password, AuditTag.PASSWORD_CHANGED, changing=new, keep=keep)
