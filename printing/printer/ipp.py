"""A printer reached over IPP (RFC 8011) with pyipp, which lives in one thread named `printer`."""

import asyncio
import re
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from typing import Any

import aiohttp
from pyipp import IPP
from pyipp.enums import IppOperation
from pyipp.exceptions import IPPConnectionError, IPPConnectionUpgradeRequired, IPPResponseError

from printing.errors import PrinterError
from printing.printer import JobState, PrinterState
from printing.printer.ipp_answer import first_group, integer, read_answer
from printing.printer.ipp_media import card_media, one_sided, only_other_media, supplies, values

_URI = re.compile(r"ipps?://(?:\[[0-9A-Fa-f:]+\]|[^/\s:@\[\]]+)(?::\d{1,5})?(?:/\S*)?")
_STATES: dict[int, Any] = {3: "idle", 4: "processing", 5: "stopped"}
_JOB_STATES = {
    3: JobState.PENDING,
    4: JobState.HELD,
    5: JobState.PROCESSING,
    6: JobState.STOPPED,
    7: JobState.CANCELED,
    8: JobState.ABORTED,
    9: JobState.COMPLETED,
}
_SEVERITY = re.compile(r"-(?:report|warning|error)$")
_NOT_POSSIBLE = 0x0404
_USER = "workstation"
# From here on it is the printer that failed (RFC 8011 §13.1.5), so nobody knows what became of the job.
_ITS_FAULT = 0x0500


def is_address(uri: str) -> bool:
    """Whether `uri` can be the address of a printer over IPP; nobody is asked."""
    return _URI.fullmatch(uri) is not None


