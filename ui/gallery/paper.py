"""A printer that takes every card as printed at once: the gallery shows pages, it wastes no cards."""

from __future__ import annotations

from printing.printer import JobState, PrinterState


class PaperlessPrinter:
    """Keeps what was sent; the contract is printing.printer.Printer."""

    def __init__(self) -> None:
        self._sent: dict[str, bytes] = {}

    def state(self) -> PrinterState:
        """Idle, with nothing to complain of."""
        return PrinterState("idle", ())

    def submit(self, pdf: bytes, name: str) -> int:
        """Job ids count from 1 in the order of arrival."""
        self._sent[name] = pdf
        return len(self._sent)

    def job(self, job_id: int, name: str = "") -> JobState:
        """Every job is done as soon as it is there."""
        return JobState.COMPLETED

    def find_job(self, name: str) -> int | None:
        """The job of that name."""
        return list(self._sent).index(name) + 1 if name in self._sent else None

    def cancel(self, job_id: int) -> None:
        """Too late: it is done."""

    def close(self) -> None:
        """Nothing is held."""

    @property
    def newest(self) -> bytes:
        """The PDF of the card sent last."""
        return list(self._sent.values())[-1]
