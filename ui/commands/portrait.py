"""`workstation portrait check FILE...`: the requirements of a portrait with their values and verdicts."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.portrait_crop import add_crop

if TYPE_CHECKING:
    from workstation.biometrics.portrait.detect import Detector
    from workstation.biometrics.portrait.examine import PortraitReport, Requirement
    from workstation.biometrics.portrait.limits import PortraitLimits


def register(subparsers: Any) -> None:
    """Adds the command `portrait` with its forms."""
    family = subparsers.add_parser("portrait", help="portraits from picture files: requirements, crop")
    forms = family.add_subparsers(dest="portrait_command", required=True, metavar="check|crop")
    check = forms.add_parser("check", help="measures the requirements of each picture")
    check.add_argument("files", metavar="FILE", type=Path, nargs="+", help="a picture")
    check.add_argument(
        "--age", type=age, metavar="YEARS", help="of the person; small children are judged mildly"
    )
    check.add_argument("--json", action="store_true", help="the answer as one JSON object")
    check.set_defaults(run=run_check)
    add_crop(forms)


def run_check(args: argparse.Namespace) -> int:
    """0 when every picture was measured and none is red; 1 with a sentence for each that is, or is none."""
    from workstation.biometrics.portrait.detect import Detector
    from workstation.biometrics.portrait.limits import PortraitLimits

    limits = PortraitLimits().for_age(args.age)
    with Detector() as detector:
        checked = [_check(file, limits, detector) for file in args.files]
    try:
        return _answer(args, checked)
    except BrokenPipeError:
        # The reader has enough; without this the interpreter complains once more when it closes the pipe.
        sys.stdout = None
        return 1


def _answer(args: argparse.Namespace, checked: list[PortraitReport | Exception]) -> int:
    if args.json:
        pictures = [_as_data(*entry) for entry in zip(args.files, checked, strict=True)]
        print(json.dumps({"pictures": pictures}, ensure_ascii=False))
    refused = False
    for file, found in zip(args.files, checked, strict=True):
        if isinstance(found, Exception):
            refused = True
            print(f"{file}: {_sentence(found)}", file=sys.stderr)
            continue
        if not args.json:
            _print_report(file, found)
        refused = _print_refusal(file, found) or refused
    sys.stdout.flush()
    return 1 if refused else 0


def age(text: str) -> int:
    """Years; its name is what argparse says of a wrong one."""
    years = int(text)
    if not 0 <= years <= 130:
        raise argparse.ArgumentTypeError("an age is 0 to 130 years")
    return years


def _check(file: Path, limits: PortraitLimits, detector: Detector) -> PortraitReport | Exception:
    from workstation.biometrics.portrait.decode import PictureError, read_picture
    from workstation.biometrics.portrait.examine import examine

    try:
        return examine(read_picture(file), limits, detector)
    except (OSError, PictureError) as fault:
        return fault


def _sentence(fault: Exception) -> str:
    from ui.messages import explain

    message = explain(fault)
    return f"{message.what} {message.next_step}"


def _as_data(file: Path, found: PortraitReport | Exception) -> dict[str, Any]:
    if isinstance(found, Exception):
        return {"file": str(file), "verdict": None, "fault": getattr(found, "code", "not-readable")}
    return {
        "file": str(file),
        "verdict": found.verdict.value,
        "engine": found.engine.value,
        "faces": found.faces,
        "eyes": found.eyes,
        "chin": found.chin,
        "requirements": [_requirement(requirement) for requirement in found.requirements],
    }


def _requirement(requirement: Requirement) -> dict[str, Any]:
    return {
        "name": requirement.name,
        "value": None if requirement.value is None else round(requirement.value, 4),
        "unit": requirement.unit,
        "low": requirement.low,
        "high": requirement.high,
        "verdict": requirement.verdict.value,
        "sentence": requirement.sentence,
    }


def _print_report(file: Path, report: PortraitReport) -> None:
    print(f"{file}: {report.verdict.value} (engine {report.engine.value})")
    for requirement in report.requirements:
        value = "-" if requirement.value is None else f"{requirement.value:.3f}"
        low = "" if requirement.low is None else f"{requirement.low:g}"
        high = "" if requirement.high is None else f"{requirement.high:g}"
        print(
            f"  {requirement.verdict.value:<12}  {requirement.name:<17}  {value:>9}"
            f" {requirement.unit:<5}  [{low}..{high}]"
        )


def _print_refusal(file: Path, report: PortraitReport) -> bool:
    from ui.words.requirements import requirement_advice, requirement_name
    from workstation.biometrics.portrait.limits import Verdict

    red = [requirement for requirement in report.requirements if requirement.verdict is Verdict.RED]
    for requirement in red:
        name, advice = requirement_name(requirement.name), requirement_advice(requirement.sentence)
        print(f"{file}: {name}: {advice}", file=sys.stderr)
    return bool(red)
