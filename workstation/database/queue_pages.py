"""The queue as it is read: totals, pages of rows in an order, and where one row stands. Never the whole of it.

The default order is two runs laid end to end, returned work and the rest, so each is read by one index; the second
half of a run is read backwards from its end, so that a jump to the end costs what the beginning costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from workstation.database.claim_tables import OPEN, ORDERED_BY
from workstation.database.plain_sql import as_stored, moment, rows
from workstation.database.stage_counts import counted
from workstation.domain.queue import Flag, Order, QueueFilter
from workstation.domain.stages import ENDS, Stage

# So few rows of one stage are sorted faster than the others are passed over.
_SORTED_AT_ONCE = 2000


_MISSING = (
    "SELECT 1 FROM fingers AS f WHERE f.application_id = applications.id AND f.missing_reason IS NOT NULL"
)
_FORCED = (
    "SELECT 1 FROM portraits AS p WHERE p.application_id = applications.id AND p.forced_reason IS NOT NULL"
)
_SHOWN = (
    "SELECT id, number, name_lo, name_latin, birth_date, village, stage, stage_since, returned,"
    f" EXISTS ({_MISSING}) AS missing, EXISTS ({_FORCED}) AS forced FROM applications"
)
_FLAGGED = {
    Flag.RETURNED: "returned",
    Flag.CHILD: "birth_date > :born_after",
    Flag.EXCEPTION: "id IN (SELECT application_id FROM fingers WHERE missing_reason IS NOT NULL)",
    Flag.FORCED: "id IN (SELECT application_id FROM portraits WHERE forced_reason IS NOT NULL)",
    Flag.IN_WORK: "id IN (SELECT application_id FROM claims WHERE seen > :alive_since)",
}
_STAGES: dict[str, Stage] = {stage.value: stage for stage in Stage}


class PageRow(NamedTuple):
    """One application as a line of the queue; `missing`: a finger, `forced`: its photo was taken with a reason."""

    id: str
    number: str
    name_lo: str
    name_latin: str
    birth_date: str
    village: str
    stage: Stage
    stage_since: datetime
    returned: bool
    missing: bool
    forced: bool


class Totals(NamedTuple):
    """How many the filter lets through: of returned work and of the rest."""

    returned: int
    other: int

    @property
    def all(self) -> int:
        """All of them."""
        return self.returned + self.other


@lru_cache(maxsize=512)
def _condition(chosen: QueueFilter, through_order: bool, run: bool | None) -> str:
    """`through_order`: the index of the order is read and the other stages passed over, instead of sorting the whole
    stage. `run`: only returned work, or only the rest."""
    conditions = []
    if chosen.stage is None or through_order:
        conditions.append(OPEN)
    if chosen.stage is not None:
        # Joined to nothing, the stage is no index's first column: the order's own index is read instead.
        conditions.append("stage || '' = :stage" if through_order else "stage = :stage")
    if chosen.village:
        conditions.append("village = :village")
    if chosen.flag is not None:
        conditions.append(_FLAGGED[chosen.flag])
    if run is not None:
        conditions.append("returned = :run")
    return " AND ".join(conditions)


def _order(order: Order) -> tuple[str, ...]:
    if order is Order.NUMBER:
        return ("number",)
    names = ORDERED_BY[order.value]
    return names[1:] if order is Order.WAITING else names


@lru_cache(maxsize=512)
def _page(chosen: QueueFilter, through_order: bool, run: bool | None, descending: bool) -> str:
    ordered = ", ".join(f"{name}{' DESC' if descending else ''}" for name in _order(chosen.order))
    return (
        f"{_SHOWN} WHERE {_condition(chosen, through_order, run)} ORDER BY {ordered}"
        " LIMIT :limit OFFSET :offset"
    )


@lru_cache(maxsize=512)
def _before(chosen: QueueFilter, through_order: bool, run: bool | None) -> str:
    names, sign = _order(chosen.order), ">" if chosen.descending else "<"
    earlier = (
        " AND ".join([*(f"{same} = :own_{same}" for same in names[:place]), f"{name} {sign} :own_{name}"])
        for place, name in enumerate(names)
    )
    before = " OR ".join(f"({condition})" for condition in earlier)
    return f"SELECT count(*) FROM applications WHERE {_condition(chosen, through_order, run)} AND ({before})"


class QueueReading:
    """One filter at one moment, in one snapshot.

    `born_after` (ISO 8601): younger ones are children. `alive_since`: older claims are silent.
    """

    def __init__(
        self, connection: Connection, chosen: QueueFilter, *, born_after: str, alive_since: datetime
    ) -> None:
        self._connection = connection
        self._chosen = chosen
        self.counts = counted(connection)
        at_stage = sum(count for (stage, _), count in self.counts.items() if stage is chosen.stage)
        self._through_order = (
            chosen.order is not Order.WAITING and not chosen.village and at_stage > _SORTED_AT_ONCE
        )
        self._values = {
            "stage": None if chosen.stage is None else chosen.stage.value,
            "village": chosen.village,
            "born_after": born_after,
            "alive_since": as_stored(connection, alive_since),
        }
        self.totals = self._totals()

    def _ask(self, sql: str, values: Mapping[str, object]) -> Sequence[tuple[Any, ...]]:
        return rows(self._connection, sql, {**self._values, **values})

    def _totals(self) -> Totals:
        chosen = self._chosen
        if chosen.village or chosen.flag not in (None, Flag.RETURNED):
            condition = _condition(chosen, self._through_order, None)
            sql = f"SELECT returned, count(*) FROM applications WHERE {condition} GROUP BY returned"
            sums = {bool(row[0]): row[1] for row in self._ask(sql, {})}
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
            return self._run(None, offset, limit, self.totals.all)
        runs = [(True, self.totals.returned), (False, self.totals.other)]
        if self._chosen.descending:
            runs.reverse()
        found: tuple[PageRow, ...] = ()
        for returned, total in runs:
            take = min(limit - len(found), total - offset)
            if take > 0:
                found += self._run(returned, offset, take, total)
                offset = 0
            else:
                offset = max(0, offset - total)
        return found

    def _run(self, run: bool | None, offset: int, limit: int, total: int) -> tuple[PageRow, ...]:
        limit = min(limit, total - offset)
        if limit <= 0:
            return ()
        backwards = offset > total // 2
        if backwards:
            offset = total - offset - limit
        sql = _page(self._chosen, self._through_order, run, backwards != self._chosen.descending)
        found = self._ask(sql, {"run": run, "limit": limit, "offset": offset})
        shown = [
            PageRow(
                a, b, c, d, e, f, _STAGES[stage], moment(since), bool(returned), bool(missing), bool(forced)
            )
            for a, b, c, d, e, f, stage, since, returned, missing, forced in found
        ]
        return tuple(reversed(shown) if backwards else shown)

    def place(self, application_id: str) -> int | None:
        """How many rows stand before that one; None when the filter does not let it through."""
        chosen, names = self._chosen, _order(self._chosen.order)
        condition = _condition(chosen, self._through_order, None)
        sql = f"SELECT returned, {', '.join(names)} FROM applications WHERE id = :id AND {condition}"
        own = self._ask(sql, {"id": application_id})
        if not own:
            return None
        returned = bool(own[0][0])
        run: bool | None = None
        ahead = 0
        if chosen.order is Order.WAITING:
            run = returned
            if returned is chosen.descending:
                ahead = self.totals.other if chosen.descending else self.totals.returned
        values = {f"own_{name}": value for name, value in zip(names, own[0][1:], strict=True)}
        counted_before = self._ask(_before(chosen, self._through_order, run), {**values, "run": run})
        return ahead + int(counted_before[0][0])


def villages(connection: Connection, limit: int) -> tuple[str, ...]:
    """The villages of open applications, by their letters; each is found by one step in the index."""
    sql = f"SELECT min(village) FROM applications WHERE {OPEN} AND village > :after"
    found: list[str] = []
    while len(found) < limit:
        ((village,),) = rows(connection, sql, {"after": found[-1] if found else ""})
        if village is None:
            break
        found.append(village)
    return tuple(found)
