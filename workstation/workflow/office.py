"""The open office: what every verb needs at hand, and who may act in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis
from workstation.database import Connection
from workstation.database.kept_drafts import KeptDrafts
from workstation.database.moves import Actor
from workstation.database.station import operator_by_id
from workstation.database.store import Store
from workstation.domain.operator import Operator
from workstation.domain.permissions import Verb, require
from workstation.domain.refused import Reason, Refused
from workstation.domain.station import Station
from workstation.workflow.proofs import Proofs


@dataclass(frozen=True)
class Office:
    """`data` is the folder that holds the database and its key; `proofs` who has just shown who she is.
    `drafts` keeps what is typed until a server has it; None for an office in a file of its own."""

    station: Station
    store: Store
    analysis: FingerprintAnalysis
    data: Path
    proofs: Proofs = field(default_factory=Proofs, repr=False, compare=False)
    drafts: KeptDrafts | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class SignedIn:
    """An operator at this station since `at`."""

    operator: Operator
    at: datetime


def acting(connection: Connection, office: Office, who: SignedIn, verb: Verb) -> Actor:
    """The actor of a verb, as the database knows the operator now, whatever the caller's object says.

    Raises Refused: NOT_SIGNED_IN, OPERATOR_INACTIVE, ROLE_NOT_ALLOWED when the table of permissions says no.
    """
    operator = operator_by_id(connection, who.operator.id)
    if operator is None:
        raise Refused(Reason.NOT_SIGNED_IN)
    if not operator.active:
        raise Refused(Reason.OPERATOR_INACTIVE, username=operator.username)
    require(operator.role, verb)
    return Actor(operator.id, operator.role, office.station.id)


def ask(office: Office, who: SignedIn, verb: Verb) -> None:
    """As `acting`, for a verb that has long work before its transaction; the transaction asks again."""
    office.store.read(lambda connection: acting(connection, office, who, verb))
