"""Biometrics are deleted once they have served: not before the days are past, the card is out and all is sent."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.faults.station import POLICY, StationUnderTest, open_station
from workstation import clock
from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis
from workstation.database import Connection, tables
from workstation.database.audit import audit_of
from workstation.database.blobs import get_blob, holds_blob, put_blob
from workstation.database.captures import StoredFinger, fingers_of, put_finger
from workstation.database.office_values import as_was
from workstation.database.outbox import OutboxState, settle
from workstation.database.pictures import add_exception_photo, put_earlier
from workstation.database.policies import add_policy
from workstation.database.portraits import MadeFiles, add_portrait, portrait_of
from workstation.domain.audit import AuditTag
from workstation.domain.stages import Stage
from workstation.workflow.backup.position import POSITION
from workstation.workflow.office import Office
from workstation.workflow.retention import delete_due_biometrics
from workstation.workflow.upkeep import Upkeep

DAYS = 30
ORIGINAL, CROPPED, EARLIER, PRINT = (
    b"the original",
    b"the printed face",
    b"an earlier picture",
    b"a finger's WSQ",
)
EVENED, CHIP, HANDS, BROUGHT = b"on an even ground: ", b"the chip's", b"face and hands", b"brought along"
EYES = ((10.0, 20.0), (30.0, 20.0))


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationUnderTest]:
    opened = open_station(tmp_path)
    document = {**json.loads(POLICY.read_bytes()), "name": "keeps", "keep_biometrics_days": DAYS}
    opened.store.write(lambda tx: add_policy(tx, json.dumps(document).encode(), at=clock.now()))
    yield opened
    opened.store.close()


def closed(
    station: StationUnderTest,
    *,
    days_ago: float = DAYS + 1,
    sent: bool = True,
    stage: Stage = Stage.CLOSED,
    mark: bytes = b"",
) -> str:
    """An application with two pictures and one finger; `mark` makes its bytes its own."""
    identifier = station.approved()
    (item,) = station.outbox(identifier)

    def verb(tx: Connection) -> None:
        at = clock.now()
        cropped = put_blob(tx, CROPPED + mark, "image/jpeg")
        for original in (EARLIER, ORIGINAL):
            add_portrait(
                tx,
                identifier,
                original=put_blob(tx, original + mark, "image/jpeg"),
                cropped=cropped,
                width=600,
                height=768,
                report={},
                by="clerk",
                at=at,
                made=MadeFiles(
                    put_blob(tx, EVENED + original, "image/jpeg"), put_blob(tx, CHIP, "image/jp2"), {}
                ),
            )
        exception = put_blob(tx, HANDS + mark, "image/jpeg")
        add_exception_photo(tx, identifier, exception, "no fingers", by="clerk", at=at)
        put_earlier(tx, identifier, put_blob(tx, BROUGHT, "image/jpeg"), EYES, by="clerk", at=at)
        wsq = put_blob(tx, PRINT + mark, "image/x-wsq")
        finger = StoredFinger(2, wsq, b"FMR\0 20\0", 60, 272, 320, 500, None, 1)
        put_finger(tx, identifier, finger, by="clerk", at=at)
        if sent:
            settle(tx, item.id, OutboxState.SENT, at=at)
        tx.execute(
            update(tables.applications)
            .where(tables.applications.c.id == identifier)
            .values(stage=stage.value, stage_since=at - timedelta(days=days_ago))
        )

    station.store.write(verb)
    return identifier


def contents(station: StationUnderTest) -> set[bytes]:
    statement = select(tables.blobs.c.sha256, tables.blobs.c.content)

    def query(connection: Connection) -> set[bytes]:
        return {
            as_was(connection, held, f"blobs {name}") for name, held in connection.execute(statement).all()
        }

    return station.store.read(query)


def delete_due(station: StationUnderTest) -> int:
    return delete_due_biometrics(station.store, station.station.id)


def test_what_has_served_goes_and_the_printed_face_stays(station: StationUnderTest) -> None:
    identifier = closed(station)
    assert delete_due(station) == 1
    held = contents(station)
    assert held.isdisjoint({ORIGINAL, EARLIER, PRINT, CHIP, HANDS, BROUGHT, EVENED + EARLIER})
    assert EVENED + ORIGINAL in held
    portrait = station.store.read(lambda connection: portrait_of(connection, identifier))
    assert portrait is not None
    assert station.store.read(lambda connection: get_blob(connection, portrait.cropped)) == CROPPED
    finger = station.store.read(lambda connection: fingers_of(connection, identifier))[2]
    assert (finger.template, finger.nfiq2) == (None, 60)
    assert finger.wsq is not None
    assert not station.store.read(lambda connection: holds_blob(connection, str(finger.wsq)))
    with pytest.raises(KeyError):
        station.store.read(lambda connection: get_blob(connection, portrait.original))
    entries = station.store.read(lambda connection: audit_of(connection, identifier))
    noted = [entry for entry in entries if entry.tag is AuditTag.BIOMETRICS_DELETED]
    assert [entry.facts for entry in noted] == [b'{"fingers":1,"pictures":6}']
    assert delete_due(station) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"days_ago": DAYS - 1},
        {"sent": False},
        {"stage": Stage.HAND_OVER},
        {"stage": Stage.REVIEW},
    ],
    ids=str,
)
def test_nothing_goes_before_its_time(station: StationUnderTest, change: dict[str, object]) -> None:
    closed(station, **change)  # type: ignore[arg-type]  # one keyword of several kinds
    assert delete_due(station) == 0
    assert {ORIGINAL, EARLIER, PRINT} <= contents(station)


@pytest.mark.parametrize(
    "stage", [Stage.REJECTED, Stage.WITHDRAWN, Stage.REFUSED_BY_REGISTRY, Stage.REFERRED]
)
def test_an_application_that_ended_without_a_card(station: StationUnderTest, stage: Stage) -> None:
    closed(station, stage=stage)
    assert delete_due(station) == 1
    assert contents(station).isdisjoint({ORIGINAL, EARLIER, PRINT, CHIP, HANDS})


def test_the_same_bytes_stay_for_another_application_and_may_come_again(station: StationUnderTest) -> None:
    first, second = closed(station), closed(station, days_ago=1)
    assert delete_due(station) == 1
    assert {ORIGINAL, EARLIER, PRINT} <= contents(station)
    later = timedelta(days=DAYS)
    station.store.write(
        lambda tx: tx.execute(
            update(tables.applications)
            .where(tables.applications.c.id == second)
            .values(stage_since=clock.now() - later - later)
        )
    )
    assert delete_due(station) == 1
    assert contents(station).isdisjoint({ORIGINAL, EARLIER, PRINT})
    assert first != second
    again = station.store.write(lambda tx: put_blob(tx, PRINT, "image/x-wsq"))
    assert station.store.read(lambda connection: get_blob(connection, again)) == PRINT


def test_many_go_in_some_transactions(station: StationUnderTest) -> None:
    for number in range(53):
        closed(station, mark=str(number).encode())
    assert delete_due(station) == 53


def test_without_a_number_of_days_nothing_goes(station: StationUnderTest) -> None:
    document = {**json.loads(POLICY.read_bytes()), "name": "keeps-all"}
    station.store.write(
        lambda tx: add_policy(tx, json.dumps(document).encode(), at=clock.now() + timedelta(seconds=1))
    )
    closed(station, days_ago=4000)
    assert delete_due(station) == 0


@pytest.mark.logs_expected
def test_an_open_office_deletes_by_itself_beside_a_duty_that_fails(
    station: StationUnderTest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    closed(station)
    (tmp_path / POSITION).mkdir()
    office = Office(station.station, station.store, FingerprintAnalysis(), tmp_path)
    upkeep = Upkeep(office, tick_seconds=0.02, deletion_seconds=0.02)
    upkeep.start()
    try:
        deadline = time.monotonic() + 30
        while ORIGINAL in contents(station):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        closed(station, mark=b" of a second")
        while ORIGINAL + b" of a second" in contents(station):
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        upkeep.stop()
        office.analysis.close()
    assert "the position met an unexpected IsADirectoryError" in caplog.text


def test_a_clock_that_is_not_usable_deletes_nothing(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(station)
    monkeypatch.setattr(
        "workstation.workflow.preflight.view.build_day", lambda: clock.now().date().replace(year=2099)
    )
    assert delete_due(station) == 0
