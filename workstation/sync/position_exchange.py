"""Telling the registry how far this station's outbox has come, and asking it before an older copy is restored.

A registry of an earlier version knows no such operation: then nothing is told, and nothing can be learnt there.
"""

from __future__ import annotations

from workstation.database.outbox import highest_sequence
from workstation.database.station import the_station
from workstation.database.store import Store
from workstation.sync.errors import RegistryError
from workstation.sync.exchange import Patience
from workstation.sync.registry_client import RegistryClient

_NOT_KNOWN = (404, 405)


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
        try:
            client.tell_position(f"{station.office_code}-{station.station_code}", highest)
        except RegistryError as fault:
            if fault.facts.get("status") not in _NOT_KNOWN:
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
