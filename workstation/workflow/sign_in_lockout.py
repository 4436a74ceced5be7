"""Attempts to sign in: each is counted as failed before the password is looked at, and taken back when it was right.

So an attempt that is cut off (kill, power) counts as failed. Who has failed too often waits; the wait is counted in
seconds that the computer has been running, which no clock that is set back or forward changes. After a restart of the
computer, and at another station, the whole wait begins again with the next attempt. Names that nobody has are counted
and closed alike, in 256 common rows, so that neither a lock nor its absence tells whether a name exists, and a
password typed into the wrong field is not kept.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace

from workstation import clock
from workstation.database import Connection
from workstation.database.policies import policy_in_force
from workstation.database.sign_in import AttemptCount, attempt_count, keep_attempt_count
from workstation.domain.refused import Reason, Refused


def operator_subject(operator_id: str) -> str:
    """Under which name an operator's attempts are counted."""
    return f"operator:{operator_id}"


def _subject(operator_id: str | None, username: str) -> str:
    if operator_id is not None:
        return operator_subject(operator_id)
    return f"unknown:{hashlib.sha256(username.encode()).hexdigest()[:2]}"


def _station_subject(station_id: str) -> str:
    return f"station:{station_id}"


def seconds_left(count: AttemptCount) -> float:
    """How long nobody may try yet; the whole wait when it was not this run of the computer that counted."""
    if not count.wait_seconds or count.boot != clock.boot():
        return float(count.wait_seconds)
    return max(0.0, count.running + count.wait_seconds - clock.running())


def locked(seconds: float) -> Refused:
    """The refusal to try before `seconds` have passed; it tells whole minutes."""
    return Refused(Reason.SIGN_IN_LOCKED, minutes=max(1, math.ceil(seconds / 60)))


def count_attempt(tx: Connection, station_id: str, operator_id: str | None, username: str) -> float:
    """Counts one attempt as failed and returns 0, or returns the seconds to wait when nobody may try yet.

    To be committed before the password is looked at.
    """
    rules = policy_in_force(tx).sign_in
    boot, running = clock.boot(), clock.running()
    own = attempt_count(tx, _subject(operator_id, username))
    station = attempt_count(tx, _station_subject(station_id))
    left = max(seconds_left(own), seconds_left(station))
    if left > 0:
        for count in (own, station):
            if count.wait_seconds and count.boot != boot:
                keep_attempt_count(tx, replace(count, boot=boot, running=running))
        return left
    for count, allowed in ((own, rules.attempts), (station, rules.station_attempts)):
        failures = count.failures + 1
        wait = rules.wait_seconds(failures, allowed)
        keep_attempt_count(tx, AttemptCount(count.subject, failures, wait, boot, running))
    return 0.0


def take_back(tx: Connection, station_id: str, operator_id: str) -> None:
    """The attempt was right: the operator's count begins anew; the station's loses this attempt and one slip before it,
    so that a busy station's slips never add up to a lock."""
    clear_attempts(tx, operator_id)
    station = attempt_count(tx, _station_subject(station_id))
    keep_attempt_count(tx, replace(station, failures=max(0, station.failures - 2), wait_seconds=0))


def clear_attempts(tx: Connection, operator_id: str) -> None:
    """The operator may try again at once."""
    keep_attempt_count(tx, AttemptCount(attempt_count(tx, operator_subject(operator_id)).subject))
