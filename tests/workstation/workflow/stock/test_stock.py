"""Blanks at a real office: who may what, acts of two people, deliveries, and the count at the end of the day."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.offices import ADMINISTRATOR, CLERK, PASSPHRASE, PASSWORD, SUPERVISOR, staffed_office
from workstation import clock
from workstation.database.audit import audit_of
from workstation.database.stock_check import prove_ledger
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Role
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stock import COUNT_PLACES, Difference, Entry, Place, SerialFormat
from workstation.startup import close_office, open_office
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_confirming import confirm
from workstation.workflow.stock import steps as stock
from workstation.workflow.stock.count import Comparison, Counted, close_count, compare
from workstation.workflow.stock.steps import Delivery
from workstation.workflow.stock.view import StockView, history_of_blank, stock_view
from workstation.workflow.stock.witness import SecondPerson

FORMAT = SerialFormat("TR", 6, "luhn")
KEEPER = "keeper"
# The office's first box: 200 blanks, all of them loaded.
LOADED = 200


def serial(number: int) -> str:
    return FORMAT.serial(number)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with a stock keeper beside the others."""
    folder = tmp_path_factory.mktemp("stock") / "office"
    with staffed_office(folder) as staffed:
        add_operator(
            staffed.office,
            staffed.administrator,
            username=KEEPER,
            display_name="ທ້າວ ຄຳ",
            role=Role.STOCK_KEEPER,
            password=PASSWORD,
        )
    return folder


@pytest.fixture
def office(founded: Path, data_folder: Path) -> Iterator[Office]:
    shutil.copytree(founded, data_folder)
    opened = open_office(data_folder, PASSPHRASE)
    try:
        yield opened
        assert opened.store.read(prove_ledger).wrong == ""
    finally:
        close_office(opened)


@pytest.fixture
def keeper(office: Office) -> SignedIn:
    return sign_in(office, KEEPER, PASSWORD)


def seen(office: Office, who: SignedIn) -> StockView:
    return stock_view(office, who)


def refused(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value


def test_the_keeper_keeps_and_the_clerk_loads(office: Office, keeper: SignedIn) -> None:
    clerk = sign_in(office, CLERK, PASSWORD)
    moved = stock.take_in(office, keeper, Delivery("box 7", serial(1001), serial(1500)))
    assert (moved.count, moved.text) == (500, f"{serial(1001)} – {serial(1500)}")
    assert (
        refused(lambda: stock.give_to_station(office, clerk, serial(1001))).reason is Reason.ROLE_NOT_ALLOWED
    )
    assert refused(lambda: stock.load(office, keeper, serial(1001))).reason is Reason.ROLE_NOT_ALLOWED
    stock.give_to_station(office, keeper, serial(1001), serial(1100))
    stock.load(office, clerk, serial(1001), serial(1010))
    stock.unload(office, clerk, serial(1010))
    stock.spoil(office, clerk, serial(1009), reason="bent", photo=b"\xff\xd8 a picture")
    stock.take_back(office, keeper, serial(1100))
    stock.give_back(office, keeper, serial(1101), serial(1102), reason="parcel 9")
    own = seen(office, keeper).balance.own
    assert own[Place.SAFE] == 399
    assert own[Place.DRAWER] == 90
    assert own[Place.PRINTER] == LOADED + 8
    assert own[Place.SPOILED] == 1
    assert own[Place.RETURNED] == 2
    (spoiled,) = (entry for entry in seen(office, keeper).entries if entry.entry is Entry.SPOILED)
    assert spoiled.reason == "bent"
    assert spoiled.photo is not None
    history = history_of_blank(office, keeper, serial(1009))
    assert [entry.entry for entry in history] == [
        Entry.RECEIVED,
        Entry.TO_STATION,
        Entry.LOADED,
        Entry.SPOILED,
    ]


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        ("TR0010011", serial(1100), Reason.SERIAL_UNREADABLE),
        ("LC001001", serial(1100), Reason.SERIAL_UNREADABLE),
        ("", serial(1100), Reason.SERIAL_UNREADABLE),
        ("ໝາຍເລກ", "", Reason.SERIAL_UNREADABLE),
        ("TR໐໐໑໐໐໑໓", "", Reason.SERIAL_UNREADABLE),
        (serial(1100), serial(1001), Reason.RANGE_REVERSED),
        (serial(1), serial(500_000), Reason.RANGE_TOO_LONG),
        (serial(200), serial(201), Reason.SERIALS_KNOWN),
    ],
)
def test_a_box_that_cannot_be_is_refused_whole(
    office: Office, keeper: SignedIn, first: str, last: str, reason: Reason
) -> None:
    assert refused(lambda: stock.take_in(office, keeper, Delivery("1", first, last))).reason is reason
    assert seen(office, keeper).balance.total == LOADED


