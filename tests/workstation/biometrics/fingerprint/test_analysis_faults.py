"""A child that is slow, killed, closed or orphaned: one job is lost at most, and nothing is left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from devices.simulated.finger_ridges import finger
from workstation.biometrics.fingerprint.analysis import PROCESS_NAME, FingerprintAnalysis
from workstation.biometrics.fingerprint.record import AnalysisError
from workstation.biometrics.fingerprint.template import Minutia, MinutiaKind, Template, write_template

TEMPLATE = write_template(
    Template(
        272,
        320,
        tuple(Minutia(20 * k, 15 * k, 30.0 * k % 360, MinutiaKind.RIDGE_ENDING, 50) for k in range(12)),
    )
)


# Ridges enough to pass for a print, and noise that takes the engines some ten seconds.
SIDE = 1500


def slow_picture() -> bytes:
    picture = np.tile(finger(1), (5, 6))[:SIDE, :SIDE]
    noise = np.random.default_rng(1).integers(0, 256, (SIDE * 7 // 20, SIDE), np.uint8)
    return np.vstack([picture[len(noise) :], noise]).tobytes()


SLOW = slow_picture()


@pytest.fixture
def started() -> Iterator[Callable[[float], FingerprintAnalysis]]:
    """Starts an analysis with a time limit in seconds; closed after the test."""
    running: list[FingerprintAnalysis] = []

    def start(limit: float) -> FingerprintAnalysis:
        running.append(FingerprintAnalysis(limit=limit))
        return running[-1]

    yield start
    for analysis in running:
        analysis.close()


def children() -> list[int]:
    return [child.pid or 0 for child in multiprocessing.active_children() if child.name == PROCESS_NAME]


def test_a_slow_job_is_ended_and_the_next_one_served(started: Callable[[float], FingerprintAnalysis]) -> None:
    analysis = started(2.5)
    analysis.match(TEMPLATE, TEMPLATE)
    (before,) = children()
    began = time.monotonic()
    with pytest.raises(AnalysisError) as fault:
        analysis.analyse(SLOW, SIDE, SIDE, 500)
    assert fault.value.code == "too-slow"
    assert time.monotonic() - began < 8
    assert analysis.match(TEMPLATE, TEMPLATE) >= 0
    (after,) = children()
    assert after != before


def test_a_child_killed_at_work_costs_one_job(started: Callable[[float], FingerprintAnalysis]) -> None:
    analysis = started(30)
    analysis.match(TEMPLATE, TEMPLATE)
    killer = threading.Timer(0.5, os.kill, [children()[0], signal.SIGKILL])
    killer.start()
    with pytest.raises(AnalysisError) as fault:
        analysis.analyse(SLOW, SIDE, SIDE, 500)
    killer.join()
    assert fault.value.code == "crashed"
    assert analysis.match(TEMPLATE, TEMPLATE) >= 0


def test_a_child_killed_at_rest_costs_nothing(started: Callable[[float], FingerprintAnalysis]) -> None:
    analysis = started(10)
    analysis.match(TEMPLATE, TEMPLATE)
    os.kill(children()[0], signal.SIGKILL)
    time.sleep(0.3)
    assert analysis.match(TEMPLATE, TEMPLATE) >= 0


def test_it_is_started_by_need_or_before_it() -> None:
    analysis = FingerprintAnalysis()
    try:
        assert children() == []
        analysis.warm_up()
        (child,) = children()
        analysis.warm_up()
        assert analysis.match(TEMPLATE, TEMPLATE) >= 0
        assert children() == [child]
    finally:
        analysis.close()
    analysis.warm_up()
    assert children() == []


def test_closing_waits_for_no_engine_to_load() -> None:
    analysis = FingerprintAnalysis()
    analysis.warm_up()
    began = time.monotonic()
    analysis.close()
    assert time.monotonic() - began < 1.0
    assert children() == []


def test_closed() -> None:
    analysis = FingerprintAnalysis()
    analysis.warm_up()
    analysis.close()
    analysis.close()
    assert children() == []
    with pytest.raises(AnalysisError) as fault:
        analysis.match(TEMPLATE, TEMPLATE)
    assert fault.value.code == "closed"


def test_a_child_at_work_does_not_outlive_a_killed_program(tmp_path: Path) -> None:
    (tmp_path / "slow").write_bytes(SLOW)
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent("""
            import multiprocessing, sys
            from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis
            if __name__ == "__main__":
                analysis = FingerprintAnalysis(limit=60)
                analysis.warm_up()
                print(multiprocessing.active_children()[0].pid, flush=True)
                analysis.analyse(open(sys.argv[1], "rb").read(), 1500, 1500, 500)
            """)
    )
    root = Path(__file__).resolve().parents[4]
    started = subprocess.Popen(
        [sys.executable, program, tmp_path / "slow"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    with started:
        assert started.stdout is not None
        child = int(started.stdout.readline())
        time.sleep(3)
        assert _alive(child)
        started.kill()
    # Far less than the job would still take: waiting for its end is not enough.
    deadline = time.monotonic() + 2
    while _alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(child)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
