"""How far each station's outbox is known to have come; never back."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from workstation.interchange.station_position import ToldPosition
from workstation.registry.store.tables import station_positions


def position_of(connection: Connection, station: str) -> int:
    """0 for a station that nobody heard of."""
    held = connection.execute(
        select(station_positions.c.outbox).where(station_positions.c.station == station)
    ).scalar_one_or_none()
    return 0 if held is None else int(held)


def advance(connection: Connection, told: ToldPosition) -> bool:
    """Keeps the higher one. False, and nothing changed, when another key is known for that station."""
    known = station_positions.c.station == told.station
    held = connection.execute(select(station_positions).where(known)).one_or_none()
    if held is None:
        connection.execute(
            insert(station_positions).values(station=told.station, outbox=told.outbox, station_key=told.key)
        )
        return True
    if held.station_key not in (None, told.key):
        return False
    connection.execute(
        update(station_positions)
        .where(known)
        .values(outbox=max(told.outbox, held.outbox), station_key=told.key)
    )
    return True
