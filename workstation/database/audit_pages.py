"""The trail by filters, newest first, a page at a time: what the auditor's table shows of a million entries.

A page deep in the list is not reached by counting through everything above it: a first pass over the narrowest index
marks every 2,000th entry, and a page begins at the mark above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, func, select

from workstation.database.audit import AuditEntry
from workstation.database.tables import applications, audit, operators
from workstation.domain.audit import AuditTag

PAGE = 200
_MARK = 2000


@dataclass(frozen=True)
class AuditFilter:
    """None: whatever it is. `since` is included, `until` is not."""

    since: datetime | None = None
    until: datetime | None = None
    tag: AuditTag | None = None
    actor: str | None = None
    station_id: str | None = None
    object_id: str | None = None


@dataclass(frozen=True)
class AuditList:
    """`total` entries fit the filter; `marks` are the sequences of every 2,000th of them, newest first."""

    chosen: AuditFilter
    total: int
    marks: tuple[int, ...]


Numbers = TypeVar("Numbers", bound=Select[Any])


def _fitting(query: Numbers, chosen: AuditFilter) -> Numbers:
    if chosen.since is not None:
        query = query.where(audit.c.at >= chosen.since)
    if chosen.until is not None:
        query = query.where(audit.c.at < chosen.until)
    for column, wanted in (
        (audit.c.tag, chosen.tag.value if chosen.tag is not None else None),
        (audit.c.actor, chosen.actor),
        (audit.c.station_id, chosen.station_id),
        (audit.c.object_id, chosen.object_id),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    return query


def list_entries(connection: Connection, chosen: AuditFilter) -> AuditList:
    """How many entries fit, and the marks of their pages."""
    if chosen == AuditFilter():
        total, first, last = connection.execute(
            select(func.count(), func.min(audit.c.sequence), func.max(audit.c.sequence)).select_from(audit)
        ).one()
        if total and last - first + 1 == total:
            return AuditList(chosen, total, tuple(range(last, first - 1, -_MARK)))
    numbered = _fitting(
        select(audit.c.sequence, func.row_number().over(order_by=audit.c.sequence.desc()).label("line")),
        chosen,
    ).subquery()
    marks = connection.execute(
        select(numbered.c.sequence)
        .where((numbered.c.line - 1) % _MARK == 0)
        .order_by(numbered.c.sequence.desc())
    ).scalars()
    total = connection.scalar(_fitting(select(func.count()).select_from(audit), chosen)) or 0
    return AuditList(chosen, total, tuple(marks))


def entries_page(connection: Connection, listed: AuditList, page: int) -> tuple[AuditEntry, ...]:
    """The entries from line `page` * 200 on, newest first. Entries written after the list was made are not in it."""
    mark, skipped = divmod(page * PAGE, _MARK)
    if not 0 <= mark < len(listed.marks):
        return ()
    wanted = (
        _fitting(select(audit.c.sequence), listed.chosen)
        .where(audit.c.sequence <= listed.marks[mark])
        .order_by(audit.c.sequence.desc())
        .limit(PAGE)
        .offset(skipped)
    )
    found = connection.execute(
        select(audit).where(audit.c.sequence.in_(wanted.scalar_subquery())).order_by(audit.c.sequence.desc())
    )
    return tuple(
        AuditEntry(
            row.sequence,
            row.at,
            row.tag,
            row.actor,
            row.station_id,
            row.object_id,
            row.facts,
            row.position,
        )
        for row in found
    )


def actors(connection: Connection) -> dict[str, str]:
    """Actor -> the name shown: every user of the office."""
    return {
        row.id: row.display_name
        for row in connection.execute(select(operators.c.id, operators.c.display_name))
    }


def object_named(connection: Connection, text: str) -> str:
    """What people write of a thing -> the id its entries have: an application's number, a user's name, or the id."""
    for column, known in (
        (applications.c.number, applications.c.id),
        (operators.c.username, operators.c.id),
    ):
        found: str | None = connection.scalar(select(known).where(column == text))
        if found is not None:
            return found
    return text


def stations(connection: Connection) -> tuple[str, ...]:
    """Every station that wrote entries."""
    found: list[str] = []
    while True:
        # One step for each station along the index, never through all entries.
        later = select(func.min(audit.c.station_id))
        nearest = connection.scalar(later.where(audit.c.station_id > found[-1]) if found else later)
        if nearest is None:
            return tuple(found)
        found.append(nearest)
