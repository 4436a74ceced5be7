"""Policy versions, kept for as long as an application was made under them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, insert, select

from workstation.database.plain_sql import rows
from workstation.database.tables import policies
from workstation.domain.policy import Policy, read_policy

# A version names its own content by hash, so a parsed one never grows old.
_parsed = lru_cache(maxsize=32)(read_policy)


def add_policy(tx: Connection, document: bytes, *, at: datetime) -> Policy:
    """Puts a policy document in force from `at`. Raises PolicyDamaged."""
    policy = read_policy(document)
    tx.execute(insert(policies).values(version=policy.version, document=document, in_force_since=at))
    return policy


@dataclass(frozen=True)
class HeldPolicy:
    """One version as it came, and since when it is in force here."""

    version: str
    document: bytes
    in_force_since: datetime


def held_policies(connection: Connection) -> tuple[HeldPolicy, ...]:
    """Every version, the one in force first."""
    newest_first = select(policies).order_by(policies.c.in_force_since.desc(), policies.c.version)
    return tuple(
        HeldPolicy(row.version, bytes(row.document), row.in_force_since)
        for row in connection.execute(newest_first)
    )


def policy_of(connection: Connection, version: str) -> Policy:
    """The policy of that version."""
    return _parsed(
        connection.execute(select(policies.c.document).where(policies.c.version == version)).scalar_one()
    )


def policy_since(connection: Connection) -> datetime:
    """Since when the newest policy is in force here."""
    newest = select(policies.c.in_force_since).order_by(policies.c.in_force_since.desc()).limit(1)
    since: datetime = connection.execute(newest).scalar_one()
    return since


_NEWEST = "SELECT document FROM policies ORDER BY in_force_since DESC, version LIMIT 1"


def policy_in_force(connection: Connection) -> Policy:
    """The policy under which new applications are made."""
    ((document,),) = rows(connection, _NEWEST, {})
    return _parsed(bytes(document))
