"""Random days in the ledger: crashes between, kill -9, two stations at once. The balance always holds."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.workstation.database.stock.books import FORMAT, Books, box, open_books
from workstation import clock
from workstation.database import stock
from workstation.database.stock_ledger import Target, move_ranges, receive
from workstation.domain.refused import Refused
from workstation.domain.stock import COUNTED, ENTRIES, Entry, Place

PROJECT = Path(__file__).resolve().parents[4]
BY_RANGE = [
    (Entry.TO_STATION, Place.DRAWER),
    (Entry.TO_SAFE, Place.SAFE),
    (Entry.LOADED, Place.PRINTER),
    (Entry.UNLOADED, Place.DRAWER),
    (Entry.SPOILED, Place.SPOILED),
    (Entry.RETURNED, Place.RETURNED),
    (Entry.DESTROYED, Place.DESTROYED),
    (Entry.MISSED, Place.MISSING),
    (Entry.FOUND, None),
]
JOB_STEPS = ["book", "release", "printed", "spoil", "void", "issue", "return", "destroy"]


class Crash(Exception):
    """The program ends in the middle of a transaction."""


def job_step(tx: Connection, books: Books, step: str, job: str) -> str | None:
    at, by = clock.now(), books.by
    if step == "book":
        return stock.book_blank(tx, job, printer_id=None, at=at, by=by)
    if step == "release":
        return stock.release_blank(tx, job, at=at, by=by)
    if step == "printed":
        return stock.printed_blank(tx, job, at=at, by=by)
    if step == "issue":
        return stock.issue_blank(tx, job, at=at, by=by)
    if step == "spoil":
        return stock.spoil_blank(tx, job, "smeared", at=at, by=by)
    if step == "return":
        return stock.return_blank(tx, job, "parcel", at=at, by=by)
    call = stock.void_blank if step == "void" else stock.destroy_blank
    return call(tx, job, "torn", second="other", at=at, by=by)


ACTS = st.one_of(
    st.tuples(st.just("take in"), st.integers(1, 60), st.integers(1, 12)),
    st.tuples(st.sampled_from(range(len(BY_RANGE))), st.integers(1, 60), st.integers(1, 12)),
    st.tuples(st.sampled_from(JOB_STEPS), st.integers(1, 4), st.just(0)),
)


@pytest.fixture(scope="module")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database to be copied: making one takes a second."""
    books = open_books(tmp_path_factory.mktemp("empty"))
    books.store.close()
    return books.store.path


@settings(max_examples=15)
@given(st.lists(st.tuples(ACTS, st.booleans()), min_size=5, max_size=40))
def test_the_balance_holds_after_any_day(
    empty_ledger: Path, day: list[tuple[tuple[object, int, int], bool]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(empty_ledger, Path(folder) / empty_ledger.name)
        books = open_books(Path(folder))
        try:
            _live(books, day)
            assert books.wrong() == ""
        finally:
            books.store.close()


def _live(books: Books, day: list[tuple[tuple[object, int, int], bool]]) -> None:
    came = 0
    for (what, first, length), crashes in day:
        last = first + length - 1

        def verb(
            tx: Connection,
            what: object = what,
            first: int = first,
            last: int = last,
            crashes: bool = crashes,
        ) -> None:
            if what == "take in":
                receive(tx, [(Entry.RECEIVED, box(first, last))], books.act())
            elif isinstance(what, int):
                entry, place = BY_RANGE[what]
                target = (
                    None if place is None else Target(place, None if place is Place.SAFE else books.station)
                )
                move_ranges(tx, entry, [box(first, last)], target, books.act("other", "why"))
            else:
                job_step(tx, books, str(what), f"job-{first}")
            if crashes:
                raise Crash

        before = books.counts()
        try:
            books.store.write(verb)
        except (Refused, Crash):
            assert books.counts() == before
            continue
        if what == "take in":
            came += length
        after = books.counts()
        assert sum(after.values()) == came
        assert not {Place.OUTSIDE} & after.keys()


def test_two_stations_never_book_one_blank_twice(tmp_path: Path) -> None:
    """Two programs with a connection of their own each book from the same printer at the same time."""
    first, second = open_books(tmp_path), open_books(tmp_path)
    booked: list[str] = []
    faults: list[BaseException] = []

    def book(books: Books, name: str) -> None:
        try:
            for number in range(20):
                job = f"{name}-{number}"
                take = partial(stock.book_blank, job_id=job, printer_id=None, at=clock.now(), by=books.by)
                booked.append(books.store.write(take))
        except BaseException as error:
            faults.append(error)

    try:
        first.loaded(1, 40)
        threads = [
            threading.Thread(target=book, args=(books, name)) for books, name in ((first, "a"), (second, "b"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert faults == []
        assert sorted(booked) == sorted(FORMAT.serial(number) for number in range(1, 41))
        assert first.counts() == {Place.BOOKED: 40}
        with pytest.raises(Refused):
            first.store.write(
                lambda tx: stock.book_blank(tx, "c", printer_id=None, at=clock.now(), by=first.by)
            )
        assert first.wrong() == ""
    finally:
        first.store.close()
        second.store.close()


def live_until_killed(folder: Path, seed: int) -> None:
    """A day of random acts that never ends; what this process prints is committed."""
    books, dice = open_books(folder), random.Random(seed)
    while True:
        what = dice.choice(["take in", *range(len(BY_RANGE)), *JOB_STEPS, "book", "printed", 0, 2])
        first, length = dice.randint(1, 400), dice.randint(1, 80)
        act = (what, first if isinstance(what, int) or what == "take in" else dice.randint(1, 9), length)
        _live_once(books, act)


def _live_once(books: Books, act: tuple[object, int, int]) -> None:
    what, first, length = act
    try:
        if what == "take in":
            books.take_in(first, first + length)
        elif isinstance(what, int):
            entry, place = BY_RANGE[what]
            books.move(entry, first, first + length, place)
        else:
            books.store.write(lambda tx: job_step(tx, books, str(what), f"job-{first}"))
    except Refused:
        return
    sys.stdout.write("done\n")
    sys.stdout.flush()


@pytest.mark.parametrize(
    "seed", [*range(2), *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(2, 40))]
)
def test_killed_at_any_moment_the_ledger_is_whole(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    for _life in range(2):
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys; from pathlib import Path; from tests.workstation.database.stock.test_random_days import"
                " live_until_killed as live; live(Path(sys.argv[1]), int(sys.argv[2]))",
                str(tmp_path),
                str(dice.randrange(1000)),
            ],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            for _act in range(dice.randint(1, 8)):
                assert process.stdout.readline() == "done\n"
            time.sleep(dice.random() * 0.05)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(20)
            assert process.stdout is not None
            process.stdout.close()
        books = open_books(tmp_path)
        try:
            assert books.wrong() == ""
            assert set(books.counts()) <= {*COUNTED, *(t for rule in ENTRIES.values() for t in rule.targets)}
        finally:
            books.store.close()
