"""`workstation simulate camera`: a network camera that shows one picture, until it is stopped."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from typing import Any


def add(subparsers: Any) -> None:
    """Add the parser `camera`; subparsers is what ArgumentParser.add_subparsers returned."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "camera", help="a network camera (M-JPEG); prints its address and serves until stopped"
    )
    parser.add_argument("--image", required=True, metavar="FILE", help="the picture it shows (PNG or JPEG)")
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
    """Serve until SIGTERM or SIGINT. Returns 0, or 1 for a picture or address that cannot be used."""
    from devices.camera.opencv import cv2
    from devices.simulated.camera import SimulatedCamera

    image = cv2.imread(args.image, cv2.IMREAD_COLOR)
    if image is None:
        print(f"not a picture that can be read: {args.image}", file=sys.stderr)
        return 1
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    try:
        camera = SimulatedCamera(image.astype("uint8", copy=False), listen=args.listen, rate=args.rate)
    except OSError as fault:
        host, port = args.listen
        print(f"cannot listen at {host}:{port}: {fault.strerror}", file=sys.stderr)
        return 1
    with camera:
        print(camera.url, flush=True)
        # In slices, because a wait without end does not wake for a signal everywhere.
        while not stopped.wait(0.5):
            pass
    return 0


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) < 65536):
        raise argparse.ArgumentTypeError(f"not HOST:PORT: {text}")
    return host, int(port)
