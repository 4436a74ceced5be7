"""Files that are truly on the disk: flushing, free room, locks, and what an error of the disk is called."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workstation.domain.refused import Reason, Refused

if sys.platform != "win32":
    import fcntl

MEBIBYTE = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)
_AWAY = (errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV)
# sqlite/src/os.h: every connection to a database in WAL mode holds a shared lock on these bytes while it is open.
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def fault_code(error: OSError) -> str:
    """ "takes-no-more", "read-only", "gone" or "fault"."""
    for numbers, code in ((_FULL, "takes-no-more"), (_FORBIDDEN, "read-only"), (_AWAY, "gone")):
        if error.errno in numbers:
            return code
    return "fault"


def require_room(folder: Path, needed: int) -> None:
    """Raises Refused: BACKUP_NO_ROOM (free, needed in MiB), BACKUP_FOLDER_FAULT."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise Refused(Reason.BACKUP_FOLDER_FAULT, code=fault_code(error)) from error
    if free < needed:
        raise Refused(Reason.BACKUP_NO_ROOM, free=free // MEBIBYTE, needed=-(-needed // MEBIBYTE))


def flush_folder(folder: Path) -> None:
    """What was made, renamed or removed in `folder` is on the disk."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def flush_file(path: Path) -> None:
    """What was written to `path` is on the disk."""
    opened = os.open(path, os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def write_file(path: Path, content: bytes) -> None:
    """A new file (0600), on the disk when this returns."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """One backup of an office at a time; the lock ends with its process. Raises Refused BACKUP_RUNNING."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "rb+") as file:
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Refused(Reason.BACKUP_RUNNING) from error
        yield


@contextmanager
def closed_office(database: Path) -> Iterator[None]:
    """While this lasts no other program has the database open, and none can open it. Raises Refused OFFICE_OPEN."""
    if sys.platform == "win32" or not database.exists():
        yield
        return
    with database.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError as error:
            raise Refused(Reason.OFFICE_OPEN) from error
        yield


def exchange(one: Path, other: Path) -> None:
    """Two folders change their names in one step (renameat2, RENAME_EXCHANGE). Raises OSError where this system or its
    file system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
