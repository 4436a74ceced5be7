"""`workstation simulate camera`: a network camera that shows one picture, or plays a script, until it is stopped."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path
from typing import Any

_LONGEST_SCRIPT = 1_000_000


def add(subparsers: Any) -> None:
    """Add the parser `camera`; subparsers is what ArgumentParser.add_subparsers returned."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "camera", help="a network camera (M-JPEG); prints its address and serves until stopped"
    )
    scene = parser.add_mutually_exclusive_group(required=True)
    scene.add_argument("--image", metavar="FILE", help="the picture it shows (PNG or JPEG)")
    scene.add_argument(
        "--script",
        metavar="FILE",
        help="what it shows one after the other, a JSON object a line: picture, seconds, rotation, blur, "
        "darkness, size, fault (stall, disconnect, freeze, green, truncated, dot)",
    )
    parser.add_argument(
        "--repeat", action="store_true", help="play the script again and again; else its last line stays"
    )
    parser.add_argument(
        "--listen",
        type=_address,
        default=("127.0.0.1", 0),
        metavar="HOST:PORT",
        help="port 0: any that is free",
    )
    parser.add_argument("--rate", type=float, default=20.0, metavar="N", help="pictures per second")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT, telling each line of a script as it begins. Returns 0, or 1 for a picture,
    script or address that cannot be used."""
    from devices.simulated.camera import SimulatedCamera
    from devices.simulated.camera_script import ScriptError, play

    try:
        steps = _steps(args)
    except ScriptError as fault:
        print(f"{args.script}: {fault}", file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError):
        print(f"not a file that can be read: {args.script}", file=sys.stderr)
        return 1
    if not steps:
        print(f"not a picture that can be read: {args.image}", file=sys.stderr)
        return 1
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())

    def wait(seconds: float) -> bool:
        # In slices, because a long wait does not wake for a signal everywhere.
        while seconds > 0 and not stopped.wait(min(seconds, 0.5)):
            seconds -= 0.5
        return stopped.is_set()

    def began(step: int) -> None:
        if args.script is not None:
            print(f"step {step + 1} of {len(steps)}", flush=True)

    try:
        camera = SimulatedCamera(steps[0].image, listen=args.listen, rate=args.rate)
    except OSError as fault:
        host, port = args.listen
        print(f"cannot listen at {host}:{port}: {fault.strerror}", file=sys.stderr)
        return 1
    with camera:
        print(camera.url, flush=True)
        while play(camera, steps, wait, began) and args.repeat:
            pass
        while not wait(0.5):
            pass
    return 0


def _steps(args: argparse.Namespace) -> Any:
    from devices.camera.opencv import cv2
    from devices.simulated.camera_script import Step, read_script

    if args.script is not None:
        path = Path(args.script)
        with path.open(encoding="utf-8") as script:
            return read_script(script.read(_LONGEST_SCRIPT), path.parent)
    image = cv2.imread(args.image, cv2.IMREAD_COLOR)
    return () if image is None else (Step(0.5, image.astype("uint8", copy=False), None),)


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) < 65536):
        raise argparse.ArgumentTypeError(f"not HOST:PORT: {text}")
    return host, int(port)
