"""Fingerprint analysis in one warm child process, so that a slow or crashing engine harms one job only."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, cast

from workstation.biometrics.fingerprint.positions import FingerPosition
from workstation.biometrics.fingerprint.record import AnalysisError, FingerprintRecord
from workstation.biometrics.fingerprint.template import read_template
from workstation.silence import keep_silent

PROCESS_NAME = "fingerprint-analysis"
_START_SECONDS = 60.0
_READY = "ready"


class FingerprintAnalysis:
    """The child process and the one place that talks to it; usable from any thread.

    The child is started by `warm_up`, or by the first job, which then waits until its engines are loaded. A job that
    takes longer than `limit` seconds, or kills the child, costs that job: another child is started for the next one.
    The child ends with this process, however it ends.
    """

    def __init__(self, *, limit: float = 10.0) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._child: tuple[SpawnProcess, Connection] | None = None
        self._ready = self._closed = False

    def warm_up(self) -> None:
        """Starts the child, if there is none, to load its engines while nobody waits."""
        # Somebody who holds the lock has a child already, or is about to start one.
        if self._lock.acquire(blocking=False):
            try:
                self._begin()
            finally:
                self._lock.release()

    def analyse(
        self, pixels: bytes, width: int, height: int, dpi: int, position: FingerPosition | None = None
    ) -> FingerprintRecord:
        """Quality, WSQ and template of one image: 8 bits a pixel, row by row, 0 = black, 500 dpi.

        position goes into the template. Raises AnalysisError.
        """
        return cast(FingerprintRecord, self._ask("analyse", pixels, width, height, dpi, int(position or 0)))

    def match(self, probe_template: bytes, reference_template: bytes) -> int:
        """The bozorth3 score of two ISO/IEC 19794-2:2005 records; 40 and more is the same finger.

        Raises TemplateError for a damaged record, AnalysisError.
        """
        probe, reference = read_template(probe_template), read_template(reference_template)
        return cast(int, self._ask("match", probe, reference))

    def close(self) -> None:
        """End the child and wait for it. May be called twice."""
        with self._lock:
            self._closed = True
            if self._child is not None:
                process, pipe = self._child
                self._child = None
                pipe.close()
                # Nobody waits for a job now, and it keeps nothing between two.
                _end(process)

    def _ask(self, job: str, *facts: object) -> object:
        with self._lock:
            try:
                self._warm().send((job, facts))
            except OSError:
                # The child died between two jobs: nothing was lost, so another is asked.
                self._replace()
                self._warm().send((job, facts))
            return self._answer(self._limit, late="too-slow", ended="crashed")

    def _warm(self) -> Connection:
        """The pipe to a child that has loaded its engines."""
        self._begin()
        if not self._ready:
            self._answer(_START_SECONDS, late="engine-unavailable", ended="engine-unavailable")
            self._ready = True
        if self._child is None:
            raise AnalysisError("closed")
        return self._child[1]

    def _begin(self) -> None:
        if self._child is None and not self._closed:
            self._child = _start()

    def _answer(self, seconds: float, *, late: str, ended: str) -> object:
        if self._child is None:
            raise AnalysisError("closed")
        pipe = self._child[1]
        try:
            if not pipe.poll(seconds):
                self._replace()
                raise AnalysisError(late)
            answer = pipe.recv()
        except (EOFError, OSError) as fault:
            self._replace()
            raise AnalysisError(ended) from fault
        if isinstance(answer, AnalysisError):
            raise answer
        return answer

    def _replace(self) -> None:
        """Kill the child and start another, so that it is warm when the next job comes."""
        if self._child is not None:
            process, pipe = self._child
            pipe.close()
            _end(process)
        self._child, self._ready = _start(), False


def _start() -> tuple[SpawnProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    near, far = context.Pipe()
    process = context.Process(target=_serve, args=(far,), name=PROCESS_NAME, daemon=True)
    process.start()
    far.close()
    return process, near


def _end(process: SpawnProcess) -> None:
    process.kill()
    process.join()
    process.close()


def _serve(pipe: Connection) -> None:
    """The child's life: load the engines, then answer one job after another until the pipe ends."""
    keep_silent()
    # An interrupt at the keyboard is for the program; it ends this process by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    from workstation.biometrics.fingerprint.nist_engine import NistEngine

    engine = NistEngine()
    jobs: dict[str, Any] = {"analyse": engine.analyse, "match": engine.match}
    try:
        pipe.send(_READY)
        while True:
            job, facts = pipe.recv()
            try:
                pipe.send(jobs[job](*facts))
            except AnalysisError as refusal:
                pipe.send(refusal)
    except (EOFError, OSError):
        return


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
