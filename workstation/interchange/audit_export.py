"""The audit trail as a file that verifies without the database: JSON lines, UTF-8.

{"type": "header", "format": "lao-id audit export 1", "exportedAt": RFC 3339, "office": CODE, "stationKeys": {...},
 "registryKey": base64 or null}
{"type": "checkpoint", ...}      as in extensions.yaml (Checkpoint), every one, before the first entry
{"type": "segment", ...}         likewise (SegmentOpening)
{"type": "entry", "entry": the canonical bytes as text, "hash": hexadecimal}      in the order written
{"type": "end", "entries": N, "checkpoints": M}     M counts checkpoints and segments
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import rfc8785

from workstation.interchange import audit_checkpoint, audit_segment
from workstation.interchange.canonical import read_json_object
from workstation.interchange.errors import MessageDamaged
from workstation.security.checkpoints import Checkpoint
from workstation.security.hash_chain import Row
from workstation.security.segments import Opening

FORMAT = "lao-id audit export 1"
_MOST_LINE = 100_000


@dataclass(frozen=True)
class ExportHeader:
    """Whose trail it is; the public keys as the station knew them."""

    exported_at: str
    office_code: str
    station_keys: Mapping[str, bytes]
    registry_key: bytes | None


def _line(document: Mapping[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def header_line(header: ExportHeader) -> bytes:
    """The first line."""
    key = header.registry_key
    return _line(
        {
            "type": "header",
            "format": FORMAT,
            "exportedAt": header.exported_at,
            "office": header.office_code,
            "stationKeys": {name: base64.b64encode(k).decode() for name, k in header.station_keys.items()},
            "registryKey": None if key is None else base64.b64encode(key).decode(),
        }
    )


def checkpoint_line(checkpoint: Checkpoint) -> bytes:
    """One checkpoint."""
    return _line({"type": "checkpoint", **audit_checkpoint.to_document(checkpoint)})


def segment_line(opening: Opening) -> bytes:
    """One opening of a segment."""
    return _line({"type": "segment", **audit_segment.to_document(opening)})


def entry_line(row: Row) -> bytes:
    """One entry, with the bytes that are hashed, whatever they are."""
    return _line({"type": "entry", "entry": row.entry.decode("utf-8", "replace"), "hash": row.hash.hex()})


def end_line(entries: int, checkpoints: int) -> bytes:
    """The last line: a file without it was cut."""
    return _line({"type": "end", "entries": entries, "checkpoints": checkpoints})


def read_lines(lines: Iterable[bytes]) -> Iterator[ExportHeader | Checkpoint | Opening | Row]:
    """The header, the checkpoints, the segments, the entries.

    Raises MessageDamaged, whose `field` is the line's number, for what is no export, and at the end ("end") when lines
    are missing.
    """
    entries = checkpoints = 0
    ended = False
    number = 0
    for number, line in enumerate(lines, 1):
        try:
            if len(line) > _MOST_LINE or ended:
                raise MessageDamaged("too-large")
            held = read_json_object(line)
            kind = held.pop("type", None)
            if (kind == "header") != (number == 1):
                raise MessageDamaged("field-invalid", "type")
            if kind == "header":
                yield _header(held)
            elif kind == "checkpoint" and not entries:
                checkpoints += 1
                yield audit_checkpoint.from_document(held)
            elif kind == "segment" and not entries:
                checkpoints += 1
                yield audit_segment.from_document(held)
            elif kind == "entry":
                entries += 1
                yield _row(held)
            elif kind == "end":
                ended = held == {"entries": entries, "checkpoints": checkpoints}
                if not ended:
                    raise MessageDamaged("field-invalid", "entries")
            else:
                raise MessageDamaged("field-unknown", "type")
        except (ValueError, KeyError, TypeError, AttributeError, MessageDamaged) as fault:
            raise MessageDamaged("field-invalid", str(number)) from fault
    if not ended:
        raise MessageDamaged("field-missing", str(number + 1))


def _header(held: Mapping[str, object]) -> ExportHeader:
    if held["format"] != FORMAT:
        raise MessageDamaged("wrong-version", "format")
    keys, key = held["stationKeys"], held["registryKey"]
    if not isinstance(keys, Mapping):
        raise MessageDamaged("field-invalid", "stationKeys")
    return ExportHeader(
        str(held["exportedAt"]),
        str(held["office"]),
        {name: base64.b64decode(value, validate=True) for name, value in keys.items()},
        None if key is None else base64.b64decode(str(key), validate=True),
    )


def _row(held: Mapping[str, object]) -> Row:
    text, head = held["entry"], held["hash"]
    if not isinstance(text, str) or not isinstance(head, str):
        raise MessageDamaged("field-invalid", "entry")
    entry = text.encode()
    said = read_json_object(entry)
    facts = rfc8785.dumps(said["facts"])
    names = ("at", "tag", "actor", "station", "object")
    if not all(isinstance(said[name], str) for name in names):
        raise MessageDamaged("field-invalid", "entry")
    at, tag, actor, station, thing = (str(said[name]) for name in names)
    stored = f"{at[:10]} {at[11:-1]}"
    return Row(said["sequence"], stored, tag, actor, station, thing, facts, entry, bytes.fromhex(head))
