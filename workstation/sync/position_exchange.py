"""Telling the registry how far this station's outbox has come, and asking it before an older copy is restored.

A registry of an earlier version knows no such operation: then nothing is told, and nothing can be learnt there.
"""

from __future__ import annotations

from workstation import clock
from workstation.database.audit_checkpoints import station_key
from workstation.database.outbox import highest_sequence
from workstation.database.station import the_station
from workstation.database.store import Store
from workstation.interchange.station_position import signed_position
from workstation.sync.errors import RegistryError
from workstation.sync.exchange import Patience
from workstation.sync.registry_client import RegistryClient

# 403: a station founded anew under an old one's name has another key; what is known of the old one stays.
_NOT_TAKEN = (403, 404, 405)


class PositionExchange:
    """One station's; used by the engine's thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told = 0

    def send(self, client: RegistryClient) -> None:
        """Tells what is new since the last time. Raises RegistryError."""
        highest = self._store.read(highest_sequence)
        if highest <= self._told:
            return
        station = self._store.read(the_station)
        key = self._store.write(lambda tx: station_key(tx, station.id, clock.now()))
        told = signed_position(f"{station.office_code}-{station.station_code}", highest, key)
        try:
            client.tell_position(told)
        except RegistryError as fault:
            if fault.facts.get("status") not in _NOT_TAKEN:
                raise
        self._told = highest


def position_known(registry_url: str, station: str) -> int | None:
    """The highest outbox sequence of that station (OFFICE-STATION) that the registry knows; None when it cannot be
    asked."""
    try:
        client = RegistryClient(registry_url, Patience(connect=5.0, silence=10.0, whole=20.0))
    except ValueError:
        return None
    try:
        return client.read_position(station)
    except RegistryError:
        return None
    finally:
        client.close()