def test_serials_are_read_as_people_type_and_scanners_send_them(office: Office, keeper: SignedIn) -> None:
    typed = serial(1001)
    moved = stock.take_in(office, keeper, Delivery("1", f" {typed[:4].lower()} {typed[4:]}\r\n", ""))
    assert moved.text == typed


def test_a_short_box_takes_two_and_a_damaged_one_is_spoiled_at_once(office: Office, keeper: SignedIn) -> None:
    delivery = Delivery(
        "8", serial(1001), serial(1100), short=(serial(1005), serial(1006)), damaged=(serial(1100),)
    )
    assert refused(lambda: stock.take_in(office, keeper, delivery)).reason is Reason.SECOND_PERSON_NEEDED
    second = SecondPerson(SUPERVISOR, PASSWORD)
    confirm(office, keeper, PASSWORD, Verb.STOCK_RECEIVE, delivery.first)
    stock.take_in(office, keeper, delivery, second)
    own = seen(office, keeper).balance.own
    assert (own[Place.SAFE], own[Place.MISSING], own[Place.SPOILED]) == (97, 2, 1)
    stock.found_again(office, keeper, serial(1005), serial(1006), reason="lay under the lid")
    assert seen(office, keeper).balance.own[Place.SAFE] == 99
    outside = Delivery("9", serial(2001), serial(2002), damaged=(serial(2003),))
    refusal = refused(lambda: stock.take_in(office, keeper, outside))
    assert refusal.reason is Reason.SERIALS_NOT_IN_BOX
    assert refusal.facts["serials"] == serial(2003)


@pytest.mark.parametrize("act", ["destroy", "missing"])
def test_two_people_never_one(office: Office, keeper: SignedIn, act: str) -> None:
    stock.take_in(office, keeper, Delivery("1", serial(1001), serial(1010)))
    stock.spoil(office, keeper, serial(1001), serial(1002), reason="wet")
    call, verb = (
        (stock.destroy, Verb.STOCK_DESTROY) if act == "destroy" else (stock.declare_missing, Verb.STOCK_MISS)
    )

    def attempt(second: SecondPerson, reason: str = "cut in two") -> stock.Moved:
        return call(office, keeper, serial(1001), serial(1002), reason=reason, second=second)

    good = SecondPerson(SUPERVISOR, PASSWORD)
    before = seen(office, keeper).balance
    asked = refused(lambda: attempt(good))
    assert asked.reason is Reason.CONFIRMATION_NEEDED
    assert asked.facts == {"action": verb.value, "object": serial(1001)}
    confirm(office, keeper, PASSWORD, verb, serial(1001))
    assert refused(lambda: attempt(SecondPerson(KEEPER, PASSWORD))).reason is Reason.SECOND_PERSON_NEEDED
    assert refused(lambda: attempt(SecondPerson(SUPERVISOR, "wrong"))).reason is Reason.WRONG_PASSWORD
    assert refused(lambda: attempt(good, reason=" ")).reason is Reason.REASON_MISSING
    assert seen(office, keeper).balance == before
    moved = attempt(good)
    assert moved.count == 2
    own = seen(office, keeper).balance.own
    assert own[Place.SPOILED] == 0
    assert own[Place.DESTROYED if act == "destroy" else Place.MISSING] == 2
    (entry,) = (entry for entry in seen(office, keeper).entries if entry.act == moved.act)
    assert {entry.by, entry.second} == {
        keeper.operator.id,
        sign_in(office, SUPERVISOR, PASSWORD).operator.id,
    }
    # The proof served once.
    assert refused(lambda: attempt(good)).reason is Reason.CONFIRMATION_NEEDED
    assert PASSWORD not in repr(good)


def test_an_auditor_or_nobody_stands_by(office: Office, keeper: SignedIn) -> None:
    administrator = sign_in(office, ADMINISTRATOR, PASSWORD)
    add_operator(
        office,
        administrator,
        username="auditor",
        display_name="auditor",
        role=Role.AUDITOR,
        password=PASSWORD,
    )
    confirm(office, keeper, PASSWORD, Verb.STOCK_MISS, serial(1))
    auditor = SecondPerson("auditor", PASSWORD)
    refusal = refused(lambda: stock.declare_missing(office, keeper, serial(1), reason="gone", second=auditor))
    assert refusal.reason is Reason.ROLE_NOT_ALLOWED
    assert seen(office, keeper).balance.own[Place.MISSING] == 0


# The count


