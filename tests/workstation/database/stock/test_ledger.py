"""The ledger of blanks: entries move whole ranges or nothing, and the engine itself refuses everything else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.workstation.database.stock.books import FORMAT, STATION, Books, box, open_books
from workstation import clock
from workstation.database import stock
from workstation.database.audit import audit_of
from workstation.database.stock_balance import (
    entries_between,
    entries_of_blank,
    next_number,
    ranges_at,
    spoilage,
)
from workstation.database.stock_ledger import Target, move_ranges, pieces
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.domain.stock import ENTRIES, Entry, Place


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    opened = open_books(tmp_path)
    yield opened
    opened.store.close()


def serial(number: int) -> str:
    return FORMAT.serial(number)


def book(books: Books, job: str, printer: str | None = None) -> str:
    return books.store.write(
        lambda tx: stock.book_blank(tx, job, printer_id=printer, at=clock.now(), by=books.by)
    )


def test_a_box_goes_from_the_producer_to_the_printer(books: Books) -> None:
    books.take_in(1, 500)
    books.move(Entry.TO_STATION, 1, 100, Place.DRAWER)
    books.move(Entry.LOADED, 1, 40, Place.PRINTER)
    books.move(Entry.UNLOADED, 31, 40, Place.DRAWER)
    books.move(Entry.TO_SAFE, 91, 100, Place.SAFE)
    assert books.counts() == {Place.SAFE: 410, Place.DRAWER: 60, Place.PRINTER: 30}
    assert books.store.read(lambda c: ranges_at(c, Place.DRAWER, STATION)) == (box(31, 90),)
    assert books.store.read(lambda c: ranges_at(c, Place.SAFE)) == (box(91, 500),)
    assert books.store.read(lambda c: next_number(c, FORMAT.series)) == 501
    assert books.wrong() == ""


def test_a_range_in_one_place_is_one_entry_and_in_pieces_as_many(books: Books) -> None:
    books.take_in(1, 500)
    books.move(Entry.SPOILED, 200, 200, Place.SPOILED)
    day = clock.office_day(clock.now()).isoformat()
    assert len(books.store.read(lambda c: entries_between(c, day, day))) == 2
    found = books.store.read(lambda c: pieces(c, box(1, 500)))
    assert [(piece.range, piece.place) for piece in found] == [
        (box(1, 199), Place.SAFE),
        (box(200, 200), Place.SPOILED),
        (box(201, 500), Place.SAFE),
    ]
    books.move(Entry.RETURNED, 1, 500, Place.RETURNED)
    assert books.counts() == {Place.RETURNED: 500}
    assert len(books.store.read(lambda c: entries_between(c, day, day))) == 5


def test_an_overlap_is_refused_with_its_serials_and_nothing_comes_in(books: Books) -> None:
    books.take_in(1, 100)
    with pytest.raises(Refused) as refusal:
        books.take_in(99, 200)
    assert refusal.value.reason is Reason.SERIALS_KNOWN
    assert refusal.value.facts == {"serials": f"{serial(99)}, {serial(100)}", "count": 2}
    assert books.counts() == {Place.SAFE: 100}


@pytest.mark.parametrize(
    ("entry", "first", "last", "place", "named"),
    [
        (Entry.LOADED, 1, 2, Place.PRINTER, (1, 2)),
        (Entry.TO_STATION, 99, 102, Place.DRAWER, (101, 102)),
        (Entry.DESTROYED, 5, 5, Place.DESTROYED, (5,)),
        (Entry.FOUND, 7, 7, None, (7,)),
    ],
)
def test_what_lies_elsewhere_is_named_and_nothing_moves(
    books: Books, entry: Entry, first: int, last: int, place: Place | None, named: tuple[int, ...]
) -> None:
    books.take_in(1, 100)
    with pytest.raises(Refused) as refusal:
        books.move(entry, first, last, place)
    assert refusal.value.reason is Reason.BLANKS_ELSEWHERE
    assert refusal.value.facts["serials"] == ", ".join(serial(number) for number in named)
    assert refusal.value.facts["count"] == len(named)
    assert books.counts() == {Place.SAFE: 100}
    assert books.wrong() == ""


def test_many_serials_are_counted_not_listed(books: Books) -> None:
    with pytest.raises(Refused) as refusal:
        books.move(Entry.LOADED, 1, 90_000, Place.PRINTER)
    assert refusal.value.facts["count"] == 90_000
    assert len(str(refusal.value.facts["serials"])) < 300


def test_another_stations_drawer_is_not_ones_own(books: Books) -> None:
    books.take_in(1, 10)
    books.move(Entry.TO_STATION, 1, 10, Place.DRAWER)
    neighbour = Books(books.store, "station-2")
    with pytest.raises(Refused):
        neighbour.move(Entry.LOADED, 1, 10, Place.PRINTER)
    books.move(Entry.LOADED, 1, 10, Place.PRINTER)
    with pytest.raises(Refused) as refusal:
        book(neighbour, "a")
    assert refusal.value.reason is Reason.NO_BLANK_LOADED


def test_found_again_lies_where_it_was_missed(books: Books) -> None:
    books.loaded(1, 10)
    book(books, "a")
    books.take_in(11, 12, Entry.SHORT)
    books.move(Entry.MISSED, 1, 3, Place.MISSING)
    assert books.counts() == {Place.MISSING: 5, Place.PRINTER: 7}
    books.move(Entry.FOUND, 1, 3, None)
    assert books.counts() == {Place.MISSING: 2, Place.PRINTER: 9, Place.BOOKED: 1}
    assert book(books, "a") == serial(1)
    books.move(Entry.FOUND, 11, 12, None)
    assert books.counts()[Place.SAFE] == 2
    assert books.wrong() == ""


def test_the_blank_of_a_job_from_booking_to_the_hand(books: Books) -> None:
    books.loaded(1, 3)
    assert book(books, "a") == serial(1)
    assert book(books, "a") == serial(1)
    assert book(books, "b") == serial(2)

    def step(call: object, *arguments: object) -> object:
        return books.store.write(lambda tx: call(tx, *arguments, at=clock.now(), by=books.by))  # type: ignore[operator]  # any of the job's functions

    assert step(stock.release_blank, "b") == serial(2)
    assert step(stock.release_blank, "b") is None
    assert book(books, "c") == serial(2)
    for _again in range(2):
        assert step(stock.printed_blank, "a") == serial(1)
    for _again in range(2):
        assert step(stock.issue_blank, "a") == serial(1)
    assert step(stock.spoil_blank, "c", "smeared") == serial(2)
    assert book(books, "c") == serial(3)
    with pytest.raises(Refused) as refusal:
        book(books, "d")
    assert refusal.value.reason is Reason.NO_BLANK_LOADED
    held = books.store.read(lambda c: stock.blank_of_job(c, "c"))
    assert held is not None
    assert (held.serial, held.place) == (serial(3), Place.BOOKED)
    assert books.counts() == {Place.ISSUED: 1, Place.SPOILED: 1, Place.BOOKED: 1}
    history = books.store.read(lambda c: entries_of_blank(c, FORMAT.series, 1))
    assert [entry.entry for entry in history] == [
        Entry.RECEIVED,
        Entry.TO_STATION,
        Entry.LOADED,
        Entry.BOOKED,
        Entry.PRINTED,
        Entry.ISSUED,
    ]
    assert books.wrong() == ""


def test_a_card_of_which_nobody_booked_a_blank_took_one_all_the_same(books: Books) -> None:
    with pytest.raises(Refused) as refusal:
        books.store.write(lambda tx: stock.printed_blank(tx, "a", at=clock.now(), by=books.by))
    assert refusal.value.reason is Reason.NO_BLANK_LOADED
    books.loaded(1, 1)
    assert books.store.write(lambda tx: stock.printed_blank(tx, "a", at=clock.now(), by=books.by)) == serial(
        1
    )
    assert books.counts() == {Place.PRINTED: 1}


def test_voiding_and_destroying_take_a_second_person_who_is_another(books: Books) -> None:
    books.loaded(1, 2)
    book(books, "a")
    for second in (None, books.by.id):
        for call in (stock.void_blank, stock.destroy_blank):
            assert refused_by_two(books, call, "torn", second) is Reason.SECOND_PERSON_NEEDED
    assert refused_by_two(books, stock.void_blank, " ", "other") is Reason.REASON_MISSING
    with pytest.raises(IntegrityError):
        books.store.write(lambda tx: tx.exec_driver_sql(entry_text("voided", "booked", "void", "'me', 'me'")))
    books.store.write(
        lambda tx: stock.void_blank(tx, "a", "torn", second="other", at=clock.now(), by=books.by)
    )
    books.store.write(
        lambda tx: stock.destroy_blank(tx, "a", "cut", second="other", at=clock.now(), by=books.by)
    )
    assert books.counts() == {Place.DESTROYED: 1, Place.PRINTER: 1}


def refused_by_two(books: Books, call: Callable[..., str | None], reason: str, second: str | None) -> Reason:
    with pytest.raises(Refused) as refusal:
        books.store.write(lambda tx: call(tx, "a", reason, second=second, at=clock.now(), by=books.by))
    return refusal.value.reason


def entry_text(entry: str, origin: str, target: str, people: str) -> str:
    """SQL that writes an entry about the second blank behind the ledger's back."""
    return (
        "INSERT INTO stock_entries (act, entry, series, first, last, count, from_place, to_place, station_id, at, day,"
        f" by, second) VALUES ('x', '{entry}', 'TR-6-luhn', 2, 2, 1, '{origin}', '{target}', 'station-1',"
        f" '2026-01-01 00:00:00.000000', '2026-01-01', {people})"
    )


