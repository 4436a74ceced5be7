"""`workstation card check`: two pictures of a finished card are read and compared with the record it was made from."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from printing.content import CardContent
    from workstation.card_reading.reading import SideReading
    from workstation.workflow.check.checks import Record
    from workstation.workflow.check.view import CheckItem

_MOST_BYTES = 64 * 1024 * 1024


class _Refused(Exception):
    """What stops the check, by stable code, with the file or key at fault."""

    def __init__(self, code: str, place: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.place, self.detail = code, place, detail


def register(subparsers: Any) -> None:
    """Adds the command `card check`."""
    parser = subparsers.add_parser(
        "check",
        help="compares two pictures of a finished card with its record",
        description="Straightens both pictures, reads QR, barcodes and the zone, and compares every value, the"
        " portrait and the printed texts with the record. 0 all agrees; 1 something differs or cannot be read.",
    )
    parser.add_argument("front", metavar="FRONT.png", type=Path, help="a picture of one side")
    parser.add_argument("back", metavar="BACK.png", type=Path, help="a picture of the other side")
    parser.add_argument(
        "--record", metavar="RECORD.json", type=Path, required=True, help="as for `card render`"
    )
    parser.add_argument(
        "--layout",
        default="national-id-1",
        metavar="NAME",
        help="the layout the card was printed on: one that ships with the program, or a layout file (.json)",
    )
    parser.add_argument(
        "--keys",
        metavar="DIR",
        type=Path,
        help="a trust list, to verify the signature too (see `card verify`)",
    )
    parser.add_argument("--crops", metavar="DIR", type=Path, help="writes both sides, straightened, as PNG")
    parser.add_argument("--json", action="store_true", help="the answer as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when every value agrees; 1 when one differs or cannot be read, or a file is at fault."""
    try:
        front, back, items = _checked(args)
    except _Refused as refused:
        if args.json:
            answer = {
                "agrees": False,
                "reason": refused.code,
                "place": refused.place,
                "detail": refused.detail,
            }
            print(json.dumps(answer, ensure_ascii=False))
        print(f"{refused.place}: {refused.code} {refused.detail}".rstrip(), file=sys.stderr)
        return 1
    from workstation.workflow.check.checks import agree, picture_fault

    fault = picture_fault(front, back, items)
    if args.json:
        data = {
            "agrees": agree(items),
            "reason": None if fault is None else fault.value,
            "sides": {side.side: _side(side) for side in (front, back)},
            "items": [_item(item) for item in items],
        }
        print(json.dumps(data, ensure_ascii=False))
    else:
        for item in items:
            alike = "" if item.alike is None else f"{item.alike:.2f}"
            print(
                f"{item.mark:<8} {item.source.value:<8} {item.name:<18} {item.expected}\t{item.found}{alike}"
            )
    differing = sorted({f"{item.name} ({item.source.value})" for item in items if not item.agrees})
    if fault is not None:
        print(f"the picture: {fault.value}", file=sys.stderr)
    if differing:
        print("does not agree: " + ", ".join(differing), file=sys.stderr)
    return 0 if agree(items) else 1


def _checked(args: argparse.Namespace) -> tuple[SideReading, SideReading, tuple[CheckItem, ...]]:
    from printing.errors import ContentError, LayoutError
    from workstation import clock
    from workstation.card_reading.errors import PictureUnusable
    from workstation.card_reading.reading import read_side
    from workstation.travel_documents.trust_list import TrustListError, read_trust_list
    from workstation.workflow.check.checks import compare
    from workstation.workflow.check.models import BACK, FRONT, card_models

    record = _record(args.record)
    try:
        models = card_models(_layout(args.layout), record.content)
    except LayoutError as fault:
        raise _Refused(fault.problems[0].code, args.layout) from fault
    except ContentError as fault:
        raise _Refused(fault.code, str(args.record), str(fault.facts.get("element", ""))) from fault
    try:
        keys = None if args.keys is None else read_trust_list(args.keys)
    except TrustListError as fault:
        raise _Refused(fault.code, fault.file) from fault
    sides = {}
    for path in (args.front, args.back):
        try:
            reading = read_side(_picture(path), models)
        except PictureUnusable as fault:
            raise _Refused(fault.code, str(path)) from fault
        sides[reading.side] = reading
        if args.crops is not None:
            _write_crop(args.crops, reading)
    if set(sides) != {FRONT, BACK}:
        raise _Refused("same-side-twice", str(args.back))
    front, back = sides[FRONT], sides[BACK]
    return front, back, compare(front, back, record, keys, clock.computer_clock())


def _layout(name: str) -> Any:
    from printing.errors import LayoutError, LayoutProblem
    from printing.specification import BUILT_IN, built_in_layout, load_layout

    if name.endswith(".json"):
        try:
            return load_layout(Path(name).read_bytes())
        except OSError as fault:
            raise _Refused("no-file", name, fault.strerror or "") from fault
    if name not in BUILT_IN:
        raise LayoutError((LayoutProblem("no-such-layout", facts={"known": ", ".join(BUILT_IN)}),))
    return built_in_layout(name)


def _record(path: Path) -> Record:
    from workstation.workflow.check.checks import Record
    from workstation.workflow.layouts.record_file import RecordDamaged, read_record_file

    try:
        content = read_record_file(path)
    except RecordDamaged as fault:
        problem = fault.problems[0]
        raise _Refused(problem.code, f"{path} {problem.key}".rstrip(), problem.detail) from fault
    except OSError as fault:
        raise _Refused("no-file", str(path), fault.strerror or "") from fault
    birth, sex = _birth_and_sex(content)
    # The record holds the picture that is printed, and perhaps not the very file whose hash was signed.
    return Record(content, "", birth, sex)


def _birth_and_sex(content: CardContent) -> tuple[str, str]:
    """As the record's own zone and texts have them."""
    from workstation.travel_documents.mrz import read_td1

    sex = read_td1("".join(content.mrz)).sex
    parts = content.birth.split("/")
    whole = len(parts) == 3 and all(part.isdigit() for part in parts)
    return ("-".join(reversed([part.zfill(2) for part in parts])) if whole else ""), sex


def _picture(path: Path) -> Any:
    import cv2
    import numpy as np

    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
    except OSError as fault:
        raise _Refused("no-file", str(path), fault.strerror or "") from fault
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    except cv2.error:
        picture = None
    if picture is None:
        raise _Refused("not-a-picture", str(path))
    return np.asarray(picture, np.uint8)


def _write_crop(folder: Path, reading: SideReading) -> None:
    import cv2

    folder.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(folder / f"{reading.side}.png"), reading.picture)


def _side(reading: SideReading) -> dict[str, Any]:
    quality = reading.quality
    return {
        "dpi": round(reading.dpi),
        "white": round(quality.white),
        "sharpness": round(quality.sharpness, 3),
        "glare": round(quality.glare, 3),
        "picture": None if reading.fault is None else reading.fault.value,
    }


def _item(item: CheckItem) -> dict[str, Any]:
    return {
        "name": item.name,
        "source": item.source.value,
        "verdict": item.mark,
        "expected": item.expected,
        "found": item.found,
        "side": item.side,
        "box": item.box,
        "alike": item.alike,
    }
