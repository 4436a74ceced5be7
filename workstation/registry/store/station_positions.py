"""How far each station's outbox is known to have come; never back."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from workstation.registry.store.tables import station_positions


def position_of(connection: Connection, station: str) -> int:
    """0 for a station that nobody heard of."""
    held = connection.execute(
        select(station_positions.c.outbox).where(station_positions.c.station == station)
    ).scalar_one_or_none()
    return 0 if held is None else int(held)


def advance(connection: Connection, station: str, outbox: int) -> None:
    """Keeps the higher one."""
    known = station_positions.c.station == station
    if connection.execute(select(station_positions.c.station).where(known)).first() is None:
        connection.execute(insert(station_positions).values(station=station, outbox=outbox))
    else:
        connection.execute(
            update(station_positions).where(known, station_positions.c.outbox < outbox).values(outbox=outbox)
        )