def test_a_printer_takes_what_was_loaded_into_it_before_what_was_loaded_into_none(books: Books) -> None:
    books.take_in(1, 4)
    books.move(Entry.TO_STATION, 1, 4, Place.DRAWER)
    books.move(Entry.LOADED, 1, 1, Place.PRINTER)
    for number, printer in ((2, "left"), (3, "right")):
        target, loaded = Target(Place.PRINTER, STATION, printer), [box(number, number)]
        books.store.write(
            partial(move_ranges, entry=Entry.LOADED, ranges=loaded, target=target, act=books.act())
        )
    assert book(books, "a", "right") == serial(3)
    assert book(books, "b", "right") == serial(1)
    with pytest.raises(Refused):
        book(books, "c", "right")
    moved = books.store.write(lambda tx: stock.rebook_blank(tx, "a", "left", at=clock.now(), by=books.by))
    assert moved == serial(3)
    assert book(books, "d") == serial(2)
    held = books.store.read(lambda c: stock.blank_of_job(c, "a"))
    assert held is not None
    assert held.printer_id == "left"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE blanks SET place = 'safe', entry = entry WHERE number = 1",
        "UPDATE blanks SET station_id = 'elsewhere' WHERE number = 1",
        "UPDATE blanks SET number = 77 WHERE number = 1",
        "DELETE FROM blanks WHERE number = 1",
        "INSERT INTO blanks (series, number, place, entry) VALUES ('TR-6-luhn', 99, 'safe', 1)",
        "INSERT OR REPLACE INTO blanks SELECT series, number, 'void', station_id, printer_id, job_id, entry"
        " FROM blanks",
        "UPDATE stock_entries SET count = count + 0",
        "DELETE FROM stock_entries",
        "INSERT OR REPLACE INTO stock_entries SELECT * FROM stock_entries",
    ],
)
def test_the_engine_itself_moves_no_blank_without_its_entry(books: Books, statement: str) -> None:
    books.loaded(1, 3)
    with pytest.raises(IntegrityError):
        books.store.write(lambda tx: tx.exec_driver_sql(statement))
    assert books.counts() == {Place.PRINTER: 3}


