"""Layouts in the store: who may bring one, from when it is in force, and that none is ever lost or replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from printing.errors import LayoutError
from printing.specification import built_in_document
from tests.faults.station import StationUnderTest, open_station
from tests.layouts import KEY_ID, NAME, PUBLIC, changed_layout, newer, signed
from workstation import clock
from workstation.database import Connection
from workstation.database.layout_tables import card_layouts
from workstation.database.layouts import (
    add_shipped_layout,
    add_signed_layout,
    held_layouts,
    layout_document,
    layout_in_force,
    layout_of_label,
)
from workstation.domain.refused import Reason, Refused
from workstation.interchange.signed_layout import SignedLayout

KEYS = {KEY_ID: PUBLIC}


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationUnderTest]:
    opened = open_station(tmp_path)
    opened.store.write(lambda tx: add_shipped_layout(tx, built_in_document(NAME)))
    yield opened
    opened.store.close()


def add(station: StationUnderTest, sent: SignedLayout, keys: dict[bytes, bytes] = KEYS) -> int:
    return station.store.write(lambda tx: add_signed_layout(tx, sent, keys)).version


def refused(station: StationUnderTest, sent: SignedLayout, keys: dict[bytes, bytes] = KEYS) -> str:
    before = station.store.read(held_layouts)
    with pytest.raises(LayoutError) as caught:
        add(station, sent, keys)
    assert station.store.read(held_layouts) == before
    return caught.value.problems[0].code


def in_force(station: StationUnderTest, at: datetime | None = None) -> int:
    return station.store.read(lambda connection: layout_in_force(connection, NAME, at)).version


def test_a_layout_is_in_force_from_its_day_and_the_old_one_until_then(station: StationUnderTest) -> None:
    day = clock.office_day(clock.now()) + timedelta(days=10)
    assert add(station, signed(newer(2, day.isoformat()))) == 2
    assert in_force(station) == 1
    begins = datetime(day.year, day.month, day.day, tzinfo=clock.OFFICE_ZONE).astimezone(UTC)
    assert in_force(station, begins - timedelta(seconds=1)) == 1
    assert in_force(station, begins) == 2
    assert [(h.version, h.state) for h in station.store.read(held_layouts)] == [
        (2, "to-come"),
        (1, "in-force"),
    ]


def test_never_in_force_for_a_time_that_is_past(station: StationUnderTest) -> None:
    before = clock.now()
    add(station, signed(newer(2, "2020-01-01")))
    assert in_force(station) == 2
    assert in_force(station, before) == 1
    assert in_force(station, before - timedelta(days=4000)) == 1, "a clock set back still finds the first"


def test_a_later_version_with_an_earlier_day_stays_the_newer_one(station: StationUnderTest) -> None:
    soon = clock.office_day(clock.now()) + timedelta(days=5)
    add(station, signed(newer(2, soon.isoformat())))
    add(station, signed(newer(3)))
    assert in_force(station) == 3
    assert in_force(station, clock.now() + timedelta(days=30)) == 3


def test_only_a_pinned_key_may_bring_one(station: StationUnderTest) -> None:
    other = Ed25519PrivateKey.generate()
    assert refused(station, signed(newer(), key=other)) == "forged-signature"
    good = signed(newer())
    assert refused(station, replace(good, document=newer(colour="#111111"))) == "forged-signature"
    assert refused(station, replace(good, signature=good.signature[:-1])) == "forged-signature"
    assert refused(station, replace(good, signature=b"")) == "forged-signature"
    assert refused(station, replace(good, name="other")) == "forged-signature"
    assert refused(station, good, {}) == "unknown-signer"
    assert refused(station, good, {b"1": PUBLIC}) == "unknown-signer"
    assert refused(station, signed(newer(), name="other")) == "other-name"
    assert add(station, good) == 2


def test_what_a_good_key_signs_is_judged_all_the_same(station: StationUnderTest) -> None:
    assert refused(station, signed(b"{")) == "bad-json"
    assert refused(station, signed(changed_layout(lambda d: d.update(format=2)))) == "format-too-new"
    assert refused(station, signed(changed_layout(lambda d: d.pop("fonts")))) == "fonts-not-pinned"
    unfit = changed_layout(lambda d: d["fonts"].update({"OCRB-Regular": 64 * "0"}))
    assert refused(station, signed(unfit)) == "font-differs"


def test_a_version_is_never_replaced_and_never_goes_back(station: StationUnderTest) -> None:
    add(station, signed(newer(3)))
    assert add(station, signed(newer(3))) == 3, "the same again changes nothing"
    assert refused(station, signed(newer(3, colour="#222222"))) == "same-version"
    assert refused(station, signed(newer(2))) == "older-version"
    station.store.write(lambda tx: add_shipped_layout(tx, built_in_document(NAME)))
    assert in_force(station) == 3
    held = station.store.read(lambda connection: layout_document(connection, NAME, 3))
    assert held == newer(3)


def test_a_new_program_never_takes_the_place_of_what_the_centre_published(station: StationUnderTest) -> None:
    station.store.write(lambda tx: add_shipped_layout(tx, newer(2)))
    assert in_force(station) == 2, "until the centre publishes, the program's own goes on"
    add(station, signed(newer(3)))
    station.store.write(lambda tx: add_shipped_layout(tx, newer(4)))
    assert in_force(station) == 3


def test_a_stored_document_that_changed_is_not_used(station: StationUnderTest) -> None:
    add(station, signed(newer(2)))

    def spoil(tx: Connection) -> None:
        tx.execute(
            update(card_layouts)
            .where(card_layouts.c.version == 2)
            .values(document=newer(2, colour="#333333"))
        )

    station.store.write(spoil)
    assert in_force(station) == 1
    assert station.store.read(held_layouts)[0].state == "damaged"
    with pytest.raises(Refused) as caught:
        station.store.read(lambda connection: layout_of_label(connection, f"{NAME}@2"))
    assert caught.value.reason is Reason.NO_LAYOUT


@pytest.mark.parametrize(
    "label", ["", NAME, f"{NAME}@", f"{NAME}@x", f"{NAME}@2", "other@1", f"{NAME}@{9**40}", "@1"]
)
def test_a_label_that_names_nothing_held(station: StationUnderTest, label: str) -> None:
    with pytest.raises(Refused) as caught:
        station.store.read(lambda connection: layout_of_label(connection, label))
    assert caught.value.reason is Reason.NO_LAYOUT


def test_a_layout_of_the_registry_cannot_be_kept_without_its_signature(station: StationUnderTest) -> None:
    add(station, signed(newer(2)))

    def strip(tx: Connection) -> None:
        tx.execute(update(card_layouts).where(card_layouts.c.version == 2).values(signature=None))

    with pytest.raises(IntegrityError):
        station.store.write(strip)
