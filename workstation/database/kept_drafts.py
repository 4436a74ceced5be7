"""What is being typed while the office's database is on a server: first into a file of this station's own.

The file is encrypted under the office's key like a database of the station's own. A draft stays in it until the server
has it, so that neither a server that goes away nor a computer that is switched off meanwhile takes the words along.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, Text, delete, insert, select
from sqlalchemy.exc import DatabaseError

from workstation.database.claims import Overtaken
from workstation.database.engines import sqlite_engines
from workstation.database.tables import UtcTime, drafts
from workstation.database.transaction import Writer

FILE = "drafts.db"

_metadata = MetaData()
_kept = Table(
    "kept",
    _metadata,
    Column("application_id", String(36), primary_key=True),
    Column("operator_id", String(36), primary_key=True),
    Column("fields", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)


@dataclass(frozen=True)
class KeptDraft:
    """The fields as that operator typed them last, and when."""

    application_id: str
    operator_id: str
    fields: Mapping[str, str]
    at: datetime


class KeptDrafts:
    """Owns the file and the thread that writes it; nothing here waits for the server."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Opens or makes the file in `folder` under the 32-byte `key`; one that does not open is moved aside."""
        path = folder / FILE
        self._engines = sqlite_engines(path, key)
        try:
            self._make(path)
        except DatabaseError:
            # A damaged file of drafts must not keep the office closed.
            self._engines.dispose()
            path.replace(folder / f"{FILE}.damaged")
            for beside in (f"{FILE}-wal", f"{FILE}-shm"):
                (folder / beside).unlink(missing_ok=True)
            self._make(path)
        self._writer = Writer(self._engines.writing)

    def _make(self, path: Path) -> None:
        path.touch(0o600, exist_ok=True)
        with self._engines.writing.begin() as tx:
            _metadata.create_all(tx)

    def keep(self, draft: KeptDraft) -> Future[None]:
        """Keeps it in place of an earlier one; the future tells when it is on the disk."""

        def verb(tx: Connection) -> None:
            _forget(tx, draft)
            tx.execute(
                insert(_kept).values(
                    application_id=draft.application_id,
                    operator_id=draft.operator_id,
                    fields=json.dumps(dict(draft.fields), ensure_ascii=False),
                    at=draft.at,
                )
            )

        return self._writer.submit(verb)

    def arrived(self, draft: KeptDraft) -> Future[None]:
        """The server has it, or something newer of the same hand; newer words than these stay kept."""
        return self._writer.submit(lambda tx: _forget(tx, draft, until=draft.at))

    def all(self) -> tuple[KeptDraft, ...]:
        """Every draft that is not known to have arrived, oldest first. Waits for what is being written."""

        def query(tx: Connection) -> tuple[KeptDraft, ...]:
            return tuple(
                KeptDraft(row.application_id, row.operator_id, json.loads(row.fields), row.at)
                for row in tx.execute(select(_kept).order_by(_kept.c.at))
            )

        return self._writer.submit(query).result()

    def close(self) -> None:
        self._writer.close()
        self._engines.dispose()


def _forget(tx: Connection, draft: KeptDraft, until: datetime | None = None) -> None:
    own = delete(_kept).where(
        _kept.c.application_id == draft.application_id, _kept.c.operator_id == draft.operator_id
    )
    tx.execute(own if until is None else own.where(_kept.c.at <= until))


def held_since(connection: Connection, application_id: str) -> datetime | None:
    """When the draft that the server holds was typed; None when it holds none."""
    return connection.scalar(select(drafts.c.saved_at).where(drafts.c.application_id == application_id))


def put_aside(tx: Connection, draft: KeptDraft) -> None:
    """Words whose application went on without them: shown to their writer, as what comes too late always is."""
    late = Overtaken(draft.application_id, draft.operator_id, "", draft.at, at=draft.at, fields=draft.fields)
    late.keep(tx)