class IppPrinter:
    """One printer or print queue at `uri` (ipp:// or ipps://). Its methods may be called from any thread.

    `deadline` is the longest a call takes, in seconds. A printer that is off is no error until it is asked.
    Raises PrinterError bad-address at once for a `uri` that is none.
    """

    def __init__(self, uri: str, *, deadline: float = 8.0) -> None:
        if not is_address(uri):
            raise PrinterError("bad-address", uri=uri)
        self._uri = uri
        self._deadline = deadline
        self._ready = threading.Event()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)
        self._thread.start()
        self._ready.wait()

    def state(self) -> PrinterState:
        """Return the printer's state and the reasons for it."""
        wanted = ["printer-state", "printer-state-reasons", "media-ready", "marker-names", "marker-types"]
        wanted += ["marker-levels", "marker-low-levels", "sides-supported"]
        answer = self.ask(IppOperation.GET_PRINTER_ATTRIBUTES, {"requested-attributes": wanted})
        attributes = first_group(answer, "printers")
        state = _STATES.get(integer(attributes, "printer-state"))
        if state is None:
            raise PrinterError("damaged-answer", attribute="printer-state")
        reasons = [
            _SEVERITY.sub("", str(reason))
            for reason in values(attributes, "printer-state-reasons") or ["none"]
        ]
        if only_other_media(attributes):
            reasons.append("wrong-media")
        if one_sided(attributes):
            reasons.append("one-sided")
        told = tuple(dict.fromkeys(reason for reason in reasons if reason != "none"))
        return PrinterState(state, told, supplies(attributes))

    def submit(self, pdf: bytes, name: str) -> int:
        """Send `pdf` as the job `name`, on card media and both sides where the printer offers them.

        PrinterError no-answer means that the job may or may not have arrived: see find_job.
        """
        offered = first_group(self._asked_before(), "printers")
        try:
            answer = self.ask(
                IppOperation.PRINT_JOB,
                {
                    "requesting-user-name": "workstation",
                    "job-name": name,
                    "document-format": "application/pdf",
                },
                job=_card_settings(offered),
                data=pdf,
            )
        except PrinterError as fault:
            status = fault.facts.get("status")
            if fault.code == "refused" and not (isinstance(status, int) and status < _ITS_FAULT):
                raise PrinterError("no-answer", **fault.facts) from fault
            raise
        return integer(first_group(answer, "jobs"), "job-id")

    def _asked_before(self) -> dict[str, Any]:
        """What the printer offers. Where it cannot say so the job is not sent to it either."""
        # A queue that knows neither media nor sides still has a state, and so an answer.
        wanted = ["printer-state", "media-supported", "sides-supported"]
        try:
            return self.ask(IppOperation.GET_PRINTER_ATTRIBUTES, {"requested-attributes": wanted})
        except PrinterError as fault:
            if fault.code in ("no-answer", "damaged-answer"):
                raise PrinterError("unreachable", uri=self._uri) from fault
            raise

    def job(self, job_id: int, name: str = "") -> JobState:
        """Return the state of a job of this printer."""
        wanted = ["job-state", "job-name"]
        answer = self.ask(
            IppOperation.GET_JOB_ATTRIBUTES, {"job-id": job_id, "requested-attributes": wanted}, about=job_id
        )
        found = first_group(answer, "jobs")
        if name and found.get("job-name") != name:
            raise PrinterError("job-unknown", job=job_id)
        state = _JOB_STATES.get(integer(found, "job-state"))
        if state is None:
            raise PrinterError("damaged-answer", attribute="job-state")
        return state

    def find_job(self, name: str) -> int | None:
        """Return the newest job named `name`, waiting, printing or finished; None when there is none."""
        found: list[int] = []
        # In this order a job that finishes between the two questions is still seen.
        for which in ("not-completed", "completed"):
            wanted = ["job-id", "job-name"]
            answer = self.ask(IppOperation.GET_JOBS, {"which-jobs": which, "requested-attributes": wanted})
            found.extend(
                integer(job, "job-id") for job in answer.get("jobs", []) if job.get("job-name") == name
            )
        return max(found, default=None)

    def cancel(self, job_id: int) -> None:
        """Ask the printer to drop a job; one that is finished already is left as it is."""
        try:
            self.ask(IppOperation.CANCEL_JOB, {"job-id": job_id}, about=job_id)
        except PrinterError as fault:
            if fault.facts.get("status") != _NOT_POSSIBLE:
                raise

    def close(self) -> None:
        """End the owner thread and its connections; waits for both."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        # A connection kept open may be dead by the next job, and a POST must not be sent twice to find out.
        connector = aiohttp.TCPConnector(force_close=True)
        async with aiohttp.ClientSession(connector=connector) as session:
            self._ipp = IPP(self._uri, session=session, request_timeout=max(1, round(self._deadline)))
            self._ready.set()
            await self._stop.wait()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

    def ask(
        self,
        operation: IppOperation,
        attributes: dict[str, Any],
        *,
        job: dict[str, Any] | None = None,
        data: bytes | None = None,
        about: int | None = None,
    ) -> dict[str, Any]:
        """Ask one question and return the answer's groups; `about` is the job it is about. Raises PrinterError."""
        # A print service tells the name of a job to nobody but whose it is (CUPS, JobPrivateAccess).
        message: dict[str, Any] = {"operation-attributes-tag": {"requesting-user-name": _USER, **attributes}}
        if job:
            message["job-attributes-tag"] = job
        if data is not None:
            message["data"] = data
        try:
            answer = self._wait(self._ipp.raw(operation, message))
        except IPPConnectionError as fault:
            refused = isinstance(fault.__cause__, aiohttp.ClientConnectorError)
            raise PrinterError("unreachable" if refused else "no-answer", uri=self._uri) from fault
        except (TimeoutError, aiohttp.ClientError) as fault:
            raise PrinterError("no-answer", uri=self._uri) from fault
        except UnicodeDecodeError as fault:
            raise PrinterError("damaged-answer", uri=self._uri) from fault
        except (IPPResponseError, IPPConnectionUpgradeRequired) as fault:
            raise PrinterError("refused", http=str(fault.args[0])) from fault
        return read_answer(answer, about=about)

    def _wait(self, question: Coroutine[Any, Any, bytes]) -> bytes:
        with self._lock:
            if self._closed:
                question.close()
                raise PrinterError("closed")
            answer = asyncio.run_coroutine_threadsafe(asyncio.wait_for(question, self._deadline), self._loop)
        try:
            return answer.result()
        except (CancelledError, asyncio.CancelledError):
            raise PrinterError("closed") from None


def _card_settings(offered: dict[str, Any]) -> dict[str, Any]:
    """Choose the card's media and both sides among what the printer offers; what it lacks is left out."""
    settings: dict[str, Any] = {}
    media = card_media(values(offered, "media-supported"))
    if media is not None:
        settings["media"] = media
    if "two-sided-short-edge" in values(offered, "sides-supported"):
        settings["sides"] = "two-sided-short-edge"
    return settings
