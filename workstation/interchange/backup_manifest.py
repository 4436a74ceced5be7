"""The manifest of a backup: of which station it is, how far its work had come, and the hash of every part.

Canonical JSON (RFC 8785) in `manifest.json`. It is written last: a folder without a whole manifest is no backup.
`digest` is SHA-256 over everything else and tells damage; that nobody wrote another manifest is told by the sealed
header, which opens only together with the rest (security.backup_sealing).
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from workstation.interchange import fields
from workstation.interchange.canonical import canonical, canonical_sha256, read_json_object
from workstation.interchange.errors import MessageDamaged

FORMAT = 1
MANIFEST = "manifest.json"
_PART = re.compile(r"part-[0-9]{4}\.sealed")
_MOST = 2**53 - 1


@dataclass(frozen=True)
class Figures:
    """How far the work had come: schema revision, the highest outbox sequence given, audit entries and the last one's
    hash in hexadecimal, and how many applications there are."""

    revision: str
    outbox: int
    audit: int
    audit_head: str
    applications: int


@dataclass(frozen=True)
class BackupPart:
    """One file: its name, size in bytes, SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`made_at` is RFC 3339 with offset; `key` names the public key; `plain` is the sum of the plain bytes; `sealed` is
    the header that holds the backup's own keys."""

    id: str
    office_code: str
    station_code: str
    station_id: str
    work: str
    made_at: str
    key: str
    plain: int
    figures: Figures
    parts: tuple[BackupPart, ...]
    sealed: bytes = b""

    @property
    def station(self) -> str:
        """As people say it: OFFICE-STATION."""
        return f"{self.office_code}-{self.station_code}"

    def bound(self) -> bytes:
        """SHA-256 (32 bytes) of everything but the header, which is bound to it."""
        return sha256(canonical(self._plain())).digest()

    def _plain(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "id": self.id,
            "officeCode": self.office_code,
            "stationCode": self.station_code,
            "stationId": self.station_id,
            "work": self.work,
            "madeAt": self.made_at,
            "key": self.key,
            "plain": self.plain,
            "revision": self.figures.revision,
            "outbox": self.figures.outbox,
            "audit": self.figures.audit,
            "auditHead": self.figures.audit_head,
            "applications": self.figures.applications,
            "parts": [{"name": part.name, "size": part.size, "sha256": part.sha256} for part in self.parts],
        }

    def to_bytes(self) -> bytes:
        """The file's bytes."""
        whole = {**self._plain(), "sealed": base64.b64encode(self.sealed).decode()}
        return canonical({**whole, "digest": canonical_sha256(whole)})


def read_manifest(document: bytes) -> Manifest:
    """Raises MessageDamaged: not-json, digest, wrong-version, or the field that cannot be."""
    found = read_json_object(document)
    digest = found.pop("digest", None)
    if digest != canonical_sha256(found):
        raise MessageDamaged("digest-wrong")
    if found.get("format") != FORMAT:
        raise MessageDamaged("wrong-version")
    return Manifest(
        id=fields.text(found, "id"),
        office_code=fields.text(found, "officeCode"),
        station_code=fields.text(found, "stationCode"),
        station_id=fields.text(found, "stationId"),
        work=fields.text(found, "work"),
        made_at=fields.moment(found, "madeAt"),
        key=fields.text(found, "key", pattern=r"[0-9a-f]{16}"),
        plain=fields.number(found, "plain", 0, _MOST),
        figures=Figures(
            revision=fields.text(found, "revision", pattern=r"[0-9A-Za-z_]{1,32}"),
            outbox=fields.number(found, "outbox", 0, _MOST),
            audit=fields.number(found, "audit", 0, _MOST),
            audit_head=fields.text(found, "auditHead"),
            applications=fields.number(found, "applications", 0, _MOST),
        ),
        parts=_parts(found),
        sealed=fields.octets(found, "sealed"),
    )


def _parts(found: dict[str, Any]) -> tuple[BackupPart, ...]:
    read = tuple(
        BackupPart(
            fields.text(part, "name"),
            fields.number(part, "size", 0, _MOST),
            fields.text(part, "sha256", pattern=fields.SHA256_HEX.pattern),
        )
        for part in fields.objects(found, "parts")
    )
    if not read or any(not _PART.fullmatch(part.name) for part in read):
        raise MessageDamaged("field-invalid", "parts")
    return read
