"""What must lie nowhere in clear after a day's work, the search for it, and files that others could read."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select

from tests.offices import ADMINISTRATOR, CLERK, FIELDS, PASSPHRASE, PASSWORD
from ui.demo.applicant import APPLICANT
from workstation.database import Connection, tables
from workstation.workflow.keys.key_file import read_key_ring
from workstation.workflow.office import Office

# Shorter words are found by chance in a few megabytes of ciphertext.
_SHORTEST = 6
_PIECE = 24
# Words of the program and days: they name nobody, and other files hold them for reasons of their own.
_PUBLIC = ("stage", "kind", "role", "policy_version", "issue_date", "expiry_date")


def _words(office: Office) -> dict[str, str]:
    """Names, numbers and texts of the applicant and of those who work here, as typed and as kept."""
    words = {f"typed {name}": typed for name, (typed, _held) in APPLICANT.items()}
    words |= {f"field {name}": value for name, value in FIELDS.items() if name not in ("documents",)}
    words |= {"passphrase": PASSPHRASE, "password": PASSWORD, "clerk": CLERK, "administrator": ADMINISTRATOR}

    def query(connection: Connection) -> dict[str, str]:
        found: dict[str, str] = {}
        for table in (tables.applications, tables.operators):
            for row in connection.execute(select(table)).mappings():
                for column, value in row.items():
                    if isinstance(value, str) and column not in _PUBLIC:
                        found[f"{table.name}.{column} {row['id'][-4:]}"] = value
        return found

    return {name: word for name, word in (words | office.store.read(query)).items() if len(word) >= _SHORTEST}


def _pictures(office: Office) -> dict[str, bytes]:
    """Pieces out of the middle of every picture, template and document."""

    def query(connection: Connection) -> dict[str, bytes]:
        held = {
            f"{row.mime} {row.sha256[:8]}": bytes(row.content)
            for row in connection.execute(select(tables.blobs))
        }
        for row in connection.execute(select(tables.fingers)):
            if row.template:
                held[f"template of finger {row.position}"] = bytes(row.template)
        return held

    return {
        f"{name}, part {part}": content[len(content) * part // 4 :][:_PIECE]
        for name, content in office.store.read(query).items()
        for part in (1, 2, 3)
        if len(content) >= 4 * _PIECE
    }


def needles(office: Office) -> dict[str, bytes]:
    """Name -> bytes, for every word in the encodings that a program or window system writes."""
    found = _pictures(office)
    for name, word in _words(office).items():
        found[name] = word.encode()
        found[f"{name}, UTF-16"] = word.encode("utf-16-le")
    key = read_key_ring(office.data).key.by_passphrase(PASSPHRASE)
    return {**found, "database key": key, "database key in hexadecimal": key.hex().encode()}


def hits(wanted: dict[str, bytes], folders: Iterable[Path]) -> list[str]:
    """Which of them lie where."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [
        f"{name} in {path.name}"
        for path in files
        for content in [path.read_bytes()]
        for name, needle in wanted.items()
        if needle in content
    ]


def open_to_others(folder: Path) -> list[str]:
    """What in `folder`, itself included, anybody but its owner could read or write."""
    return [
        f"{path} {stat.S_IMODE(path.stat().st_mode):o}"
        for path in (folder, *folder.rglob("*"))
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
