"""When an enrolment may be finalized, and how a partial update is merged. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Any

from workstation.interchange import integrity
from workstation.interchange.osia_enrolment import PLACEHOLDER
from workstation.registry.refusals import RefusalCode, RegistryRefusal

# The station addresses the registry by any name or proxy: only the path of an image's address counts.
_BUFFER_PATH = re.compile(r"/v1/enrollments/([0-9A-Za-z-]{1,64})/buffer/([0-9a-f]{64})")


def merged(document: Any, patch: Any) -> Any:
    """JSON Merge Patch, RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(document) if isinstance(document, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def without_read_only(document: Mapping[str, Any]) -> dict[str, Any]:
    """`document` without the properties that only the registry sets."""
    return {name: value for name, value in document.items() if name not in ("enrollmentId", "status")}


def _name(entry: Mapping[str, Any]) -> str:
    """Which biometric is meant; a signature has no sub-type."""
    return str(entry.get("biometricSubType") or entry.get("biometricType", ""))


def check_complete(enrolment_id: str, body: Mapping[str, Any], held: Set[str]) -> None:
    """Refuses what cannot be finalized: IMAGES_MISSING while an image is not held under its digest,
    INTEGRITY_DOES_NOT_FIT when the document is not what its station hashed."""
    for entry in body.get("biometricData") or []:
        reference = entry.get("imageRef")
        if reference is None:
            continue
        address = _BUFFER_PATH.search(reference)
        if address is None or address.group(1) != enrolment_id or address.group(2) not in held:
            raise RegistryRefusal(RefusalCode.IMAGES_MISSING, _name(entry))
        if entry.get("metadata") != PLACEHOLDER + address.group(2):
            raise RegistryRefusal(RefusalCode.INTEGRITY_DOES_NOT_FIT, _name(entry))
    if not integrity.fits(body):
        raise RegistryRefusal(RefusalCode.INTEGRITY_DOES_NOT_FIT, "integrity")
