"""The policies of the office: every version with what it changed, and bringing in a newer one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.policies import HeldPolicy, add_policy, held_policies
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.policy import Policy, PolicyDamaged, read_policy
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office, SignedIn, acting, ask


@dataclass(frozen=True)
class Difference:
    """One key of the document and its values as JSON; empty where the key is absent."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class PolicyVersion:
    """`differences` are against the version that was in force before; the first version is all new. `in_force`:
    new applications are made under it."""

    version: str
    in_force_since: datetime
    in_force: bool
    differences: tuple[Difference, ...]


def differences(before: bytes, after: bytes) -> tuple[Difference, ...]:
    """What two policy documents say differently, by key. `before` may be empty."""
    old: dict[str, object] = json.loads(before) if before else {}
    new: dict[str, object] = json.loads(after)

    def said(document: dict[str, object], key: str) -> str:
        return json.dumps(document[key], ensure_ascii=False, sort_keys=True) if key in document else ""

    pairs = ((key, said(old, key), said(new, key)) for key in dict.fromkeys((*old, *new)))
    return tuple(Difference(key, one, other) for key, one, other in pairs if one != other)


def policies_of_office(office: Office, who: SignedIn) -> tuple[PolicyVersion, ...]:
    """Every version, the one in force first. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> tuple[HeldPolicy, ...]:
        acting(connection, office, who, Verb.LOOK_AT_POLICIES)
        return held_policies(connection)

    held = office.store.read(query)
    before = (*(one.document for one in held[1:]), b"")
    return tuple(
        PolicyVersion(one.version, one.in_force_since, place == 0, differences(older, one.document))
        for place, (one, older) in enumerate(zip(held, before, strict=True))
    )


def check_policy(office: Office, who: SignedIn, document: bytes) -> tuple[Difference, ...]:
    """What would change if this document were brought in. Raises as `bring_in_policy`."""
    ask(office, who, Verb.BRING_IN_POLICY)
    held = office.store.read(held_policies)
    _read(document, {one.version for one in held})
    return differences(held[0].document, document)


def bring_in_policy(office: Office, who: SignedIn, document: bytes) -> Policy:
    """Puts a policy in force for new applications; open ones keep theirs.

    Raises Refused: POLICY_DAMAGED (`detail`; the one in force stays), POLICY_KNOWN, ROLE_NOT_ALLOWED.
    """

    def verb(tx: Connection) -> Policy:
        actor = acting(tx, office, who, Verb.BRING_IN_POLICY)
        _read(document, {one.version for one in held_policies(tx)})
        now = clock.now()
        policy = add_policy(tx, document, at=now)
        write_audit(
            tx,
            AuditTag.POLICY_IN_FORCE,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=policy.version,
        )
        return policy

    return office.store.write(verb)


def _read(document: bytes, known: set[str]) -> None:
    try:
        policy = read_policy(document)
    except PolicyDamaged as damaged:
        raise Refused(Reason.POLICY_DAMAGED, detail=str(damaged)) from damaged
    if policy.version in known:
        raise Refused(Reason.POLICY_KNOWN, version=policy.version)
