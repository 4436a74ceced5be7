"""Verbs that want their operator to show again who she is: asked in the verb's own transaction, after every other rule.

Who may not do it anyway is told that, and is not asked for a password.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from workstation.database import Connection
from workstation.database.policies import policy_in_force
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.sign_in import verify

T = TypeVar("T")


def require_proof(tx: Connection, office: Office, who: SignedIn, verb: Verb, object_id: str) -> None:
    """Raises Refused CONFIRMATION_NEEDED when what she has shown is too old, or was for something else."""
    minutes = policy_in_force(tx).sign_in.confirm_minutes(verb)
    if not office.proofs.holds(who.operator.id, verb, object_id, minutes):
        raise Refused(Reason.CONFIRMATION_NEEDED, action=verb.value, object=object_id)


def write_confirmed(
    office: Office, who: SignedIn, verb: Verb, object_id: str, transaction: Callable[[Connection], T]
) -> T:
    """Runs `transaction` as the store does, unless no proof is there: then nothing of it happens.

    Raises Refused CONFIRMATION_NEEDED, and what `transaction` raises.
    """

    def confirmed(tx: Connection) -> T:
        result = transaction(tx)
        require_proof(tx, office, who, verb, object_id)
        return result

    result = office.store.write(confirmed)
    office.proofs.used(who.operator.id, verb, object_id)
    return result


def confirm(office: Office, who: SignedIn, password: str, verb: Verb, object_id: str) -> None:
    """The operator shows again who she is, for this action on this object. Raises Refused as `sign_in.verify`."""
    operator = verify(
        office,
        who.operator.username,
        password,
        AuditTag.SIGN_IN_CONFIRMED,
        facts={"action": verb.value, "object": object_id},
    )
    office.proofs.give(operator.id, verb, object_id)
