"""What a queue shows: which stages, which of their applications, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.stages import Stage


class Order(StrEnum):
    """WAITING: returned work first, then the longest wait. The others go by one column, ties by number."""

    WAITING = "waiting"
    NUMBER = "number"
    NAME = "name"
    BIRTH = "birth"
    VILLAGE = "village"


class Flag(StrEnum):
    """What may be remarkable about an application. EXCEPTION: a finger is missing; FORCED: a photo taken with a reason;
    IN_WORK: somebody holds it now."""

    RETURNED = "returned"
    CHILD = "child"
    EXCEPTION = "exception"
    FORCED = "forced"
    IN_WORK = "in_work"


@dataclass(frozen=True)
class QueueFilter:
    """`stage` None: every stage of the path. `village`: its whole name, "" for all."""

    stage: Stage | None = None
    village: str = ""
    flag: Flag | None = None
    order: Order = Order.WAITING
    descending: bool = False


class Contact(StrEnum):
    """What became of telling the applicant that the application came back."""

    INFORMED = "informed"
    NOT_REACHED = "not_reached"