@pytest.mark.parametrize(
    ("entry", "move"),
    [
        # From a place where the blank does not lie; another blank than it names; to another place than it says.
        (("voided", "booked", "void"), "UPDATE blanks SET place = 'void', entry = {made} WHERE number = 2"),
        (
            ("unloaded", "printer", "drawer"),
            "UPDATE blanks SET place = 'drawer', entry = {made} WHERE number = 3",
        ),
        (
            ("unloaded", "printer", "drawer"),
            "UPDATE blanks SET place = 'safe', entry = {made} WHERE number = 2",
        ),
        # An entry of before, used once more; one that brings nothing from outside.
        (None, "UPDATE blanks SET place = 'printer', entry = 3 WHERE number = 1"),
        (
            ("to_safe", "drawer", "safe"),
            "INSERT INTO blanks (series, number, place, entry) SELECT 'TR-6-luhn', 2, 'safe', {made} WHERE 1 = 1",
        ),
    ],
)
def test_an_entry_moves_what_it_names_once_and_nothing_else(
    books: Books, entry: tuple[str, str, str] | None, move: str
) -> None:
    books.loaded(1, 3)
    books.move(Entry.UNLOADED, 1, 1, Place.DRAWER)
    if entry is not None:
        made = entry_text(*entry, "'me', NULL")
        books.store.write(lambda tx: tx.exec_driver_sql(made))
    with pytest.raises(IntegrityError):
        books.store.write(lambda tx: tx.exec_driver_sql(move.format(made=5)))
    assert books.counts() == {Place.DRAWER: 1, Place.PRINTER: 2}


