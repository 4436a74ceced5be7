"""Acts of two people: who acts shows again who she is, and another one stands by with her own name and password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from workstation.database import Connection
from workstation.database.moves import Actor
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.sign_in import verify
from workstation.workflow.sign_in_confirming import require_proof, write_confirmed

T = TypeVar("T")


@dataclass(frozen=True)
class SecondPerson:
    """Who stands by, as she typed it. The password is looked at once and kept nowhere."""

    username: str
    password: str = field(repr=False)


def write_by_two(
    office: Office,
    who: SignedIn,
    verb: Verb,
    second: SecondPerson,
    object_id: str,
    transaction: Callable[[Connection, Actor, str], T],
    *,
    witness_verb: Verb = Verb.STOCK_WITNESS,
) -> T:
    """Runs `transaction(tx, actor, the second person's id)` as the store does; the second one must be allowed
    `witness_verb`.

    Raises Refused ROLE_NOT_ALLOWED (either of the two), CONFIRMATION_NEEDED, SECOND_PERSON_NEEDED (the same one twice),
    what `sign_in.verify` raises, and what `transaction` raises.
    """

    def allowed(connection: Connection) -> None:
        acting(connection, office, who, verb)
        # Asked before the other one's password is looked at, so that she types it once.
        require_proof(connection, office, who, verb, object_id)

    office.store.read(allowed)
    facts = {"action": verb.value, "object": object_id}
    other = verify(office, second.username, second.password, AuditTag.SIGN_IN_CONFIRMED, facts=facts)

    def both(tx: Connection) -> T:
        actor = acting(tx, office, who, verb)
        witness = acting(tx, office, SignedIn(other, who.at), witness_verb)
        if witness.id == actor.id:
            raise Refused(Reason.SECOND_PERSON_NEEDED)
        return transaction(tx, actor, witness.id)

    return write_confirmed(office, who, verb, object_id, both)
