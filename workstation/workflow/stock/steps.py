"""What is done with blanks: a box is taken in, given to a station, loaded; blanks are spoiled, returned, destroyed,
declared missing, found again. Serials are typed or scanned: the first and the last of a range, or a single one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workstation import clock
from workstation.database import Connection
from workstation.database.blobs import put_blob
from workstation.database.moves import Actor
from workstation.database.policies import policy_in_force
from workstation.database.stock_counts import settle_differences
from workstation.database.stock_ledger import Act, Target, move_ranges, receive
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stock import Entry, Place, SerialRange, name_serials, ranges_of, read_range
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.stock.witness import SecondPerson, write_by_two


@dataclass(frozen=True)
class Delivery:
    """One box as its note names it: `short` are serials that are not in it, `damaged` those that cannot be used."""

    box: str
    first: str
    last: str
    short: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moved:
    """What an act moved: its id in the ledger, the range and how many blanks."""

    act: str
    text: str
    count: int


def take_in(office: Office, who: SignedIn, delivery: Delivery, second: SecondPerson | None = None) -> Moved:
    """A box comes from the producer into the safe. What is short counts as missing from the first day, and takes two.

    Raises Refused SERIAL_UNREADABLE, RANGE_REVERSED, RANGE_TOO_LONG, SERIALS_KNOWN, SERIALS_NOT_IN_BOX,
    SECOND_PERSON_NEEDED, and with a second person as `write_by_two`.
    """

    def verb(tx: Connection, actor: Actor, witness: str | None) -> Moved:
        whole, arrived = _arrived(tx, delivery)
        act = Act(actor, clock.now(), second=witness, box=delivery.box.strip()[:80] or None)
        return Moved(receive(tx, arrived, act), whole.text, whole.count)

    ask(office, who, Verb.STOCK_RECEIVE)
    if not delivery.short:
        return office.store.write(lambda tx: verb(tx, acting(tx, office, who, Verb.STOCK_RECEIVE), None))
    if second is None:
        raise Refused(Reason.SECOND_PERSON_NEEDED)
    return write_by_two(office, who, Verb.STOCK_RECEIVE, second, delivery.first, verb)


def _arrived(tx: Connection, delivery: Delivery) -> tuple[SerialRange, list[tuple[Entry, SerialRange]]]:
    serials = policy_in_force(tx).blank_serials
    whole = read_range(serials, delivery.first, delivery.last)
    short = {serials.number(text) for text in delivery.short}
    damaged = {serials.number(text) for text in delivery.damaged}
    outside = {number for number in short | damaged if not whole.first <= number <= whole.last}
    if wrong := outside | (short & damaged):
        raise Refused(
            Reason.SERIALS_NOT_IN_BOX,
            serials=name_serials(serials.serial(number) for number in sorted(wrong)),
            box=whole.text,
        )
    good = (
        number
        for number in range(whole.first, whole.last + 1)
        if number not in short and number not in damaged
    )
    return whole, [
        (entry, part)
        for entry, numbers in ((Entry.RECEIVED, good), (Entry.SHORT, short), (Entry.DAMAGED, damaged))
        for part in ranges_of(whole.series, numbers)
    ]


def give_to_station(
    office: Office, who: SignedIn, first: str, last: str = "", *, station_id: str = ""
) -> Moved:
    """From the safe into the drawer of a station, this one when none is named. Raises Refused BLANKS_ELSEWHERE."""
    drawer = Target(Place.DRAWER, station_id or office.station.id)
    return _moved(office, who, Verb.STOCK_GIVE, Entry.TO_STATION, first, last, drawer)


def take_back(office: Office, who: SignedIn, first: str, last: str = "") -> Moved:
    """From a station's drawer into the safe. Raises Refused BLANKS_ELSEWHERE."""
    return _moved(office, who, Verb.STOCK_GIVE, Entry.TO_SAFE, first, last, Target(Place.SAFE))


def load(
    office: Office, who: SignedIn, first: str, last: str = "", *, printer_id: str | None = None
) -> Moved:
    """From this station's drawer into a printer: what is printed next takes these. Raises Refused BLANKS_ELSEWHERE."""
    printer = Target(Place.PRINTER, office.station.id, printer_id)
    return _moved(office, who, Verb.STOCK_LOAD, Entry.LOADED, first, last, printer)


