"""A backup's folder read again: manifest, parts, header, and what lies inside put into a fresh folder and checked."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from workstation.database.backup_copy import CopyFault, copy_fault, figures_of, schema_known
from workstation.domain.refused import Reason, Refused
from workstation.interchange.backup_manifest import MANIFEST, Manifest, read_manifest
from workstation.interchange.canonical import read_json_object
from workstation.interchange.errors import MessageDamaged
from workstation.security.backup_sealing import (
    BackupKey,
    NotThisKey,
    Opener,
    StreamDamaged,
    key_id,
    open_header,
)
from workstation.workflow.backup.disk import MEBIBYTE, flush_folder, require_room
from workstation.workflow.backup.make import DATABASE
from workstation.workflow.backup.parts import check_parts, sealed_bytes

_INSIDE = "the sealed contents"
_PIECE = 1 << 20
# A migration may write the database anew.
_MARGIN = 64 * MEBIBYTE


@dataclass(frozen=True)
class BackupKeys:
    """The two keys in a backup's header, 32 bytes each: of the stream, and of the database inside."""

    stream: bytes
    database: bytes


def look_into(folder: Path) -> Manifest:
    """The manifest of a whole backup; every part is read and is as it was written.

    Raises Refused: BACKUP_NOT_ONE, BACKUP_DAMAGED (file).
    """
    try:
        document = (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refused(Reason.BACKUP_NOT_ONE) from error
    except OSError as error:
        raise Refused(Reason.BACKUP_DAMAGED, file=MANIFEST) from error
    try:
        manifest = read_manifest(document)
    except MessageDamaged as error:
        if error.code == "wrong-version":
            raise Refused(Reason.BACKUP_TOO_NEW) from error
        raise Refused(Reason.BACKUP_DAMAGED, file=MANIFEST) from error
    check_parts(folder, manifest.parts)
    return manifest


def open_keys(manifest: Manifest, key: BackupKey) -> BackupKeys:
    """Raises Refused: BACKUP_WRONG_KEY (the one it wants), BACKUP_DAMAGED (the manifest is not the one sealed)."""
    if key_id(key.public) != manifest.key:
        raise Refused(Reason.BACKUP_WRONG_KEY, key=manifest.key)
    try:
        held = read_json_object(open_header(manifest.sealed, key, manifest.bound()))
        keys = BackupKeys(bytes.fromhex(held["stream"]), bytes.fromhex(held["database"]))
    except (NotThisKey, MessageDamaged, KeyError, TypeError, ValueError) as error:
        raise Refused(Reason.BACKUP_DAMAGED, file=MANIFEST) from error
    return keys


def require_known_schema(manifest: Manifest) -> None:
    """Raises Refused BACKUP_TOO_NEW: made by a version whose schema this one does not know."""
    if not schema_known(manifest.figures.revision):
        raise Refused(Reason.BACKUP_TOO_NEW)


def unpack(folder: Path, manifest: Manifest, keys: BackupKeys, fresh: Path) -> None:
    """Writes what the backup holds into the existing folder `fresh`, all on the disk, and checks the database there:
    every page, every table and index, every reference, and the figures of the manifest.

    Raises Refused: BACKUP_DAMAGED, BACKUP_NO_ROOM; OSError when `fresh` takes no more.
    """
    require_room(fresh, manifest.plain + _MARGIN)
    if _unpack_files(Opener(keys.stream, sealed_bytes(folder, manifest.parts)), fresh) != manifest.plain:
        raise Refused(Reason.BACKUP_DAMAGED, file=_INSIDE)
    database = fresh / DATABASE
    fault = "missing" if not database.is_file() else copy_fault(database, keys.database)
    if fault is not None:
        raise Refused(Reason.BACKUP_DAMAGED, file=f"{DATABASE} ({fault})")
    try:
        whose, figures = figures_of(database, keys.database)
    except CopyFault as error:
        raise Refused(Reason.BACKUP_DAMAGED, file=f"{DATABASE} ({error.code})") from error
    if figures != manifest.figures or whose.station_id != manifest.station_id:
        raise Refused(Reason.BACKUP_DAMAGED, file=f"{DATABASE} (figures)")


def _unpack_files(opener: Opener, fresh: Path) -> int:
    plain = 0
    try:
        with tarfile.open(fileobj=opener, mode="r|") as tar:  # type: ignore[call-overload]  # a stream is only read
            for entry in tar:
                place = _place(fresh, entry)
                source = tar.extractfile(entry)
                if place is None or source is None:
                    raise Refused(Reason.BACKUP_DAMAGED, file=_INSIDE)
                _make_folders(fresh, place.parent)
                plain += _write(place, iter(lambda held=source: held.read(_PIECE), b""))  # type: ignore[misc]  # mypy cannot infer a lambda's default
        opener.drain()
    except (tarfile.TarError, StreamDamaged, UnicodeError, FileExistsError) as error:
        raise Refused(Reason.BACKUP_DAMAGED, file=_INSIDE) from error
    for inside in sorted(fresh.rglob("*"), reverse=True):
        if inside.is_dir():
            flush_folder(inside)
    flush_folder(fresh)
    return plain


def _place(fresh: Path, entry: tarfile.TarInfo) -> Path | None:
    """Where an entry goes; None for what a backup never holds: links, devices, ways out of the folder."""
    name = PurePosixPath(entry.name)
    if not entry.isreg() or name.is_absolute() or not name.parts or ".." in name.parts:
        return None
    return fresh.joinpath(*name.parts)


def _make_folders(fresh: Path, folder: Path) -> None:
    for part in reversed([folder, *folder.parents]):
        if part.is_relative_to(fresh) and part != fresh:
            part.mkdir(mode=0o700, exist_ok=True)


def _write(place: Path, pieces: Iterator[bytes]) -> int:
    size = 0
    with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        for piece in pieces:
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size
