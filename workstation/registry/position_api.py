"""How far a station's work is known to have come (extensions.yaml): asked before an older copy of it is restored."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from workstation.interchange import fields
from workstation.interchange.errors import MessageDamaged
from workstation.registry.enrolment_api import JsonObject, Store
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.store import station_positions

router = APIRouter(prefix="/v1/station-positions")

StationName = Annotated[str, Path(pattern=r"^[0-9A-Z]{2,8}-[0-9A-Z]{1,4}$")]
_MOST = 2**31 - 1


@router.put("/{station}", status_code=204, response_class=Response)
def tell_position(station: StationName, body: JsonObject, store: Store) -> None:
    """The highest outbox sequence that the station has given; one below what is known changes nothing."""
    try:
        fields.only(body, ("outbox",))
        outbox = fields.number(body, "outbox", 0, _MOST)
    except MessageDamaged as fault:
        raise RegistryRefusal(RefusalCode.MALFORMED, fault.field) from fault
    with store.write() as connection:
        station_positions.advance(connection, station, outbox)


@router.get("/{station}")
def read_position(station: StationName, store: Store) -> dict[str, Any]:
    """0 for a station that nobody heard of."""
    with store.read() as connection:
        return {"station": station, "outbox": station_positions.position_of(connection, station)}
