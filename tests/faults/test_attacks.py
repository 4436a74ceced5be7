"""A station's files in other hands: damaged, cut short, exchanged, opened with the wrong key. Each ends in a refusal by
name, and with the right file back everything is there."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, func, select, text, update

from tests.faults.outcome_table import OutcomeTable
from tests.offices import CLERK, PASSPHRASE, PASSWORD, staffed_office
from workstation import clock
from workstation.database import tables
from workstation.database.blobs import get_blob
from workstation.database.sign_in import access_of, keep_access
from workstation.database.store import Store
from workstation.domain.refused import Reason, Refused
from workstation.startup import close_office, open_office
from workstation.workflow.intake.steps import start
from workstation.workflow.keys.key_file import read_key_ring
from workstation.workflow.keys.unlocking import open_store
from workstation.workflow.sign_in import sign_in

PAGE = 4096
HEADER = 100
FLIPS = [12, pytest.param(400, marks=(pytest.mark.campaign, pytest.mark.timeout(3000)))]
WHOLE, CHANGED, UNREADABLE = "whole", "another value", "unreadable, reported"
NAMED = (Reason.DATABASE_DAMAGED, Reason.DISK_FAILING)


@dataclass(frozen=True)
class Stolen:
    """A closed office with work in it."""

    data: Path
    applications: int


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Stolen, Stolen]:
    made = []
    for name in ("one", "other"):
        data = tmp_path_factory.mktemp("attacks") / name
        with staffed_office(data, own=name == "other") as staffed:
            for _ in range(3):
                start(staffed.office, staffed.clerk)
        made.append(Stolen(data, 3))
    return made[0], made[1]


@pytest.fixture
def stolen(patterns: tuple[Stolen, Stolen], tmp_path: Path) -> Stolen:
    return Stolen(shutil.copytree(patterns[0].data, tmp_path / "data"), patterns[0].applications)


def _told(store: Store, good: dict[str, object] | None) -> str:
    rows = _rows(store)
    for digest in store.read(lambda c: c.scalars(select(tables.blobs.c.sha256)).all()):
        store.read(partial(get_blob, sha256=digest))
    return WHOLE if good is None or rows == good else CHANGED


def _rows(store: Store) -> dict[str, object]:
    """Every row of every table but the bytes of pictures."""
    others = [table for table in tables.metadata.sorted_tables if table is not tables.blobs]
    return {table.name: store.read(partial(_every_row, table=table)) for table in others}


def _every_row(connection: Connection, table: Table) -> object:
    return sorted(map(repr, connection.execute(select(table)).all()))


def _looked_at(data: Path, passphrase: str = PASSPHRASE, good: dict[str, object] | None = None) -> str:
    """Opens the office's database and reads every table; WHOLE, CHANGED, UNREADABLE, or the refusal's name."""
    try:
        store = open_store(data, passphrase)
    except Refused as refused:
        return refused.reason.value
    try:
        return _told(store, good)
    except Refused as refused:
        return refused.reason.value
    except ValueError:
        # Zeros where text should be: no value of it is believed, and the window shows the number of a report.
        return UNREADABLE
    finally:
        store.close()


def _works(stolen: Stolen) -> None:
    """The office opens, holds what it held, and takes work."""
    office = open_office(stolen.data, PASSPHRASE)
    try:
        count = select(func.count()).select_from(tables.applications)
        assert office.store.read(lambda c: c.execute(count).scalar_one()) == stolen.applications
        start(office, sign_in(office, CLERK, PASSWORD))
    finally:
        close_office(office)


@pytest.mark.parametrize("flips", FLIPS)
def test_a_flipped_bit_is_noticed_wherever_it_is(stolen: Stolen, flips: int) -> None:
    chance, path = random.Random(flips), stolen.data / "office.db"
    held = path.read_bytes()
    store = open_store(stolen.data, PASSPHRASE)
    good = _rows(store)
    store.close()
    table = OutcomeTable("One bit flipped")
    header = sorted({0, 15, 16, 17, 18, *(chance.randrange(HEADER) for _ in range(flips))})
    pages = [chance.randrange(HEADER, len(held)) for _ in range(flips)]
    for place in (*header, *pages):
        damaged = bytearray(held)
        damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        outcome = _looked_at(stolen.data, good=good)
        table.add("in the header" if place < HEADER else "in a page", outcome)
        # What nothing refers to is not read; what is read and was changed is never believed.
        assert outcome in (WHOLE, UNREADABLE) or outcome in NAMED, place
        assert outcome in NAMED or place // PAGE > 0
        path.write_bytes(held)
    table.show()
    assert table.count(WHOLE) < len(pages)
    _works(stolen)


@pytest.mark.parametrize("cuts", FLIPS)
def test_a_file_cut_short_is_refused(stolen: Stolen, cuts: int) -> None:
    chance, path = random.Random(cuts), stolen.data / "office.db"
    held = path.read_bytes()
    table = OutcomeTable("Cut short")
    for length in (
        1,
        15,
        16,
        511,
        PAGE - 1,
        PAGE,
        len(held) - 1,
        *(chance.randrange(len(held)) for _ in range(cuts)),
    ):
        path.write_bytes(held[:length])
        outcome = _looked_at(stolen.data)
        table.add("at a page" if length % PAGE == 0 else "within a page", outcome)
        assert outcome in NAMED, length
        path.write_bytes(held)
    table.show()
    _works(stolen)


def test_an_emptied_database_is_no_new_office(stolen: Stolen) -> None:
    path = stolen.data / "office.db"
    held = path.read_bytes()
    path.write_bytes(b"")
    with pytest.raises(Refused) as refusal:
        open_office(stolen.data, PASSPHRASE)
    assert refusal.value.reason is Reason.DATABASE_DAMAGED
    assert path.read_bytes() == b"", "no other database was made in its place"
    path.unlink()
    assert _looked_at(stolen.data) == Reason.DATABASE_DAMAGED.value
    path.write_bytes(held)
    _works(stolen)


@pytest.mark.parametrize("what", ["office.db", "database.key"])
def test_the_file_of_another_station_is_refused(
    stolen: Stolen, patterns: tuple[Stolen, Stolen], what: str
) -> None:
    held = (stolen.data / what).read_bytes()
    shutil.copy(patterns[1].data / what, stolen.data / what)
    assert _looked_at(stolen.data) == Reason.DATABASE_DAMAGED.value
    (stolen.data / what).write_bytes(held)
    _works(stolen)


def test_no_wrong_key_opens_it(stolen: Stolen) -> None:
    key = read_key_ring(stolen.data).key.by_passphrase(PASSPHRASE)
    for wrong in (bytes(32), key[::-1], bytes([key[0] ^ 1]) + key[1:], key[:31] + bytes([key[31] ^ 128])):
        with pytest.raises(Refused) as refusal:
            Store(stolen.data / "office.db", wrong)
        assert refusal.value.reason is Reason.DATABASE_DAMAGED
    assert _looked_at(stolen.data, "not the passphrase") == Reason.WRONG_PASSPHRASE.value
    _works(stolen)


def _set(data: Path, change: Callable[[Connection], object]) -> None:
    store = open_store(data, PASSPHRASE)
    try:
        store.write(lambda tx: change(tx) and None)
    finally:
        store.close()


def _refused_sign_in(data: Path) -> Reason:
    office = open_office(data, PASSPHRASE)
    try:
        with pytest.raises(Refused) as refusal:
            sign_in(office, CLERK, PASSWORD)
    finally:
        close_office(office)
    return refusal.value.reason


def test_a_row_with_an_unknown_role_signs_in_nobody(stolen: Stolen) -> None:
    operators = tables.operators

    def promote(tx: Connection) -> object:
        # As somebody with the key and another program would: the rule of the table itself is switched off.
        tx.execute(text("PRAGMA ignore_check_constraints = ON"))
        tx.execute(update(operators).where(operators.c.username == CLERK).values(role="minister"))
        return tx.execute(text("PRAGMA ignore_check_constraints = OFF"))

    _set(stolen.data, promote)
    assert _refused_sign_in(stolen.data) is Reason.UNKNOWN_ROLE


def test_an_operator_whose_access_has_ended_is_refused(stolen: Stolen) -> None:
    yesterday = clock.office_day(clock.now()) - timedelta(days=1)

    def end(tx: Connection) -> None:
        clerk = tx.scalar(select(tables.operators.c.id).where(tables.operators.c.username == CLERK))
        assert clerk is not None
        keep_access(tx, clerk, replace(access_of(tx, clerk), valid_until=yesterday))

    _set(stolen.data, end)
    assert _refused_sign_in(stolen.data) is Reason.OPERATOR_EXPIRED
