"""Whatever happens to the line: one enrolment, one decision, applied once."""

from __future__ import annotations

import random
import time

import pytest

from tests.faults.link import Fault, Link
from tests.faults.registry_process import RegistryProcess
from tests.faults.station import StationUnderTest
from tests.workstation.sync.conftest import assert_exactly_once, decided, until
from workstation.sync.engine import SyncEngine


def test_cut_at_many_places_in_both_directions(
    station: StationUnderTest, registry: RegistryProcess, link: Link, engine: SyncEngine
) -> None:
    first = station.approved()
    until(lambda: decided(station, first))
    up, down = link.bytes_up, link.bytes_down
    sent = [first]
    places = [Fault(cut_up=max(1, up * eighth // 8)) for eighth in range(8)]
    places += [Fault(cut_down=max(1, down * sixth // 6)) for sixth in range(6)]
    for fault in places:
        engine.pause()
        until(lambda: engine.status().paused)
        link.refuse()
        link.accept()
        link.once(fault)
        sent.append(station.approved())
        engine.resume()
        until(lambda: decided(station, sent[-1]))
    assert_exactly_once(station, registry, *sent)


@pytest.mark.parametrize("cut", [0, 1, 700])
def test_answer_lost_each_time_after_the_request_arrived(
    station: StationUnderTest, registry: RegistryProcess, link: Link, engine: SyncEngine, cut: int
) -> None:
    """The worst line: five times in a row everything goes up and nothing comes back."""
    until(lambda: engine.status().online)
    # A connection that is kept alive would go on without a fault.
    link.refuse()
    link.accept()
    link.once(*[Fault(cut_down=cut)] * 5)
    identifier = station.approved()
    until(lambda: decided(station, identifier))
    assert link.connections > 5
    assert_exactly_once(station, registry, identifier)


def test_black_hole_then_line_comes_back(
    station: StationUnderTest, registry: RegistryProcess, link: Link, engine: SyncEngine
) -> None:
    until(lambda: engine.status().online)
    link.refuse()
    link.accept()
    link.always = Fault(black_hole=True)
    identifier = station.approved()
    until(lambda: engine.status().online is False and engine.status().last_error == "timed-out")
    assert engine.status().waiting == 1
    assert engine.status().oldest_since is not None
    link.always = Fault()
    until(lambda: decided(station, identifier))
    assert_exactly_once(station, registry, identifier)


def test_no_line_at_all_says_so_and_recovers(
    station: StationUnderTest, registry: RegistryProcess, link: Link, engine: SyncEngine
) -> None:
    link.refuse()
    identifier = station.approved()
    until(lambda: engine.status().last_error == "unreachable")
    assert engine.status().online is False
    link.accept()
    engine.wake()
    until(lambda: decided(station, identifier))
    assert_exactly_once(station, registry, identifier)


def test_parts_that_arrived_are_not_sent_again(
    station: StationUnderTest, registry: RegistryProcess, link: Link, engine: SyncEngine
) -> None:
    """Three images of 40 kB, the line cut in the third: what follows is far less than the whole."""
    link.once(Fault(cut_up=100_000))
    identifier = station.approved(image_bytes=40_000)
    until(lambda: decided(station, identifier))
    assert link.bytes_up < 100_000 + 40_000 + 30_000
    assert_exactly_once(station, registry, identifier)


def test_stop_ends_within_a_second_in_a_black_hole(station: StationUnderTest, link: Link) -> None:
    link.always = Fault(black_hole=True)
    running = SyncEngine(station.store, link.url, station.station.id, tick_seconds=0.02)
    running.start()
    until(lambda: link.connections == 1)
    began = time.monotonic()
    running.stop()
    assert time.monotonic() - began < 1.0


@pytest.mark.campaign
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(10))
def test_a_line_that_breaks_all_the_time(
    station: StationUnderTest, registry: RegistryProcess, link: Link, engine: SyncEngine, seed: int
) -> None:
    """Thirty applications while two connections of three are cut somewhere, swallowed or slow."""
    chance = random.Random(seed)
    sent = []
    for _ in range(30):
        faults = [
            Fault(cut_up=chance.randrange(40_000)),
            Fault(cut_down=chance.randrange(4_000)),
            Fault(black_hole=True),
            Fault(delay=chance.uniform(0, 0.01)),
        ]
        link.once(*chance.choices([*faults, Fault(), Fault()], k=3))
        if chance.random() < 0.3:
            link.refuse()
            link.accept()
        sent.append(station.approved(image_bytes=chance.randrange(100, 12_000)))
    until(lambda: all(decided(station, identifier) for identifier in sent), 300)
    assert_exactly_once(station, registry, *sent)
