"""How far a station's work is known to have come (extensions.yaml): asked before an older copy of it is restored."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from workstation.interchange.errors import MessageDamaged
from workstation.interchange.station_position import from_document, signature_holds
from workstation.registry.enrolment_api import JsonObject, Store
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.store import station_positions

router = APIRouter(prefix="/v1/station-positions")

StationName = Annotated[str, Path(pattern=r"^[0-9A-Z]{2,8}-[0-9A-Z]{1,4}$")]


@router.put("/{station}", status_code=204, response_class=Response)
def tell_position(station: StationName, body: JsonObject, store: Store) -> None:
    """The highest outbox sequence that the station has given; one below what is known changes nothing.

    Signed with the station's key, which is the one it was met with first.
    """
    try:
        told = from_document(station, body)
    except MessageDamaged as fault:
        raise RegistryRefusal(RefusalCode.MALFORMED, fault.field) from fault
    if not signature_holds(told):
        raise RegistryRefusal(RefusalCode.CHECKPOINT_UNSIGNED, "signature")
    with store.write() as connection:
        if not station_positions.advance(connection, told):
            raise RegistryRefusal(RefusalCode.CHECKPOINT_UNSIGNED, "stationKey")


@router.get("/{station}")
def read_position(station: StationName, store: Store) -> dict[str, Any]:
    """0 for a station that nobody heard of."""
    with store.read() as connection:
        return {"station": station, "outbox": station_positions.position_of(connection, station)}
