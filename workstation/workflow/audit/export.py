"""The audit trail written to a file that verifies without the database, and such a file verified."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import moment_text, write_audit
from workstation.database.audit_checkpoints import all_checkpoints, close_trail, registry_key, station_keys
from workstation.database.audit_scan import every_entry
from workstation.database.audit_segments import openings
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.interchange import audit_export, audit_list
from workstation.interchange.audit_export import ExportHeader
from workstation.interchange.audit_list import NOTHING, Known
from workstation.interchange.audit_segment import Opening
from workstation.interchange.canonical import read_json_object
from workstation.interchange.errors import MessageDamaged
from workstation.security.checkpoints import Checkpoint
from workstation.workflow.audit.verify import Verdict, Verification
from workstation.workflow.office import Office, SignedIn, acting


def export_trail(office: Office, who: SignedIn, out: Path) -> int:
    """Writes everything to `out` (0600), whole or not at all; how many entries. The export itself is the last of them.

    Raises Refused: FILE_NOT_WRITTEN, and what `acting` raises.
    """
    station = office.station.id

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.EXPORT_AUDIT)
        now = clock.now()
        write_audit(
            tx, AuditTag.AUDIT_EXPORTED, at=now, actor=actor.id, station_id=station, object_id=station
        )
        close_trail(tx, station, at=now)

    office.store.write(verb)
    fresh = out.with_name(out.name + ".new")
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            entries = office.store.read(
                lambda connection: _write(connection, office.station.office_code, file)
            )
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(out)
    except OSError as fault:
        fresh.unlink(missing_ok=True)
        raise Refused(Reason.FILE_NOT_WRITTEN, file=out.name) from fault
    return entries


def _write(connection: Connection, office_code: str, file: BinaryIO) -> int:
    checkpoints, segments, entries = all_checkpoints(connection), openings(connection), 0
    header = ExportHeader(
        moment_text(clock.now()), office_code, station_keys(connection), registry_key(connection)
    )
    file.write(audit_export.header_line(header))
    file.writelines(audit_export.checkpoint_line(one) for one in checkpoints)
    file.writelines(audit_export.segment_line(one) for one in segments)
    for row in every_entry(connection):
        file.write(audit_export.entry_line(row))
        entries += 1
    file.write(audit_export.end_line(entries, len(checkpoints) + len(segments)))
    return entries


def verify_export(lines: Iterable[bytes], others: Known = NOTHING) -> Verdict:
    """Verifies an export. Raises Refused AUDIT_FILE_DAMAGED with the line."""
    checkpoints: list[Checkpoint] = []
    segments: list[Opening] = []
    header: ExportHeader | None = None
    verification: Verification | None = None

    def begin() -> Verification:
        assert header is not None
        own = Known(tuple(checkpoints), tuple(segments))
        return Verification(own, others, station_keys=header.station_keys, registry_key=header.registry_key)

    try:
        for part in audit_export.read_lines(lines):
            if isinstance(part, ExportHeader):
                header = part
            elif isinstance(part, Checkpoint):
                checkpoints.append(part)
            elif isinstance(part, Opening):
                segments.append(part)
            else:
                if verification is None:
                    verification = begin()
                verification.add((part,))
    except MessageDamaged as fault:
        raise Refused(Reason.AUDIT_FILE_DAMAGED, line=fault.field) from fault
    return (verification or begin()).verdict()


def read_checkpoints(document: bytes) -> Known:
    """What is in a file that the registry's answer was kept in. Raises Refused AUDIT_FILE_DAMAGED."""
    try:
        return audit_list.from_document(read_json_object(document))
    except MessageDamaged as fault:
        raise Refused(Reason.AUDIT_FILE_DAMAGED, line=fault.field) from fault


def keep_checkpoints(held: Known, out: Path) -> int:
    """Writes what the registry answered to `out`; how many checkpoints. Raises Refused FILE_NOT_WRITTEN."""
    try:
        out.write_text(json.dumps(audit_list.to_document(held), indent=1), encoding="utf-8")
    except OSError as fault:
        raise Refused(Reason.FILE_NOT_WRITTEN, file=out.name) from fault
    return len(held.checkpoints)
