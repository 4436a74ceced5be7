"""Looks at everything that the pre-flight judges; the devices and the line are told by whoever knows them."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

from workstation import clock
from workstation.database import Connection
from workstation.database.clock_acceptances import last_acceptance, latest_entry
from workstation.database.policies import policy_since
from workstation.database.probe import database_fault
from workstation.database.station import operator_by_id
from workstation.database.stock_counts import open_differences
from workstation.domain.operator import Operator
from workstation.domain.permissions import Verb, may
from workstation.domain.refused import Reason, Refused
from workstation.security.key_ring import KeyRing
from workstation.security.key_wrapping import WrappedKeyDamaged
from workstation.workflow.backup.view import backup_standing
from workstation.workflow.keys.sharing import protection
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.preflight.checks import MEBIBYTE, OFFICE_OFFSET, Situation, clock_fault

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)
_GUARDS = {"none": None, "local": "own-disk", "verified-tls": "servers-disk"}
# Who she is now, the latest time that counts, since when the policy holds, the backup, the blanks left open.
_Read = tuple[
    Operator | None,
    datetime | None,
    datetime | None,
    tuple[str, int],
    tuple[tuple[str, ...], date | None],
]
_AWAY = (errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV)


def build_day() -> date:
    """The day on which this version was made; no usable clock shows an earlier one."""
    text = files("resources").joinpath("data", "build_day.txt").read_text(encoding="ascii")
    return date.fromisoformat(text.strip())


def disk_fault(folder: Path) -> str | None:
    """Writes one MiB into `folder` and forgets it: "takes-no-more", "read-only", "gone", "fault", or None."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(os.urandom(MEBIBYTE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        for numbers, code in ((_FULL, "takes-no-more"), (_FORBIDDEN, "read-only"), (_AWAY, "gone")):
            if error.errno in numbers:
                return code
        return "fault"
    return None


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _key_readable(file: Path) -> bool:
    try:
        KeyRing.from_json(file.read_bytes())
    except (OSError, WrappedKeyDamaged):
        return False
    return True


def _open_blanks(connection: Connection, station_id: str) -> tuple[tuple[str, ...], date | None]:
    """The serials that the counts of this station left open, and the day of the first of these counts."""
    found = open_differences(connection, station_id)
    since = min((date.fromisoformat(one.day) for one in found), default=None)
    return tuple(one.serial for one in found), since


def latest_that_counts(connection: Connection, station_id: str) -> datetime | None:
    """The latest time in this station's trail since two people last declared what time it is."""
    accepted = last_acceptance(connection, station_id)
    return latest_entry(connection, station_id, accepted.audit_sequence if accepted else 0)


def require_usable_clock(connection: Connection, station_id: str) -> None:
    """A record must not bear a time that cannot be. Raises Refused CLOCK_UNUSABLE (code, shows)."""
    now = clock.now()
    fault = (
        "zone-unknown"
        if clock.OFFICE_ZONE.utcoffset(now) != OFFICE_OFFSET
        else clock_fault(now, latest_that_counts(connection, station_id), build_day())
    )
    if fault is not None:
        raise Refused(
            Reason.CLOCK_UNUSABLE, code=fault, shows=f"{now.astimezone(clock.OFFICE_ZONE):%d/%m/%Y %H:%M}"
        )


def look(
    office: Office,
    who: SignedIn,
    *,
    key_file: Path,
    devices: Mapping[str, str],
    line: str,
    last_contact: datetime | None,
) -> Situation:
    """The situation of this moment, for `checks.findings`. Blocks for disk and database: belongs into a lane.

    `key_file` holds the wrapped key that the next start will need; `devices`, `line` and `last_contact` are as
    Situation wants them.
    """
    fault = database_fault(office.store)

    def query(connection: Connection) -> _Read:
        return (
            operator_by_id(connection, who.operator.id),
            latest_that_counts(connection, office.station.id),
            policy_since(connection),
            backup_standing(office, connection),
            _open_blanks(connection, office.station.id),
        )

    # What cannot be read does not stop twice: the database's own finding says it.
    operator, latest, since, (backup, backup_days), (blanks_open, blanks_since) = (
        (who.operator, None, None, ("ok", 0), ((), None))
        if fault in ("closed", "unreadable", "away")
        else (office.store.read(query))
    )
    now = clock.now()
    return Situation(
        operator_active=operator is not None and operator.active,
        role_may=operator is not None and may(operator.role, Verb.START),
        key_readable=_key_readable(key_file),
        database_fault=fault,
        disk_fault=disk_fault(office.data),
        free=_free(office.data),
        now=now,
        latest_entry=latest,
        build_day=build_day(),
        office_offset=clock.OFFICE_ZONE.utcoffset(now),
        clock_declared=clock.is_declared(),
        devices=devices,
        line=line,
        last_contact=last_contact,
        policy_since=since,
        backup=backup,
        backup_days=backup_days,
        guarded_by=_GUARDS[protection(office)["line"]],
        blanks_open=blanks_open,
        blanks_since=blanks_since,
    )
