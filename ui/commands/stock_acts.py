"""The acts of `workstation stock`: receive, give, load, spoil, destroy and the others, and the count by two people."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from workstation.workflow.office import Office, SignedIn
    from workstation.workflow.stock.steps import Moved
    from workstation.workflow.stock.witness import SecondPerson

_ACTS = {
    "give": "from the safe into this station's drawer",
    "take-back": "from the drawer into the safe",
    "load": "from the drawer into the printer",
    "unload": "out of the printer into the drawer",
    "spoil": "cannot be used",
    "return": "to the province",
    "found": "missing ones lie where they were missed",
    "destroy": "spoiled and void ones, two people",
    "missing": "declared missing, two people",
}
_REASON = ("spoil", "return", "found", "destroy", "missing")
_TWO = ("destroy", "missing")


def add_operator(parser: argparse.ArgumentParser) -> None:
    """Who acts: a name and the file of the password."""
    parser.add_argument("--operator", required=True, metavar="NAME")
    parser.add_argument("--password-file", required=True, type=Path, metavar="FILE")
    add_data(parser)


def _add_second(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--second", required=required, metavar="NAME", help="the second person")
    parser.add_argument("--second-password-file", required=required, type=Path, metavar="FILE")


def register(commands: Any) -> None:
    """Adds the acts to the family `stock`."""
    receive = commands.add_parser("receive", help="take a box in, from the producer into the safe")
    receive.add_argument("--box", default="", metavar="TEXT", help="what stands on the box")
    receive.add_argument("--short", action="append", default=[], metavar="SERIAL", help="not in the box")
    receive.add_argument("--damaged", action="append", default=[], metavar="SERIAL", help="cannot be used")
    _add_range(receive)
    _add_second(receive, required=False)
    receive.set_defaults(run=run_receive)
    for name, help_text in _ACTS.items():
        parser = commands.add_parser(name, help=help_text)
        _add_range(parser)
        if name in _REASON:
            parser.add_argument("--reason", required=True, metavar="TEXT")
        if name == "spoil":
            parser.add_argument("--photo", type=Path, metavar="FILE", help="a JPEG of the spoiled card")
        if name == "load":
            parser.add_argument("--printer", metavar="ID", help="the printer, where the station has several")
        if name in _TWO:
            _add_second(parser, required=True)
        parser.set_defaults(run=run_act, act=name)
    count = commands.add_parser(
        "count",
        help="the day-end count by two people",
        description="Every place is counted: safe, drawer, printer, printed, spoiled, void; what is not named is 0."
        " Where a number differs, the serials that lie there are wanted: on each line of FILE first and last.",
    )
    count.add_argument("--counted", action="append", default=[], metavar="PLACE=NUMBER")
    count.add_argument("--scanned", action="append", default=[], metavar="PLACE=FILE")
    count.add_argument("--explanation", default="", metavar="TEXT", help="signed by both when serials differ")
    add_operator(count)
    _add_second(count, required=True)
    count.set_defaults(run=run_count, usage_error=count.error)


def _add_range(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("first", metavar="FIRST")
    parser.add_argument("last", nargs="?", default="", metavar="LAST")
    add_operator(parser)


def as_operator(args: argparse.Namespace, work: Callable[[Office, SignedIn], int]) -> int:
    """Runs `work` with the office open and the operator signed in; 1 with a sentence when that is refused."""
    from workstation.workflow.keys.key_file import secret_from_file
    from workstation.workflow.sign_in import sign_in, sign_out

    def signed_in(office: Office) -> int:
        who = sign_in(office, args.operator, secret_from_file(args.password_file))
        try:
            return work(office, who)
        finally:
            sign_out(office, who)

    try:
        return with_office(args, signed_in)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1


def _by_two(
    args: argparse.Namespace, office: Office, who: SignedIn, verb: str, object_id: str
) -> SecondPerson:
    """The second person as the files name her; who acts shows again who she is, for exactly this."""
    from workstation.domain.permissions import Verb
    from workstation.workflow.keys.key_file import secret_from_file
    from workstation.workflow.sign_in_confirming import confirm
    from workstation.workflow.stock.witness import SecondPerson

    confirm(office, who, secret_from_file(args.password_file), Verb(verb), object_id)
    return SecondPerson(args.second, secret_from_file(args.second_password_file))


def _told(moved: Moved) -> int:
    print(f"{moved.count}\t{moved.text}")
    return 0


def run_receive(args: argparse.Namespace) -> int:
    """0 with how many came and their serials."""

    def work(office: Office, who: SignedIn) -> int:
        from workstation.workflow.stock.steps import Delivery, take_in

        delivery = Delivery(args.box, args.first, args.last, tuple(args.short), tuple(args.damaged))
        two = args.short and args.second and args.second_password_file
        second = _by_two(args, office, who, "stock.receive", args.first) if two else None
        return _told(take_in(office, who, delivery, second))

    return as_operator(args, work)


def run_act(args: argparse.Namespace) -> int:
    """0 with how many were moved and their serials."""

    def work(office: Office, who: SignedIn) -> int:
        from workstation.workflow.stock import steps

        first, last = args.first, args.last
        match args.act:
            case "give":
                return _told(steps.give_to_station(office, who, first, last))
            case "take-back":
                return _told(steps.take_back(office, who, first, last))
            case "load":
                return _told(steps.load(office, who, first, last, printer_id=args.printer))
            case "unload":
                return _told(steps.unload(office, who, first, last))
            case "spoil":
                photo = args.photo.read_bytes() if args.photo is not None else None
                return _told(steps.spoil(office, who, first, last, reason=args.reason, photo=photo))
            case "return":
                return _told(steps.give_back(office, who, first, last, reason=args.reason))
            case "found":
                return _told(steps.found_again(office, who, first, last, reason=args.reason))
            case "destroy":
                second = _by_two(args, office, who, "stock.destroy", first)
                return _told(steps.destroy(office, who, first, last, reason=args.reason, second=second))
            case _:
                second = _by_two(args, office, who, "stock.miss", first)
                return _told(
                    steps.declare_missing(office, who, first, last, reason=args.reason, second=second)
                )

    return as_operator(args, work)


def _pairs(args: argparse.Namespace, given: list[str]) -> dict[str, str]:
    from workstation.domain.stock import COUNT_PLACES

    found = dict(one.partition("=")[::2] for one in given)
    for place in found:
        if place not in {known.value for known in COUNT_PLACES}:
            args.usage_error(f"no place that is counted: {place}")
    return found


def run_count(args: argparse.Namespace) -> int:
    """0 when it balances; 1 when not, with the serials that differ, whether signed or refused."""
    from workstation.domain.stock import COUNT_PLACES

    numbers, files = _pairs(args, args.counted), _pairs(args, args.scanned)
    for number in numbers.values():
        if not number.isascii() or not number.isdigit():
            args.usage_error(f"not a number: {number}")

    def work(office: Office, who: SignedIn) -> int:
        from workstation import clock
        from workstation.workflow.stock.count import Counted, close_count, compare

        counted = []
        for place in COUNT_PLACES:
            serials = None
            if place.value in files:
                lines = Path(files[place.value]).read_text(encoding="utf-8").splitlines()
                named = [line.split() for line in lines if line.strip()]
                serials = tuple((words[0], words[1] if len(words) > 1 else "") for words in named)
            counted.append(Counted(place, int(numbers.get(place.value, "0")), serials))
        everything = tuple(counted)
        for one in compare(office, who, everything).differing:
            held = one.ledger.value if one.ledger is not None else ""
            print(f"{one.serial}\t{one.kind.value}\t{one.place.value}\t{held}")
        day = clock.office_day(clock.now()).isoformat()
        second = _by_two(args, office, who, "stock.count", day)
        found = close_count(office, who, everything, second, args.explanation)
        return 0 if found.balances else 1

    return as_operator(args, work)
