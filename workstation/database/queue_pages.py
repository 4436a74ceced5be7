"""The queue as it is read: totals, pages of rows in an order, and where one row stands. Never the whole of it.

The default order is two runs laid end to end, returned work and the rest, so each is read by one index; the second
half of a run is read backwards from its end, so that a jump to the end costs what the beginning costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, literal, literal_column, or_, select, union

from workstation.database.claim_tables import OPEN, ORDERED_BY, claims
from workstation.database.stage_counts import counted
from workstation.database.tables import applications, fingers, portraits
from workstation.domain.queue import Flag, Order, QueueFilter
from workstation.domain.stages import ENDS, Stage

_COLUMNS = [
    applications.c[name]
    for name in (
        "id",
        "number",
        "name_lo",
        "name_latin",
        "birth_date",
        "village",
        "stage",
        "stage_since",
        "returned",
    )
]


# So few rows of one stage are sorted faster than the others are passed over.
_SORTED_AT_ONCE = 2000


@dataclass(frozen=True)
class PageRow:
    """One application as a line of the queue."""

    id: str
    number: str
    name_lo: str
    name_latin: str
    birth_date: str
    village: str
    stage: Stage
    stage_since: datetime
    returned: bool


@dataclass(frozen=True)
class Totals:
    """How many the filter lets through: of returned work and of the rest."""

    returned: int
    other: int

    @property
    def all(self) -> int:
        """All of them."""
        return self.returned + self.other


def _conditions(
    chosen: QueueFilter, born_after: str, alive_since: datetime, *, through_order: bool
) -> list[ColumnElement[bool]]:
    """`born_after` (ISO 8601): younger ones are children. `alive_since`: older claims are silent. `through_order`:
    the index of the order is read and the other stages passed over, instead of sorting the whole stage."""
    c = applications.c
    conditions: list[ColumnElement[bool]] = []
    if chosen.stage is None or through_order:
        conditions.append(literal_column(OPEN))
    if chosen.stage is not None:
        # Joined to nothing, the stage is no index's first column: the order's own index is read instead.
        stage = c.stage + "" if through_order else c.stage
        conditions.append(stage == chosen.stage.value)
    if chosen.village:
        conditions.append(c.village == chosen.village)
    if chosen.flag is Flag.RETURNED:
        conditions.append(c.returned.is_(True))
    elif chosen.flag is Flag.CHILD:
        conditions.append(c.birth_date > born_after)
    elif chosen.flag is Flag.EXCEPTION:
        missing = select(fingers.c.application_id).where(fingers.c.missing_reason.isnot(None))
        conditions.append(c.id.in_(missing))
    elif chosen.flag is Flag.FORCED:
        forced = select(portraits.c.application_id).where(portraits.c.forced_reason.isnot(None))
        conditions.append(c.id.in_(forced))
    elif chosen.flag is Flag.IN_WORK:
        conditions.append(c.id.in_(select(claims.c.application_id).where(claims.c.seen > alive_since)))
    return conditions


class QueueReading:
    """One filter at one moment, in one snapshot."""

    def __init__(
        self, connection: Connection, chosen: QueueFilter, *, born_after: str, alive_since: datetime
    ) -> None:
        self._connection = connection
        self._chosen = chosen
        self.counts = counted(connection)
        at_stage = sum(count for (stage, _), count in self.counts.items() if stage is chosen.stage)
        through_order = (
            chosen.order is not Order.WAITING and not chosen.village and at_stage > _SORTED_AT_ONCE
        )
        self._conditions = _conditions(chosen, born_after, alive_since, through_order=through_order)
        self.totals = self._totals()

    def _totals(self) -> Totals:
        chosen = self._chosen
        if chosen.village or chosen.flag not in (None, Flag.RETURNED):
            found = select(applications.c.returned, func.count()).where(*self._conditions)
            sums = {
                row[0]: row[1] for row in self._connection.execute(found.group_by(applications.c.returned))
            }
        else:
            sums = {True: 0, False: 0}
            for (stage, returned), count in self.counts.items():
                if stage not in ENDS if chosen.stage is None else stage is chosen.stage:
                    sums[returned] += count
            if chosen.flag is Flag.RETURNED:
                sums[False] = 0
        return Totals(sums.get(True, 0), sums.get(False, 0))

    def page(self, offset: int, limit: int) -> tuple[PageRow, ...]:
        """The rows from `offset` on, `limit` at most."""
        if self._chosen.order is not Order.WAITING:
            return self._run((), offset, limit, self.totals.all)
        runs = [(True, self.totals.returned), (False, self.totals.other)]
        if self._chosen.descending:
            runs.reverse()
        rows: list[PageRow] = []
        for returned, total in runs:
            take = min(limit - len(rows), total - offset)
            if take > 0:
                rows += self._run((applications.c.returned.is_(returned),), offset, take, total)
                offset = 0
            else:
                offset = max(0, offset - total)
        return tuple(rows)

    def _columns(self) -> list[ColumnElement[object]]:
        order = self._chosen.order
        if order is Order.NUMBER:
            return [applications.c.number]
        names = ORDERED_BY[order.value]
        return [applications.c[name] for name in (names[1:] if order is Order.WAITING else names)]

    def _run(
        self, run: Sequence[ColumnElement[bool]], offset: int, limit: int, total: int
    ) -> tuple[PageRow, ...]:
        limit = min(limit, total - offset)
        if limit <= 0:
            return ()
        columns, descending = self._columns(), self._chosen.descending
        backwards = offset > total // 2
        if backwards:
            offset = total - offset - limit
        ordered = [column.desc() if backwards != descending else column.asc() for column in columns]
        found = select(*_COLUMNS).where(*self._conditions, *run).order_by(*ordered)
        rows = [
            PageRow(**{**row._mapping, "stage": Stage(row.stage)})
            for row in self._connection.execute(found.limit(limit).offset(offset))
        ]
        return tuple(reversed(rows) if backwards else rows)

    def place(self, application_id: str) -> int | None:
        """How many rows stand before that one; None when the filter does not let it through."""
        columns, descending = self._columns(), self._chosen.descending
        row = self._connection.execute(
            select(*columns, applications.c.returned).where(
                applications.c.id == application_id, *self._conditions
            )
        ).first()
        if row is None:
            return None
        own = [literal(row[n], column.type) for n, column in enumerate(columns)]
        before = or_(
            *(
                and_(
                    *(same == own[i] for i, same in enumerate(columns[:n])),
                    column > own[n] if descending else column < own[n],
                )
                for n, column in enumerate(columns)
            )
        )
        run: list[ColumnElement[bool]] = []
        ahead = 0
        if self._chosen.order is Order.WAITING:
            run = [applications.c.returned.is_(row.returned)]
            if row.returned is descending:
                ahead = self.totals.other if descending else self.totals.returned
        counting = select(func.count()).select_from(applications).where(*self._conditions, *run, before)
        return ahead + int(self._connection.execute(counting).scalar_one())


def remarkable(connection: Connection, ids: Sequence[str]) -> dict[str, frozenset[Flag]]:
    """EXCEPTION and FORCED of those applications; who has neither is absent."""
    missing = select(fingers.c.application_id, literal_column("'exception'").label("flag")).where(
        fingers.c.application_id.in_(ids), fingers.c.missing_reason.isnot(None)
    )
    forced = select(portraits.c.application_id, literal_column("'forced'").label("flag")).where(
        portraits.c.application_id.in_(ids), portraits.c.forced_reason.isnot(None)
    )
    found: dict[str, frozenset[Flag]] = {}
    for application_id, flag in connection.execute(union(missing, forced)):
        found[application_id] = found.get(application_id, frozenset()) | {Flag(flag)}
    return found


def villages(connection: Connection, limit: int) -> tuple[str, ...]:
    """The villages of open applications, by their letters; each is found by one step in the index."""
    found: list[str] = []
    while len(found) < limit:
        after = applications.c.village > (found[-1] if found else "")
        step = select(func.min(applications.c.village)).where(literal_column(OPEN), after)
        village = connection.execute(step).scalar_one()
        if village is None:
            break
        found.append(village)
    return tuple(found)