def numbers(**counted: int) -> tuple[Counted, ...]:
    """What lies there in a new office, with changes."""
    found = dict.fromkeys(COUNT_PLACES, 0) | {Place.PRINTER: LOADED}
    return tuple(Counted(place, counted.get(place.value, number)) for place, number in found.items())


def close(office: Office, who: SignedIn, counted: tuple[Counted, ...], explanation: str = "") -> Comparison:
    day = clock.office_day(clock.now()).isoformat()
    confirm(office, who, PASSWORD, Verb.STOCK_COUNT, day)
    return close_count(office, who, counted, SecondPerson(SUPERVISOR, PASSWORD), explanation)


def scanned(counted: tuple[Counted, ...], place: Place, *ranges: tuple[int, int]) -> tuple[Counted, ...]:
    """The same count with the serials of one place."""
    serials = tuple((serial(first), serial(last)) for first, last in ranges)
    return tuple(Counted(place, 0, serials) if one.place is place else one for one in counted)


def test_a_count_that_balances_is_signed_by_both(office: Office, keeper: SignedIn) -> None:
    assert not seen(office, keeper).counted_today
    assert compare(office, keeper, numbers()).balances
    assert close(office, keeper, numbers()).balances
    after = seen(office, keeper)
    assert after.counted_today
    assert after.differences == ()
    assert after.last_count is not None
    assert after.last_count.balanced
    assert after.last_count.by != after.last_count.second
    (entry,) = office.store.read(lambda c: audit_of(c, after.last_count.id if after.last_count else ""))
    assert entry.tag is AuditTag.STOCK_COUNTED
    assert b'"balanced":true' in entry.facts


def test_a_number_that_differs_asks_for_serials_and_a_place_left_out_too(
    office: Office, keeper: SignedIn
) -> None:
    wrong = numbers(printer=LOADED - 1)
    assert compare(office, keeper, wrong).unscanned == (Place.PRINTER,)
    refusal = refused(lambda: close(office, keeper, wrong, "nobody knows"))
    assert (refusal.reason, refusal.facts["places"]) == (Reason.COUNT_SERIALS_NEEDED, "printer")
    refusal = refused(lambda: close(office, keeper, numbers()[1:]))
    assert (refusal.reason, refusal.facts["places"]) == (Reason.COUNT_SERIALS_NEEDED, "safe")
    assert seen(office, keeper).last_count is None


def test_a_difference_is_named_signed_and_stays_open_until_it_is_settled(
    office: Office, keeper: SignedIn
) -> None:
    stock.take_in(office, keeper, Delivery("1", serial(1001), serial(1010)))
    counted = scanned(numbers(safe=10), Place.PRINTER, (1, 99), (101, 200), (1010, 1010), (5000, 5000))
    counted = scanned(counted, Place.SAFE, (1001, 1009))
    found = compare(office, keeper, counted)
    assert [(one.serial, one.kind, one.place, one.ledger) for one in found.differing] == [
        (serial(100), Difference.ABSENT, Place.PRINTER, Place.PRINTER),
        (serial(1010), Difference.ELSEWHERE, Place.PRINTER, Place.SAFE),
        (serial(5000), Difference.UNKNOWN, Place.PRINTER, None),
    ]
    refusal = refused(lambda: close(office, keeper, counted))
    assert refusal.reason is Reason.COUNT_DIFFERS
    assert serial(100) in str(refusal.facts["serials"])
    close(office, keeper, counted, "one fell behind the printer, we think")
    opened = seen(office, keeper)
    assert opened.last_count is not None
    assert not opened.last_count.balanced
    assert [one.serial for one in opened.differences] == [serial(100), serial(1010), serial(5000)]
    # Nothing was moved by the count itself.
    assert opened.balance.own[Place.PRINTER] == LOADED
    confirm(office, keeper, PASSWORD, Verb.STOCK_MISS, serial(100))
    stock.declare_missing(
        office, keeper, serial(100), reason="not found", second=SecondPerson(SUPERVISOR, PASSWORD)
    )
    assert [one.serial for one in seen(office, keeper).differences] == [serial(1010), serial(5000)]
    close(office, keeper, scanned(numbers(safe=10), Place.PRINTER, (1, 99), (101, 200)))
    assert seen(office, keeper).differences == ()


def test_what_is_booked_is_counted_in_the_printer(office: Office, keeper: SignedIn) -> None:
    from workstation.database.moves import Actor
    from workstation.database.stock import book_blank

    by = Actor(keeper.operator.id, Role.STOCK_KEEPER, office.station.id)
    office.store.write(lambda tx: book_blank(tx, "a job", printer_id=None, at=clock.now(), by=by))
    assert compare(office, keeper, numbers()).balances
