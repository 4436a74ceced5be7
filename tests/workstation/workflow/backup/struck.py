"""A process that makes or restores a backup and is struck on the way: killed at the n-th line, or its disk fails.

    python -m tests.workstation.workflow.backup.struck backup DATA PASSPHRASE OUT
    python -m tests.workstation.workflow.backup.struck restore DATA PASSPHRASE BACKUP RECOVERY_TEXT

STRUCK_AT=n kills it (SIGKILL) before the n-th line of the backup's own rooms; STRUCK_IO=p:seed makes each read, write,
flush and rename fail with EIO at probability p (libfiu, under fiu-run). It ends by itself with "done LINES" or "refused
REASON".
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, cast

from tests.faults.failing_disk import FailingDisk
from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis
from workstation.database.station import the_station
from workstation.domain.refused import Refused
from workstation.workflow.backup.keys import backup_key_from_text
from workstation.workflow.backup.make import make_backup
from workstation.workflow.backup.restore import restore
from workstation.workflow.keys.unlocking import open_store
from workstation.workflow.office import Office

_ROOMS = ("workflow/backup/", "database/backup_", "security/backup_", "interchange/backup_", "keys/key_file")


class Lines:
    """Counts the lines that run in the backup's rooms; at the one that is meant the process is gone."""

    def __init__(self, last: int) -> None:
        self.count = 0
        self._last = last

    def trace(self, frame: FrameType, event: str, _arg: Any) -> Any:
        if not any(room in frame.f_code.co_filename for room in _ROOMS):
            return None
        if event == "line":
            self.count += 1
            if self.count == self._last:
                os.kill(os.getpid(), signal.SIGKILL)
        return self.trace


def main(kind: str, data: Path, passphrase: str, *more: str) -> None:
    work: Callable[[], object]
    store = None
    if kind == "backup":
        store = open_store(data, passphrase)
        station = store.read(the_station)
        # No verb here looks at fingers; the child that does would outlive a killed parent.
        office = Office(station, store, cast(FingerprintAnalysis, None), data)
        work = lambda: make_backup(office, Path(more[0]), actor="x", part_bytes=200_000)  # noqa: E731  # one of two
    else:
        key = backup_key_from_text(more[1])
        work = lambda: restore(Path(more[0]), data, key, passphrase)  # noqa: E731  # one of two
    lines = Lines(int(os.environ.get("STRUCK_AT", "0")))
    disk = None
    if "STRUCK_IO" in os.environ:
        probability, _, seed = os.environ["STRUCK_IO"].partition(":")
        disk = FailingDisk(float(probability), int(seed))
        disk.on()
    else:
        sys.settrace(lines.trace)
    said = "done"
    try:
        work()
    except Refused as refused:
        said = f"refused {refused.reason.value}"
    except Exception as error:  # the test reads what it was
        said = f"failed {type(error).__name__}"
    finally:
        sys.settrace(None)
    if disk is not None:
        # What it says of itself arrives whole.
        disk.off()
    os.write(1, f"{said} {lines.count}\n".encode())
    if store is not None and "STRUCK_IO" not in os.environ:
        store.close()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