def unload(office: Office, who: SignedIn, first: str, last: str = "") -> Moved:
    """Out of the printer, back into this station's drawer. Raises Refused BLANKS_ELSEWHERE."""
    drawer = Target(Place.DRAWER, office.station.id)
    return _moved(office, who, Verb.STOCK_LOAD, Entry.UNLOADED, first, last, drawer)


def spoil(
    office: Office, who: SignedIn, first: str, last: str = "", *, reason: str, photo: bytes | None = None
) -> Moved:
    """Blanks that no card was made of cannot be used. `photo` is a JPEG. Raises Refused BLANKS_ELSEWHERE (what is a
    card already is voided where it is checked), REASON_MISSING."""
    return _moved(
        office, who, Verb.STOCK_SPOIL, Entry.SPOILED, first, last, Target(Place.SPOILED), reason, photo
    )


def give_back(office: Office, who: SignedIn, first: str, last: str = "", *, reason: str) -> Moved:
    """To the province; `reason` names the parcel. Raises Refused BLANKS_ELSEWHERE, REASON_MISSING."""
    return _moved(office, who, Verb.STOCK_RETURN, Entry.RETURNED, first, last, Target(Place.RETURNED), reason)


def found_again(office: Office, who: SignedIn, first: str, last: str = "", *, reason: str) -> Moved:
    """What was missing lies where it was missed. Raises Refused BLANKS_ELSEWHERE, REASON_MISSING."""
    return _moved(office, who, Verb.STOCK_FIND, Entry.FOUND, first, last, None, reason)


def destroy(
    office: Office, who: SignedIn, first: str, last: str = "", *, reason: str, second: SecondPerson
) -> Moved:
    """Two people have destroyed spoiled blanks and void cards. Raises Refused BLANKS_ELSEWHERE, REASON_MISSING, and as
    `write_by_two`."""
    return _by_two(office, who, Verb.STOCK_DESTROY, Entry.DESTROYED, first, last, reason, second)


def declare_missing(
    office: Office, who: SignedIn, first: str, last: str = "", *, reason: str, second: SecondPerson
) -> Moved:
    """Two people declare that these do not lie where the ledger says. Raises Refused BLANKS_ELSEWHERE, REASON_MISSING,
    and as `write_by_two`."""
    return _by_two(office, who, Verb.STOCK_MISS, Entry.MISSED, first, last, reason, second)


def _told(entry: Entry, reason: str) -> str | None:
    asked = entry in (Entry.SPOILED, Entry.RETURNED, Entry.FOUND, Entry.DESTROYED, Entry.MISSED)
    if asked and not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    return reason.strip() or None


def _moved(
    office: Office,
    who: SignedIn,
    verb: Verb,
    entry: Entry,
    first: str,
    last: str,
    target: Target | None,
    reason: str = "",
    photo: bytes | None = None,
) -> Moved:
    def transaction(tx: Connection) -> Moved:
        actor = acting(tx, office, who, verb)
        picture = None if photo is None else put_blob(tx, photo, "image/jpeg")
        act = Act(actor, clock.now(), reason=_told(entry, reason), photo=picture)
        return _written(tx, entry, [read_range(policy_in_force(tx).blank_serials, first, last)], target, act)

    return office.store.write(transaction)


def _by_two(
    office: Office,
    who: SignedIn,
    verb: Verb,
    entry: Entry,
    first: str,
    last: str,
    reason: str,
    second: SecondPerson,
) -> Moved:
    def transaction(tx: Connection, actor: Actor, witness: str) -> Moved:
        act = Act(actor, clock.now(), second=witness, reason=_told(entry, reason))
        place = Place.DESTROYED if entry is Entry.DESTROYED else Place.MISSING
        wanted = read_range(policy_in_force(tx).blank_serials, first, last)
        return _written(tx, entry, [wanted], Target(place), act)

    return write_by_two(office, who, verb, second, first.strip(), transaction)


def _written(
    tx: Connection, entry: Entry, ranges: Iterable[SerialRange], target: Target | None, act: Act
) -> Moved:
    moved = list(ranges)
    done = move_ranges(tx, entry, moved, target, act)
    settle_differences(tx, moved, done)
    return Moved(done, ", ".join(one.text for one in moved), sum(one.count for one in moved))
