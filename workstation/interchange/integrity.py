"""The hash over chosen nodes of an enrolment (OSIA 7.1, schema Integrity) and the scope this country's stations use.

The image addresses change while an enrolment is sent (a placeholder becomes the address of a buffer), so they
stay outside the scope. The images are bound all the same: each biometric's `metadata` holds the SHA-256 of its
image and lies inside the scope.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workstation.interchange.canonical import canonical_sha256
from workstation.interchange.errors import MessageDamaged

INTEGRITY_ID = "enrolment"
ALGORITHM = "SHA256"

_BIOMETRIC_NODES = (
    "biometricType",
    "biometricSubType",
    "impressionType",
    "width",
    "height",
    "mimeType",
    "resolution",
    "compression",
    "missing",
    "metadata",
    "comment",
    "template",
    "templateFormat",
    "quality",
    "qualityFormat",
)
SCOPE_PATHS: tuple[str, ...] = (
    "$.enrollmentType",
    "$.requestData",
    "$.contextualData",
    "$.biographicData",
    *(f"$.biometricData[*].{name}" for name in _BIOMETRIC_NODES),
)
SCOPE = " ".join(SCOPE_PATHS)

_STEP = re.compile(r"\.([A-Za-z_][A-Za-z0-9_]*)|(\[\*\])")

# A node of the wanted tree: an empty mapping means "all of it".
_Wanted = dict[str, Any]


def scope_hash(document: Mapping[str, Any], scope: str) -> str:
    """SHA-256 (hex) of the canonical JSON made of the nodes that `scope` names.

    `scope` is a whitespace-separated list of JSON paths made of names and [*]; other paths are
    MessageDamaged("field-invalid", "scope"). Nodes that the document lacks are left out.
    """
    wanted: _Wanted = {}
    for path in scope.split():
        _add(wanted, path)
    return canonical_sha256(_project(document, wanted))


def integrity_entry(document: Mapping[str, Any]) -> dict[str, Any]:
    """The Integrity object for `document` over this country's scope, unsigned (type NONE)."""
    return {
        "id": INTEGRITY_ID,
        "type": "NONE",
        "scope": SCOPE,
        "alg": ALGORITHM,
        "followRef": False,
        "hash": scope_hash(document, SCOPE),
    }


def stated_hash(document: Mapping[str, Any]) -> str:
    """The hash that the document itself states over the full scope, or "" when it states none."""
    for entry in document.get("integrity") or []:
        if entry.get("alg") == ALGORITHM and set(SCOPE_PATHS) <= set(str(entry.get("scope", "")).split()):
            return str(entry.get("hash", ""))
    return ""


def fits(document: Mapping[str, Any]) -> bool:
    """Whether every integrity entry of `document` fits it, and one of them covers the full scope."""
    entries = document.get("integrity") or []
    if not stated_hash(document):
        return False
    try:
        return all(
            entry.get("alg") == ALGORITHM
            and not entry.get("followRef")
            and entry.get("hash") == scope_hash(document, str(entry.get("scope", "")))
            for entry in entries
        )
    except MessageDamaged:
        return False


def _add(wanted: _Wanted, path: str) -> None:
    if not path.startswith("$.") or "".join(m.group(0) for m in _STEP.finditer(path)) != path[1:]:
        raise MessageDamaged("field-invalid", "scope")
    node = wanted
    for match in _STEP.finditer(path):
        node = node.setdefault(match.group(1) or "[*]", {})


def _project(value: Any, wanted: _Wanted) -> Any:
    if not wanted:
        return value
    if "[*]" in wanted:
        return [_project(item, wanted["[*]"]) for item in value] if isinstance(value, list) else value
    if not isinstance(value, dict):
        return value
    return {name: _project(value[name], inner) for name, inner in wanted.items() if name in value}
