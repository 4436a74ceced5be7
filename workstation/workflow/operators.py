"""Operators of the office: the administrator adds them."""

from __future__ import annotations

import unicodedata

from uuid6 import uuid7

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.station import add_operator as store_operator
from workstation.database.station import all_operators
from workstation.domain.audit import AuditTag
from workstation.domain.operator import SIGN_IN_ROLES, Operator, Role
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.security.passwords import MINIMUM_LENGTH, hash_password
from workstation.workflow.office import Office, SignedIn, acting


def check_password(password: str) -> None:
    """Raises Refused PASSWORD_TOO_SHORT."""
    if len(password) < MINIMUM_LENGTH:
        raise Refused(Reason.PASSWORD_TOO_SHORT, minimum=MINIMUM_LENGTH)


def check_username(username: str) -> str:
    """The user name without spaces around it. Raises Refused FIELDS_INCOMPLETE for an empty or unprintable one."""
    name = unicodedata.normalize("NFC", username.strip())
    if not name or len(name) > 64 or not name.isprintable():
        raise Refused(Reason.FIELDS_INCOMPLETE, username="missing")
    return name


def add_operator(
    office: Office, who: SignedIn, *, username: str, display_name: str, role: Role, password: str
) -> Operator:
    """Adds an operator. Raises Refused ROLE_NOT_ALLOWED, USERNAME_TAKEN, PASSWORD_TOO_SHORT."""
    check_password(password)
    if role not in SIGN_IN_ROLES:
        raise Refused(Reason.ROLE_NOT_ALLOWED, role=role.value)
    name = check_username(username)
    operator = Operator(str(uuid7()), name, display_name.strip() or name, role, True)
    encoded = hash_password(password)

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.ADD_OPERATOR)
        now = clock.now()
        store_operator(tx, operator, encoded, at=now)
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
