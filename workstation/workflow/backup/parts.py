"""The parts of a backup: a sealed stream cut into files that any disk takes, and read again as one stream."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from workstation.domain.refused import Reason, Refused
from workstation.interchange.backup_manifest import BackupPart

# FAT32, on most USB sticks, ends at 4 GiB.
PART_BYTES = 256 << 20
_PIECE = 1 << 20


class PartWriter:
    """Writes what it is given into part-0001.sealed, part-0002.sealed ... of `folder`, each on the disk once full."""

    def __init__(self, folder: Path, part_bytes: int = PART_BYTES) -> None:
        self._folder = folder
        self._part_bytes = part_bytes
        self._parts: list[BackupPart] = []
        self._file = -1
        self._size = 0
        self._hash = sha256()

    def write(self, data: bytes) -> None:
        """Raises OSError."""
        rest = memoryview(data)
        while rest:
            if self._file < 0:
                self._begin()
            taken = os.write(self._file, rest[: self._part_bytes - self._size])
            self._hash.update(rest[:taken])
            self._size += taken
            rest = rest[taken:]
            if self._size == self._part_bytes:
                self._end()

    def finish(self) -> tuple[BackupPart, ...]:
        """The parts, all on the disk."""
        if self._file >= 0:
            self._end()
        return tuple(self._parts)

    def abandon(self) -> None:
        """Closes what is open; nothing more is written."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _name(self) -> str:
        return f"part-{len(self._parts) + 1:04d}.sealed"

    def _begin(self) -> None:
        self._file = os.open(self._folder / self._name(), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        self._size, self._hash = 0, sha256()

    def _end(self) -> None:
        os.fsync(self._file)
        self._parts.append(BackupPart(self._name(), self._size, self._hash.hexdigest()))
        self.abandon()


def check_parts(folder: Path, parts: tuple[BackupPart, ...]) -> None:
    """Reads every part. Raises Refused BACKUP_DAMAGED naming the first that is missing, cut off or changed."""
    for part in parts:
        found, size = sha256(), 0
        for piece in _pieces(folder, part):
            found.update(piece)
            size += len(piece)
        if size != part.size or found.hexdigest() != part.sha256:
            raise Refused(Reason.BACKUP_DAMAGED, file=part.name)


def sealed_bytes(folder: Path, parts: tuple[BackupPart, ...]) -> Iterator[bytes]:
    """The sealed stream in pieces. Raises Refused BACKUP_DAMAGED where a part cannot be read."""
    for part in parts:
        yield from _pieces(folder, part)


def _pieces(folder: Path, part: BackupPart) -> Iterator[bytes]:
    try:
        with (folder / part.name).open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise Refused(Reason.BACKUP_DAMAGED, file=part.name) from error
