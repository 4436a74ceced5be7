"""`workstation portrait crop FILE --out FILE`: the card's portrait from a picture file, or the chip's."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workstation.biometrics.portrait.examine import PortraitReport
    from workstation.biometrics.portrait.result import PortraitResult


def add_crop(subparsers: Any) -> None:
    """Add the parser `crop`; subparsers is what ArgumentParser.add_subparsers returned."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "crop", help="cuts the card's portrait out: eyes level and on their line, never enlarged"
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a picture with one face")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help="where the portrait is written"
    )
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--chip", action="store_true", help="JPEG 2000 for the chip, instead of JPEG")
    kind.add_argument("--printed", action="store_true", help="the background evened out, as on the card")
    parser.add_argument("--json", action="store_true", help="what was done, as one JSON object")
    parser.set_defaults(run=run_crop)


def run_crop(args: argparse.Namespace) -> int:
    """0 when the portrait was written; 1 with a sentence for a file, a face or a place that does not allow it."""
    from ui.messages import explain
    from workstation.biometrics.portrait.decode import PictureError
    from workstation.biometrics.portrait.placement import PortraitError

    try:
        content, data = _cropped(args)
        _write_whole(args.out, content)
    except (OSError, PictureError, PortraitError) as fault:
        message = explain(fault)
        # What is told of a file that was not read or written names it.
        named = "" if isinstance(fault, OSError) else f"{args.file}: "
        print(f"{named}{message.what} {message.next_step}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(data, ensure_ascii=False))
    else:
        print(
            f"{args.out}: {data['width']} x {data['height']} pixels, {data['bytes']} bytes, scale {data['scale']:g}, "
            f"turned {data['degrees']:g} degrees, {data['verdict']}"
        )
    return 0


def _write_whole(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _cropped(args: argparse.Namespace) -> tuple[bytes, dict[str, Any]]:
    from printing.specification import built_in_layout
    from workstation.biometrics.portrait.decode import read_picture
    from workstation.biometrics.portrait.detect import Detector
    from workstation.biometrics.portrait.examine import examine
    from workstation.biometrics.portrait.limits import PortraitLimits
    from workstation.biometrics.portrait.result import chip_portrait, make_result
    from workstation.domain.policy import read_policy
    from workstation.workflow.photo.rules import result_rules

    policy = read_policy(files("resources").joinpath("policies", "default.json").read_bytes())
    rules = result_rules(policy, built_in_layout(policy.card_layout))
    picture = read_picture(args.file)
    with Detector() as detector:
        report = examine(picture, PortraitLimits.from_policy(policy.portrait_limits), detector)
        result = make_result(picture, report, rules, detector.segment)
    if args.chip:
        content = chip_portrait(picture, report, rules)
    else:
        content = result.printed or result.exchange if args.printed else result.exchange
    return content, _as_data(args, report, result, content)


def _as_data(
    args: argparse.Namespace, report: PortraitReport, result: PortraitResult, content: bytes
) -> dict[str, Any]:
    from workstation.biometrics.portrait.decode import decode_picture

    height, width = decode_picture(content).shape[:2]
    # The chip's picture has the same cut in fewer pixels.
    share = width / result.placement.width
    return {
        "file": str(args.file),
        "out": str(args.out),
        "format": "JPEG2000" if args.chip else "JPEG",
        "evened": bool(args.printed and result.printed is not None),
        "width": width,
        "height": height,
        "bytes": len(content),
        "bits_per_pixel": round(8 * len(content) / (width * height), 3),
        "scale": round(result.placement.scale * share, 4),
        "degrees": round(result.placement.degrees, 2),
        "outside": round(result.placement.outside, 4),
        "eyes": [[round(value * share, 2) for value in eye] for eye in result.face.eyes],
        "chin": [round(value * share, 2) for value in result.face.chin],
        "eye_distance": round(result.face.eye_distance * share, 2),
        "verdict": report.verdict.value,
        "engine": report.engine.value,
    }
