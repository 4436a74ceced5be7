"""The verb that fills a training office with invented applications at every stage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from workstation import clock
from workstation.database import Connection
from workstation.database.policies import policy_in_force
from workstation.database.search_seed import (
    SeededApplication,
    add_seeded,
    first_operator,
    last_ordinals,
    seeded_before,
)
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.application_number import application_number
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.domain.station import Station, Work
from workstation.lao.sorting import sort_key
from workstation.workflow.office import Office
from workstation.workflow.seeding.people import invented_people

_A_DAY = 60
_MOST_DAYS = 900
_STAGES = (
    (Stage.CLOSED, 660), (Stage.INTAKE, 20), (Stage.PHOTO, 20), (Stage.FINGERPRINTS, 20), (Stage.REVIEW, 60),
    (Stage.DECISION, 80), (Stage.PRINT, 40), (Stage.CHECK, 20), (Stage.HAND_OVER, 40), (Stage.REFERRED, 15),
    (Stage.WITHDRAWN, 10), (Stage.REJECTED, 10), (Stage.REFUSED_BY_REGISTRY, 5),
)  # fmt: skip
_DECIDED = frozenset({Stage.PRINT, Stage.CHECK, Stage.HAND_OVER, Stage.CLOSED})
_RETURNED = 0.05
_CAPTURE = frozenset({Stage.INTAKE, Stage.PHOTO, Stage.FINGERPRINTS})


def seed(office: Office, number: int, seed_number: int) -> int:
    """Adds `number` applications in one transaction and returns how many there are now.

    The same office, day, seed and number of earlier ones give the same people. Raises Refused NOT_FOR_REAL_WORK.
    """
    station = office.station
    if station.work is Work.REAL:
        raise Refused(Reason.NOT_FOR_REAL_WORK)

    def verb(tx: Connection) -> int:
        before = seeded_before(tx)
        today = clock.office_day(clock.now())
        random = Random(f"{seed_number}/{before}")
        add_seeded(
            tx,
            _applications(random, station, today, number, last_ordinals(tx)),
            policy_version=policy_in_force(tx).version,
            by=first_operator(tx),
        )
        return before + number

    return office.store.write(verb)


def _applications(
    random: Random, station: Station, today: date, number: int, last: dict[str, int]
) -> Iterator[SeededApplication]:
    stages = [stage for stage, weight in _STAGES for _each in range(weight)]
    days = max(1, min(_MOST_DAYS, number // _A_DAY))
    people = invented_people(random, station, today)
    ordinals = dict(last)
    # Names repeat; the collation is asked once for each.
    keys: dict[str, bytes] = {}
    before, key, opened = date.min, "", datetime.min.replace(tzinfo=UTC)
    for place in range(number):
        day = today - timedelta(days=days - place * days // number)
        if day != before:
            # Offices open at eight, 01:00 UTC; the day is eight hours long.
            before, key, opened = day, day.isoformat(), datetime.combine(day, time(1), UTC)
        ordinals[key] = ordinals.get(key, 0) + 1
        begun = opened + timedelta(seconds=random.randrange(8 * 3600))
        stage = stages[random.randrange(len(stages))]
        fields = next(people)
        name_lo = full_name_lo(fields)
        decided = stage in _DECIDED
        identity = f"{random.randrange(10**14, 10**15)}" if decided else None
        yield SeededApplication(
            id=_uuid7(random, begun),
            number=application_number(station.office_code, station.station_code, day, ordinals[key]),
            stage=stage,
            begun=begun,
            stage_since=begun + timedelta(minutes=random.randrange(5, 60 * 24)),
            returned=stage in _CAPTURE and random.random() < _RETURNED,
            fields=fields,
            name_lo=name_lo,
            name_latin=full_name_latin(fields),
            sort_key=keys.get(name_lo) or keys.setdefault(name_lo, sort_key(name_lo)),
            identity_number=identity,
            document_number=f"{random.randrange(10**9, 10**10)}" if decided else None,
        )


def _uuid7(random: Random, at: datetime) -> str:
    """RFC 9562 version 7 with the application's own time, and random bits that a seed repeats."""
    milliseconds = int(at.timestamp() * 1000)
    value = milliseconds << 80 | 7 << 76 | random.getrandbits(12) << 64 | 2 << 62 | random.getrandbits(62)
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
