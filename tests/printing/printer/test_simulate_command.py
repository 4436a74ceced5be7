"""`simulate printer` as its own program: prints its address, has the fault asked for, ends when told."""

import signal
import subprocess
import sys
import time

import pytest

from printing.errors import PrinterError
from printing.printer import JobState
from printing.printer.ipp import IppPrinter
from tests.printing.printer.test_ipp import PATIENCE, PDF

COMMAND = """
import argparse, sys
from ui.commands import simulate_printer
parser = argparse.ArgumentParser()
simulate_printer.add(parser.add_subparsers())
args = parser.parse_args(sys.argv[1:])
raise SystemExit(args.run(args))
"""


def test_serves_with_a_fault_that_mends_itself_until_stopped() -> None:
    command = [sys.executable, "-c", COMMAND, "printer", "--listen", "0", "--fault", "cover-open:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        try:
            address = program.stdout.readline().strip()
            if not address and program.wait(10) == 1:
                pytest.fail(program.stderr.read())
            printer = IppPrinter(address)
            job = printer.submit(PDF, "card-1")
            deadline = time.monotonic() + PATIENCE
            while printer.job(job) is not JobState.COMPLETED:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            printer.close()
            program.send_signal(signal.SIGTERM)
            assert program.wait(PATIENCE) == 0
        finally:
            program.kill()


def test_a_killed_simulator_takes_its_printer_along() -> None:
    command = [sys.executable, "-c", COMMAND, "printer"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        try:
            address = program.stdout.readline().strip()
            if not address and program.wait(10) == 1:
                pytest.fail(program.stderr.read())
            printer = IppPrinter(address, deadline=3)
            printer.state()
        finally:
            program.kill()
        program.wait(10)
        deadline = time.monotonic() + PATIENCE
        while _answers(printer):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        printer.close()


def _answers(printer: IppPrinter) -> bool:
    try:
        printer.state()
    except PrinterError:
        return False
    return True


def test_a_printer_that_loses_its_job_says_that_it_is_done() -> None:
    command = [sys.executable, "-c", COMMAND, "printer", "--fault", "lose", "--ribbon", "7"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            printer = IppPrinter(program.stdout.readline().strip())
            job = printer.submit(PDF, "card-1")
            deadline = time.monotonic() + PATIENCE
            while printer.job(job, "card-1") is not JobState.COMPLETED:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            assert [(one.name, one.level) for one in printer.state().supplies] == [("Ribbon", 7)]
            printer.close()
            program.send_signal(signal.SIGTERM)
            assert program.wait(PATIENCE) == 0
        finally:
            program.kill()


def test_a_line_cut_by_command_leaves_it_open_whether_the_job_arrived() -> None:
    command = [sys.executable, "-c", COMMAND, "printer", "--fault", "cut:9000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            printer = IppPrinter(program.stdout.readline().strip())
            with pytest.raises(PrinterError, match="no-answer"):
                printer.submit(PDF, "card-1")
            assert printer.state().state in ("idle", "processing")
            printer.close()
            program.send_signal(signal.SIGTERM)
            assert program.wait(PATIENCE) == 0
        finally:
            program.kill()


@pytest.mark.parametrize("fault", ["fire", "media-jam:soon", ":5", "cut", "cut:1.5", "slow:-1", "forget"])
def test_a_fault_nobody_knows_is_wrong_usage(fault: str) -> None:
    command = [sys.executable, "-c", COMMAND, "printer", "--fault", fault]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "unknown fault" in done.stderr
