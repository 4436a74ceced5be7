"""Operators of the office: the administrator adds them."""

from __future__ import annotations

import unicodedata

from uuid6 import uuid7

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.sign_in import Access, keep_access
from workstation.database.station import add_operator as store_operator
from workstation.database.station import all_operators
from workstation.domain.audit import AuditTag
from workstation.domain.operator import SIGN_IN_ROLES, Operator, Role
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.security.passwords import MAXIMUM_LENGTH, MINIMUM_LENGTH, hash_password, is_common, one_form
from workstation.workflow.office import Office, SignedIn, acting


def check_password(password: str, username: str = "") -> None:
    """Raises Refused PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG, PASSWORD_TOO_COMMON."""
    length = len(one_form(password))
    if length < MINIMUM_LENGTH:
        raise Refused(Reason.PASSWORD_TOO_SHORT, minimum=MINIMUM_LENGTH)
    if length > MAXIMUM_LENGTH:
        raise Refused(Reason.PASSWORD_TOO_LONG, maximum=MAXIMUM_LENGTH)
    if is_common(password, username):
        raise Refused(Reason.PASSWORD_TOO_COMMON)


def check_username(username: str) -> str:
    """The user name without spaces around it. Raises Refused FIELDS_INCOMPLETE for an empty or unprintable one."""
    name = unicodedata.normalize("NFC", username.strip())
    if not name or len(name) > 64 or not name.isprintable():
        raise Refused(Reason.FIELDS_INCOMPLETE, username="missing")
    return name


def add_operator(
    office: Office,
    who: SignedIn,
    *,
    username: str,
    display_name: str,
    role: Role,
    password: str,
    must_change: bool = False,
) -> Operator:
    """Adds an operator; `must_change`: the password is known to somebody else and opens nothing but its own change.

    Raises Refused ROLE_NOT_ALLOWED, USERNAME_TAKEN, and as check_password.
    """
    check_password(password, username)
    if role not in SIGN_IN_ROLES:
        raise Refused(Reason.ROLE_NOT_ALLOWED, role=role.value)
    name = check_username(username)
    operator = Operator(str(uuid7()), name, display_name.strip() or name, role, True)
    encoded = hash_password(password)

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.ADD_OPERATOR)
        now = clock.now()
        store_operator(tx, operator, encoded, at=now)
        keep_access(tx, operator.id, Access(must_change=must_change))
        write_audit(
            tx,
            AuditTag.OPERATOR_CREATED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=operator.id,
            role=role.value,
        )

    office.store.write(verb)
    return operator


def list_operators(office: Office, who: SignedIn) -> tuple[Operator, ...]:
    """Everyone of this office. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> tuple[Operator, ...]:
        acting(connection, office, who, Verb.LIST_OPERATORS)
        return all_operators(connection)

    return office.store.read(query)
