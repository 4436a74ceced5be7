"""`simulate sfm` as its own program: prints its path, places the finger asked for, ends when told."""

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from devices.fingerprint.suprema import SupremaSensor

COMMAND = """
import argparse, sys
from ui.commands import simulate_sfm
parser = argparse.ArgumentParser()
simulate_sfm.add(parser.add_subparsers())
args = parser.parse_args(sys.argv[1:])
raise SystemExit(args.run(args))
"""
BAUD = 921_600


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_stopped(tmp_path: Path, stop: signal.Signals) -> None:
    for name, grey in (("a.png", 10), ("b.png", 200)):
        Image.fromarray(np.full((320, 272), grey, np.uint8)).save(tmp_path / name)
    arguments = ["sfm", "--images", str(tmp_path), "--baud", str(BAUD)]
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments], stdout=subprocess.PIPE, text=True
    ) as program:
        try:
            assert program.stdout is not None
            sensor = SupremaSensor.open(program.stdout.readline().strip(), BAUD)
            (tmp_path / "next").write_text("b.png")
            assert sensor.capture(seconds=10).pixels[0] == 200
            assert sensor.capture(seconds=10).pixels[0] == 10
            sensor.close()
            program.send_signal(stop)
            assert program.wait(10) == 0
        finally:
            program.kill()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "sfm", "--images", str(tmp_path / "none")],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 1
    assert "There is no folder" in done.stderr
