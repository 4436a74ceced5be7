"""Today's queue: what waits at which stage, read in pages; saved queues; telling the applicant of a return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from typing import NamedTuple

from workstation import clock
from workstation.database import Connection, queue_pages, queue_rows
from workstation.database.applications import application
from workstation.database.audit import write_audit
from workstation.database.claims import Claim
from workstation.database.policies import policy_in_force
from workstation.database.queue_pages import PageRow, QueueReading
from workstation.database.queue_rows import ContactMade
from workstation.database.stage_counts import counted
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.queue import Contact, Flag, QueueFilter
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.lao.sorting import sort_key
from workstation.workflow.office import Office, SignedIn, acting

__all__ = [
    "PAGE",
    "ContactMade",
    "QueueRow",
    "QueueSight",
    "forget_queue",
    "look",
    "queue",
    "save_queue",
    "saved_queues",
    "stage_counts",
    "tell",
    "villages",
]
PAGE = 200
_LONGEST_NAME = 40
_YOUTH = 18  # years; a policy may know later steps, for the old


class QueueRow(NamedTuple):
    """One line of the queue. Before intake is complete the names are empty.

    `defects` are the codes of a returned application's open defects, `holder` is who works on it since
    `holder_since`, `mine` whether that is the reader; `contact` is the newest word about telling the applicant.
    """

    application_id: str
    number: str
    name_lo: str
    name_latin: str
    birth_date: str
    village: str
    stage: Stage
    stage_since: datetime
    returned: bool
    flags: frozenset[Flag] = frozenset()
    defects: tuple[str, ...] = ()
    holder: str = ""
    holder_since: datetime | None = None
    mine: bool = False
    contact: ContactMade | None = None


@dataclass(frozen=True)
class QueueSight:
    """One moment of the queue: `pages` (number -> rows, PAGE each) of the `total` rows that `chosen` lets through.

    `place` is where the row asked for stands, None when it is not among them.
    """

    chosen: QueueFilter
    counts: dict[Stage, int]
    total: int
    pages: dict[int, tuple[QueueRow, ...]] = field(default_factory=dict)
    place: int | None = None


def stage_counts(office: Office) -> dict[Stage, int]:
    """How many applications are at each stage (stages with none are absent)."""
    return _by_stage(office.store.read(counted))


def _by_stage(counts: dict[tuple[Stage, bool], int]) -> dict[Stage, int]:
    sums: dict[Stage, int] = {}
    for (stage, _returned), count in counts.items():
        sums[stage] = sums.get(stage, 0) + count
    return sums


def _since_and_after(connection: Connection, now: datetime) -> tuple[datetime, str]:
    """Claims without a sign of life since then are free; whoever is born after that day is a child: younger than the
    last step that the policy begins in youth."""
    policy = policy_in_force(connection)
    adult = max((step.from_age for step in policy.age_steps if step.from_age <= _YOUTH), default=0)
    today = clock.office_day(now)
    born_after = f"{today.year - adult:04d}-{today.month:02d}-{today.day:02d}"
    return now - timedelta(seconds=policy.claim_silence_seconds), born_after


_FLAGS: dict[tuple[bool, ...], frozenset[Flag]] = {
    seen: frozenset(
        flag
        for flag, has in zip((Flag.RETURNED, Flag.CHILD, Flag.EXCEPTION, Flag.FORCED), seen, strict=True)
        if has
    )
    for seen in product((False, True), repeat=4)
}


def _rows(
    connection: Connection,
    rows: Sequence[PageRow],
    who: SignedIn | None,
    born_after: str,
    held: Mapping[str, Claim],
) -> tuple[QueueRow, ...]:
    returned = [row.id for row in rows if row.returned]
    defects = queue_rows.defect_codes(connection, returned) if returned else {}
    told = queue_rows.newest_contacts(connection, returned) if returned else {}
    reader = None if who is None else who.operator.id
    shown = []
    for row in rows:
        flags = _FLAGS[row.returned, row.birth_date > born_after, row.missing, row.forced]
        line = QueueRow(*row[:9], flags)
        if row.returned:
            line = line._replace(defects=defects.get(row.id, ()), contact=told.get(row.id))
        claim = held.get(row.id)
        if claim is not None:
            line = line._replace(
                holder=claim.operator_name, holder_since=claim.since, mine=claim.operator_id == reader
            )
        shown.append(line)
    return tuple(shown)


def look(
    office: Office,
    who: SignedIn | None,
    chosen: QueueFilter,
    pages: Sequence[int] = (0,),
    wanted: str | None = None,
) -> QueueSight:
    """Counts, total, those pages, and where the application `wanted` stands: all of one moment."""

    def query(connection: Connection) -> QueueSight:
        if who is not None:
            acting(connection, office, who, Verb.LOOK)
        alive_since, born_after = _since_and_after(connection, clock.now())
        reading = QueueReading(connection, chosen, born_after=born_after, alive_since=alive_since)
        total = reading.totals.all
        held = queue_rows.live_claims(connection, alive_since)
        read = {
            number: _rows(connection, reading.page(number * PAGE, PAGE), who, born_after, held)
            for number in pages
            if 0 <= number * PAGE < total
        }
        place = None
        if wanted is not None:
            place = next(
                (
                    number * PAGE + line
                    for number, rows in read.items()
                    for line, row in enumerate(rows)
                    if row.application_id == wanted
                ),
                None,
            )
            if place is None:
                place = reading.place(wanted)
        return QueueSight(chosen, _by_stage(reading.counts), total, read, place)

    return office.store.read(query)


def queue(office: Office, stage: Stage | None = None, limit: int = PAGE) -> tuple[QueueRow, ...]:
    """The open applications of `stage`, or of all stages on the path: returned first, then the longest wait."""

    def query(connection: Connection) -> tuple[QueueRow, ...]:
        alive_since, born_after = _since_and_after(connection, clock.now())
        reading = QueueReading(connection, QueueFilter(stage), born_after=born_after, alive_since=alive_since)
        held = queue_rows.live_claims(connection, alive_since)
        return _rows(connection, reading.page(0, limit), None, born_after, held)

    return office.store.read(query)


def tell(office: Office, who: SignedIn, application_id: str, outcome: Contact) -> None:
    """The applicant of a returned application was informed, or could not be reached. Raises Refused NOTHING_TO_TELL."""

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.TELL)
        if not application(tx, application_id).returned:
            raise Refused(Reason.NOTHING_TO_TELL)
        now = clock.now()
        queue_rows.add_contact(tx, application_id, outcome, by=actor.id, at=now)
        write_audit(
            tx,
            AuditTag.APPLICANT_CONTACTED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            outcome=outcome.value,
        )

    office.store.write(verb)


def save_queue(office: Office, who: SignedIn, name: str, chosen: QueueFilter) -> None:
    """Keeps the filter under a name, for this operator. Raises Refused NAME_MISSING."""
    short = " ".join(name.split())[:_LONGEST_NAME]
    if not short:
        raise Refused(Reason.NAME_MISSING)
    office.store.write(
        lambda tx: queue_rows.keep_queue(tx, acting(tx, office, who, Verb.SAVE_QUEUE).id, short, chosen)
    )


def forget_queue(office: Office, who: SignedIn, name: str) -> None:
    """Forgets a saved queue."""
    office.store.write(
        lambda tx: queue_rows.drop_queue(tx, acting(tx, office, who, Verb.SAVE_QUEUE).id, name)
    )


def saved_queues(office: Office, who: SignedIn) -> tuple[tuple[str, QueueFilter], ...]:
    """This operator's saved queues, by name."""
    return office.store.read(
        lambda connection: queue_rows.queues_of(
            connection, acting(connection, office, who, Verb.SAVE_QUEUE).id
        )
    )


def villages(office: Office, limit: int = 500) -> tuple[str, ...]:
    """The villages that open applications name, in Lao order."""
    found = office.store.read(lambda connection: queue_pages.villages(connection, limit))
    return tuple(sorted(found, key=sort_key))
