"""`simulate pn532` as its own program: prints its path, changes cards on request, ends when told."""

import signal
import subprocess
import sys

from devices.card_reader.pn532 import Pn532

COMMAND = """
import argparse, sys
from ui.commands import simulate_pn532
parser = argparse.ArgumentParser()
simulate_pn532.add(parser.add_subparsers())
args = parser.parse_args(sys.argv[1:])
raise SystemExit(args.run(args))
"""


def test_serves_until_stopped() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, "pn532", "--uid", "04a1b2c3"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        try:
            path = program.stdout.readline().strip()
            with Pn532(path) as reader:
                assert reader.wait_for_card(seconds=5).uid.hex() == "04a1b2c3"
                program.stdin.write("put 0411223344556677\nput 04112233445566\n")
                program.stdin.close()
                while reader.wait_for_card(seconds=5).uid.hex() == "04a1b2c3":
                    pass
                assert reader.wait_for_card(seconds=5).uid.hex() == "04112233445566"
            program.send_signal(signal.SIGTERM)
            assert program.wait(10) == 0
        finally:
            program.kill()


def test_a_wrong_uid_is_wrong_usage() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "pn532", "--uid", "04zz"], capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 2
    assert "not hexadecimal" in done.stderr
