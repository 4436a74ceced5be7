"""Looking at the audit trail by filters; asked as every verb is, because the trail tells who did what."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from workstation.database import Connection
from workstation.database.audit import AuditEntry as AuditEntry
from workstation.database.audit_pages import PAGE as PAGE
from workstation.database.audit_pages import AuditFilter as AuditFilter
from workstation.database.audit_pages import AuditList as AuditList
from workstation.database.audit_pages import actors, entries_page, list_entries, object_named, stations
from workstation.domain.permissions import Verb
from workstation.workflow.audit.verify import Verdict, verify_trail
from workstation.workflow.office import Office, SignedIn, acting, ask


@dataclass(frozen=True)
class Choices:
    """What can be filtered by: user id -> name shown, and the stations that wrote entries."""

    actors: dict[str, str]
    stations: tuple[str, ...]


def choices(office: Office, who: SignedIn) -> Choices:
    """Raises Refused as `acting` does."""

    def query(connection: Connection) -> Choices:
        acting(connection, office, who, Verb.LOOK_AT_AUDIT)
        return Choices(actors(connection), stations(connection))

    return office.store.read(query)


def find_entries(
    office: Office, who: SignedIn, chosen: AuditFilter
) -> tuple[AuditList, tuple[AuditEntry, ...]]:
    """What fits, and its first page; `object_id` may be an application's number or a user's name too.

    Raises Refused as `acting` does.
    """

    def query(connection: Connection) -> tuple[AuditList, tuple[AuditEntry, ...]]:
        acting(connection, office, who, Verb.LOOK_AT_AUDIT)
        named = chosen.object_id
        sought = replace(chosen, object_id=object_named(connection, named)) if named else chosen
        listed = list_entries(connection, sought)
        return listed, entries_page(connection, listed, 0)

    return office.store.read(query)


def read_page(office: Office, who: SignedIn, listed: AuditList, page: int) -> tuple[AuditEntry, ...]:
    """One more page of the same list. Raises Refused as `acting` does."""

    def query(connection: Connection) -> tuple[AuditEntry, ...]:
        acting(connection, office, who, Verb.LOOK_AT_AUDIT)
        return entries_page(connection, listed, page)

    return office.store.read(query)


def verify(
    office: Office,
    who: SignedIn,
    *,
    progress: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
) -> Verdict:
    """Verifies the whole trail as it lies here. Raises Refused as `acting` does."""
    ask(office, who, Verb.LOOK_AT_AUDIT)
    return verify_trail(office.store, progress=progress, stop=stop)