def test_an_entry_that_was_added_behind_the_ledgers_back_is_found(books: Books) -> None:
    books.loaded(1, 3)
    books.store.write(
        lambda tx: tx.exec_driver_sql(entry_text("unloaded", "printer", "drawer", "'me', NULL"))
    )
    assert books.wrong() == serial(2)


def test_every_act_is_in_the_trail_without_gaps(books: Books) -> None:
    books.loaded(1, 3)
    book(books, "job-a")
    (entry,) = books.store.read(lambda c: audit_of(c, "job-a"))
    assert entry.tag is AuditTag.STOCK_ENTRY
    assert entry.position == 4
    assert b'"entry":"booked"' in entry.facts


def test_spoilage_is_told_by_printer(books: Books) -> None:
    books.loaded(1, 20)
    for number in range(10):
        book(books, f"job{number}", "left" if number < 8 else "right")
        end: Callable[..., str | None] = stock.printed_blank
        if number in (0, 9):
            end = partial(stock.spoil_blank, reason="smeared")
        books.store.write(partial(end, job_id=f"job{number}", at=clock.now(), by=books.by))
    day = clock.office_day(clock.now()).isoformat()
    told = {one.printer_id: one for one in books.store.read(lambda c: spoilage(c, day, day))}
    assert (told["left"].printed, told["left"].spoiled, told["left"].rate) == (7, 1, 1 / 8)
    assert (told["right"].printed, told["right"].spoiled, told["right"].rate) == (1, 1, 1 / 2)


def test_every_kind_of_entry_has_its_rule() -> None:
    assert set(ENTRIES) == set(Entry)
    for rule in ENTRIES.values():
        assert rule.targets
        assert rule.origins | rule.of_job
        assert Place.OUTSIDE not in rule.targets
        assert Place.DESTROYED not in rule.origins | rule.of_job


def test_100_000_blanks_are_moved_in_a_few_statements(books: Books) -> None:
    began = time.monotonic()
    books.take_in(1, 100_000)
    books.move(Entry.TO_STATION, 1, 50_000, Place.DRAWER)
    assert books.counts() == {Place.SAFE: 50_000, Place.DRAWER: 50_000}
    assert time.monotonic() - began < 60, "one statement for each blank"
