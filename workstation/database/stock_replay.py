"""The ledger of blanks into another database: entry by entry, because there as here no blank moves without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from workstation.database.stock_tables import blanks, stock_entries
from workstation.domain.stock import Place

_PAGE = 500


def replay_blanks(source: Connection, tx: Connection) -> int:
    """Brings every blank of `source` to its place in `tx`, which holds all its entries already; how many there are."""
    last = {(row.series, row.number): row._mapping for row in source.execute(select(blanks))}
    for entry in source.execute(select(stock_entries).order_by(stock_entries.c.sequence)).mappings():
        numbers = range(entry["first"], entry["last"] + 1)
        moved = [_after(entry, last[entry["series"], number]) for number in numbers]
        for begin in range(0, len(moved), _PAGE):
            page = moved[begin : begin + _PAGE]
            if entry["from_place"] == Place.OUTSIDE.value:
                tx.execute(insert(blanks), page)
            else:
                tx.execute(_MOVE, [{"of": row.pop("series"), "at": row.pop("number"), **row} for row in page])
    return len(last)


_MOVE = (
    update(blanks)
    .where(blanks.c.series == bindparam("of"), blanks.c.number == bindparam("at"))
    .values({name: bindparam(name) for name in ("place", "station_id", "printer_id", "job_id", "entry")})
)


def _after(entry: Mapping[Any, Any], blank: Mapping[Any, Any]) -> dict[str, Any]:
    """The blank as that entry left it; after its last one it is as it stands now."""
    if blank["entry"] == entry["sequence"]:
        return dict(blank)
    kept = {name: entry[name] for name in ("station_id", "printer_id", "job_id")}
    return {
        "series": blank["series"],
        "number": blank["number"],
        "place": entry["to_place"],
        "entry": entry["sequence"],
        **kept,
    }
