"""Enrolments that an earlier version queued without roles: completed at the next start and sent, never stuck."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from tests.faults.link import Link
from tests.faults.registry_process import RegistryProcess
from tests.faults.station import StationUnderTest
from tests.workstation.sync.conftest import PATIENCE, decided, impatient_engine, until
from workstation import clock
from workstation.database import tables
from workstation.database.outbox import OutboxState, settle
from workstation.domain.audit import AuditTag
from workstation.interchange import enrolment, osia_enrolment
from workstation.interchange.canonical import canonical, read_json_object
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.integrity import integrity_entry
from workstation.sync.engine import SyncEngine
from workstation.sync.registry_client import RegistryClient


@pytest.fixture
def engine(station: StationUnderTest, link: Link) -> Iterator[SyncEngine]:
    """Not started yet."""
    made = impatient_engine(station, link.url)
    yield made
    made.stop()


def older(station: StationUnderTest, **changes: object) -> str:
    """An approved application whose message an earlier version wrote."""
    identifier = station.approved()
    (item,) = station.outbox(identifier)
    found = read_json_object(item.message)
    del found["roles"]
    found |= changes
    change = update(tables.outbox).where(tables.outbox.c.id == item.id).values(message=canonical(found))
    station.store.write(lambda tx: tx.execute(change))
    with pytest.raises(MessageDamaged):
        enrolment.from_message(station.outbox(identifier)[0].message)
    return identifier


def mended(station: StationUnderTest) -> int:
    query = select(tables.audit.c.object_id).where(tables.audit.c.tag == AuditTag.OUTBOX_MENDED.value)
    return len(station.store.read(lambda c: c.execute(query).all()))


def test_waiting_and_refused_ones_are_completed(station: StationUnderTest, engine: SyncEngine) -> None:
    waiting, refused, whole = older(station), older(station), station.approved()
    (item,) = station.outbox(refused)
    error = "message-damaged"
    station.store.write(lambda tx: settle(tx, item.id, OutboxState.REFUSED, at=clock.now(), error=error))
    engine.start()
    until(lambda: all(decided(station, one) for one in (waiting, refused, whole)))
    assert mended(station) == 2
    record = enrolment.from_message(station.outbox(waiting)[0].message)
    assert record.roles == {"clerk": "clerk", "supervisor": "supervisor"}


@pytest.mark.parametrize("finalized", [False, True])
def test_one_begun_before_is_completed_at_the_registry(
    station: StationUnderTest, registry: RegistryProcess, engine: SyncEngine, finalized: bool
) -> None:
    """The earlier version had created it there already."""
    identifier = older(station)
    (item,) = station.outbox(identifier)
    found = read_json_object(item.message) | {"roles": {"clerk": "clerk", "supervisor": "supervisor"}}
    record = enrolment.from_message(canonical(found))
    document = osia_enrolment.without_roles(osia_enrolment.to_osia(record))
    client = RegistryClient(registry.url, PATIENCE)
    try:
        client.create_enrollment(identifier, document, transaction="t")
        if finalized:
            without = {**document, "biometricData": []}
            without["integrity"] = [integrity_entry(without)]
            client.partial_update_enrollment(
                identifier, {"biometricData": [], "integrity": without["integrity"]}, transaction="t"
            )
            client.finalize_enrollment(identifier, transaction="t")
    finally:
        client.close()
    engine.start()
    if finalized:
        # What is not this enrolment stays a conflict for a person.
        until(lambda: station.outbox(identifier)[0].state is OutboxState.CONFLICT)
    else:
        until(lambda: decided(station, identifier))


def test_people_that_nobody_knows_are_not_invented(station: StationUnderTest, engine: SyncEngine) -> None:
    identifier = older(station, capturedBy=["nobody here"])
    engine.start()
    until(lambda: station.outbox(identifier)[0].state is OutboxState.REFUSED)
    assert station.outbox(identifier)[0].last_error == "message-damaged"
    assert mended(station) == 0


def test_without_roles_is_what_was_sent() -> None:
    document = {"contextualData": {"roles": {"a": "clerk"}, "capturedBy": ["a"]}, "biometricData": []}
    assert osia_enrolment.without_roles(document)["contextualData"] == {"capturedBy": ["a"]}
