"""What every printer of the house can do, whichever way it is reached."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol


class JobState(StrEnum):
    """Where a job is (RFC 8011 §5.3.7). The last three are final."""

    PENDING = "pending"
    HELD = "held"
    PROCESSING = "processing"
    STOPPED = "stopped"
    CANCELED = "canceled"
    ABORTED = "aborted"
    COMPLETED = "completed"

    @property
    def final(self) -> bool:
        """Tell whether nothing more will happen to the job."""
        return self in (JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED)


@dataclass(frozen=True)
class Supply:
    """One thing that a printer uses up (PWG 5100.9 §5): `kind` is its marker-types keyword (ribbonWax, toner ...),
    `level` percent that is left, None where the printer does not know; `low` at and below this percent."""

    name: str
    kind: str
    level: int | None
    low: int


@dataclass(frozen=True)
class PrinterState:
    """How the printer is.

    `reasons` are the keywords of RFC 8011 §5.4.12 without their severity: media-jam, media-empty,
    media-needed, marker-supply-empty, marker-supply-low, cover-open, paused, ...; empty when all is well.
    Two are ours: `wrong-media`, the printer says which media it has, and no card (ISO/IEC 7810 ID-1) is among them;
    `one-sided`, it says that it prints no two sides, so that a card's two may come on two cards.
    """

    state: Literal["idle", "processing", "stopped"]
    reasons: tuple[str, ...]
    supplies: tuple[Supply, ...] = ()


class Printer(Protocol):
    """A printer that keeps jobs. Every call ends within its deadline or raises printing.errors.PrinterError.

    `submit` failing with `unreachable` or `busy` has sent nothing, with `refused` (fact `sent` 0) nothing that the
    printer took. Any other failure leaves it open whether the job arrived: ask `find_job` for its name before
    sending it again. Names are therefore unique for each intended card.
    """

    def state(self) -> PrinterState:
        """Return the printer's state now."""

    def submit(self, pdf: bytes, name: str) -> int:
        """Send a document under `name`; return the printer's job id."""

    def job(self, job_id: int, name: str = "") -> JobState:
        """Return a job's state; PrinterError job-unknown when the printer has forgotten it, or its number belongs to
        a job that is not named `name` (a printer that was switched off counts anew)."""

    def find_job(self, name: str) -> int | None:
        """Return the newest job of that name that the printer remembers, finished ones among them."""

    def cancel(self, job_id: int) -> None:
        """Ask the printer to drop a job; a job already finished stays as it is."""

    def close(self) -> None:
        """Let go of the printer; its jobs go on. Calls after this raise PrinterError closed."""
